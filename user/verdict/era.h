/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which rules of the page allocator a kernel follows.
 *
 * The rules changed between releases; a verdict quotes those of the kernel
 * that the failure comes from.  era.c has a row a rule, with the stable
 * releases that took it over.  Where only the series of a kernel is known
 * ("6.1.0-51-arm64"), such a rule is open: a verdict that depends on it is
 * likely at most.  So is every later rule in a kernel of Enterprise Linux,
 * which keeps the number of a release and takes over what it likes.
 */
#ifndef AW_VERDICT_ERA_H
#define AW_VERDICT_ERA_H

#include <stdbool.h>
#include <stdint.h>

#include "mm/gfp.h"
#include "mm/kernel.h"

/* The largest order that the allocator retries for: the same in every tree. */
#define AW_COSTLY_ORDER 3u

/* What decides whether the slow path tries again. */
enum aw_retry_rule {
	AW_RETRY_SHOULD_ALLOC,	/* up to 4.1: should_alloc_retry() */
	AW_RETRY_PROGRESS,	/* 4.2 to 4.6: while reclaim makes progress */
	AW_RETRY_ROUNDS		/* 4.7 on: should_reclaim_retry(), should_compact_retry() */
};

struct aw_era {
	bool certain;		/* the release is known; else guessed from the gfp flags or a log's words */
	bool open;		/* a stable release may have changed a rule, and its number is not known */
	uint32_t version;	/* AW_VERSION */
	char name[16];		/* "3.18"; "this kernel" */
	enum aw_retry_rule retry;
	const char *wait_flag;	/* "__GFP_WAIT" up to 4.3, "__GFP_DIRECT_RECLAIM" */
	const char *retry_flag;	/* "__GFP_REPEAT" up to 4.12, "__GFP_RETRY_MAYFAIL" */
	bool order_marks;	/* up to 4.3: the watermark is halved order by order */
	bool highatomic;	/* 4.4 on: MIGRATE_HIGHATOMIC instead of MIGRATE_RESERVE */
	bool min_reserve;	/* 6.3 on: ALLOC_MIN_RESERVE, ALLOC_NON_BLOCK */
	bool highatomic_needs_high;	/* 6.18 on: ALLOC_HIGHATOMIC only with __GFP_HIGH */
	bool highatomic_order0;	/* 6.12 on, and in stable releases: order 0 requests that may not wait take HighAtomic blocks */
	bool victim_half;	/* 4.14 on: OOM victims get half the reserve (ALLOC_OOM), not all */
	bool boost;		/* 5.0 on: watermark_boost raises every watermark */
	bool boost_atomic;	/* 5.9 on: order 0 atomic requests ignore the boost */
	bool compact_memory;	/* 2.6.35 on: compaction, and /proc/sys/vm/compact_memory */
	bool compact_strides;	/* 5.1 on: that file may do nothing, see pages/simulate.c */
	bool compaction_needs_fs;	/* up to 4.9: try_to_compact_pages() wants __GFP_FS too */
	bool compact_over_min;	/* 4.9 on: orders <= 3 compact above min, not low */
	bool charge_in_allocator;	/* 4.8 on: a refused memcg charge looks like a failure */
	bool nolock;		/* 6.15 on: alloc_pages_nolock() */
	bool defrag_falls_back;	/* 7.2 on: with vm.defrag_mode, who wakes kswapd and may not reclaim falls back */
	bool kvmalloc;		/* 4.12 on */
	bool kvmalloc_nofs;	/* 5.17 on: kvmalloc() falls back without __GFP_FS as well */
	bool scale_factor;	/* 4.6 on: vm.watermark_scale_factor */
};

/*
 * The rules of `kernel`.  Where its release is not known the flags of the
 * table, or of the mask itself, give the era roughly.  Open rules are those
 * of the newest stable release; one that is not known to be in any is left out.
 */
void aw_era_of(const struct aw_kernel *kernel, const struct aw_gfp *gfp, struct aw_era *out);

/*
 * The same in two steps: judging needs no name.  `newest`: open rules are
 * those of the newest stable release of the series, else of its first.
 */
void aw_era_rules(const struct aw_kernel *kernel, const struct aw_gfp *gfp, bool newest,
		  struct aw_era *out);
void aw_era_name(struct aw_era *era);

#endif

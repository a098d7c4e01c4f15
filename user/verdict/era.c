// SPDX-License-Identifier: GPL-2.0
/* Which rules of the page allocator a kernel follows: a row a rule. */
#include "verdict/era.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"

#define MAX_STABLE 4

/*
 * A rule, the mainline release that brought it, and the stable releases that
 * took it over.  A stable release counts for its own series only.
 */
struct rule_row {
	size_t field;			/* of struct aw_era, a bool */
	uint32_t since;			/* the rule holds from here on ... */
	uint32_t stable[MAX_STABLE];	/* ... and from these on; 0 ends the list */
	bool until;			/* the other way round: it held up to there */
	uint32_t untold;		/* from here on stable releases may have it, and which is not known; 0: none has */
};

#define RULE(name, major, minor) .field = offsetof(struct aw_era, name), .since = AW_VERSION(major, minor, 0)

static const struct rule_row rules[] = {
	/* "mm, page_alloc: only enforce watermarks for order-0 allocations" */
	{ RULE(order_marks, 4, 4), .until = true },
	/* "mm, page_alloc: reserve pageblocks for high-order atomic allocations on demand" */
	{ RULE(highatomic, 4, 4) },
	/* "mm/page_alloc: explicitly define how __GFP_HIGH non-blocking allocations accesses reserves" */
	{ RULE(min_reserve, 6, 3), .stable = { AW_VERSION(6, 1, 116), AW_VERSION(5, 15, 171) } },
	/* "mm/page_alloc: only set ALLOC_HIGHATOMIC for __GPF_HIGH allocations" */
	{ RULE(highatomic_needs_high, 6, 18),
	  .stable = { AW_VERSION(6, 17, 4), AW_VERSION(6, 12, 54), AW_VERSION(6, 6, 113), AW_VERSION(6, 1, 157) } },
	/* "mm/page_alloc: let GFP_ATOMIC order-0 allocs access highatomic reserves" */
	{ RULE(highatomic_order0, 6, 12),
	  .stable = { AW_VERSION(6, 11, 7), AW_VERSION(6, 6, 60), AW_VERSION(6, 1, 116), AW_VERSION(5, 15, 171) } },
	/* "mm, oom: do not rely on TIF_MEMDIE for memory reserves access" */
	{ RULE(victim_half, 4, 14) },
	/* "mm: reclaim small amounts of memory when an external fragmentation event occurs" */
	{ RULE(boost, 5, 0) },
	/* "mm, page_alloc: skip ->waternark_boost for atomic order-0 allocations" */
	{ RULE(boost_atomic, 5, 9) },
	/* "mm: compaction: add /proc trigger for memory compaction" */
	{ .field = offsetof(struct aw_era, compact_memory), .since = AW_VERSION(2, 6, 35) },
	/* "mm, compaction: sample pageblocks for free pages" */
	{ RULE(compact_strides, 5, 1) },
	/* "mm, compaction: allow compaction for GFP_NOFS requests" */
	{ RULE(compaction_needs_fs, 4, 10), .until = true },
	/* "mm, compaction: use proper alloc_flags in __compaction_suitable()" */
	{ RULE(compact_over_min, 4, 9) },
	/* "mm: charge/uncharge kmemcg from generic page allocator paths" */
	{ RULE(charge_in_allocator, 4, 8) },
	/* alloc_pages_nolock() */
	{ RULE(nolock, 6, 15) },
	/* "mm/page_alloc: fix defrag_mode for non-reclaimable allocations"; vm.defrag_mode is in 6.15 */
	{ RULE(defrag_falls_back, 7, 2), .untold = AW_VERSION(6, 15, 0) },
	/* "mm: introduce kv[mz]alloc helpers" */
	{ RULE(kvmalloc, 4, 12) },
	/* "mm: allow !GFP_KERNEL allocations for kvmalloc" */
	{ RULE(kvmalloc_nofs, 5, 17) },
	/* "mm: scale kswapd watermarks in proportion to memory" */
	{ RULE(scale_factor, 4, 6) },
};

static unsigned int major_of(uint32_t version)
{
	return version >> 24;
}

static unsigned int minor_of(uint32_t version)
{
	return version >> 16 & 0xff;
}

static bool same_series(uint32_t version, uint32_t other)
{
	return version >> 16 == other >> 16;
}

static bool since(uint32_t version, unsigned int major, unsigned int minor)
{
	return version >= AW_VERSION(major, minor, 0);
}

/*
 * Is the change in this release?  `newest` answers where only the series is known, and `*open` is set then.  `rebuilt`:
 * aw_version_is_rebuilt(), asked once for all rules.
 */
static bool has_change(const struct rule_row *rule, const struct aw_kernel *kernel, uint32_t version, bool rebuilt,
		       bool newest, bool *open)
{
	if (version >= rule->since)
		return true;
	for (unsigned int i = 0; i < MAX_STABLE && rule->stable[i]; i++) {
		if (!same_series(version, rule->stable[i]))
			continue;
		if (kernel->version_exact)
			return version >= rule->stable[i];
		*open = true;
		return newest;
	}
	if ((!rule->untold || version < rule->untold) && !rebuilt)
		return false;
	/* nobody knows: without it is the first guess */
	*open = true;
	return !newest;
}

static bool table_has(const struct aw_kernel *kernel, const struct aw_gfp *gfp,
		      enum aw_gfp_flag flag)
{
	if (kernel->gfp && aw_gfp_raw_bit(kernel->gfp, flag))
		return true;
	return aw_gfp_has(gfp, flag);
}

/* A release with the rules that these flags belong to. */
static uint32_t version_by_flags(const struct aw_kernel *kernel, const struct aw_gfp *gfp)
{
	if (table_has(kernel, gfp, AW_GFP_WAIT))
		return AW_VERSION(3, 18, 0);
	if (table_has(kernel, gfp, AW_GFP_REPEAT))
		return AW_VERSION(4, 9, 0);
	if (table_has(kernel, gfp, AW_GFP_ATOMIC))
		return AW_VERSION(5, 10, 0);
	return AW_VERSION(6, 12, 0);
}

void aw_era_name(struct aw_era *era)
{
	if (!era->certain)
		snprintf(era->name, sizeof(era->name), "this kernel");
	else
		snprintf(era->name, sizeof(era->name), "%u.%u", major_of(era->version),
			 minor_of(era->version));
}

static enum aw_retry_rule retry_rule(uint32_t version)
{
	if (!since(version, 4, 2))
		return AW_RETRY_SHOULD_ALLOC;
	return since(version, 4, 7) ? AW_RETRY_ROUNDS : AW_RETRY_PROGRESS;
}

static void find_rules(const struct aw_kernel *kernel, uint32_t version, bool newest, struct aw_era *out)
{
	bool rebuilt = aw_version_is_rebuilt(kernel->release);

	memset(out, 0, sizeof(*out));
	out->certain = kernel->version != 0 && !kernel->release_guessed;
	out->version = version;
	out->retry = retry_rule(version);
	out->wait_flag = since(version, 4, 4) ? "__GFP_DIRECT_RECLAIM" : "__GFP_WAIT";
	out->retry_flag = since(version, 4, 13) ? "__GFP_RETRY_MAYFAIL" : "__GFP_REPEAT";
	for (unsigned int i = 0; i < ARRAY_SIZE(rules); i++) {
		bool changed = has_change(&rules[i], kernel, version, rebuilt, newest, &out->open);

		*(bool *)((char *)out + rules[i].field) = changed != rules[i].until;
	}
}

/* All that the rules of a kernel depend on whose version is known. */
struct asked {
	uint32_t version;	/* 0: nothing was asked */
	bool exact, guessed;
	char release[sizeof(((struct aw_kernel *)NULL)->release)];
	struct aw_era era;
};

static bool is_same(const struct asked *asked, const struct aw_kernel *kernel)
{
	return asked->version && asked->version == kernel->version && asked->exact == kernel->version_exact &&
	       asked->guessed == kernel->release_guessed && !strcmp(asked->release, kernel->release);
}

/* Reports ask for the same kernel a million times: the last answers are kept. */
void aw_era_rules(const struct aw_kernel *kernel, const struct aw_gfp *gfp, bool newest,
		  struct aw_era *out)
{
	static _Thread_local struct asked last[2];
	struct asked *asked = &last[newest];

	if (!kernel->version) {
		find_rules(kernel, version_by_flags(kernel, gfp), newest, out);
		return;
	}
	if (!is_same(asked, kernel)) {
		find_rules(kernel, kernel->version, newest, &asked->era);
		asked->version = kernel->version;
		asked->exact = kernel->version_exact;
		asked->guessed = kernel->release_guessed;
		memcpy(asked->release, kernel->release, sizeof(asked->release));
	}
	*out = asked->era;
}

void aw_era_of(const struct aw_kernel *kernel, const struct aw_gfp *gfp, struct aw_era *out)
{
	aw_era_rules(kernel, gfp, true, out);
	aw_era_name(out);
}

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel that events come from: the running one, that of a recording, or
 * the one that printed a log.
 */
#ifndef AW_MM_KERNEL_H
#define AW_MM_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mm/compaction.h"
#include "mm/gfp.h"
#include "mm/migratetype.h"

/* Settings in /proc/sys/vm that rules and advice depend on; -1: not known, or the kernel does not have it. */
struct aw_vm_settings {
	int min_free_kbytes;
	int watermark_scale_factor;	/* 4.6 on; fractions of 10,000 */
	int watermark_boost_factor;	/* 5.0 on; fractions of 10,000 */
	int defrag_mode;		/* 6.15 on */
	int compaction_proactiveness;	/* 5.9 on; 0 to 100 */
	int extfrag_threshold;		/* 0 to 1000 */
	int min_free_order_shift;	/* vendor kernels 3.x and 4.x */
	int compact_unevictable_allowed;	/* 4.2 on; 0 or 1 */
};
#define AW_VM_SETTINGS_UNKNOWN ((struct aw_vm_settings){ -1, -1, -1, -1, -1, -1, -1, -1 })

/* AW_VERSION(3, 18, 20) is a number that can be compared. */
#define AW_VERSION(a, b, c) (((uint32_t)(a) << 24) | ((uint32_t)(b) << 16) | (uint32_t)(c))

struct aw_kernel {
	char release[65];		/* "": not known */
	char arch[17];			/* "aarch64", "x86_64"; "": not known */
	uint32_t version;		/* AW_VERSION, with the stable number if known; 0: not known */
	bool version_exact;		/* the stable number is known, and the kernel follows that release */
	bool android;
	uint32_t page_size;		/* bytes; 0: not known */
	unsigned int max_order;		/* the largest order of the page allocator, inclusive; 0: not known */
	unsigned int pageblock_order;	/* 0: not known */
	bool release_guessed;		/* inferred from the wording of a log */
	struct aw_vm_settings vm;
	struct aw_gfp_table *gfp;	/* owned; NULL: not known */
	struct aw_migratetypes migratetypes;
	struct aw_compact_numbers compact_numbers;
	char host[65];
	char boot_id[37];
	int64_t wall_offset_ns;		/* CLOCK_REALTIME - CLOCK_MONOTONIC; 0: not known */
};

/* "6.1.0-51-arm64" -> AW_VERSION(6, 1, 0); 0: not a release. */
uint32_t aw_version_parse(const char *release);

/*
 * The upstream release that a kernel follows: that of `release`, or the one that
 * its distribution names in `build` (uname -v, or the end of a log's "CPU:" line;
 * NULL: not known).  "6.1.0-56-arm64" built as "#1 SMP Debian 6.1.192-2" is
 * 6.1.192.  `*exact` is false if only the series is known.  0: not a release.
 */
uint32_t aw_version_upstream(const char *release, const char *build, bool *exact);

/*
 * Kernels that have the number of a release and many later changes, so that the
 * number does not tell what they do: Enterprise Linux, SUSE's enterprise kernels.
 */
bool aw_version_is_rebuilt(const char *release);

/* Fills in what follows from a release, with the era tables.  Returns 0 or -errno. */
int aw_kernel_for_release(const char *release, uint32_t page_size, struct aw_kernel *out);

void aw_kernel_clear(struct aw_kernel *kernel);

/* The size of a block in bytes; 0: the page size is not known. */
static inline uint64_t aw_order_bytes(const struct aw_kernel *kernel, unsigned int order)
{
	return order < 32 ? (uint64_t)kernel->page_size << order : 0;
}

#endif

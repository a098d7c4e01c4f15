/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel that events come from: the running one, a recording's, or the
 * one that a log was printed by.
 */
#ifndef AW_KERNEL_KERNEL_H
#define AW_KERNEL_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/compaction.h"
#include "kernel/gfp.h"
#include "kernel/migratetype.h"

/* 3.18.20 -> AW_VERSION(3, 18, 20): compares as a number. */
#define AW_VERSION(a, b, c) (((uint32_t)(a) << 24) | ((uint32_t)(b) << 16) | (uint32_t)(c))

struct aw_kernel {
	char release[65];		/* "" not known */
	char arch[17];			/* "aarch64", "x86_64"; "" not known */
	uint32_t version;		/* AW_VERSION of release; 0: not known */
	bool android;
	uint32_t page_size;		/* bytes; 0: not known */
	unsigned int max_order;		/* the largest order it serves, inclusive; 0: not known */
	unsigned int pageblock_order;	/* 0: not known */
	struct aw_gfp_table *gfp;	/* owned; NULL: not known */
	struct aw_migratetypes migratetypes;
	struct aw_compact_numbers compact_numbers;
	char host[65];
	char boot_id[37];
	int64_t wall_offset_ns;		/* CLOCK_REALTIME - CLOCK_MONOTONIC; 0: not known */
};

/* "6.1.0-51-arm64" -> AW_VERSION(6, 1, 0); 0 when it is not a release. */
uint32_t aw_version_parse(const char *release);

/*
 * The running kernel, from uname, sysconf, /proc/buddyinfo, tracefs and BTF
 * where they can be read.  Always fills what it can.  Returns 0 or -errno.
 */
int aw_kernel_running(struct aw_kernel *out);

struct aw_btf;
/* The same with its BTF, which takes longer to read than all else; NULL: there is none. */
int aw_kernel_running_with(const struct aw_btf *btf, struct aw_kernel *out);

/* A kernel known by its release only (era tables). Returns 0 or -errno. */
int aw_kernel_for_release(const char *release, uint32_t page_size, struct aw_kernel *out);

void aw_kernel_clear(struct aw_kernel *kernel);

/* Bytes of a block; 0 when the page size is not known. */
static inline uint64_t aw_order_bytes(const struct aw_kernel *kernel, unsigned int order)
{
	return order < 32 ? (uint64_t)kernel->page_size << order : 0;
}

#endif

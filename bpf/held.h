/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the programs of --holders and user space share.  Both are built
 * together, so this needs no version.
 */
#ifndef AW_BPF_HELD_H
#define AW_BPF_HELD_H

#ifndef __VMLINUX_H__
#include <linux/types.h>
#endif

#define AW_HELD_BLOCKS 32768	/* that are followed at once */
#define AW_HELD_STACKS 4096
#define AW_HELD_FRAMES 32

/* Set before the programs are loaded. */
struct aw_held_config {
	__u64 limit;		/* a block is in the sample if the hash of its address is not above it: ~0 >> k for one of 2^k */
	__u32 movable;		/* the number of MIGRATE_MOVABLE: such single pages are left out */
	__u32 pad0;
};

/* One allocation that has not been freed; the key is the address of its first struct page. */
struct aw_held_block {
	__u64 stack;		/* key of its frames */
	__u64 time_ns;
	__u8 order;		/* 0 of CMA areas */
	__s8 migratetype;	/* number of this kernel */
	__u8 releases;		/* 1: of the range that was here before, it may still be told: see give_cma() */
	__u8 pad0;
	__u32 cma_pages;	/* that cma_alloc() gave; 0: a block of the page allocator */
};

struct aw_held_frames {
	__u64 count;
	__u64 frames[AW_HELD_FRAMES];
};

struct aw_held_counters {
	__u64 full;		/* blocks of the sample for which there was no room */
	__u64 stackless;	/* blocks whose stack found no room */
};

#endif

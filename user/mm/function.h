/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is known of a function by its name: is it of the allocator, a wrapper,
 * a caller that falls back?
 */
#ifndef AW_MM_FUNCTION_H
#define AW_MM_FUNCTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/intern.h"
#include "mm/stack.h"

#define AW_FUNCTION_NAME 512	/* of a Rust path, NUL included; kallsyms' own limit from 6.1 on */

/* What function.c says of each is the reason why it is here. */
enum aw_function_group {
	AW_FN_OTHER,		/* nothing is known: may be the code that asked */
	AW_FN_TRACING,
	AW_FN_REPORTING,
	AW_FN_KILLING,
	AW_FN_CHARGE,
	AW_FN_PAGES,
	AW_FN_MPOL,
	AW_FN_BULK,
	AW_FN_NOLOCK,
	AW_FN_SLAB,
	AW_FN_SLAB_BULK,
	AW_FN_SHEAF,
	AW_FN_SHEAF_MAIN,
	AW_FN_CREATE,
	AW_FN_VMALLOC,
	AW_FN_KVMALLOC,
	AW_FN_OWN_KVMALLOC,
	AW_FN_XFS,
	AW_FN_SPL,
	AW_FN_TRIES_VMALLOC,
	AW_FN_MEMPOOL,
	AW_FN_BIO,
	AW_FN_PERCPU,
	AW_FN_DMA,
	AW_FN_DMA_POOL_GROWTH,
	AW_FN_DEVRES,
	AW_FN_SKB,
	AW_FN_SKB_FRAGS,
	AW_FN_FRAG,
	AW_FN_PAGE_POOL,
	AW_FN_USB,
	AW_FN_SOUND,
	AW_FN_SOUND_SMALLER,
	AW_FN_TTM,
	AW_FN_HEAP,
	AW_FN_HEAP_WHOLE,
	AW_FN_HEAP_BUFFER,
	AW_FN_SCATTER,
	AW_FN_SEQ,
	AW_FN_PAGETABLE,
	AW_FN_THP_ANON,
	AW_FN_THP,
	AW_FN_SHMEM,
	AW_FN_KHUGEPAGED,
	AW_FN_HUGETLB,
	AW_FN_HUGETLB_NOW,
	AW_FN_HUGETLB_POOL,
	AW_FN_READAHEAD,
	AW_FN_XARRAY,
	AW_FN_RADIX,
	AW_FN_MAPLE,
	AW_FN_IO_URING,
	AW_FN_SG_BUILD,
	AW_FN_HASHDIST,
	AW_FN_FTRACE,
	AW_FN_RHASHTABLE,
	AW_FN_MLX4,
	AW_FN_VIDEOBUF,
	AW_FN_VMEMMAP,
	AW_FN_DOES_WITHOUT,
	AW_FN_RX_AGG,
	AW_FN_RUST,
	AW_FN_NEVER,
	AW_FN_END,
	AW_FN_GROUPS
};

/* Sets of groups. */
#define AW_FN(group) (UINT64_C(1) << AW_FN_##group)

/*
 * By the function's name in any form (see aw_function_name()) and its module,
 * "" for the kernel itself.  A function of a module counts only where that
 * subsystem can be a module: what a vendor calls vmalloc_pool() is its own.
 */
enum aw_function_group aw_function_group(const char *name, const char *module);

/* Does such a function stand between a request and the code that asked? */
bool aw_function_is_wrapper(enum aw_function_group group);

/*
 * A name as the kernel prints it, taken apart: ".foo.isra.0.cold" is foo with
 * the suffix ".isra.0.cold".  The leading dot is the ABI's of powerpc64, the
 * suffix (.part.N, .cold, .isra.N, .constprop.N, .clone.N, .llvm.N, ...) the
 * compiler's: neither makes another function.  Both point into `raw`.
 */
struct aw_function_name {
	const char *name;
	size_t len;
	const char *suffix;	/* to the end of `raw`; "" none */
};
struct aw_function_name aw_function_name(const char *raw);

/*
 * Sets name and suffix of a frame from a symbol as the kernel prints it; a
 * Rust symbol becomes its path.  Both live as long as `texts`.
 */
void aw_frame_set_symbol(struct aw_frame *frame, const char *symbol, struct aw_intern *texts);

/* For tests: row i of the table, "" past its end. */
const char *aw_function_row(size_t i);

#endif

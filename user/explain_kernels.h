/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernels that a log turns out to come from, each made once.
 */
#ifndef AW_EXPLAIN_KERNELS_H
#define AW_EXPLAIN_KERNELS_H

#include "kernel/kernel.h"

struct aw_explain_kernels;

struct aw_explain_kernels *aw_explain_kernels_new(void);	/* NULL: no memory */
void aw_explain_kernels_free(struct aw_explain_kernels *kernels);

/*
 * The kernel of a release; `sure` false: the release is only a guess, the
 * kernel then has that era's gfp table and no release.  `page_size` in bytes,
 * `max_order` 0: the usual one.  Lives as long as `kernels`.  NULL: not a
 * release, no memory, or too many different ones in one log.
 */
const struct aw_kernel *aw_explain_kernel(struct aw_explain_kernels *kernels, const char *release,
					  bool sure, uint32_t page_size, unsigned int max_order,
					  const char *arch);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernels that the reports of a log come from, each made once.
 */
#ifndef AW_EXPLAIN_KERNELS_H
#define AW_EXPLAIN_KERNELS_H

#include <stdbool.h>
#include <stdint.h>

#include "klog/era.h"
#include "klog/klog.h"
#include "mm/kernel.h"

/* What the user says about the kernel of a log. */
struct aw_explain_config {
	const char *kernel;	/* its release; NULL: not said */
	uint32_t page_size;	/* bytes; 0: not said */
};

struct aw_explain_kernels;

/* `config` is borrowed.  NULL: no memory. */
struct aw_explain_kernels *aw_explain_kernels_new(const struct aw_explain_config *config);
void aw_explain_kernels_free(struct aw_explain_kernels *kernels);	/* NULL allowed */

/* Did memory run out for a part of what was found?  aw_explain_kernel_of() need not have said so. */
bool aw_explain_kernels_incomplete(const struct aw_explain_kernels *kernels);

/*
 * The kernel that printed the report: the one that the user names, that the log
 * names, or that its wording fits.  `own`: the log is that of the running kernel.
 * Where the release is only a guess, the kernel has that era's gfp table and no
 * release.  `page_size_taken`: nothing tells the page size.  `*out` lives as
 * long as `kernels`.  0, -ENOMEM, or -ENOSPC: too many different ones.
 */
int aw_explain_kernel_of(struct aw_explain_kernels *kernels, bool own, const struct aw_klog_report *report,
			 struct aw_klog_era *era, bool *page_size_taken, const struct aw_kernel **out);

#endif

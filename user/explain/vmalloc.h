/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verdict on a line of vmalloc that has no report of the page allocator
 * behind it, or whose reason is not that pages were missing.
 */
#ifndef AW_EXPLAIN_VMALLOC_H
#define AW_EXPLAIN_VMALLOC_H

#include "event/event.h"
#include "verdict/verdict.h"

/* A WARNING of vmalloc; fills all of `verdict`. */
void aw_explain_vmalloc(const struct aw_event *event, const struct aw_kernel *kernel, struct aw_verdict *verdict);

/*
 * Has a FAILURE of order 0 a header and a mask that vmalloc has as well, and neither trace nor zones?  From 3.0 to 4.9
 * vmalloc has warn_alloc_failed() print the header of any failure, below a line of its own.
 */
bool aw_explain_may_be_vmalloc(const struct aw_event *event, const struct aw_kernel *kernel);

/* The verdict where that is so; fills all of `verdict`. */
void aw_explain_perhaps_vmalloc(struct aw_verdict *verdict);

#endif

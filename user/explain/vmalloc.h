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

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The site of a request: the first frame outside the allocator and its
 * wrappers, that is the code that asked.
 */
#ifndef AW_MM_SITE_H
#define AW_MM_SITE_H

#include <stdbool.h>

#include "mm/stack.h"

/*
 * Into stack->frames; NULL: no frame is known to have asked, because all are
 * wrappers, one has no name, or the stack ends in the function that runs a
 * kernel thread or a work item.
 *
 * A stack without an unwinder (AW_FRAME_STALE) has frames of earlier calls
 * between those of the allocator: there the site is the first frame behind the
 * last of the allocator's, and only likely.  `likely` may be NULL.
 */
const struct aw_frame *aw_site_find(const struct aw_stack *stack, bool *likely);

/* The same without the certainty. */
const struct aw_frame *aw_site_of(const struct aw_stack *stack);

/*
 * Which groups of functions (mm/function.h, AW_FN()) stand in the stack up to
 * its site, that included.
 */
uint64_t aw_site_groups(const struct aw_stack *stack);

/* Is this function the allocator's, a wrapper's or the tracing's own?  `module` as in a frame. */
bool aw_site_is_wrapper(const char *function, const char *module);

/* Is this function only there because somebody traces? */
bool aw_site_is_tracing(const char *function, const char *module);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The site of a request: the first frame outside the allocator and its
 * wrappers, that is the code that asked.
 */
#ifndef AW_KERNEL_SITE_H
#define AW_KERNEL_SITE_H

#include <stdbool.h>

#include "kernel/stack.h"

/* Into stack->frames; NULL: every frame is a wrapper or has no name. */
const struct aw_frame *aw_site_of(const struct aw_stack *stack);

/* Is this function of the kernel itself the allocator's, a wrapper's or the tracing's own? */
bool aw_site_is_wrapper(const char *function);

/* Is this function only there because somebody traces? */
bool aw_site_is_tracing(const char *function, const char *module);

#endif

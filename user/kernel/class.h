/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who suffers from a failure: nobody, when the caller is known to fall back.
 */
#ifndef AW_KERNEL_CLASS_H
#define AW_KERNEL_CLASS_H

#include "kernel/gfp.h"
#include "kernel/stack.h"

enum aw_class {
	AW_CLASS_HARD,		/* somebody goes without */
	AW_CLASS_OPPORTUNISTIC,	/* the caller is known to fall back */
	AW_CLASSES
};

/*
 * The class of a failed request, from a table over mask, order and callers.
 * `why` is set to a sentence for people (static string).
 */
enum aw_class aw_class_of(const struct aw_gfp *gfp, unsigned int order,
			  const struct aw_stack *stack, const char **why);

#endif

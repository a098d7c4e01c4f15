/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What one request means: its size, who asks so, what its mask allows, and
 * what that kernel does when it does not fit.
 */
#ifndef AW_EXPLAIN_REQUEST_H
#define AW_EXPLAIN_REQUEST_H

#include <stdio.h>

#include "kernel/kernel.h"

/* `kernel` with page size and gfp table.  One screen of 80 x 24 at width 80. */
void aw_explain_request(FILE *out, unsigned int order, const struct aw_gfp *gfp,
			const struct aw_kernel *kernel, unsigned int width);

#endif

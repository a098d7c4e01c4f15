/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a request means: its size, who makes such requests, what its mask allows,
 * and what the kernel does when there is no memory for it.
 */
#ifndef AW_EXPLAIN_REQUEST_H
#define AW_EXPLAIN_REQUEST_H

#include <stdio.h>

#include "mm/kernel.h"

/*
 * `kernel` with page size and gfp table.  Fits 80 columns and 24 lines at width
 * 80.  0 or -ENOMEM, with nothing printed.
 */
int aw_explain_request(FILE *out, unsigned int order, const struct aw_gfp *gfp,
		       const struct aw_kernel *kernel, unsigned int width);

#endif

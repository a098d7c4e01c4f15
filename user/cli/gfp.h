/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The mask of a request on the command line.
 */
#ifndef AW_CLI_GFP_H
#define AW_CLI_GFP_H

#include <stdint.h>

#include "mm/kernel.h"

/*
 * Parses a number or names joined by '|' into the mask of `kernel`, whose table is
 * known.  -1, or the exit status after a message.
 */
int aw_gfp_option_parse(const char *text, const struct aw_kernel *kernel, uint64_t *raw);

#endif

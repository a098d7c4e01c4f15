/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What each gfp flag asks for, in a few words.
 */
#ifndef AW_EXPLAIN_FLAGS_H
#define AW_EXPLAIN_FLAGS_H

#include "kernel/gfp.h"

const char *aw_explain_flag(enum aw_gfp_flag flag);	/* never NULL */

#endif

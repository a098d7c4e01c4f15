/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A short description of each gfp flag.
 */
#ifndef AW_MM_GFP_MEANING_H
#define AW_MM_GFP_MEANING_H

#include "mm/gfp.h"

const char *aw_explain_flag(enum aw_gfp_flag flag);	/* never NULL */

#endif

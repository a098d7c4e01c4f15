/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the module's hooks leave unknown.
 */
#ifndef AW_SOURCE_KMOD_MISSING_H
#define AW_SOURCE_KMOD_MISSING_H

#include "../kmod/abi.h"
#include "source/source.h"

/* By what the module says it hooks, and what was asked for; returns how many. */
unsigned int aw_kmod_missing(const struct aw_kmod_info *info, bool low_overhead,
			     struct aw_missing out[AW_MAX_MISSING_FEATURES]);

#endif

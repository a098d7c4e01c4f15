/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is not known with the hooks of the module.
 */
#ifndef AW_SOURCE_KMOD_MISSING_H
#define AW_SOURCE_KMOD_MISSING_H

#include "../kmod/abi.h"
#include "source/source.h"

/* By the hooks that the module has and the options in use.  Returns how many it filled in. */
unsigned int aw_kmod_missing(const struct aw_kmod_info *info, bool low_overhead,
			     struct aw_missing out[AW_MAX_MISSING_FEATURES]);

#endif

// SPDX-License-Identifier: GPL-2.0
/*
 * Every source that this build has.
 */
#include "source/source.h"

const struct aw_source_ops *const aw_sources[] = {
	&aw_source_bpf,
	&aw_source_kmod,
	&aw_source_recording,
};
const unsigned int aw_sources_count = sizeof(aw_sources) / sizeof(aw_sources[0]);

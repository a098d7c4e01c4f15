// SPDX-License-Identifier: GPL-2.0
/*
 * Every source that this build has: --source auto takes the first that works.
 */
#include "source/source.h"

#include "base/array.h"

const struct aw_source_ops *const aw_sources[] = {
	&aw_source_bpf,
	&aw_source_kmod,
	&aw_source_tracefs,
	&aw_source_klog,
	&aw_source_recording,
	&aw_source_trace,
};
const unsigned int aw_sources_count = ARRAY_SIZE(aw_sources);

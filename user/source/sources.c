// SPDX-License-Identifier: GPL-2.0
/*
 * Every source that this build has: --source auto takes the first that works.
 */
#include "source/source.h"

const struct aw_source_ops *const aw_sources[] = {
	&aw_source_bpf,
	/* the module's source belongs here */
	&aw_source_tracefs,
	&aw_source_klog,
};
const unsigned int aw_sources_count = sizeof(aw_sources) / sizeof(aw_sources[0]);

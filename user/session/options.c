// SPDX-License-Identifier: GPL-2.0
/*
 * The defaults of all options.
 */
#include "session/options.h"

#include "session/scan_due.h"

struct aw_options aw_options_default(void)
{
	struct aw_options options = {
		.source = "auto",
		.capture = { .order_max = UINT32_MAX, .stall_ns = 1000000 },
		.scan_ns = AW_SCAN_AGAIN_DEFAULT,
		.nr_keys = 3,
		.keys = { &aw_keys[AW_BY_ORDER], &aw_keys[AW_BY_GFP], &aw_keys[AW_BY_STACK] },
		.top = 10,
		.max_files = 10,
		.count = 1,
	};

	return options;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: /proc/zoneinfo, buddyinfo, pagetypeinfo and the lines on CMA of the kernel log, one after the other
 * with a NUL between them.
 */
#include "fuzz.h"

#include "system/cma_log.h"
#include "system/zoneinfo.h"

#define ZONES 16

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct aw_cma_ranges ranges = { .count = 0 };
	struct aw_zone zones[ZONES];
	unsigned int count = 0, part = 0;

	for (size_t at = 0; at <= size && part < 4; part++) {
		const uint8_t *nul = at < size ? memchr(data + at, 0, size - at) : NULL;
		size_t len = nul ? (size_t)(nul - data) - at : size - at;
		char *text = malloc(len + !len);

		if (len)
			memcpy(text, data + at, len);
		if (part == 0)
			count = aw_zoneinfo_parse(text, len, zones, ZONES);
		else if (part == 1)
			aw_buddyinfo_parse(text, len, zones, count);
		else if (part == 2)
			aw_pagetypeinfo_parse(text, len, zones, count);
		else
			aw_cma_log_parse(text, len, 4096, &ranges);
		free(text);
		at += len + 1;
	}
	for (unsigned int i = 0; i < count; i++)
		FUZZ_HOLDS(zones[i].nr_orders <= AW_MAX_ORDERS && zones[i].nr_reserves <= AW_MAX_RESERVES);
	FUZZ_HOLDS(ranges.count <= AW_CMA_RANGES);
	return 0;
}

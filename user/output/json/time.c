// SPDX-License-Identifier: GPL-2.0
/*
 * Times as JSON values.
 */
#include "output/json/internal.h"
#include "output/utc.h"

void aw_json_time(struct aw_json *json, const char *key, const struct aw_kernel *kernel, uint64_t time_ns)
{
	char text[AW_UTC_TEXT];
	const char *utc = aw_format_utc(kernel, time_ns, text);

	if (utc)
		aw_json_name(json, key, utc);
	else
		aw_json_null(json, key);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Times in the format of RFC 3339.
 */
#include "output/utc.h"

#include <stddef.h>
#include <stdio.h>
#include <time.h>

#define SECOND 1000000000

const char *aw_format_utc(const struct aw_kernel *kernel, uint64_t time_ns, char text[AW_UTC_TEXT])
{
	int64_t wall = (int64_t)time_ns + kernel->wall_offset_ns;
	time_t seconds = wall / SECOND;
	struct tm tm;
	size_t len;

	/* Years of RFC 3339 have four digits. */
	if (!time_ns || !kernel->wall_offset_ns || wall < 0 || !gmtime_r(&seconds, &tm) || tm.tm_year > 8099)
		return NULL;
	len = strftime(text, AW_UTC_TEXT, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(text + len, AW_UTC_TEXT - len, ".%06dZ", (int)(wall % SECOND / 1000));
	return text;
}

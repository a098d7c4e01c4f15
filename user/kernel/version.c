// SPDX-License-Identifier: GPL-2.0
/*
 * How a kernel release is written.
 */
#include <ctype.h>
#include <string.h>

#include "kernel/kernel.h"

/* One number up to `max`; larger ones are `max`, as the kernel itself clamps its SUBLEVEL. */
static bool parse_part(const char **text, uint32_t max, uint32_t *out)
{
	const char *p = *text;
	uint32_t value = 0;

	if (!isdigit((unsigned char)*p))
		return false;
	for (; isdigit((unsigned char)*p); p++)
		if (value < max)
			value = value * 10 + (uint32_t)(*p - '0');
	*text = p;
	*out = value < max ? value : max;
	return true;
}

/* What a distribution appends starts with one of these; "6.1GiB" is no release. */
static bool ends_number(char ch)
{
	return !ch || strchr(".-+_~", ch) || isspace((unsigned char)ch);
}

/* 6.1.0-51-arm64, 4.4, 3.18.31-perf-g1a2b3c, 6.18-rc3, 6.12.17+deb13 */
uint32_t aw_version_parse(const char *release)
{
	uint32_t a, b, c = 0;

	if (!release || !parse_part(&release, 255, &a) || !a || *release++ != '.')
		return 0;
	if (!parse_part(&release, 255, &b) || !ends_number(*release))
		return 0;
	if (*release == '.') {
		release++;
		if (parse_part(&release, 65535, &c) && !ends_number(*release))
			return 0;
	}
	return AW_VERSION(a, b, c);
}

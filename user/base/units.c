// SPDX-License-Identifier: GPL-2.0
/*
 * Formats and parses numbers with units.
 */
#include "base/units.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Integers have no decimals, other numbers below 100 have one: 64, 1.8, 135. */
static void format_scaled(uint64_t value, uint64_t unit, const char *name, char text[AW_UNITS_TEXT])
{
	unsigned long long tenths = value / unit * 10 + (value % unit * 10 + unit / 2) / unit;

	if (value % unit == 0)
		snprintf(text, AW_UNITS_TEXT, "%llu%s", (unsigned long long)(value / unit), name);
	else if (tenths >= 1000)
		snprintf(text, AW_UNITS_TEXT, "%llu%s",
			 (unsigned long long)(value / unit + (value % unit >= unit / 2)), name);
	else
		snprintf(text, AW_UNITS_TEXT, "%llu.%llu%s", tenths / 10, tenths % 10, name);
}

static const char *format_power(uint64_t bytes, const char *const names[5], char text[AW_UNITS_TEXT])
{
	int power = 0;
	uint64_t unit = 1;

	/* A value that rounds to 1024 is shown as 1 of the next unit. */
	while (power < 4 && bytes >= 1024 * unit - unit / 2) {
		unit *= 1024;
		power++;
	}
	format_scaled(bytes, unit, names[power], text);
	return text;
}

const char *aw_format_bytes(uint64_t bytes, char text[AW_UNITS_TEXT])
{
	static const char *const names[5] = { " B", " KiB", " MiB", " GiB", " TiB" };

	return format_power(bytes, names, text);
}

const char *aw_format_bytes_short(uint64_t bytes, char text[AW_UNITS_TEXT])
{
	static const char *const names[5] = { "", "K", "M", "G", "T" };

	return format_power(bytes, names, text);
}

const char *aw_format_duration(uint64_t ns, char text[AW_UNITS_TEXT])
{
	unsigned long long seconds = ns / 1000000000 + (ns % 1000000000 >= 500000000);

	/* The limits take rounding into account, so that "1000.0 ms" or "60.0 s" cannot occur. */
	if (ns < 1000)
		snprintf(text, AW_UNITS_TEXT, "%llu ns", (unsigned long long)ns);
	else if (ns < 1000000)
		snprintf(text, AW_UNITS_TEXT, "%llu us", (unsigned long long)ns / 1000);
	else if (ns < 999950000)
		snprintf(text, AW_UNITS_TEXT, "%.1f ms", (double)ns / 1e6);
	else if (ns < 59950000000)
		snprintf(text, AW_UNITS_TEXT, "%.1f s", (double)ns / 1e9);
	else if (seconds < 3600)
		snprintf(text, AW_UNITS_TEXT, "%llum%02llus", seconds / 60, seconds % 60);
	else
		snprintf(text, AW_UNITS_TEXT, "%lluh%02llum", seconds / 3600, seconds / 60 % 60);
	return text;
}

struct suffix {
	const char *name;
	uint64_t factor;
};

/* A number, followed by one of the suffixes and the end of the text. */
static int parse_suffixed(const char *text, const struct suffix *suffixes, uint64_t *value)
{
	char *end;
	unsigned long long number;

	if (!isdigit((unsigned char)text[0]))
		return -EINVAL;
	errno = 0;
	number = strtoull(text, &end, 10);
	if (errno)
		return -ERANGE;
	for (; suffixes->name; suffixes++) {
		if (strcasecmp(end, suffixes->name))
			continue;
		if (number > UINT64_MAX / suffixes->factor)
			return -ERANGE;
		*value = number * suffixes->factor;
		return 0;
	}
	return -EINVAL;
}

int aw_parse_duration(const char *text, uint64_t *ns)
{
	static const struct suffix suffixes[] = {
		{ "", 1000000000 }, { "s", 1000000000 }, { "ms", 1000000 },
		{ "m", 60000000000 }, { "min", 60000000000 },
		{ "h", 3600000000000 }, { "d", 86400000000000 }, { NULL, 0 },
	};
	uint64_t value;
	int err = parse_suffixed(text, suffixes, &value);

	if (err)
		return err;
	if (value == 0)
		return -EINVAL;
	if (value > 10ull * 366 * 86400 * 1000000000)
		return -ERANGE;
	*ns = value;
	return 0;
}

int aw_parse_size(const char *text, uint64_t *bytes)
{
	static const struct suffix suffixes[] = {
		{ "", 1 }, { "B", 1 }, { "K", 1024 }, { "KiB", 1024 },
		{ "M", 1 << 20 }, { "MiB", 1 << 20 }, { "G", 1 << 30 }, { "GiB", 1 << 30 },
		{ NULL, 0 },
	};

	return parse_suffixed(text, suffixes, bytes);
}

int aw_parse_number(const char *text, uint64_t *number)
{
	char *end;
	unsigned long long value;

	if (!isdigit((unsigned char)text[0]))
		return -EINVAL;
	errno = 0;
	/* Not base 0, because users do not mean octal by a leading zero. */
	value = strtoull(text, &end, text[0] == '0' && (text[1] | 0x20) == 'x' ? 16 : 10);
	if (errno)
		return -ERANGE;
	if (*end)
		return -EINVAL;
	*number = value;
	return 0;
}

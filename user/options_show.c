// SPDX-License-Identifier: GPL-2.0
/*
 * Options: what is shown of it, and in which form.
 */
#include "option_rows.h"

#include <errno.h>
#include <string.h>

#include "base/units.h"

static int apply_filter(struct aw_options *options, const char *value, struct aw_error *error)
{
	return aw_filter_parse(value, &options->filter, error);
}

static int apply_by(struct aw_options *options, const char *value, struct aw_error *error)
{
	char bad[64], names[256];
	int count = aw_keys_parse(value, options->keys, bad, sizeof(bad));

	if (count < 0)
		return aw_error_set(error, -EINVAL, "bad --by key '%s': up to %d of %s, joined by commas",
				    bad, AW_MAX_KEYS, aw_keys_names(names, sizeof(names)));
	options->nr_keys = count;
	return 0;
}

static int apply_sort(struct aw_options *options, const char *value, struct aw_error *error)
{
	char names[256];

	options->sort = value;
	if (!strcmp(value, "count") || !strcmp(value, "last") || aw_key_find(value, strlen(value)))
		return 0;
	return aw_error_set(error, -EINVAL, "bad --sort '%s': count, last, %s", value,
			    aw_keys_names(names, sizeof(names)));
}

static int apply_top(struct aw_options *options, const char *value, struct aw_error *error)
{
	uint64_t top;

	if (aw_parse_number(value, &top) || !top || top > 1000000)
		return aw_error_set(error, -EINVAL, "bad --top '%s': a number from 1 to 1000000", value);
	options->top = top;
	return 0;
}

static int apply_plain(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)value;
	(void)error;
	options->plain = true;
	return 0;
}

static int apply_format(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)error;
	options->format = value;
	return 0;
}

static int apply_json(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)value;
	(void)error;
	options->json = true;
	return 0;
}

static const struct aw_option_row rows[] = {
	{ "format", 'F', "NAME", AW_FOR_LIVE,
	  "text, or jsonl: an event a line as it comes", apply_format, NULL },
	{ "format", 'F', "NAME", AW_FOR_EXPORT,
	  "what to write", apply_format, NULL },
	{ "filter", 'f', "TERMS", AW_CAPTURES | AW_READS,
	  "only failures that fit: order>=4,class=hard,comm=cam*", apply_filter, NULL },
	{ "by", 'b', "KEYS", AW_SHOWS,
	  "group failures by these keys (order,gfp,stack)", apply_by, NULL },
	{ "by", 'b', "KEYS", AW_FOR_DIFF,
	  "compare failures by these keys (order,gfp,site)", apply_by, NULL },
	{ "sort", 0, "KEY", AW_SHOWS,
	  "sort groups by count, last or a key", apply_sort, NULL },
	{ "top", 't', "N", AW_SHOWS & ~AW_FOR_EXPORT,
	  "show N groups (10)", apply_top, NULL },
	{ "top", 't', "N", AW_FOR_EXPORT | AW_FOR_DIFF,
	  "only the first N groups (all)", apply_top, NULL },
	{ "plain", 0, NULL, AW_FOR_LIVE,
	  "plain lines, also on a terminal", apply_plain, NULL },
	{ "json", 0, NULL, AW_FOR_DIFF,
	  "as JSON", apply_json, NULL },
};

const struct aw_option_rows aw_options_show = { sizeof(rows) / sizeof(rows[0]), rows };

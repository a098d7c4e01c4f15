// SPDX-License-Identifier: GPL-2.0
/*
 * Options: what is shown, and in which form.
 */
#include "cli/option_rows.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/units.h"
#include "output/exporters.h"

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
	if (!strcmp(value, "worst") || !strcmp(value, "count") || !strcmp(value, "last") || aw_key_find(value, strlen(value)))
		return 0;
	return aw_error_set(error, -EINVAL, "bad --sort '%s': worst, count, last, %s", value,
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

static int apply_self_test(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)value;
	(void)error;
	options->self_test = true;
	return 0;
}

static int apply_html(struct aw_options *options, const char *value, struct aw_error *error)
{
	if (!value[0])
		return aw_error_set(error, -EINVAL, "bad --html '': a file, or - for standard output");
	options->html = value;
	return 0;
}

static const char *export_names(char text[AW_OPTION_HELP])
{
	return aw_exporters_names(false, text, AW_OPTION_HELP);
}

static const char *live_format_names(char text[AW_OPTION_HELP])
{
	size_t used = (size_t)snprintf(text, AW_OPTION_HELP, "text, ");

	aw_exporters_names(true, text + used, AW_OPTION_HELP - used);
	return text;
}

static const char *key_names(char text[AW_OPTION_HELP])
{
	return aw_keys_names(text, AW_OPTION_HELP);
}

static const char *sort_names(char text[AW_OPTION_HELP])
{
	size_t used = (size_t)snprintf(text, AW_OPTION_HELP, "worst, count, last, ");

	aw_keys_names(text + used, AW_OPTION_HELP - used);
	return text;
}

static const struct aw_option_row rows[] = {
	{
		.name = "format", .letter = 'F', .value = "NAME", .commands = AW_FOR_LIVE,
		.help = "text, or jsonl: one line per event as it comes",
		.apply = apply_format, .values = live_format_names,
	},
	{
		.name = "format", .letter = 'F', .value = "NAME", .commands = AW_FOR_EXPORT,
		.help = "what to write (by the name of -o): ",
		.apply = apply_format, .more = export_names, .values = export_names,
	},
	{
		.name = "filter", .letter = 'f', .value = "TERMS",
		.commands = AW_CAPTURES | AW_READS,
		.help = "only failures that match: order>=4,class=hard,comm=cam*",
		.apply = apply_filter, .values = key_names,
	},
	{
		.name = "by", .letter = 'b', .value = "KEYS", .commands = AW_SHOWS,
		.help = "group failures by these keys (order,gfp,stack)",
		.apply = apply_by, .values = key_names,
	},
	{
		.name = "by", .letter = 'b', .value = "KEYS", .commands = AW_FOR_DIFF,
		.help = "compare failures by these keys (order,gfp,site)",
		.apply = apply_by, .values = key_names,
	},
	{
		.name = "sort", .value = "KEY", .commands = AW_SHOWS,
		.help = "sort groups by worst (hard ones first), count, last or a key",
		.apply = apply_sort, .values = sort_names,
	},
	{
		.name = "top", .letter = 't', .value = "N", .commands = AW_SHOWS & ~AW_FOR_EXPORT,
		.help = "show N groups (10)",
		.apply = apply_top,
	},
	{
		.name = "top", .letter = 't', .value = "N", .commands = AW_FOR_EXPORT,
		.help = "only the first N groups (all; html: 300)",
		.apply = apply_top,
	},
	{
		.name = "top", .letter = 't', .value = "N", .commands = AW_FOR_DIFF,
		.help = "only the first N groups (all)",
		.apply = apply_top,
	},
	{
		.name = "plain", .commands = AW_FOR_LIVE,
		.help = "print lines, also on a terminal",
		.apply = apply_plain,
	},
	{
		.name = "json", .commands = AW_FOR_DIFF | AW_FOR_EXPLAIN | AW_FOR_DOCTOR,
		.help = "as JSON",
		.apply = apply_json,
	},
	{
		.name = "self-test", .commands = AW_FOR_DOCTOR,
		.help = "make a harmless request that is refused, and say which source saw it",
		.apply = apply_self_test,
	},
	{
		.name = "html", .value = "FILE", .commands = AW_FOR_EXPLAIN,
		.help = "write one self-contained page to FILE, or -",
		.apply = apply_html,
	},
};

const struct aw_option_rows aw_options_show = { ARRAY_SIZE(rows), rows };

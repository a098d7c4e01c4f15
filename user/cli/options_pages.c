// SPDX-License-Identifier: GPL-2.0
/*
 * Options: the page scan, and what is asked of memory as it is now.
 */
#include "cli/option_rows.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/units.h"

#define LARGEST_COUNT 10000000

static int apply_order(struct aw_options *options, const char *value, struct aw_error *error)
{
	return aw_option_set_order(options, value, AW_LARGEST_BLOCK, error);
}

static int apply_count(struct aw_options *options, const char *value, struct aw_error *error)
{
	if (aw_parse_number(value, &options->count) || !options->count || options->count > LARGEST_COUNT)
		return aw_error_set(error, -EINVAL, "bad --count '%s': a number from 1 to %d", value, LARGEST_COUNT);
	return 0;
}

static int apply_zone(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)error;
	options->zone = value;
	return 0;
}

static int apply_movable(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)value;
	(void)error;
	options->movable = true;
	return 0;
}

static int apply_map(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)value;
	(void)error;
	options->map = true;
	return 0;
}

static int apply_svg(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)error;
	options->svg = value;
	return 0;
}

static int apply_html(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)error;
	options->html = value;
	return 0;
}

static int apply_steals(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)error;
	options->steals = value;
	return 0;
}

static int apply_scan(struct aw_options *options, const char *value, struct aw_error *error)
{
	if (strcmp(value, "auto") && strcmp(value, "bpf") && strcmp(value, "kpageflags") && strcmp(value, "pagetypeinfo"))
		return aw_error_set(error, -EINVAL, "bad --source '%s': auto, bpf, kpageflags or pagetypeinfo", value);
	options->source = value;
	return 0;
}

static const char *sources(char text[AW_OPTION_HELP])
{
	snprintf(text, AW_OPTION_HELP, "auto, bpf, kpageflags, pagetypeinfo");
	return text;
}

static int apply_json(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)value;
	(void)error;
	options->json = true;
	return 0;
}

static const struct aw_option_row rows[] = {
	{ .name = "order", .letter = 'o', .value = "N", .commands = AW_FOR_CHECK, .apply = apply_order,
	  .help = "a request for 2^N pages" },
	{ .name = "gfp", .letter = 'g', .value = "MASK", .commands = AW_FOR_CHECK, .apply = aw_option_apply_gfp,
	  .help = "its mask: 0xcc0, or names: 'GFP_KERNEL|__GFP_COMP'" },
	{ .name = "count", .letter = 'c', .value = "K", .commands = AW_FOR_CHECK, .apply = apply_count,
	  .help = "so many of them, one after the other (1)" },
	{ .name = "order", .letter = 'o', .value = "N", .commands = AW_FOR_BLOCKERS | AW_FOR_TRY, .apply = apply_order,
	  .help = "blocks of 2^N pages (4)" },
	{ .name = "zone", .letter = 'z', .value = "NAME", .commands = AW_FOR_BLOCKERS, .apply = apply_zone,
	  .help = "only the zones of this name, such as Normal (all that the request may use)" },
	{ .name = "movable", .letter = 'm', .commands = AW_FOR_BLOCKERS, .apply = apply_movable,
	  .help = "for a movable request, which may also use CMA (an unmovable one)" },
	{ .name = "source", .letter = 's', .value = "NAME", .commands = AW_FOR_BLOCKERS, .apply = apply_scan, .values = sources,
	  .help = "bpf, kpageflags or pagetypeinfo (auto: the first of these that works)" },
	{ .name = "map", .commands = AW_FOR_BLOCKERS, .apply = apply_map,
	  .help = "also a map of memory, a letter for each pageblock" },
	{ .name = "html", .value = "FILE", .commands = AW_FOR_BLOCKERS, .apply = apply_html,
	  .help = "also write the answer and the map as a page to FILE" },
	{ .name = "steals", .value = "FILE", .commands = AW_FOR_BLOCKERS, .apply = apply_steals,
	  .help = "name the code that took pageblocks, from a recording that was made since boot" },
	{ .name = "svg", .value = "FILE", .commands = AW_FOR_BLOCKERS, .apply = apply_svg,
	  .help = "also write the map as a picture to FILE" },
	{ .name = "json", .commands = AW_FOR_BLOCKERS | AW_FOR_CHECK | AW_FOR_TRY, .apply = apply_json, .help = "as JSON" },
};

const struct aw_option_rows aw_options_pages = { ARRAY_SIZE(rows), rows };

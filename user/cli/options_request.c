// SPDX-License-Identifier: GPL-2.0
/*
 * Options: the request and the kernel that explain is asked about.
 */
#include "cli/option_rows.h"

#include <errno.h>
#include <stdio.h>

#include "base/array.h"
#include "base/units.h"
#include "mm/kernel.h"

#define LARGEST_ORDER 31
#define SMALLEST_PAGE 4096
#define LARGEST_PAGE 262144

int aw_option_set_order(struct aw_options *options, const char *value, unsigned int largest, struct aw_error *error)
{
	uint64_t order;

	if (aw_parse_number(value, &order) || order > largest)
		return aw_error_set(error, -EINVAL, "bad --order '%s': a number from 0 to %u", value, largest);
	options->order = (unsigned int)order;
	options->has_order = true;
	return 0;
}

static int apply_order(struct aw_options *options, const char *value, struct aw_error *error)
{
	return aw_option_set_order(options, value, LARGEST_ORDER, error);
}

/* Which flags there are depends on the kernel: looked at when that is known. */
int aw_option_apply_gfp(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)error;
	options->gfp = value;
	return 0;
}

static int apply_kernel(struct aw_options *options, const char *value, struct aw_error *error)
{
	if (!aw_version_parse(value))
		return aw_error_set(error, -EINVAL, "bad --kernel '%s': a release such as 3.18 or 6.1.0-51-arm64", value);
	options->kernel = options->capture.kernel = value;
	return 0;
}

static int apply_page_size(struct aw_options *options, const char *value, struct aw_error *error)
{
	uint64_t size;

	if (aw_parse_size(value, &size) || size < SMALLEST_PAGE || size > LARGEST_PAGE || size & (size - 1))
		return aw_error_set(error, -EINVAL, "bad --page-size '%s': 4K, 16K or 64K", value);
	options->page_size = (uint32_t)size;
	return 0;
}

static const char *page_sizes(char text[AW_OPTION_HELP])
{
	snprintf(text, AW_OPTION_HELP, "4K, 16K, 64K");
	return text;
}

static const struct aw_option_row rows[] = {
	{ .name = "order", .letter = 'o', .value = "N", .commands = AW_FOR_EXPLAIN, .apply = apply_order,
	  .help = "explain a request for 2^N pages instead of a log" },
	{ .name = "gfp", .letter = 'g', .value = "MASK", .commands = AW_FOR_EXPLAIN, .apply = aw_option_apply_gfp,
	  .help = "its mask: 0xc0d0, or names: 'GFP_KERNEL|__GFP_COMP'" },
	{ .name = "kernel", .letter = 'k', .value = "RELEASE", .commands = AW_FOR_EXPLAIN | AW_FOR_REPORT | AW_FOR_EXPORT,
	  .apply = apply_kernel,
	  .help = "its kernel, such as 3.18 (what the log or trace says, or this one)" },
	{ .name = "page-size", .letter = 'p', .value = "SIZE", .commands = AW_FOR_EXPLAIN, .apply = apply_page_size,
	  .values = page_sizes,
	  .help = "4K, 16K or 64K (what the log says, else 4K)" },
};

const struct aw_option_rows aw_options_request = { ARRAY_SIZE(rows), rows };

// SPDX-License-Identifier: GPL-2.0
/*
 * Options: where data goes.
 */
#include "option_rows.h"

#include <errno.h>
#include <string.h>

#include "base/units.h"

static int apply_table(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)error;
	options->table = value;
	return 0;
}

static int apply_output(struct aw_options *options, const char *value, struct aw_error *error)
{
	if (!value[0])
		return aw_error_set(error, -EINVAL, "bad --output '': a file, or - for standard output");
	options->output = value;
	return 0;
}

/* Sizes end with K, M or G, times with s, m, h or d: 1M is a MiB, 1m a minute. */
static int apply_switch(struct aw_options *options, const char *value, struct aw_error *error)
{
	char last = value[0] ? value[strlen(value) - 1] : 0;
	uint64_t bytes = 0, ns = 0;
	bool is_size = last && strchr("KMGB", last), is_time = last && strchr("smhd", last);

	if ((is_size && !aw_parse_size(value, &bytes) && bytes >= AW_SWITCH_MIN_BYTES) ||
	    (is_time && !aw_parse_duration(value, &ns) && ns >= 1000000000)) {
		options->switch_bytes = bytes;
		options->switch_ns = ns;
		return 0;
	}
	return aw_error_set(error, -EINVAL, "bad --switch-output '%s': a size from 256K on (512K, 1M, 1G) or "
			    "a time from 1s on (30s, 10m, 1h, 1d)", value);
}

static int apply_max_files(struct aw_options *options, const char *value, struct aw_error *error)
{
	uint64_t count;

	if (aw_parse_number(value, &count) || count < 2 || count > 100000)
		return aw_error_set(error, -EINVAL, "bad --switch-max-files '%s': a number from 2 to 100000", value);
	options->max_files = (unsigned int)count;
	return 0;
}

static int apply_raw_addresses(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)value;
	(void)error;
	options->raw_addresses = true;
	return 0;
}

static int apply_listen(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)error;
	options->listen = value;
	return 0;
}

static int apply_textfile(struct aw_options *options, const char *value, struct aw_error *error)
{
	if (!value[0])
		return aw_error_set(error, -EINVAL, "bad --textfile '': the name of a file to write");
	options->textfile = value;
	return 0;
}

static const struct aw_option_row rows[] = {
	{ "output", 'o', "FILE", AW_FOR_RECORD,
	  "write to FILE, or - (allocwatch.aw; an older one is kept as .old)", apply_output, NULL },
	{ "output", 'o', "FILE", AW_FOR_EXPORT,
	  "write FILE, which appears when all is written (-)", apply_output, NULL },
	{ "table", 0, "NAME", AW_FOR_EXPORT,
	  "which table of csv", apply_table, NULL },
	{ "switch-output", 0, "WHEN", AW_FOR_RECORD,
	  "a new, time-stamped file after a size (1M) or a time (1h)", apply_switch, NULL },
	{ "switch-max-files", 0, "N", AW_FOR_RECORD,
	  "keep the last N of them (10)", apply_max_files, NULL },
	{ "raw-addresses", 0, NULL, AW_FOR_RECORD,
	  "store kernel addresses, too: not to be shared", apply_raw_addresses, NULL },
	{ "listen", 'l', "ADDR:PORT", AW_FOR_SERVE,
	  "serve HTTP there (127.0.0.1:10477)", apply_listen, NULL },
	{ "textfile", 0, "FILE", AW_FOR_SERVE,
	  "write the metrics to FILE; without --listen no HTTP", apply_textfile, NULL },
};

const struct aw_option_rows aw_options_files = { sizeof(rows) / sizeof(rows[0]), rows };

// SPDX-License-Identifier: GPL-2.0
/*
 * Options: where data goes.
 */
#include "cli/option_rows.h"

#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "base/units.h"
#include "output/exporters.h"

static int apply_table(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)error;
	options->table = value;
	return 0;
}

static const char *table_names(char text[AW_OPTION_HELP])
{
	return aw_export_csv.tables(text, AW_OPTION_HELP);
}

static int apply_output(struct aw_options *options, const char *value, struct aw_error *error)
{
	if (!value[0])
		return aw_error_set(error, -EINVAL, "bad --output '': a file, or - for standard output");
	options->output = value;
	return 0;
}

static int apply_append(struct aw_options *options, const char *value, struct aw_error *error)
{
	if (!value[0])
		return aw_error_set(error, -EINVAL, "bad --append '': a file, the initramfs of the next boot");
	options->append = value;
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

static int apply_fsync(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)value;
	(void)error;
	options->fsync = true;
	return 0;
}

static int apply_until_writable(struct aw_options *options, const char *value, struct aw_error *error)
{
	if (value[0] != '/')
		return aw_error_set(error, -EINVAL, "bad --until-writable '%s': the whole path of a directory in memory, such as /run",
				    value);
	options->until_writable = value;
	return 0;
}

static int apply_verify(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)value;
	(void)error;
	options->verify = true;
	return 0;
}

static int apply_listen(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)error;
	options->listen = value;
	return 0;
}

static int apply_anywhere(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)value;
	(void)error;
	options->listen_anywhere = true;
	return 0;
}

static int apply_as_root(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)value;
	(void)error;
	options->as_root = true;
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
	{
		.name = "output", .letter = 'o', .value = "FILE", .commands = AW_FOR_RECORD,
		.help = "write to FILE, or - (" AW_RECORDING_DEFAULT "; an older one is kept as .old)",
		.apply = apply_output,
	},
	{
		.name = "output", .letter = 'o', .value = "FILE", .commands = AW_FOR_EXPORT,
		.help = "write to FILE, which appears when it is complete (-)",
		.apply = apply_output,
	},
	{
		.name = "append", .letter = 'a', .value = "INITRAMFS", .commands = AW_FOR_BOOT,
		.help = "append the boot configuration to it",
		.apply = apply_append,
	},
	{
		.name = "table", .value = "NAME", .commands = AW_FOR_EXPORT,
		.help = "which table of csv (the groups): ",
		.apply = apply_table, .more = table_names, .values = table_names,
	},
	{
		.name = "switch-output", .value = "WHEN", .commands = AW_FOR_RECORD,
		.help = "start a new file, with a time stamp, after a size (1M) or a time (1h)",
		.apply = apply_switch,
	},
	{
		.name = "switch-max-files", .value = "N", .commands = AW_FOR_RECORD,
		.help = "keep the last N of them (10)",
		.apply = apply_max_files,
	},
	{
		.name = "until-writable", .value = "DIR", .commands = AW_FOR_RECORD,
		.help = "until the place of -o can be written, keep the files in DIR, then move them there",
		.apply = apply_until_writable, .rare = true,
	},
	{
		.name = "raw-addresses", .commands = AW_FOR_RECORD,
		.help = "also store kernel addresses: do not share such a file",
		.apply = apply_raw_addresses, .rare = true,
	},
	{
		.name = "as-root", .commands = AW_FOR_RECORD,
		.help = "run the command as root, not as the user who called sudo",
		.apply = apply_as_root,
	},
	{
		.name = "fsync", .commands = AW_FOR_RECORD,
		.help = "sync each block to the disk, for power cuts",
		.apply = apply_fsync,
	},
	{
		.name = "verify", .commands = AW_FOR_REPORT,
		.help = "only check that the file is whole, and say what is damaged",
		.apply = apply_verify,
	},
	{
		.name = "listen", .letter = 'l', .value = "ADDR:PORT", .commands = AW_FOR_SERVE,
		.help = "serve HTTP at this address (127.0.0.1:10477)",
		.apply = apply_listen,
	},
	{
		.name = "listen-anywhere", .commands = AW_FOR_SERVE,
		.help = "allow addresses that other machines can reach",
		.apply = apply_anywhere,
	},
	{
		.name = "textfile", .value = "FILE", .commands = AW_FOR_SERVE,
		.help = "write the metrics to FILE; without --listen no HTTP",
		.apply = apply_textfile,
	},
};

const struct aw_option_rows aw_options_files = { ARRAY_SIZE(rows), rows };

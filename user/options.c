// SPDX-License-Identifier: GPL-2.0
/*
 * Options that commands share.
 */
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/units.h"
#include "exit_status.h"

struct option_row {
	const char *name;
	char letter;			/* 0: none */
	const char *value;		/* how the value is called; NULL: no value */
	uint32_t commands;		/* AW_FOR_* */
	const char *help;
	int (*apply)(struct aw_options *options, const char *value, struct aw_error *error);
};

#define CAPTURES (AW_FOR_LIVE | AW_FOR_RECORD | AW_FOR_SERVE)
#define SHOWS (AW_FOR_LIVE | AW_FOR_REPORT | AW_FOR_EXPORT)
#define READS (AW_FOR_REPORT | AW_FOR_EXPORT | AW_FOR_DIFF)

static int apply_source(struct aw_options *options, const char *value, struct aw_error *error)
{
	char names[128] = "auto";
	size_t used = strlen(names);

	options->source = value;
	if (!strcmp(value, "auto") || aw_source_find(value))
		return 0;
	for (unsigned int i = 0; i < aw_sources_count && used < sizeof(names); i++)
		used += snprintf(names + used, sizeof(names) - used, ", %s%s", aw_sources[i]->name,
				 aw_sources[i]->needs_argument ? ":FILE" : "");
	return aw_error_set(error, -EINVAL, "bad --source '%s': the sources are %s", value, names);
}

static int apply_time(const char *name, const char *value, uint64_t *ns, struct aw_error *error)
{
	if (!aw_parse_duration(value, ns))
		return 0;
	return aw_error_set(error, -EINVAL, "bad --%s '%s': a number above 0 with ms, s, m, h or d, "
			    "for example 500ms, 30s, 5m or 1h", name, value);
}

static int apply_duration(struct aw_options *options, const char *value, struct aw_error *error)
{
	return apply_time("duration", value, &options->duration_ns, error);
}

static int apply_interval(struct aw_options *options, const char *value, struct aw_error *error)
{
	return apply_time("interval", value, &options->interval_ns, error);
}

static int apply_filter(struct aw_options *options, const char *value, struct aw_error *error)
{
	return aw_filter_parse(value, &options->filter, error);
}

static int apply_pid(struct aw_options *options, const char *value, struct aw_error *error)
{
	uint64_t pid;
	char term[48];

	if (aw_parse_number(value, &pid) || !pid || pid > INT32_MAX)
		return aw_error_set(error, -EINVAL, "bad --pid '%s': a process id above 0", value);
	snprintf(term, sizeof(term), "pid=%u", (unsigned int)pid);
	return aw_filter_parse(term, &options->filter, error);
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

static int apply_kallsyms(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)error;
	options->capture.kallsyms = value;
	return 0;
}

static int apply_btf(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)error;
	options->capture.btf = value;
	return 0;
}

static int apply_low_overhead(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)value;
	(void)error;
	options->capture.low_overhead = true;
	return 0;
}

static int apply_stall(struct aw_options *options, const char *value, struct aw_error *error)
{
	uint64_t ms;

	if (aw_parse_number(value, &ms) || ms > 3600000)
		return aw_error_set(error, -EINVAL, "bad --stall-ms '%s': milliseconds from 0 to 3600000", value);
	options->capture.stall_ns = ms * 1000000;
	return 0;
}

static int apply_speed(struct aw_options *options, const char *value, struct aw_error *error)
{
	char *end;
	double speed = strtod(value, &end);

	if (end == value || *end || !(speed >= 0.001 && speed <= 1e6))
		return aw_error_set(error, -EINVAL, "bad --speed '%s': 1 replays a recording as it was, "
				    "10 ten times as fast", value);
	options->capture.speed = speed;
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

static int apply_table(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)error;
	options->table = value;
	return 0;
}

static int apply_json(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)value;
	(void)error;
	options->json = true;
	return 0;
}

static int apply_exit_code(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)value;
	(void)error;
	options->exit_code = true;
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

static const struct option_row rows[] = {
	{ "output", 'o', "FILE", AW_FOR_RECORD, "write to FILE, or - (allocwatch.aw; an older one is kept as .old)", apply_output },
	{ "switch-output", 0, "WHEN", AW_FOR_RECORD, "a new, time-stamped file after a size (1M) or a time (1h)", apply_switch },
	{ "switch-max-files", 0, "N", AW_FOR_RECORD, "keep the last N of them (10)", apply_max_files },
	{ "raw-addresses", 0, NULL, AW_FOR_RECORD, "store kernel addresses, too: not to be shared", apply_raw_addresses },
	{ "source", 's', "NAME", CAPTURES, "where events come from: auto, bpf, kmod, tracefs, klog[:FILE], FILE.aw", apply_source },
	{ "duration", 'd', "TIME", CAPTURES, "end after this time (500ms, 30s, 5m, 1h)", apply_duration },
	{ "interval", 'i', "TIME", CAPTURES & ~AW_FOR_SERVE, "a report every TIME", apply_interval },
	{ "interval", 'i', "TIME", AW_FOR_SERVE, "bring the metrics up to date every TIME (HTTP 1s, file 15s)", apply_interval },
	{ "format", 'F', "NAME", AW_FOR_LIVE, "text, or jsonl: an event a line as it comes", apply_format },
	{ "format", 'F', "NAME", AW_FOR_EXPORT, "what to write", apply_format },
	{ "output", 'o', "FILE", AW_FOR_EXPORT, "write FILE, which appears when all is written (-)", apply_output },
	{ "table", 0, "NAME", AW_FOR_EXPORT, "which table of csv", apply_table },
	{ "filter", 'f', "TERMS", CAPTURES | READS, "only failures that fit: order>=4,class=hard,comm=cam*", apply_filter },
	{ "pid", 'p', "PID", CAPTURES, "only this process", apply_pid },
	{ "by", 'b', "KEYS", SHOWS, "group failures by these keys (order,gfp,stack)", apply_by },
	{ "by", 'b', "KEYS", AW_FOR_DIFF, "compare failures by these keys (order,gfp,site)", apply_by },
	{ "sort", 0, "KEY", SHOWS, "sort groups by count, last or a key", apply_sort },
	{ "top", 't', "N", SHOWS & ~AW_FOR_EXPORT, "show N groups (10)", apply_top },
	{ "top", 't', "N", AW_FOR_EXPORT | AW_FOR_DIFF, "only the first N groups (all)", apply_top },
	{ "stall-ms", 0, "MS", CAPTURES, "slow successes from MS milliseconds on are events (1)", apply_stall },
	{ "low-overhead", 0, NULL, CAPTURES, "leave the success path alone: watch warn_alloc only", apply_low_overhead },
	{ "kallsyms", 0, "FILE", CAPTURES, "symbols from FILE instead of /proc/kallsyms", apply_kallsyms },
	{ "speed", 0, "N", AW_FOR_LIVE, "replay --source FILE.aw N times as fast as it was (all at once)", apply_speed },
	{ "listen", 'l', "ADDR:PORT", AW_FOR_SERVE, "serve HTTP there (127.0.0.1:10477)", apply_listen },
	{ "textfile", 0, "FILE", AW_FOR_SERVE, "write the metrics to FILE; without --listen no HTTP", apply_textfile },
	{ "btf", 0, "FILE", CAPTURES, "types of this kernel from FILE instead of /sys/kernel/btf/vmlinux", apply_btf },
	{ "plain", 0, NULL, AW_FOR_LIVE, "plain lines, also on a terminal", apply_plain },
	{ "json", 0, NULL, AW_FOR_DIFF, "as JSON", apply_json },
	{ "exit-code", 0, NULL, CAPTURES, "exit with 3 when hard failures were seen", apply_exit_code },
	{ "exit-code", 0, NULL, AW_FOR_DIFF, "exit with 3 when something got worse, or is new and hard", apply_exit_code },
};

#define NR_ROWS (sizeof(rows) / sizeof(rows[0]))

static void print_help(uint32_t command, const char *usage)
{
	char names[256];

	printf("usage: %s\n\n", usage);
	for (unsigned int i = 0; i < NR_ROWS; i++) {
		char name[48];

		if (!(rows[i].commands & command))
			continue;
		snprintf(name, sizeof(name), "--%s%s%s", rows[i].name, rows[i].value ? " " : "",
			 rows[i].value ? rows[i].value : "");
		if (rows[i].letter)
			printf("  -%c, %-20s %s\n", rows[i].letter, name, rows[i].help);
		else
			printf("      %-20s %s\n", name, rows[i].help);
	}
	printf("  -h, %-20s %s\n", "--help", "this text");
	printf("\nkeys: %s\n", aw_keys_names(names, sizeof(names)));
	printf("exit status: 0 done, 1 error, 2 wrong usage, 3 with --exit-code: hard failures seen,\n"
	       "             77 nothing can be watched on this machine\n");
}

static void print_valid(uint32_t command)
{
	fputs("allocwatch: the options are", stderr);
	for (unsigned int i = 0; i < NR_ROWS; i++)
		if (rows[i].commands & command)
			fprintf(stderr, " --%s", rows[i].name);
	fputs(" --help\n", stderr);
}

/* getopt's tables, made of ours. */
static void make_tables(uint32_t command, struct option *longs, char *shorts)
{
	/* What follows record's first operand is options of its command. */
	if (command & AW_FOR_RECORD)
		*shorts++ = '+';
	*shorts++ = ':';
	for (unsigned int i = 0; i < NR_ROWS; i++) {
		if (!(rows[i].commands & command))
			continue;
		*longs++ = (struct option){ rows[i].name, rows[i].value ? required_argument : no_argument,
					    NULL, 256 + (int)i };
		if (!rows[i].letter)
			continue;
		*shorts++ = rows[i].letter;
		if (rows[i].value)
			*shorts++ = ':';
	}
	*longs++ = (struct option){ "help", no_argument, NULL, 'h' };
	*longs = (struct option){ NULL, 0, NULL, 0 };
	*shorts++ = 'h';
	*shorts = '\0';
}

static const struct option_row *row_of(int code)
{
	if (code >= 256)
		return &rows[code - 256];
	for (unsigned int i = 0; i < NR_ROWS; i++)
		if (rows[i].letter == code)
			return &rows[i];
	return NULL;
}

static int wrong(char **argv, int code, uint32_t command)
{
	if (code == ':')
		fprintf(stderr, "allocwatch: %s needs a value\n", argv[optind - 1]);
	else if (optopt >= 256)
		fprintf(stderr, "allocwatch: --%s takes no value\n", row_of(optopt)->name);
	else if (optopt)
		fprintf(stderr, "allocwatch: unknown option '-%c'\n", optopt);
	else
		fprintf(stderr, "allocwatch: unknown option '%s'\n", argv[optind - 1]);
	print_valid(command);
	return AW_EXIT_USAGE;
}

struct aw_options aw_options_default(void)
{
	struct aw_options options = {
		.source = "auto",
		.capture = { .order_max = UINT32_MAX, .stall_ns = 1000000 },
		.nr_keys = 3,
		.keys = { aw_key_find("order", 5), aw_key_find("gfp", 3), aw_key_find("stack", 5) },
		.sort = "count",
		.top = 10,
		.max_files = 10,
	};

	return options;
}

int aw_options_parse(int argc, char **argv, uint32_t command, const char *usage,
		     struct aw_options *out, int *rest)
{
	struct option longs[NR_ROWS + 2];
	char shorts[2 * NR_ROWS + 8];
	struct aw_error error;
	int code;

	make_tables(command, longs, shorts);
	/* 0, not 1: getopt then looks at the '+' anew. */
	optind = 0;
	opterr = 0;
	while ((code = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		const struct option_row *row;

		if (code == 'h') {
			print_help(command, usage);
			return AW_EXIT_OK;
		}
		if (code == '?' || code == ':')
			return wrong(argv, code, command);
		row = row_of(code);
		if (row->apply(out, optarg, &error)) {
			fprintf(stderr, "allocwatch: %s\n", error.text);
			return AW_EXIT_USAGE;
		}
	}
	*rest = optind;
	return -1;
}

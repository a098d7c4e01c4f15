// SPDX-License-Identifier: GPL-2.0
/*
 * Options: what is watched, how, and for how long.
 */
#include "option_rows.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/units.h"

static int apply_time(const char *name, const char *value, uint64_t *ns, struct aw_error *error)
{
	if (!aw_parse_duration(value, ns))
		return 0;
	return aw_error_set(error, -EINVAL, "bad --%s '%s': a number above 0 with ms, s, m, h or d, "
			    "for example 500ms, 30s, 5m or 1h", name, value);
}

/* "auto, bpf, klog[:FILE], recording:FILE" */
static const char *source_names(char text[AW_OPTION_HELP])
{
	size_t used = (size_t)snprintf(text, AW_OPTION_HELP, "auto");

	for (unsigned int i = 0; i < aw_sources_count && used < AW_OPTION_HELP; i++) {
		const struct aw_source_ops *ops = aw_sources[i];

		used += (size_t)snprintf(text + used, AW_OPTION_HELP - used, ", %s%s", ops->name,
					 ops->needs_argument ? ":FILE" : ops->takes_argument ? "[:FILE]" : "");
	}
	return text;
}

static int apply_source(struct aw_options *options, const char *value, struct aw_error *error)
{
	char names[AW_OPTION_HELP];

	options->source = value;
	if (!strcmp(value, "auto") || aw_source_find(value))
		return 0;
	return aw_error_set(error, -EINVAL, "bad --source '%s': the sources are %s", value, source_names(names));
}

static int apply_duration(struct aw_options *options, const char *value, struct aw_error *error)
{
	return apply_time("duration", value, &options->duration_ns, error);
}

static int apply_interval(struct aw_options *options, const char *value, struct aw_error *error)
{
	return apply_time("interval", value, &options->interval_ns, error);
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

static int apply_count_allocations(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)value;
	(void)error;
	options->capture.count_allocations = true;
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

static int apply_exit_code(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)value;
	(void)error;
	options->exit_code = true;
	return 0;
}

static const struct aw_option_row rows[] = {
	{ "source", 's', "NAME", AW_CAPTURES,
	  "where events come from: FILE.aw, ", apply_source, source_names },
	{ "speed", 0, "N", AW_FOR_LIVE,
	  "replay --source FILE.aw N times as fast as it was (all at once)", apply_speed, NULL },
	{ "duration", 'd', "TIME", AW_CAPTURES,
	  "end after this time (500ms, 30s, 5m, 1h)", apply_duration, NULL },
	{ "interval", 'i', "TIME", AW_CAPTURES & ~AW_FOR_SERVE,
	  "a report every TIME", apply_interval, NULL },
	{ "interval", 'i', "TIME", AW_FOR_SERVE,
	  "bring the metrics up to date every TIME (HTTP 1s, file 15s)", apply_interval, NULL },
	{ "pid", 'p', "PID", AW_CAPTURES,
	  "only this process", apply_pid, NULL },
	{ "stall-ms", 0, "MS", AW_CAPTURES,
	  "slow successes from MS milliseconds on are events (1)", apply_stall, NULL },
	{ "low-overhead", 0, NULL, AW_CAPTURES,
	  "leave the success path alone: watch warn_alloc only", apply_low_overhead, NULL },
	{ "count-allocations", 0, NULL, AW_CAPTURES,
	  "count what succeeds by order, too: some instructions more each", apply_count_allocations, NULL },
	{ "kallsyms", 0, "FILE", AW_CAPTURES,
	  "symbols from FILE instead of /proc/kallsyms", apply_kallsyms, NULL },
	{ "btf", 0, "FILE", AW_CAPTURES,
	  "types of this kernel from FILE instead of /sys/kernel/btf/vmlinux", apply_btf, NULL },
	{ "exit-code", 0, NULL, AW_CAPTURES,
	  "exit with 3 when hard failures were seen", apply_exit_code, NULL },
	{ "exit-code", 0, NULL, AW_FOR_DIFF,
	  "exit with 3 when something got worse, or is new and hard", apply_exit_code, NULL },
};

const struct aw_option_rows aw_options_capture = { sizeof(rows) / sizeof(rows[0]), rows };

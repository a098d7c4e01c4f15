// SPDX-License-Identifier: GPL-2.0
/*
 * Options: what is watched, how, and for how long.
 */
#include "cli/option_rows.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/units.h"
#include "event/pods.h"
#include "session/scan_due.h"
#include "source/source.h"

static int apply_time(const char *name, const char *value, uint64_t *ns, struct aw_error *error)
{
	if (!aw_parse_duration(value, ns))
		return 0;
	return aw_error_set(error, -EINVAL, "bad --%s '%s': a number above 0 with ms, s, m, h or d, "
			    "for example 500ms, 30s, 5m or 1h", name, value);
}

/* "auto, bpf, tracefs[:boot], klog[:FILE], recording:FILE" */
static const char *source_names(char text[AW_OPTION_HELP])
{
	size_t used = (size_t)snprintf(text, AW_OPTION_HELP, "auto");

	for (unsigned int i = 0; i < aw_sources_count && used < AW_OPTION_HELP; i++) {
		const struct aw_source_ops *ops = aw_sources[i];
		const char *argument = ops->argument ? ops->argument : "FILE";
		bool takes = ops->takes_argument, needs = ops->needs_argument;

		used += (size_t)snprintf(text + used, AW_OPTION_HELP - used, ", %s%s%s%s%s", ops->name,
					 takes && !needs ? "[" : "", takes ? ":" : "", takes ? argument : "",
					 takes && !needs ? "]" : "");
	}
	return text;
}

/* "auto, bpf, tracefs, tracefs:boot, klog, klog:, recording:" */
static const char *source_values(char text[AW_OPTION_HELP])
{
	size_t used = (size_t)snprintf(text, AW_OPTION_HELP, "auto");

	for (unsigned int i = 0; i < aw_sources_count && used < AW_OPTION_HELP; i++) {
		const struct aw_source_ops *ops = aw_sources[i];

		if (!ops->needs_argument)
			used += (size_t)snprintf(text + used, AW_OPTION_HELP - used, ", %s", ops->name);
		if (ops->takes_argument && used < AW_OPTION_HELP)
			used += (size_t)snprintf(text + used, AW_OPTION_HELP - used, ", %s:%s", ops->name,
						 ops->argument ? ops->argument : "");
	}
	return text;
}

static const char *scan_values(char text[AW_OPTION_HELP])
{
	snprintf(text, AW_OPTION_HELP, "never, first, 1m");
	return text;
}

static const char *headroom_values(char text[AW_OPTION_HELP])
{
	snprintf(text, AW_OPTION_HELP, "never, 1m");
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

static int apply_scan(struct aw_options *options, const char *value, struct aw_error *error)
{
	if (!strcmp(value, "never"))
		options->scan_ns = AW_SCAN_NEVER;
	else if (!strcmp(value, "first"))
		options->scan_ns = AW_SCAN_FIRST;
	else if (aw_parse_duration(value, &options->scan_ns))
		return aw_error_set(error, -EINVAL, "bad --scan '%s': never, first, or a number above 0 with ms, s, m, h or d, "
				    "for example 1m", value);
	return 0;
}

static int apply_headroom(struct aw_options *options, const char *value, struct aw_error *error)
{
	if (!strcmp(value, "never"))
		options->headroom_ns = 0;
	else if (aw_parse_duration(value, &options->headroom_ns))
		return aw_error_set(error, -EINVAL, "bad --headroom '%s': never, or a number above 0 with ms, s, m, h or d, "
				    "for example 1m", value);
	return 0;
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

static int apply_pods(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)options;
	return aw_pods_load(value, error);
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

static int apply_holders(struct aw_options *options, const char *value, struct aw_error *error)
{
	(void)value;
	(void)error;
	options->capture.holders = true;
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
	{
		.name = "source", .letter = 's', .value = "NAME", .commands = AW_CAPTURES,
		.help = "where events come from: FILE.aw, ",
		.apply = apply_source, .more = source_names, .values = source_values,
	},
	{
		.name = "speed", .value = "N", .commands = AW_FOR_LIVE,
		.help = "replay --source FILE.aw N times as fast as recorded (all at once)",
		.apply = apply_speed, .rare = true,
	},
	{
		.name = "duration", .letter = 'd', .value = "TIME", .commands = AW_CAPTURES,
		.help = "end after this time (500ms, 30s, 5m, 1h)",
		.apply = apply_duration,
	},
	{
		.name = "interval", .letter = 'i', .value = "TIME",
		.commands = AW_CAPTURES & ~AW_FOR_SERVE,
		.help = "a report every TIME",
		.apply = apply_interval,
	},
	{
		.name = "interval", .letter = 'i', .value = "TIME", .commands = AW_FOR_SERVE,
		.help = "update the metrics every TIME (HTTP 1s, file 15s)",
		.apply = apply_interval,
	},
	{
		.name = "scan", .value = "WHEN", .commands = AW_CAPTURES,
		.help = "look at all pages at the first hard failure by fragmentation of a site and order (at CMA areas: at the "
			"first that cma_alloc refuses), and again after TIME: never, first, TIME (1m)",
		.apply = apply_scan, .values = scan_values, .rare = true,
	},
	{
		.name = "headroom", .value = "TIME", .commands = AW_FOR_SERVE,
		.help = "look every TIME how many blocks there are and could be made (1m); never: do not",
		.apply = apply_headroom, .values = headroom_values,
	},
	{
		.name = "pid", .letter = 'p', .value = "PID", .commands = AW_CAPTURES,
		.help = "only this process",
		.apply = apply_pid,
	},
	{
		.name = "stall-ms", .value = "MS", .commands = AW_CAPTURES,
		.help = "record successes that took MS milliseconds or more (1)",
		.apply = apply_stall, .rare = true,
	},
	{
		.name = "low-overhead", .commands = AW_CAPTURES,
		.help = "attach nothing to successful allocations: watch warn_alloc and the slow path",
		.apply = apply_low_overhead, .rare = true,
	},
	{
		.name = "count-allocations", .commands = AW_CAPTURES,
		.help = "also count successful allocations by order, a few instructions each",
		.apply = apply_count_allocations, .rare = true,
	},
	{
		.name = "holders", .commands = AW_FOR_LIVE | AW_FOR_RECORD,
		.help = "also follow a sample of pages in use: who holds what stays",
		.apply = apply_holders,
	},
	{
		.name = "kallsyms", .value = "FILE", .commands = AW_CAPTURES | AW_FOR_REPORT | AW_FOR_EXPORT,
		.help = "symbols from FILE instead of /proc/kallsyms, or those of a trace",
		.apply = apply_kallsyms, .rare = true,
	},
	{
		.name = "pods", .value = "FILE", .commands = AW_FOR_LIVE | AW_FOR_REPORT | AW_FOR_EXPORT,
		.help = "names of pods from /var/log/pods, or from FILE with lines of UID NAMESPACE NAME",
		.apply = apply_pods, .rare = true,
	},
	{
		.name = "btf", .value = "FILE", .commands = AW_CAPTURES,
		.help = "types of this kernel from FILE instead of /sys/kernel/btf/vmlinux",
		.apply = apply_btf, .rare = true,
	},
	{
		.name = "exit-code", .commands = AW_CAPTURES | AW_FOR_EXPLAIN,
		.help = "exit with 3 when hard failures were seen",
		.apply = apply_exit_code,
	},
	{
		.name = "exit-code", .commands = AW_FOR_DIFF,
		.help = "exit with 3 when something got worse, or is new and hard",
		.apply = apply_exit_code,
	},
};

const struct aw_option_rows aw_options_capture = { ARRAY_SIZE(rows), rows };

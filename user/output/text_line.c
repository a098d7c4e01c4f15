// SPDX-License-Identifier: GPL-2.0
/*
 * A line an event.
 */
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/escape.h"
#include "base/units.h"
#include "output/text.h"

const char *aw_format_time(const struct aw_kernel *kernel, uint64_t time_ns, char text[16])
{
	int64_t wall = (int64_t)time_ns + kernel->wall_offset_ns;
	time_t seconds = wall / 1000000000;
	struct tm tm;
	size_t len;

	if (!time_ns || !kernel->wall_offset_ns || !localtime_r(&seconds, &tm))
		return strcpy(text, "-");
	len = strftime(text, 16, "%H:%M:%S", &tm);
	snprintf(text + len, 16 - len, ".%03d", (int)(wall / 1000000 % 1000));
	return text;
}

const char *aw_format_who(const struct aw_event *event, char text[AW_WHO_TEXT])
{
	const struct aw_task *task = &event->task;
	char comm[AW_ESCAPED_COMM];

	if (task->context > AW_IN_TASK)
		snprintf(text, AW_WHO_TEXT, "%s/cpu%u", aw_context_name(task->context), event->cpu);
	else
		snprintf(text, AW_WHO_TEXT, "%s[%u]", aw_escape_terminal(task->comm, comm, sizeof(comm)),
			 task->pid);
	return text;
}

const char *aw_format_site(const struct aw_frame *site, char text[AW_SITE_TEXT])
{
	char name[128], module[48];

	if (!site || (!site->name[0] && !site->addr))
		return strcpy(text, "?");
	if (!site->name[0]) {
		snprintf(text, AW_SITE_TEXT, "0x%" PRIx64, site->addr);
		return text;
	}
	aw_escape_terminal(site->name, name, sizeof(name));
	if (site->module[0])
		snprintf(text, AW_SITE_TEXT, "%s [%s]", name,
			 aw_escape_terminal(site->module, module, sizeof(module)));
	else
		snprintf(text, AW_SITE_TEXT, "%s", name);
	return text;
}

void aw_lines_header(struct aw_lines *lines)
{
	fprintf(lines->out, "%-12s  %-20s  %8s  %5s  %-13s  %-10s  %-28s  %s\n", "TIME", "PROCESS",
		"SIZE", "ORDER", "CLASS", "LOG", "SITE", "GFP");
}

static void print_failure(struct aw_lines *lines, const struct aw_event *event)
{
	const struct aw_failure *failure = &event->failure;
	char time[16], who[AW_WHO_TEXT], bytes[AW_UNITS_TEXT], site[AW_SITE_TEXT];

	fprintf(lines->out, "%-12s  %-20s  %8s  %5u  %-13s  %-10s  %-28s  %s\n",
		aw_format_time(lines->kernel, event->time_ns, time), aw_format_who(event, who),
		aw_format_bytes(failure->bytes, bytes), failure->order, aw_class_name(failure->class),
		aw_log_name(failure->log), aw_format_site(event->site, site), failure->gfp.names);
}

static void print_warning(struct aw_lines *lines, const struct aw_event *event)
{
	char time[16], who[AW_WHO_TEXT], site[AW_SITE_TEXT], format[256];

	aw_escape_terminal(event->warning.format, format, sizeof(format));
	fprintf(lines->out, "%-12s  %-20s  %8s  %5s  %-13s  %-10s  %-28s  \"%s\" %s\n",
		aw_format_time(lines->kernel, event->time_ns, time), aw_format_who(event, who),
		"", "", "warning", "", aw_format_site(event->site, site), format,
		event->warning.gfp.names);
}

static bool may_print(struct aw_lines *lines, uint64_t time_ns)
{
	if (time_ns - lines->second_ns >= 1000000000 || time_ns < lines->second_ns) {
		aw_lines_end(lines);
		lines->second_ns = time_ns;
		lines->printed = 0;
	}
	if (lines->printed++ < AW_LINES_PER_SECOND)
		return true;
	lines->left_out++;
	return false;
}

/* Steals are far too many for lines: the report has them. */
void aw_lines_event(struct aw_lines *lines, const struct aw_event *event)
{
	if (event->type != AW_EVENT_FAILURE && event->type != AW_EVENT_WARNING)
		return;
	if (!may_print(lines, event->time_ns))
		return;
	if (event->type == AW_EVENT_FAILURE)
		print_failure(lines, event);
	else
		print_warning(lines, event);
	fflush(lines->out);
}

void aw_lines_end(struct aw_lines *lines)
{
	if (lines->left_out)
		fprintf(lines->out, "... %" PRIu64 " more in this second, all counted in the report\n",
			lines->left_out);
	lines->left_out = 0;
}

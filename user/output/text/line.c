// SPDX-License-Identifier: GPL-2.0
/*
 * Events as text, one line each.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/escape.h"
#include "base/table.h"
#include "base/units.h"
#include "output/text/printk_format.h"
#include "output/text/text.h"
#include "output/text/verdict.h"
#include "verdict/verdict.h"

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

/* "UTC" or "+02:00". */
static const char *format_zone(time_t seconds, char text[AW_ZONE_TEXT])
{
	struct tm tm;
	long minutes;

	if (!localtime_r(&seconds, &tm))
		return strcpy(text, "");
	minutes = labs(tm.tm_gmtoff) / 60;
	if (!tm.tm_gmtoff)
		return strcpy(text, "UTC");
	snprintf(text, AW_ZONE_TEXT, "%c%02ld:%02ld", tm.tm_gmtoff < 0 ? '-' : '+', minutes / 60 % 100, minutes % 60);
	return text;
}

const char *aw_format_time_zoned(const struct aw_kernel *kernel, uint64_t time_ns, char text[AW_ZONED_TEXT])
{
	char time[16], zone[AW_ZONE_TEXT];

	aw_format_time(kernel, time_ns, time);
	if (!strcmp(time, "-"))
		return strcpy(text, time);
	snprintf(text, AW_ZONED_TEXT, "%s %s", time,
		 format_zone((time_t)(((int64_t)time_ns + kernel->wall_offset_ns) / 1000000000), zone));
	return text;
}

const char *aw_format_who(const struct aw_event *event, char text[AW_WHO_TEXT])
{
	const struct aw_task *task = &event->task;
	char comm[AW_ESCAPED_COMM];

	if (event->type == AW_EVENT_FAILURE && event->failure.unsampled)
		return strcpy(text, "counted only");
	if (task->context > AW_IN_TASK)
		snprintf(text, AW_WHO_TEXT, "%s/cpu%u", aw_context_name(task->context), event->cpu);
	else
		snprintf(text, AW_WHO_TEXT, "%s[%u]", aw_escape_terminal(task->comm, comm, sizeof(comm)),
			 task->pid);
	return text;
}

const char *aw_format_cause(const struct aw_failure *failure)
{
	return failure->unsampled && failure->cause == AW_CAUSE_UNKNOWN ? "-" : aw_cause_name(failure->cause);
}

const char *aw_format_rule(const struct aw_failure *failure)
{
	return failure->unsampled && failure->rule == AW_RULE_UNKNOWN ? "-" : aw_rule_name(failure->rule);
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

#define COLUMNS "%-12s  %-20s  %8s  %5s  %-13s  %-12s  %-15s  %-24s  %s\n"

/* "repro[89]", or "(62123 not sampled)" for a line that stands for so many failures. */
static const char *name_process(const struct aw_event *event, char text[AW_WHO_TEXT])
{
	if (event->type != AW_EVENT_FAILURE || !event->failure.unsampled)
		return aw_format_who(event, text);
	snprintf(text, AW_WHO_TEXT, "(%" PRIu64 " not sampled)", event->failure.unsampled);
	return text;
}

/* Cells that do not apply to an event are "". */
static void print_row(struct aw_lines *lines, const struct aw_event *event, const char *size,
		      const char *order, const char *class, const char *log, const char *cause, const char *rest)
{
	char time[16], who[AW_WHO_TEXT], site[AW_SITE_TEXT];

	fprintf(lines->out, COLUMNS, aw_format_time(lines->kernel, event->time_ns, time),
		name_process(event, who), size, order, class, log, cause,
		event->stack->count ? aw_format_site(event->site, site) : "", rest);
}

void aw_lines_header(struct aw_lines *lines)
{
	char head[AW_ZONED_TEXT], zone[AW_ZONE_TEXT];

	/* Each line has no room for it. */
	snprintf(head, sizeof(head), "TIME %s", lines->kernel->wall_offset_ns ? format_zone(time(NULL), zone) : "");
	fprintf(lines->out, COLUMNS, head, "PROCESS", "SIZE", "ORDER", "CLASS", "LOG", "CAUSE", "SITE", "GFP");
}

/* Verdicts with the same key differ only in their numbers. */
struct verdict_key {
	uint64_t gfp;
	const char *site;	/* in the string pool of the source, valid as long as the source */
	uint32_t order;
	int32_t cause, rule;
	int32_t scanned;	/* then it says more */
};

struct aw_seen {
	UT_hash_handle hh;
	struct verdict_key key;
};

#define MAX_VERDICTS 1000	/* printed at most */

static bool is_new(struct aw_lines *lines, const struct aw_event *event)
{
	const struct aw_failure *failure = &event->failure;
	struct verdict_key key = {
		.gfp = failure->gfp.raw, .site = event->site ? event->site->name : NULL,
		.order = failure->order, .cause = failure->cause, .rule = failure->rule,
		.scanned = event->scan != NULL,
	};
	struct aw_seen *seen;

	HASH_FIND(hh, lines->seen, &key, sizeof(key), seen);
	if (seen || HASH_COUNT(lines->seen) >= MAX_VERDICTS)
		return false;
	seen = calloc(1, sizeof(*seen));
	if (!seen)
		return false;
	seen->key = key;
	HASH_ADD(hh, lines->seen, key, sizeof(key), seen);
	if (!aw_table_took(seen))
		free(seen);
	return true;
}

static void print_failure(struct aw_lines *lines, const struct aw_event *event)
{
	const struct aw_failure *failure = &event->failure;
	char bytes[AW_UNITS_TEXT], order[12], gfp[512];
	struct aw_verdict verdict;

	snprintf(order, sizeof(order), "%u", failure->order);
	print_row(lines, event, aw_format_bytes(failure->bytes, bytes), order, aw_class_name(failure->class),
		  failure->before_start ? "before start" : aw_log_name(failure->log), aw_format_cause(failure),
		  aw_escape_terminal(failure->gfp.names, gfp, sizeof(gfp)));
	if (failure->unsampled || !is_new(lines, event))
		return;
	aw_verdict_make(event, lines->kernel, &verdict);
	aw_verdict_print(lines->out, event, &verdict, lines->width);
}

static void print_warning(struct aw_lines *lines, const struct aw_event *event)
{
	char words[256], format[256], gfp[256], text[768];

	aw_printk_format_words(event->warning.format, words, sizeof(words));
	snprintf(text, sizeof(text), "\"%s\" %s",
		 aw_escape_terminal(words, format, sizeof(format)),
		 aw_escape_terminal(event->warning.gfp.names, gfp, sizeof(gfp)));
	print_row(lines, event, "", "", "warning", "", "", text);
}

static void print_oom(struct aw_lines *lines, const struct aw_event *event)
{
	char comm[AW_ESCAPED_COMM], order[12] = "", text[160];

	if (event->oom.order >= 0)
		snprintf(order, sizeof(order), "%d", event->oom.order);
	snprintf(text, sizeof(text), "killed %s[%u]", event->oom.victim_comm[0]
		 ? aw_escape_terminal(event->oom.victim_comm, comm, sizeof(comm)) : "", event->oom.victim_pid);
	print_row(lines, event, "", order, "OOM kill", "", "", text);
}

static void print_cma(struct aw_lines *lines, const struct aw_event *event)
{
	char bytes[AW_UNITS_TEXT], name[256], text[320];

	snprintf(text, sizeof(text), "area %s%s%s", event->cma.name[0]
		 ? aw_escape_terminal(event->cma.name, name, sizeof(name)) : "?",
		 event->cma.error ? ": " : "", event->cma.error ? strerror(-event->cma.error) : "");
	print_row(lines, event, aw_format_bytes(event->cma.count * lines->kernel->page_size, bytes), "",
		  "CMA", "", "", text);
}

static void print_scan(struct aw_lines *lines, const struct aw_event *event)
{
	char sentence[AW_SCAN_SENTENCE], order[12] = "", bytes[AW_UNITS_TEXT];
	bool cma = event->scan->cma.count;

	if (!cma)
		snprintf(order, sizeof(order), "%u", event->failure.order);
	aw_scan_sentence(event->scan, sentence, sizeof(sentence));
	print_row(lines, event, aw_format_bytes(event->failure.bytes, bytes), order, cma ? "CMA scan" : "page scan", "", "",
		  sentence);
}

static bool may_print(struct aw_lines *lines, const struct aw_event *event)
{
	uint64_t time_ns = event->time_ns;

	if (time_ns - lines->second_ns >= 1000000000 || time_ns < lines->second_ns) {
		aw_lines_end(lines);
		lines->second_ns = time_ns;
		lines->printed = 0;
	}
	if (lines->printed++ < AW_LINES_PER_SECOND)
		return true;
	lines->left_out += event->type == AW_EVENT_FAILURE ? aw_failure_count(&event->failure) : 1;
	return false;
}

/* Steals and stalls are too frequent for lines of their own; the report has them. */
static void (*const printers[AW_EVENT_TYPES])(struct aw_lines *, const struct aw_event *) = {
	[AW_EVENT_FAILURE] = print_failure,
	[AW_EVENT_WARNING] = print_warning,
	[AW_EVENT_OOM_KILL] = print_oom,
	[AW_EVENT_CMA_FAILURE] = print_cma,
	[AW_EVENT_SCAN] = print_scan,
};

void aw_lines_event(struct aw_lines *lines, const struct aw_event *event)
{
	if (!printers[event->type] || !may_print(lines, event))
		return;
	printers[event->type](lines, event);
	fflush(lines->out);
}

void aw_lines_end(struct aw_lines *lines)
{
	if (lines->left_out)
		fprintf(lines->out, "... %" PRIu64 " more in this second, all included in the report\n",
			lines->left_out);
	lines->left_out = 0;
}

void aw_lines_free(struct aw_lines *lines)
{
	struct aw_seen *seen, *next;

	HASH_ITER(hh, lines->seen, seen, next) {
		HASH_DEL(lines->seen, seen);
		free(seen);
	}
	lines->seen = NULL;
}

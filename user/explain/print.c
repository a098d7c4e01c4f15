// SPDX-License-Identifier: GPL-2.0
/*
 * Answers as text for people.
 */
#include "explain/early.h"
#include "explain/print.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/escape.h"
#include "base/units.h"
#include "base/wrap.h"
#include "explain/holders.h"
#include "explain/notes.h"
#include "explain/said.h"
#include "output/text/verdict.h"

const char *aw_explain_time(const struct aw_logged_time *time, bool has_year, char text[AW_EXPLAIN_TIME])
{
	time_t seconds = (time_t)(time->wall_us / 1000000);
	struct tm tm;
	char date[40];

	text[0] = '\0';
	if (time->mono_us >= 0) {
		snprintf(text, AW_EXPLAIN_TIME, "[%" PRId64 ".%06" PRId64 "]", time->mono_us / 1000000,
			 time->mono_us % 1000000);
	} else if (time->wall_us >= 0 && gmtime_r(&seconds, &tm)) {
		strftime(date, sizeof(date), has_year ? "%Y-%m-%d %H:%M:%S" : "%m-%d %H:%M:%S", &tm);
		snprintf(text, AW_EXPLAIN_TIME, "%s.%03d", date, (int)(time->wall_us / 1000 % 1000));
	}
	return text;
}

const char *aw_explain_place(const char *file, uint64_t line, bool files, char text[AW_EXPLAIN_PLACE])
{
	char safe[AW_EXPLAIN_PLACE - 32];

	if (files)
		snprintf(text, AW_EXPLAIN_PLACE, "%s:%" PRIu64,
			 aw_escape_terminal(file ? file : "-", safe, sizeof(safe)), line);
	else
		snprintf(text, AW_EXPLAIN_PLACE, "line %" PRIu64, line);
	return text;
}

static void print_trace(FILE *out, const struct aw_answer *answer, unsigned int width)
{
	const struct aw_stack *stack = answer->event->stack;
	char text[AW_MAX_STACK * 100], name[4 * AW_KLOG_NAME], module[200];
	size_t n = 0;

	if (!stack->count)
		return;
	for (unsigned int i = 0; i < stack->count && n < sizeof(text) - 600; i++) {
		const struct aw_frame *f = &stack->frames[i];

		if (f->name[0])
			snprintf(name, sizeof(name), "%.*s%s", AW_KLOG_NAME, f->name, aw_frame_suffix(f));
		else
			snprintf(name, sizeof(name), "0x%" PRIx64, f->addr);
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s", i ? " <- " : "", name);
		if (f->module[0])
			n += (size_t)snprintf(text + n, sizeof(text) - n, " [%s]",
					      aw_escape_terminal(f->module, module, sizeof(module)));
	}
	aw_wrap_row(out, "trace", text, width);
}

/* Rows that aw_verdict_print() has no event for: CMA, a cut header. */
static void print_plain_verdict(FILE *out, const struct aw_verdict *verdict, unsigned int width)
{
	bool known = verdict->cause != AW_CAUSE_UNKNOWN, likely = verdict->cause_certainty == AW_LIKELY;
	char text[4 * AW_VERDICT_TEXT];
	char safe[3 * sizeof(text)];

	snprintf(text, sizeof(text), "%s%s%s%s%s", known && likely ? "likely " : "", aw_cause_name(verdict->cause),
		 !known && likely ? ", likely " : "",
		 !known && likely ? aw_cause_name(verdict->likely_cause) : "", verdict->cause_text[0] ? ": " : "");
	snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s", verdict->cause_text);
	aw_wrap_row(out, "cause", aw_escape_terminal(text, safe, sizeof(safe)), width);
	aw_wrap_row(out, "stopped by", verdict->rule_text, width);
	for (unsigned int i = 0; i < verdict->nr_advice; i++) {
		const struct aw_advice *advice = &verdict->advice[i];
		bool again = i && advice[-1].who == advice->who;

		aw_wrap_row(out, again ? "" : advice->who == AW_FOR_ADMIN ? "now" : "caller", advice->text, width);
	}
}

static void print_repeats(FILE *out, const struct aw_answer *answer, const struct aw_explain_style *style,
			  const char *label)
{
	const struct aw_logged *logged = answer->logged;
	char text[AW_EXPLAIN_PLACE + 100], last[AW_EXPLAIN_PLACE];

	snprintf(text, sizeof(text), "figures are from the first of %" PRIu64 " occurrences, the last is %s%s",
		 answer->group->count, style->files ? "" : "in ",
		 aw_explain_place(logged->last_file, logged->last_line, style->files, last));
	aw_wrap_row(out, label, text, style->width);
}

static void print_said(FILE *out, bool is_said, const char *label, const char *text, unsigned int width)
{
	if (is_said)
		aw_wrap_row(out, label, text, width);
}

void aw_explain_print(FILE *out, const struct aw_answer *answer, const struct aw_explain_style *style)
{
	struct aw_explain_notes notes;
	char text[AW_EXPLAIN_SAID];

	aw_explain_headline(out, answer);
	aw_explain_who(answer, text);
	fprintf(out, "   %s\n", text);
	print_said(out, aw_explain_doubt(answer->logged, text), "doubt", text, style->width);
	if (answer->logged->has_mode && !(answer->event->type == AW_EVENT_OOM_KILL && answer->event->oom.order == -1))
		aw_verdict_print(out, answer->event, &answer->verdict, style->width);
	else
		print_plain_verdict(out, &answer->verdict, style->width);
	print_said(out, aw_explain_victim(answer, text), "killed", text, style->width);
	if (answer->event->failure.class == AW_CLASS_HARD && !aw_explain_is_before_memory(answer->event))
		aw_holders_print(out, &answer->event->failure, &answer->logged->totals, answer->kernel->page_size, style->width);
	aw_explain_logged(answer, style->files, text);
	aw_wrap_row(out, "logged", text, style->width);
	print_trace(out, answer, style->width);
	aw_explain_notes(answer, &notes);
	for (unsigned int i = 0; i < notes.count; i++)
		aw_wrap_row(out, i ? "" : "note", notes.text[i], style->width);
	if (answer->group->count > 1)
		print_repeats(out, answer, style, notes.count ? "" : "note");
}

// SPDX-License-Identifier: GPL-2.0
/*
 * What is said of an answer besides its verdict, as texts that are safe for a
 * terminal.
 */
#include "explain/said.h"

#include <inttypes.h>
#include <string.h>

#include "base/escape.h"
#include "base/units.h"
#include "explain/no_header.h"
#include "explain/notes.h"
#include "explain/types.h"
#include "output/text/verdict.h"

#define SAFE_COMM (4 * AW_KLOG_COMM)

static bool goes_back(const struct aw_logged *logged)
{
	return logged->first.mono_us >= 0 && logged->last.mono_us >= 0 && logged->last.mono_us < logged->first.mono_us;
}

static void format_times(const struct aw_logged *logged, char *text, size_t size)
{
	char first[AW_EXPLAIN_TIME], last[AW_EXPLAIN_TIME];

	aw_explain_time(&logged->first, logged->has_year, first);
	aw_explain_time(&logged->last, logged->has_year, last);
	if (!first[0])
		text[0] = '\0';
	else if (logged->last_file != logged->origin.file || goes_back(logged))	/* perhaps of another boot: no stretch of time */
		snprintf(text, size, ", first at %s", first);
	else if (!strcmp(first, last))
		snprintf(text, size, ", at %s", first);
	else
		snprintf(text, size, ", from %s to %s", first, last);
}

/* "insmod[306]", "insmod (interrupted by softirq)" */
static void format_who(const struct aw_answer *answer, char *text, size_t size)
{
	const struct aw_logged *logged = answer->logged;
	enum aw_context context = answer->event->task.context;
	char comm[SAFE_COMM], pid[24] = "";

	if (!logged->comm[0]) {
		text[0] = '\0';
		return;
	}
	aw_escape_terminal(logged->comm, comm, sizeof(comm));
	if (logged->pid >= 0 && !logged->several_tasks)
		snprintf(pid, sizeof(pid), "[%" PRId64 "]", logged->pid);
	snprintf(text, size, "%s%s%s", comm, pid, logged->several_tasks ? " and others" : "");
	if (!aw_task_is_own(&answer->event->task)) {
		size_t used = strlen(text);

		snprintf(text + used, size - used, " (only interrupted: in %s)", aw_context_name(context));
	}
}

void aw_explain_who(const struct aw_answer *answer, char text[AW_EXPLAIN_SAID])
{
	char who[SAFE_COMM + 80], when[160];

	format_who(answer, who, sizeof(who));
	format_times(answer->logged, when, sizeof(when));
	snprintf(text, AW_EXPLAIN_SAID, "%s%s%s%s", aw_class_name(answer->event->failure.class), who[0] ? ", " : "", who, when);
}

void aw_explain_headline(FILE *out, const struct aw_answer *answer)
{
	const struct aw_report_type *type = aw_report_type_of(answer->event);
	char text[2 * AW_VERDICT_TEXT];

	if (type->headline) {
		type->headline(out, answer);
		fprintf(out, ": %s.", answer->verdict.headline);
	} else if (answer->event->failure.no_header) {
		aw_explain_no_header_headline(out, answer);
	} else {
		fputs(aw_verdict_sentence(answer->event, answer->kernel, &answer->verdict, answer->group->count,
					  text, sizeof(text)), out);
	}
}

/* "order:4 (65536 bytes), mode:0xc0d0, line 1, Linux 3.18.20+, cpu 0, linux,dummy-virt (DT)" */
void aw_explain_logged(const struct aw_answer *answer, bool files, char text[AW_EXPLAIN_SAID])
{
	const struct aw_logged *logged = answer->logged;
	char safe[260], place[AW_EXPLAIN_PLACE];
	size_t n = 0;

#define ADD(...) (n += (size_t)snprintf(text + n, n < AW_EXPLAIN_SAID ? AW_EXPLAIN_SAID - n : 0, __VA_ARGS__))
	text[0] = '\0';
	if (logged->order >= 0)
		ADD("order:%d (%" PRIu64 " bytes), ", logged->order, answer->event->failure.bytes);
	if (logged->has_mode)
		ADD("mode:0x%" PRIx64 ", ", logged->mode);
	if (answer->event->type == AW_EVENT_CMA_FAILURE && answer->event->cma.count)
		ADD("req-size:%" PRIu64 " pages, ", answer->event->cma.count);
	ADD("%s", aw_explain_place(logged->origin.file, logged->origin.line, files, place));
	if (logged->release[0])
		ADD(", Linux %s", aw_escape_terminal(logged->release, safe, sizeof(safe)));
	if (logged->cpu >= 0)
		ADD(", cpu %" PRId64, logged->cpu);
	if (logged->hardware[0])
		ADD(", %s", aw_escape_terminal(logged->hardware, safe, sizeof(safe)));
#undef ADD
}

/* "java[812] (1.2 GiB anonymous), then httpd[77] and 3 more" */
bool aw_explain_victim(const struct aw_answer *answer, char text[AW_EXPLAIN_SAID])
{
	const struct aw_logged *logged = answer->logged;
	unsigned int kept = logged->nr_victims < AW_LOGGED_VICTIMS ? logged->nr_victims : AW_LOGGED_VICTIMS;
	char comm[SAFE_COMM], size[AW_UNITS_TEXT];
	size_t n = 0;

	for (unsigned int i = 0; i < kept; i++) {
		const struct aw_logged_victim *victim = &logged->victims[i];

		/* escaped names may be long */
		if (n + SAFE_COMM + 100 > AW_EXPLAIN_SAID) {
			kept = i;
			break;
		}
		n += (size_t)snprintf(text + n, AW_EXPLAIN_SAID - n, "%s%s", !i ? "" : i == 1 ? ", then " : ", ",
				      aw_escape_terminal(victim->comm, comm, sizeof(comm)));
		if (victim->pid > 0)
			n += (size_t)snprintf(text + n, AW_EXPLAIN_SAID - n, "[%" PRId64 "]", victim->pid);
		if (victim->anon_kb)
			n += (size_t)snprintf(text + n, AW_EXPLAIN_SAID - n, " (%s anonymous)",
					      aw_format_bytes(victim->anon_kb * 1024, size));
	}
	if (logged->nr_victims > kept)
		snprintf(text + n, AW_EXPLAIN_SAID - n, " and %u more", logged->nr_victims - kept);
	return kept;
}

/* Stalls of 4.9 to 4.14 have the same limit. */
static const char *suppressed_what(const struct aw_klog_stats *stats)
{
	if (stats->reports[AW_KLOG_STALL])
		return stats->suppressed == 1 ? "failure or stall was" : "failures or stalls were";
	return stats->suppressed == 1 ? "failure was" : "failures were";
}

bool aw_explain_suppressed(const struct aw_klog_stats *stats, char text[AW_EXPLAIN_SAID])
{
	int n;

	if (!stats->suppressed)
		return false;
	n = snprintf(text, AW_EXPLAIN_SAID, "%" PRIu64 " more %s not printed: \"callbacks suppressed\" by the rate limit",
		     stats->suppressed, suppressed_what(stats));
	if (stats->suppressed_told)
		snprintf(text + n, AW_EXPLAIN_SAID - (size_t)n, "; up to %" PRIu64 " of them %s counted above, by the line of vmalloc's addresses",
			 stats->suppressed_told, stats->suppressed_told == 1 ? "is" : "are");
	return true;
}

bool aw_explain_doubt(const struct aw_logged *logged, char text[AW_EXPLAIN_SAID])
{
	if (!aw_explain_is_doubtful(logged))
		return false;
	snprintf(text, AW_EXPLAIN_SAID, "%" PRIu64 " of %" PRIu64 " lines of the report were not understood",
		 logged->unknown_lines, logged->lines);
	return true;
}

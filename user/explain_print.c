// SPDX-License-Identifier: GPL-2.0
/*
 * Groups of a log's reports as text for people.
 */
#include "explain_print.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/escape.h"
#include "base/units.h"
#include "explain_notes.h"
#include "output/verdict_text.h"

#define INDENT 2
#define COLUMN 14
#define SAFE_COMM (4 * AW_KLOG_COMM)

void aw_explain_row(FILE *out, const char *label, const char *text, unsigned int width)
{
	unsigned int column = COLUMN;

	fprintf(out, "%*s%-*s", INDENT, "", COLUMN - INDENT, label);
	while (*text) {
		size_t blanks = strspn(text, " ");
		size_t word = strcspn(text + blanks, " |");

		word += text[blanks + word] == '|';	/* a mask may break behind any of its flags */
		if (width && column > COLUMN && column + blanks + word > width) {
			fprintf(out, "\n%*s", COLUMN, "");
			column = COLUMN;
			text += blanks;
			blanks = 0;
		}
		fprintf(out, "%.*s", (int)(blanks + word), text);
		column += (unsigned int)(blanks + word);
		text += blanks + word;
	}
	fputc('\n', out);
}

/* "[0.617583]", "01-09 04:55:23.878", "2023-01-09 04:55:23.000" */
static void format_stamp(int64_t mono, int64_t wall, bool has_year, char *text, size_t size)
{
	time_t seconds = (time_t)(wall / 1000000);
	struct tm tm;
	char date[40];

	text[0] = '\0';
	if (mono >= 0) {
		snprintf(text, size, "[%" PRId64 ".%06" PRId64 "]", mono / 1000000, mono % 1000000);
	} else if (wall >= 0 && gmtime_r(&seconds, &tm)) {
		strftime(date, sizeof(date), has_year ? "%Y-%m-%d %H:%M:%S" : "%m-%d %H:%M:%S", &tm);
		snprintf(text, size, "%s.%03d", date, (int)(wall / 1000 % 1000));
	}
}

static void format_times(const struct aw_explain_group *g, char *text, size_t size)
{
	const struct aw_klog_report *r = &g->report;
	char first[64], last[64];

	format_stamp(g->first_mono, g->first_wall, r->wall_has_year, first, sizeof(first));
	format_stamp(g->last_mono, g->last_wall, r->wall_has_year, last, sizeof(last));
	if (!first[0])
		text[0] = '\0';
	else if (!strcmp(first, last))
		snprintf(text, size, ", at %s", first);
	else
		snprintf(text, size, ", from %s to %s", first, last);
}

/* "insmod[306]", "insmod (interrupted by softirq)" */
static void format_who(const struct aw_explain_group *g, char *text, size_t size)
{
	const struct aw_klog_report *r = &g->report;
	enum aw_context context = g->event.event.task.context;
	char comm[SAFE_COMM], pid[24] = "";

	if (!r->comm[0]) {
		text[0] = '\0';
		return;
	}
	aw_escape_terminal(r->comm, comm, sizeof(comm));
	if (r->pid >= 0 && !g->several_tasks)
		snprintf(pid, sizeof(pid), "[%" PRId64 "]", r->pid);
	snprintf(text, size, ", %s%s%s", comm, pid, g->several_tasks ? " and others" : "");
	if (context == AW_IN_SOFTIRQ || context == AW_IN_HARDIRQ || context == AW_IN_NMI) {
		size_t used = strlen(text);

		snprintf(text + used, size - used, " (only interrupted: in %s)", aw_context_name(context));
	}
}

static void print_site(FILE *out, const struct aw_frame *site)
{
	char name[4 * AW_KLOG_NAME], module[200];

	if (!site || !site->name[0])
		return;
	fprintf(out, " by %s", aw_escape_terminal(site->name, name, sizeof(name)));
	if (site->module[0])
		fprintf(out, " [%s]", aw_escape_terminal(site->module, module, sizeof(module)));
}

static const char *times(uint64_t count)
{
	return count == 1 ? "" : "s";
}

static void print_other_headline(FILE *out, const struct aw_explain_group *g)
{
	const struct aw_klog_report *r = &g->report;
	char bytes[AW_UNITS_TEXT], name[300];

	switch (r->kind) {
	case AW_KLOG_OOM:
		aw_format_bytes(g->event.event.failure.bytes, bytes);
		fprintf(out, "%" PRIu64 " OOM kill%s for order %d (%s)", g->count, times(g->count),
			r->order, bytes);
		print_site(out, g->event.event.site);
		break;
	case AW_KLOG_CMA:
		aw_format_bytes(r->cma_pages * g->kernel->page_size, bytes);
		fprintf(out, "%" PRIu64 " CMA request%s for %s", g->count, times(g->count), bytes);
		if (r->cma_name[0])
			fprintf(out, " from %s", aw_escape_terminal(r->cma_name, name, sizeof(name)));
		fputs(" failed", out);
		break;
	case AW_KLOG_STALL:
		aw_format_bytes(g->event.event.failure.bytes, bytes);
		fprintf(out, "%" PRIu64 " request%s for %s", g->count, times(g->count), bytes);
		print_site(out, g->event.event.site);
		fprintf(out, " waited %" PRIu64 " ms and longer", r->stall_ms);
		break;
	default:
		aw_format_bytes(r->bytes, bytes);
		fprintf(out, "%" PRIu64 " vmalloc request%s", g->count, times(g->count));
		if (r->bytes)
			fprintf(out, " for %s", bytes);
		print_site(out, g->event.event.site);
		fputs(" failed", out);
	}
	fprintf(out, ": %s.", g->verdict.headline);
}

static void print_headline(FILE *out, const struct aw_explain_group *g)
{
	const struct aw_event *event = &g->event.event;
	char text[2 * AW_VERDICT_TEXT], who[SAFE_COMM + 80], when[160];

	if (g->report.kind == AW_KLOG_FAILURE)
		fputs(aw_verdict_sentence(event, g->kernel, &g->verdict, g->count, text, sizeof(text)), out);
	else
		print_other_headline(out, g);
	format_who(g, who, sizeof(who));
	format_times(g, when, sizeof(when));
	fprintf(out, "   %s%s%s\n", aw_class_name(event->failure.class), who, when);
}

/* "order:4 (65536 bytes), mode:0xc0d0, line 1, Linux 3.18.20+, cpu 0, linux,dummy-virt (DT)" */
static void print_logged(FILE *out, const struct aw_explain_group *g, unsigned int width)
{
	const struct aw_klog_report *r = &g->report;
	char text[800], safe[260];
	size_t n = 0;

#define ADD(...) (n += (size_t)snprintf(text + n, n < sizeof(text) ? sizeof(text) - n : 0, __VA_ARGS__))
	text[0] = '\0';
	if (r->order >= 0)
		ADD("order:%d (%" PRIu64 " bytes), ", r->order, g->event.event.failure.bytes);
	if (r->has_mode)
		ADD("mode:0x%" PRIx64 ", ", r->mode);
	if (r->kind == AW_KLOG_CMA)
		ADD("req-size:%" PRIu64 " pages, ", r->cma_pages);
	ADD("line %" PRIu64, g->first_line);
	if (r->release[0] && !r->release_guess)
		ADD(", Linux %s", aw_escape_terminal(r->release, safe, sizeof(safe)));
	if (r->cpu >= 0)
		ADD(", cpu %" PRId64, r->cpu);
	if (r->hardware[0])
		ADD(", %s", aw_escape_terminal(r->hardware, safe, sizeof(safe)));
#undef ADD
	aw_explain_row(out, "logged", text, width);
}

static void print_victim(FILE *out, const struct aw_explain_group *g, unsigned int width)
{
	char text[200], comm[SAFE_COMM];

	if (g->report.kind != AW_KLOG_OOM || g->report.victim_pid < 0)
		return;
	aw_escape_terminal(g->report.victim_comm, comm, sizeof(comm));
	snprintf(text, sizeof(text), "%s[%" PRId64 "]", comm, g->report.victim_pid);
	aw_explain_row(out, "killed", text, width);
}

static void print_trace(FILE *out, const struct aw_explain_group *g, unsigned int width)
{
	const struct aw_stack *stack = g->event.event.stack;
	char text[AW_MAX_STACK * 100], name[4 * AW_KLOG_NAME], module[200];
	size_t n = 0;

	if (!stack->count)
		return;
	for (unsigned int i = 0; i < stack->count && n < sizeof(text) - 600; i++) {
		const struct aw_frame *f = &stack->frames[i];

		if (f->name[0])
			snprintf(name, sizeof(name), "%.*s", AW_KLOG_NAME, f->name);
		else
			snprintf(name, sizeof(name), "0x%" PRIx64, f->addr);
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s", i ? " <- " : "", name);
		if (f->module[0])
			n += (size_t)snprintf(text + n, sizeof(text) - n, " [%s]",
					      aw_escape_terminal(f->module, module, sizeof(module)));
	}
	aw_explain_row(out, "trace", text, width);
}

/* Rows that aw_verdict_print() has no event for: CMA, a cut header. */
static void print_plain_verdict(FILE *out, const struct aw_explain_group *g, unsigned int width)
{
	const struct aw_verdict *v = &g->verdict;
	char text[4 * AW_VERDICT_TEXT];
	char safe[3 * sizeof(text)];

	snprintf(text, sizeof(text), "%s%s%s%s",
		 v->cause != AW_CAUSE_UNKNOWN && v->cause_certainty == AW_LIKELY ? "likely " : "",
		 aw_cause_name(v->cause), v->cause_text[0] ? ": " : "", v->cause_text);
	aw_explain_row(out, "cause", aw_escape_terminal(text, safe, sizeof(safe)), width);
	aw_explain_row(out, "stopped by", v->rule_text, width);
	for (unsigned int i = 0; i < v->nr_advice; i++)
		aw_explain_row(out, v->advice[i].who == AW_FOR_ADMIN ? "now" : "caller",
			       v->advice[i].text, width);
}

void aw_explain_print(FILE *out, const struct aw_explain_group *g, unsigned int width)
{
	struct aw_explain_notes notes;

	print_headline(out, g);
	if (g->report.has_mode)
		aw_verdict_print(out, &g->event.event, g->kernel, &g->verdict, width);
	else
		print_plain_verdict(out, g, width);
	print_victim(out, g, width);
	print_logged(out, g, width);
	print_trace(out, g, width);
	aw_explain_notes(g, &notes);
	for (unsigned int i = 0; i < notes.count; i++)
		aw_explain_row(out, i ? "" : "note", notes.text[i], width);
}

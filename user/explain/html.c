// SPDX-License-Identifier: GPL-2.0
/*
 * Answers as one self-contained page, in the form of a recording's.
 */
#include "explain/html.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/escape_xml.h"
#include "base/memory.h"
#include "base/units.h"
#include "explain/early.h"
#include "explain/holders.h"
#include "explain/notes.h"
#include "explain/said.h"
#include "explain/types.h"
#include "output/html/parts.h"

struct page {
	FILE *out;
	const struct aw_answers *answers;
	const struct aw_explain_logs *logs;
	bool files;		/* a place is a file and a line */
	int err;		/* -ENOMEM: something is missing */
};

static void put_headline(struct page *page, const struct aw_answer *answer)
{
	AW_FREE char *text = NULL;
	size_t size;
	FILE *memory = aw_memory_open(&text, &size);

	if (memory)
		aw_explain_headline(memory, answer);
	if (!memory || aw_memory_close(memory))
		page->err = -ENOMEM;
	else
		aw_put_xml(page->out, text);
}

/* ---- an answer ---- */

static void put_note(struct page *page, const char *text)
{
	fputs("<p class=\"note\">", page->out);
	aw_put_xml(page->out, text);
	fputs("</p>\n", page->out);
}

static void put_notes(struct page *page, const struct aw_answer *answer)
{
	struct aw_explain_notes notes;
	char place[AW_EXPLAIN_PLACE];

	aw_explain_notes(answer, &notes);
	for (unsigned int i = 0; i < notes.count; i++)
		put_note(page, notes.text[i]);
	if (answer->group->count < 2)
		return;
	fprintf(page->out, "<p class=\"note\">Figures are from the first of %" PRIu64 " occurrences, the last is ",
		answer->group->count);
	aw_put_xml(page->out, aw_explain_place(answer->logged->last_file, answer->logged->last_line, page->files, place));
	fputs("</p>\n", page->out);
}

/* Of the OOM killer's table. */
static void put_tasks(struct page *page, const struct aw_klog_totals *totals, uint64_t page_size)
{
	if (!totals->nr_tasks || !totals->tasks[0].rss)
		return;
	fputs("<h3>Largest tasks</h3>\n<ol class=\"bars\">\n", page->out);
	for (unsigned int i = 0; i < totals->nr_tasks && totals->tasks[i].rss; i++) {
		const struct aw_klog_holder *task = &totals->tasks[i];
		char label[AW_KLOG_TASK_NAME + 24], size[AW_UNITS_TEXT];
		const struct aw_bar bar = {
			.label = label, .count = task->rss, .largest = totals->tasks[0].rss,
			.count_text = aw_format_bytes(task->rss * page_size, size),
		};

		snprintf(label, sizeof(label), "%s[%" PRId64 "]", task->comm, task->pid);
		aw_page_bar(page->out, &bar);
	}
	fputs("</ol>\n", page->out);
}

static void put_holders(struct page *page, const struct aw_answer *answer)
{
	struct aw_holding accounts[AW_HOLDINGS];
	char size[AW_UNITS_TEXT], all[AW_UNITS_TEXT];
	uint64_t ram = 0;
	unsigned int count = aw_holders_sorted(&answer->event->failure, &answer->logged->totals, answer->kernel->page_size,
					       accounts, &ram);

	if (!count || aw_explain_is_before_memory(answer->event))
		return;
	if (ram)
		aw_format_bytes(ram, all);
	else
		snprintf(all, sizeof(all), "at least");
	fprintf(page->out, "<details>\n<summary>Who holds the memory: %s</summary>\n<ol class=\"bars\">\n", all);
	for (unsigned int i = 0; i < count; i++) {
		const struct aw_bar bar = {
			.label = accounts[i].name, .class = accounts[i].letter == '.' ? "small" : NULL,
			.count = accounts[i].bytes, .largest = ram ? ram : accounts[0].bytes, .count_text = aw_format_bytes(accounts[i].bytes, size),
		};

		aw_page_bar(page->out, &bar);
	}
	fputs("</ol>\n", page->out);
	put_tasks(page, &answer->logged->totals, answer->kernel->page_size);
	fputs("</details>\n", page->out);
}

static void put_verdict(struct page *page, const struct aw_answer *answer)
{
	char text[AW_EXPLAIN_SAID];

	fputs("<dl class=\"verdict\">\n", page->out);
	if (answer->logged->has_mode)
		aw_page_request(page->out, answer->event);
	aw_page_judged(page->out, &answer->verdict);
	if (aw_explain_victim(answer, text))
		aw_page_row(page->out, "killed", text);
	aw_explain_logged(answer, page->files, text);
	aw_page_row(page->out, "logged", text);
	fputs("</dl>\n", page->out);
}

/* What was not understood comes before the verdict. */
static void put_doubt(struct page *page, const struct aw_answer *answer)
{
	char text[AW_EXPLAIN_SAID];

	if (!aw_explain_doubt(answer->logged, text))
		return;
	fputs("<p class=\"damage\"><strong>", page->out);
	aw_put_xml(page->out, text);
	fputs("</strong></p>\n", page->out);
}

static void put_answer(struct page *page, const struct aw_answer *answer, unsigned int i)
{
	const char *class = aw_class_name(answer->event->failure.class);
	char text[AW_EXPLAIN_SAID];

	fprintf(page->out, "<details class=\"card group\" id=\"answer-%u\"%s>\n<summary><span class=\"chip %s\">%s</span> ",
		i + 1, i ? "" : " open=\"open\"", class, class);
	put_headline(page, answer);
	fputs("</summary>\n<p class=\"note\">", page->out);
	aw_explain_who(answer, text);
	aw_put_xml(page->out, text);
	fputs("</p>\n", page->out);
	put_doubt(page, answer);
	put_verdict(page, answer);
	put_notes(page, answer);
	if (answer->event->failure.class == AW_CLASS_HARD)
		put_holders(page, answer);
	if (aw_page_zones_at(page->out, answer->kernel, &answer->event->failure))
		page->err = -ENOMEM;
	fputs("<details>\n<summary>Stack</summary>\n", page->out);
	aw_page_stack(page->out, false, answer->event->stack, answer->event->site);
	fputs("</details>\n</details>\n", page->out);
}

/* ---- all of them ---- */

static void put_cell(struct page *page, const char *text)
{
	fputs("<td>", page->out);
	aw_put_xml(page->out, text);
	fputs("</td>", page->out);
}

static void put_row(struct page *page, const struct aw_answer *answer, unsigned int i)
{
	const struct aw_origin *origin = &answer->logged->origin;
	char place[AW_EXPLAIN_PLACE];

	fprintf(page->out, "<tr><td class=\"number\">%" PRIu64 "</td>", answer->group->count);
	put_cell(page, aw_report_type_of(answer->event)->name);
	put_cell(page, aw_class_name(answer->event->failure.class));
	fprintf(page->out, "<td><a href=\"#answer-%u\">", i + 1);
	put_headline(page, answer);
	fputs("</a></td>", page->out);
	put_cell(page, aw_explain_place(origin->file, origin->line, page->files, place));
	fputs("</tr>\n", page->out);
}

static void put_each(struct page *page, void (*put)(struct page *, const struct aw_answer *, unsigned int))
{
	for (unsigned int i = 0; i < aw_answers_count(page->answers); i++) {
		struct aw_answer answer;

		aw_answers_get(page->answers, i, &answer);
		put(page, &answer, i);
	}
}

static void put_table(struct page *page)
{
	if (aw_answers_count(page->answers) < 2)
		return;
	fputs("<section id=\"all\">\n<h2>All answers</h2>\n<div class=\"card\"><table>\n<thead><tr><th class=\"number\">Count</th>"
	      "<th>Type</th><th>Class</th><th>What happened</th><th>Where</th></tr></thead>\n<tbody>\n", page->out);
	put_each(page, put_row);
	fputs("</tbody>\n</table></div>\n</section>\n", page->out);
}

static void put_left_out(struct page *page)
{
	uint64_t left_out = aw_answers_left_out(page->answers);
	char text[AW_EXPLAIN_SAID];

	if (left_out)
		fprintf(page->out, "<p class=\"note\">%" PRIu64 " more reports are not shown: too many different ones</p>\n", left_out);
	if (aw_explain_suppressed(&page->logs->total, text))
		put_note(page, text);
	if (aw_explain_mask_warning(&page->logs->total, text))
		put_note(page, text);
}

static void put_log(struct page *page, const struct aw_explain_log *log)
{
	fputs("<tr>", page->out);
	put_cell(page, log->file ? log->file : "standard input");
	fprintf(page->out, "<td class=\"number\">%" PRIu64 "</td><td class=\"number\">%" PRIu64 "</td>",
		log->stats.lines, log->stats.bytes);
	put_cell(page, log->failed ? log->error.text : "read");
	fputs("</tr>\n", page->out);
}

static void put_logs(struct page *page)
{
	fputs("<section id=\"logs\">\n<h2>Logs</h2>\n<div class=\"card\"><table>\n<thead><tr><th>File</th>"
	      "<th class=\"number\">Lines</th><th class=\"number\">Bytes</th><th></th></tr></thead>\n<tbody>\n", page->out);
	for (unsigned int i = 0; i < page->logs->count; i++)
		put_log(page, page->logs->logs[i]);
	fputs("</tbody>\n</table></div>\n</section>\n", page->out);
}

static void put_head(struct page *page)
{
	char lines[24], texts[24];
	struct aw_answer first;

	fputs("<header>\n<h1>Memory failures in a kernel log</h1>\n<p class=\"answer\">", page->out);
	if (aw_answers_count(page->answers)) {
		aw_answers_get(page->answers, 0, &first);
		put_headline(page, &first);
	} else {
		fputs("No page allocation failure is in it.", page->out);
	}
	fputs("</p>\n<dl class=\"facts\">\n", page->out);
	/* Of several logs, each verdict names its own. */
	if (aw_answers_count(page->answers) && !page->files) {
		aw_page_fact(page->out, "kernel", first.logged->release);
		aw_page_fact(page->out, "hardware", first.logged->hardware);
	}
	snprintf(texts, sizeof(texts), "%u", page->logs->texts);
	snprintf(lines, sizeof(lines), "%" PRIu64, page->logs->total.lines);
	aw_page_fact(page->out, "logs", texts);
	aw_page_fact(page->out, "lines", lines);
	fputs("</dl>\n</header>\n", page->out);
}

int aw_explain_html(FILE *out, const struct aw_answers *answers, const struct aw_explain_logs *logs)
{
	struct page page = { .out = out, .answers = answers, .logs = logs, .files = logs->texts > 1 };

	aw_page_begin(out, "kernel log");
	put_head(&page);
	fputs("<main>\n", out);
	put_table(&page);
	fputs("<section id=\"verdicts\">\n<h2>Verdicts</h2>\n", out);
	if (!aw_answers_count(answers))
		fputs("<p class=\"note\">No failures.</p>\n", out);
	put_each(&page, put_answer);
	put_left_out(&page);
	fputs("</section>\n", out);
	put_logs(&page);
	fputs("</main>\n", out);
	aw_page_finish(out, "");
	return page.err;
}

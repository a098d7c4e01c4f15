// SPDX-License-Identifier: GPL-2.0
/*
 * Pieces of text -> lines -> reports.
 *
 * The reader hands out log lines where a word of a header was found.  They
 * wait in a window until enough is known of those behind them, are put
 * together where they were wrapped, and go to the reports.
 */
#include "klog/klog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "klog/around.h"
#include "klog/header.h"
#include "klog/headless.h"
#include "klog/report.h"
#include "klog/task.h"
#include "klog/unwrap.h"
#include "lines/lines.h"

struct aw_klog {
	struct aw_klog_assembly assembly;
	struct aw_klog_stats stats;
	struct aw_log_reader *reader;
	struct aw_log_words words, begins;	/* of headers, and of reports without one */
	size_t nr_words;
	const char *word[AW_KLOG_HEADER_WORDS + AW_KLOG_HEADLESS_WORDS];	/* of both */
	struct aw_klog_window window;
};

/*
 * Distributions name the page size where they have several: "6.8.0-40-generic-64k", "5.14.0-427.el9.aarch64+64k",
 * "6.12.43+deb13-arm64-16k".  RHEL's kernels for POWER, and those for arm64 before RHEL 9, have pages of 64 kB.
 */
static uint64_t page_kb_of_release(const char *release)
{
	static const struct {
		const char *words, *and_words;
		unsigned int kb;
	} rows[] = {
		{ "-64k", "", 64 }, { "+64k", "", 64 }, { "-16k", "", 16 }, { "+16k", "", 16 },
		{ ".ppc64le", ".el", 64 }, { ".aarch64", ".el7", 64 }, { ".aarch64", ".el8", 64 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (strstr(release, rows[i].words) && strstr(release, rows[i].and_words))
			return rows[i].kb;
	return 0;
}

uint64_t aw_klog_page_kb(const struct aw_klog_report *report)
{
	uint64_t kb;

	for (unsigned int i = 0; i < report->nr_zones; i++)
		if (report->zones[i].block_kb)
			return report->zones[i].block_kb;
	kb = aw_klog_totals_page_kb(&report->totals);
	return kb ? kb : page_kb_of_release(report->release);
}

uint64_t aw_klog_usual_page_kb(const struct aw_klog_report *report)
{
	/* where 64-bit POWER links its kernel: all distributions have pages of 64 kB there */
	for (unsigned int i = 0; i < report->nr_frames; i++)
		if (report->frames[i].addr >> 48 == 0xc000)
			return 64;
	return 4;
}

/* ---- lines ---- */

/* The first line of the window goes to the reports. */
static void take_first(struct aw_klog *klog)
{
	struct aw_klog_window *window = &klog->window;
	struct aw_klog_slot *slot = window->line[0];

	if (slot->line.has_word || (slot->line.may_begin && aw_klog_assembly_idle(&klog->assembly)))
		aw_klog_window_learn(window);
	aw_klog_unwrap(window);
	aw_klog_assembly_line(&klog->assembly, &slot->line, slot->number);
	aw_klog_window_drop(window, 0);
}

/* Nothing is open and nothing may begin: the lines have nothing to do with us. */
static bool is_over(const struct aw_klog *klog)
{
	return aw_klog_assembly_idle(&klog->assembly) && !aw_klog_window_hopes(&klog->window);
}

/* Lines between were passed over: what is left of the window has nothing to do with the line. */
static bool is_apart(const struct aw_klog_window *window, const struct aw_log_line *line)
{
	return window->count && line->number > window->line[window->count - 1]->number + AW_KLOG_AHEAD;
}

/* Lines with a word of a header, and a few before one, when nobody waited for more of them. */
static void on_line(void *ctx, const struct aw_log_line *line)
{
	struct aw_klog *klog = ctx;
	struct aw_klog_window *window = &klog->window;

	if (is_over(klog) && is_apart(window, line))
		window->count = 0;
	aw_klog_window_push(window, line);
	if (window->count == AW_KLOG_AHEAD)
		take_first(klog);
}

static bool is_busy(void *ctx)
{
	struct aw_klog *klog = ctx;

	return !is_over(klog);
}

static void take_rest(struct aw_klog *klog)
{
	while (klog->window.count)
		take_first(klog);
}

/* What forms put between a label and its value: "Kernel: 5.4", "Linux Kernel   | 3.10.0-514", "**Kernel:** `5.4`" */
static void skip_label(struct aw_text *t)
{
	/* blanks of mail programs and web pages: the words are not decoded */
	while ((t->p < t->end && *t->p && strchr(" \t:|=*`\xc2\xa0", *t->p)) || aw_text_starts(t, "&nbsp;") || aw_text_starts(t, "&#160;"))
		t->p += *t->p == '&' ? strlen("&nbsp;") : 1;
}

/* "kernel 3.18", "kernel3.18" in the words before a pasted log */
static void guess_release(void *ctx, const char *text, size_t len)
{
	struct aw_klog *klog = ctx;
	struct aw_text t = aw_text_of(text, len);
	char *guess = klog->assembly.release_guess;
	uint32_t upstream = 0;

	while (!guess[0] && aw_text_skip_past(&t, "Linux ")) {
		struct aw_text s = { t.p - strlen("Linux "), t.end };
		const char *line_end = memchr(s.p, '\n', aw_text_left(&s));

		s.end = line_end ? line_end : s.end;
		aw_klog_uname(s, guess, sizeof(klog->assembly.release_guess), &upstream);
		aw_klog_note_upstream(&klog->assembly, guess, upstream);
	}
	t = aw_text_of(text, len);
	while (!guess[0] && aw_text_skip_past(&t, "ernel")) {
		struct aw_text s = t;

		if (!aw_text_skip_char(&s, '-') && !aw_text_skip_char(&s, '_'))
			skip_label(&s);
		if (aw_text_skip(&s, "version") || aw_text_skip(&s, "Version"))
			skip_label(&s);
		aw_text_skip_char(&s, 'v');
		aw_klog_release(&s, guess, sizeof(klog->assembly.release_guess));
	}
}

/* ---- the whole ---- */

static int add_words(struct aw_klog *klog)
{
	size_t of_headers = aw_klog_header_words(klog->word);
	int err = 0;

	klog->nr_words = of_headers + aw_klog_headless_words(klog->word + of_headers);
	for (size_t i = 0; i < klog->nr_words && !err; i++)
		err = aw_log_words_add(i < of_headers ? &klog->words : &klog->begins, klog->word[i]);
	return err;
}

struct aw_klog *aw_klog_new(aw_klog_fn fn, void *ctx)
{
	struct aw_klog *klog = calloc(1, sizeof(*klog));
	struct aw_log_user user;

	if (!klog)
		return NULL;
	if (!add_words(klog) && !aw_klog_assembly_init(&klog->assembly, fn, ctx, &klog->stats)) {
		user = (struct aw_log_user){ klog->word, klog->nr_words, on_line, is_busy, guess_release, klog };
		klog->reader = aw_log_reader_new(&user);
	}
	if (!klog->reader) {
		aw_klog_free(klog);
		return NULL;
	}
	aw_klog_window_init(&klog->window, &klog->words, &klog->begins);
	return klog;
}

void aw_klog_free(struct aw_klog *klog)
{
	if (!klog)
		return;
	aw_log_reader_free(klog->reader);
	aw_klog_assembly_clear(&klog->assembly);
	free(klog);
}

void aw_klog_miss(struct aw_klog *klog, uint64_t records)
{
	klog->stats.overwritten += records;
}

const struct aw_klog_stats *aw_klog_stats(const struct aw_klog *klog)
{
	return &klog->stats;
}

static void count(struct aw_klog *klog)
{
	const struct aw_log_stats *stats = aw_log_reader_stats(klog->reader);

	klog->stats.bytes = stats->bytes;
	klog->stats.lines = stats->lines;
	klog->stats.long_lines = stats->long_lines;
}

void aw_klog_feed(struct aw_klog *klog, const char *text, size_t len)
{
	aw_log_reader_feed(klog->reader, text, len);
	count(klog);
}

void aw_klog_finish(struct aw_klog *klog)
{
	aw_log_reader_finish(klog->reader);
	count(klog);
	take_rest(klog);
	aw_klog_window_clear(&klog->window);
	aw_klog_assembly_finish(&klog->assembly);
}

static void restart(struct aw_klog *klog, bool of_same)
{
	aw_klog_finish(klog);
	aw_klog_assembly_restart(&klog->assembly, of_same);
	aw_log_reader_restart(klog->reader);
	klog->stats = (struct aw_klog_stats){ 0 };
}

void aw_klog_restart(struct aw_klog *klog)
{
	restart(klog, false);
}

void aw_klog_another_file(struct aw_klog *klog)
{
	restart(klog, true);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Pieces of text -> lines -> reports.
 *
 * Most of a log has nothing to do with us: while no report is open, only
 * lines with one of a few words in them are looked at, and these words are
 * found with memmem().
 */
#include "kernel/klog.h"

#include <stdlib.h>

#include "kernel/klog_join.h"
#include "kernel/klog_report.h"
#include "kernel/klog_task.h"

#define BUFFER (64 * 1024)
#define MAX_LINE (16 * 1024)
#define GUESS_WITHIN (64 * 1024)	/* words about the kernel stand in front of a pasted log */

/* Every line that may begin something has one of these. */
static const char *const words[] = { "alloc", "oom-killer", "Linux version" };
#define WORDS (sizeof(words) / sizeof(words[0]))

struct aw_klog {
	struct aw_klog_assembly assembly;
	struct aw_klog_stats stats;
	struct aw_klog_join join;
	size_t used;
	size_t guessed;		/* bytes searched for words about the kernel */
	bool skipping;		/* the rest of a line that is too long */
	char buffer[BUFFER];
};

static const char *const kind_names[AW_KLOG_KINDS] = {
	[AW_KLOG_FAILURE] = "page allocation failure",
	[AW_KLOG_STALL] = "page allocation stall",
	[AW_KLOG_OOM] = "OOM kill",
	[AW_KLOG_CMA] = "CMA allocation failure",
	[AW_KLOG_VMALLOC] = "vmalloc failure",
};

const char *aw_klog_kind_name(enum aw_klog_kind kind)
{
	return kind_names[kind];
}

uint64_t aw_klog_page_kb(const struct aw_klog_report *report)
{
	for (unsigned int i = 0; i < report->nr_zones; i++)
		if (report->zones[i].block_kb)
			return report->zones[i].block_kb;
	return 0;
}

struct aw_klog *aw_klog_new(aw_klog_fn fn, void *ctx)
{
	struct aw_klog *klog = calloc(1, sizeof(*klog));

	if (!klog)
		return NULL;
	if (aw_klog_assembly_init(&klog->assembly, fn, ctx, &klog->stats)) {
		free(klog);
		return NULL;
	}
	return klog;
}

void aw_klog_free(struct aw_klog *klog)
{
	if (!klog)
		return;
	aw_klog_assembly_clear(&klog->assembly);
	free(klog);
}

const struct aw_klog_stats *aw_klog_stats(const struct aw_klog *klog)
{
	return &klog->stats;
}

static void flush_join(struct aw_klog *klog)
{
	if (klog->join.what == AW_KLOG_JOIN_NOTHING)
		return;
	klog->join.what = AW_KLOG_JOIN_NOTHING;
	aw_klog_assembly_line(&klog->assembly, &klog->join.line, klog->join.number);
}

static void take_line(struct aw_klog *klog, const char *text, size_t len, uint64_t number)
{
	struct aw_klog_line line;

	aw_klog_line_parse(text, len, &line);
	if (klog->join.what != AW_KLOG_JOIN_NOTHING && aw_klog_join_add(&klog->join, &line)) {
		if (aw_klog_join_whole(&klog->join))
			flush_join(klog);
		return;
	}
	flush_join(klog);
	if (!aw_klog_join_begin(&klog->join, &line, number))
		aw_klog_assembly_line(&klog->assembly, &line, number);
}

static bool is_busy(const struct aw_klog *klog)
{
	return !aw_klog_assembly_idle(&klog->assembly) || klog->join.what != AW_KLOG_JOIN_NOTHING;
}

/* Where each of the words is next; found again only when passed. */
struct scan {
	const char *next[WORDS];
	bool looked[WORDS];
};

static const char *next_word(struct scan *scan, const char *from, const char *end)
{
	const char *first = NULL;

	for (size_t i = 0; i < WORDS; i++) {
		if (!scan->looked[i] || (scan->next[i] && scan->next[i] < from)) {
			scan->next[i] = memmem(from, (size_t)(end - from), words[i], strlen(words[i]));
			scan->looked[i] = true;
		}
		if (scan->next[i] && (!first || scan->next[i] < first))
			first = scan->next[i];
	}
	return first;
}

static uint64_t count_lines(const char *from, const char *end)
{
	uint64_t count = 0;

	for (; from < end; from++)
		count += *from == '\n';
	return count;
}

/* To the start of the next line that matters; `end` when none does. */
static const char *skip_idle(struct aw_klog *klog, struct scan *scan, const char *from, const char *end)
{
	const char *word = next_word(scan, from, end);
	const char *start;

	if (!word) {
		klog->stats.lines += count_lines(from, end);
		return end;
	}
	start = memrchr(from, '\n', (size_t)(word - from));
	start = start ? start + 1 : from;
	klog->stats.lines += count_lines(from, start);
	return start;
}

/* "kernel 3.18", "kernel3.18" in the words before a pasted log */
static void guess_release(struct aw_klog *klog, const char *text, size_t len)
{
	size_t left = GUESS_WITHIN - klog->guessed;
	struct aw_text t = aw_text_of(text, len < left ? len : left);
	char *guess = klog->assembly.release_guess;

	if (!left || guess[0])
		return;
	klog->guessed += aw_text_left(&t);
	while (aw_text_skip_past(&t, "ernel")) {
		struct aw_text s = t;

		if (!aw_text_skip_char(&s, '-') && !aw_text_skip_char(&s, '_'))
			aw_text_skip_char(&s, ' ');
		aw_text_skip(&s, "version ");
		aw_text_skip_char(&s, 'v');
		if (aw_klog_release(&s, guess, sizeof(klog->assembly.release_guess)))
			return;
	}
}

/* Whole lines only: `end` is behind a newline. */
static void take_lines(struct aw_klog *klog, const char *p, const char *end)
{
	struct scan scan = { 0 };

	guess_release(klog, p, (size_t)(end - p));
	while (p < end) {
		const char *newline;

		if (!is_busy(klog)) {
			p = skip_idle(klog, &scan, p, end);
			if (p == end)
				return;
		}
		newline = memchr(p, '\n', (size_t)(end - p));
		take_line(klog, p, (size_t)(newline - p), ++klog->stats.lines);
		p = newline + 1;
	}
}

/* A line longer than any that a kernel prints: its first part is all that counts. */
static void cut_long_line(struct aw_klog *klog)
{
	if (klog->used <= MAX_LINE)
		return;
	klog->stats.long_lines++;
	klog->skipping = true;
	klog->used = MAX_LINE;
}

static void take_buffer(struct aw_klog *klog)
{
	char *last = memrchr(klog->buffer, '\n', klog->used);
	size_t whole = last ? (size_t)(last + 1 - klog->buffer) : 0;

	take_lines(klog, klog->buffer, klog->buffer + whole);
	klog->used -= whole;
	memmove(klog->buffer, klog->buffer + whole, klog->used);
	cut_long_line(klog);
}

/* Drops text up to the line end; how much was dropped. */
static size_t skip_rest(struct aw_klog *klog, const char *text, size_t len)
{
	const char *newline = memchr(text, '\n', len);

	if (!newline)
		return len;
	klog->skipping = false;
	return (size_t)(newline - text);
}

void aw_klog_feed(struct aw_klog *klog, const char *text, size_t len)
{
	klog->stats.bytes += len;
	while (len) {
		size_t n = len;

		if (klog->skipping) {
			n = skip_rest(klog, text, len);
			text += n;
			len -= n;
			continue;
		}
		if (n > BUFFER - klog->used)
			n = BUFFER - klog->used;
		memcpy(klog->buffer + klog->used, text, n);
		klog->used += n;
		text += n;
		len -= n;
		if (klog->used == BUFFER || !len)
			take_buffer(klog);
	}
}

void aw_klog_finish(struct aw_klog *klog)
{
	guess_release(klog, klog->buffer, klog->used);
	if (klog->used)
		take_line(klog, klog->buffer, klog->used, ++klog->stats.lines);
	klog->used = 0;
	flush_join(klog);
	aw_klog_assembly_finish(&klog->assembly);
}

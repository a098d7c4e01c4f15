// SPDX-License-Identifier: GPL-2.0
/*
 * Wrapped lines of the OOM killer's table of tasks.
 *
 * The table's header tells how many numbers a row has, so that the pieces of a
 * row are put together in the one way that makes as many of them, however
 * narrow the wrap is and how often it was made.
 */
#include "klog/unwrap_table.h"

#include <string.h>

#include "base/array.h"
#include "klog/join.h"
#include "klog/wrap.h"

#define MAX_JOINTS 5		/* pieces of a row behind the first */
#define LONGEST_ROW 200
#define LONGEST_COMM 15		/* TASK_COMM_LEN - 1 */

static size_t first_word(const struct aw_text *text)
{
	const char *space = memchr(text->p, ' ', aw_text_left(text));

	return (size_t)((space ? space : text->end) - text->p);
}

/* A column of the OOM killer's table, dump_tasks() of mm/oom_kill.c */
static bool is_column_name(const char *word, size_t len)
{
	static const char *const names[] = {
		"uid", "tgid", "total_vm", "rss", "rss_anon", "rss_file", "rss_shmem", "pgtables_bytes", "nr_ptes", "nr_pmds",
		"swapents", "oom_score_adj", "oom_adj", "cpu", "name",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (strlen(names[i]) == len && !memcmp(names[i], word, len))
			return true;
	return false;
}

/* Steps behind "[   4721]" or "[  pid  ]"; false: no line of the table. */
static bool skip_pid(struct aw_text *t)
{
	uint64_t pid;

	if (!aw_text_skip_char(t, '['))
		return false;
	aw_text_spaces(t);
	if (!aw_text_skip(t, "pid") && !aw_text_u64(t, &pid))
		return false;
	aw_text_spaces(t);
	return aw_text_skip_char(t, ']');
}

/* The words of the table's header: "uid", "tgid", ..., "name". */
static unsigned int count_columns(struct aw_text t)
{
	unsigned int count = 0;

	for (skip_pid(&t), aw_text_spaces(&t); t.p < t.end; aw_text_spaces(&t), count++)
		t.p += first_word(&t);
	return count;
}

static unsigned int count_leading(struct aw_text t, bool *ends)
{
	unsigned int count = 0;
	uint64_t number;

	for (aw_text_spaces(&t); t.p < t.end; aw_text_spaces(&t), count++) {
		aw_text_skip_char(&t, '-');
		if (!aw_text_u64(&t, &number) || (t.p < t.end && !aw_is_space(*t.p)))
			break;
	}
	*ends = t.p == t.end;
	return count;
}

bool aw_klog_is_row(struct aw_text t)
{
	bool ends;

	return skip_pid(&t) && count_leading(t, &ends) > 3;
}

/* ---- the header ---- */

/* "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_" */
static bool is_torn_header(struct aw_text t)
{
	if (!aw_text_skip_char(&t, '['))
		return false;
	aw_text_spaces(&t);
	return aw_text_skip(&t, "pid") && !aw_text_find(&t, " name");
}

/* It is known which words there are: "oom_score_", "adj name". */
static const char *gap_in_header(const struct aw_klog_window *window)
{
	const struct aw_text *text = &window->line[0]->line.text, *next = &window->line[1]->line.text;
	size_t last = aw_klog_last_word(text);

	if (!aw_text_find(text, "uid"))
		return aw_klog_wrap_gap(window);
	return is_column_name(text->end - last, last) && is_column_name(next->p, first_word(next)) ? " " : "";
}

void aw_klog_note_columns(struct aw_klog_window *window)
{
	const struct aw_text *text = window->count ? &window->line[0]->line.text : NULL;

	if (text && aw_text_starts(text, "[ ") && aw_text_find(text, "pid") && aw_text_find(text, " name"))
		window->columns = count_columns(*text);
}

/* ---- rows ---- */

/* "-500", "0": as the kernel prints a number */
static bool number(struct aw_text *t, uint64_t *value)
{
	bool zero;

	aw_text_skip_char(t, '-');
	zero = aw_text_at(t, 0) == '0' && aw_is_digit(aw_text_at(t, 1));
	return aw_text_u64(t, value) && !zero && aw_is_space(aw_text_at(t, 0));
}

/*
 * 0: no row with so many columns; else the more the likelier.  A task's pid is mostly its tgid, the second number, and
 * its rss, the fourth, is never more than its total_vm.
 */
static int rank_row(struct aw_text t, unsigned int columns)
{
	uint64_t pid, value, total_vm = 0;
	int rank = 1;

	if (!aw_text_skip_char(&t, '['))
		return 0;
	aw_text_spaces(&t);
	if (!aw_text_u64(&t, &pid))
		return 0;
	aw_text_spaces(&t);
	if (!aw_text_skip_char(&t, ']'))
		return 0;
	for (unsigned int i = 1; i < columns; i++) {
		aw_text_spaces(&t);
		if (!number(&t, &value))
			return 0;
		rank += i == 2 && value == pid ? 4 : 0;
		if (i == 3)
			total_vm = value;
		if (i == 4 && value > total_vm)
			return 0;
	}
	aw_text_spaces(&t);
	if (t.p == t.end || aw_text_left(&t) > LONGEST_COMM)
		return 0;
	if (number(&t, &value))
		return 0;	/* one number too many */
	aw_text_skip_char(&t, '-');
	return rank + (aw_is_digit(aw_text_at(&t, 0)) ? 0 : 4);
}

/* A sign that the wrap put at the end of a piece. */
static bool has_sign(const struct aw_text *text)
{
	return text->p < text->end && strchr("\\=", text->end[-1]);
}

/* Bit i of `spaces`: there is one behind piece i. */
static size_t put_together(const struct aw_klog_window *window, unsigned int joints, unsigned int spaces, char *row)
{
	size_t len = 0;

	for (unsigned int i = 0; i <= joints; i++) {
		const struct aw_text *text = &window->line[i]->line.text;
		size_t n = aw_text_left(text) - (i < joints && has_sign(text));

		if (len + n + 1 > LONGEST_ROW)
			return 0;
		memcpy(row + len, text->p, n);
		len += n;
		if (i < joints && spaces & 1u << i)
			row[len++] = ' ';
	}
	return len;
}

static bool begins_with_space(const struct aw_klog_window *window, unsigned int i)
{
	const struct aw_klog_slot *slot = window->line[i];

	return !window->wrapped.indent && slot->line.text.p > slot->text && aw_is_space(slot->line.text.p[-1]);
}

/* Breaks in a word are at the column, or where a sign says so. */
static unsigned int usual_spaces(const struct aw_klog_window *window, unsigned int joints)
{
	size_t most = window->wrapped.joins ? window->wrapped.most : window->width.most;
	bool words = window->wrapped.joins && 4 * window->wrapped.full < 3 * window->wrapped.joins;
	unsigned int spaces = 0;

	for (unsigned int i = 0; i < joints; i++) {
		const struct aw_klog_slot *slot = window->line[i];

		if (slot->space || begins_with_space(window, i + 1) || ((slot->len < most || words) && !has_sign(&slot->line.text)))
			spaces |= 1u << i;
	}
	return spaces;
}

/* The best way to put so many pieces together; false: none makes a row. */
static bool best_spaces(const struct aw_klog_window *window, unsigned int joints, unsigned int *best)
{
	unsigned int usual = usual_spaces(window, joints);
	char row[LONGEST_ROW];
	int most = 0;

	for (unsigned int spaces = 0; spaces < 1u << joints; spaces++) {
		size_t len = put_together(window, joints, spaces, row);
		int rank = len ? rank_row(aw_text_of(row, len), window->columns) : 0;

		if (!rank)
			continue;
		for (unsigned int i = 0; i < joints; i++)
			rank += !((spaces ^ usual) & 1u << i);
		if (rank > most) {
			most = rank;
			*best = spaces;
		}
	}
	return most > 0;
}

/* Lines behind the first that may be its pieces; *closed: behind them the table goes on, or is over. */
static unsigned int count_pieces(const struct aw_klog_window *window, bool *closed)
{
	unsigned int n = 0;

	while (n < MAX_JOINTS && n + 1 < window->count && !window->line[n + 1]->line.prefixed && !window->line[n + 1]->line.has_word &&
	       !window->line[n + 1]->after_blank)
		n++;
	*closed = n + 1 < window->count && (window->line[n + 1]->line.prefixed || window->line[n + 1]->line.has_word);
	return n;
}

static bool join_row(struct aw_klog_window *window)
{
	const struct aw_text *text = &window->line[0]->line.text;
	unsigned int joints, best = 0;
	bool closed;

	joints = count_pieces(window, &closed);
	/* what stands behind the end of a whole row may be of anybody */
	if (!closed && rank_row(*text, window->columns))
		return false;
	while (joints && !best_spaces(window, joints, &best))
		joints--;
	for (unsigned int i = 0; i < joints; i++)
		if (!aw_klog_join(window, has_sign(text), best & 1u << i ? " " : "", 1))
			return false;
	return joints;
}

bool aw_klog_unwrap_table(struct aw_klog_window *window)
{
	struct aw_text text = window->line[0]->line.text, t = text;
	bool sign = has_sign(&text);

	if (!window->line[0]->line.prefixed || window->line[1]->line.prefixed)
		return false;
	text.end -= sign;
	if (is_torn_header(text))
		return aw_klog_join(window, sign, sign ? "" : gap_in_header(window), 1);
	return window->columns && skip_pid(&t) && join_row(window);
}

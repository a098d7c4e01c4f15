// SPDX-License-Identifier: GPL-2.0
/*
 * Log lines in a column of a table (RFC 4180, with any separator).
 *
 * A header of a report has commas, so a table with commas has it in quotes:
 * that is how it is told from a plain line.  With tabs no quotes are needed,
 * but then there are several.
 */
#include "lines/csv.h"

#include "base/cursor.h"

#define MAX_COLUMNS 64
#define LEAST_TABS 2
#define LONGEST_VALUE 100

static const char separators[] = { ',', ';', '\t', '|' };

/* Steps over a column; its content goes to `out`, which may be NULL. False: a quote does not fit. */
static bool column(struct aw_text *t, char separator, struct aw_log_out *out, bool *quoted)
{
	aw_text_skip_char(t, ' ');
	*quoted = aw_text_skip_char(t, '"');
	for (; t->p < t->end && (*quoted || *t->p != separator); t->p++) {
		if (*quoted && *t->p == '"') {
			if (aw_text_at(t, 1) != '"')
				break;
			t->p++;		/* two of them are one that is meant */
		}
		if (out)
			aw_log_out_byte(out, *t->p);
	}
	if (!*quoted)
		return true;
	return aw_text_skip_char(t, '"') && (t->p == t->end || *t->p == separator);
}

/* A value rather than a part of a log's line: short, and not indented. */
static bool is_value(const char *start, const char *end)
{
	return end - start < LONGEST_VALUE && (start == end || (*start != ' ' && end[-1] != ' '));
}

/* Where the column with a word is; false: none, or no well-formed row. */
static bool look(struct aw_log_csv *csv, const struct aw_log_words *words, struct aw_text t, bool *in_quotes)
{
	bool found = false;

	for (csv->columns = 0; csv->columns < MAX_COLUMNS; csv->columns++) {
		const char *start = t.p;
		bool quoted;

		if (!column(&t, csv->separator, NULL, &quoted))
			return false;
		if (!found && aw_log_words_find(words, start, t.p)) {
			found = true;
			csv->column = csv->columns;
			*in_quotes = quoted;
		} else if (!quoted && !is_value(start, t.p)) {
			return false;
		}
		if (t.p == t.end) {
			csv->columns++;
			return found;
		}
		t.p++;
	}
	return false;
}

bool aw_log_csv_learn(struct aw_log_csv *csv, const struct aw_log_words *words, const char *text, size_t len)
{
	struct aw_log_csv try;

	for (size_t i = 0; i < sizeof(separators); i++) {
		bool quoted = false;

		try = (struct aw_log_csv){ .separator = separators[i] };
		if (!memchr(text, '"', len) && separators[i] != '\t')
			continue;
		if (!look(&try, words, aw_text_of(text, len), &quoted) || try.columns < 2)
			continue;
		if (!quoted && (try.separator != '\t' || try.columns <= LEAST_TABS))
			continue;
		*csv = try;
		return true;
	}
	return false;
}

bool aw_log_csv_line(const struct aw_log_csv *csv, const char *text, size_t len, struct aw_log_out *out)
{
	struct aw_text t = aw_text_of(text, len);
	unsigned int columns = 0;

	if (!csv->separator)
		return false;
	for (;; t.p++) {
		bool quoted;

		if (columns == MAX_COLUMNS || !column(&t, csv->separator, columns == csv->column ? out : NULL, &quoted))
			return false;
		columns++;
		if (t.p == t.end)
			return columns == csv->columns;
	}
}

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Text as programming languages and loggers write it inside a line: "\n",
 * "\t", "\u001b", "#012".
 */
#ifndef AW_LINES_ESCAPES_H
#define AW_LINES_ESCAPES_H

#include <stdbool.h>

#include "base/cursor.h"
#include "lines/out.h"

/* Steps over the escape sequence at the cursor (a backslash) and writes what it stands for. */
void aw_log_escapes_one(struct aw_text *t, struct aw_log_out *out);

/*
 * Steps over a string in quotes, whose quote is at the cursor, and writes what
 * it says.  False: the text ends before the closing quote; what there is of
 * the string was written.
 */
bool aw_log_escapes_string(struct aw_text *t, struct aw_log_out *out);

/* Does the text look like several lines in one, with "\n" or "#012" between them? */
bool aw_log_escapes_fold(const char *text, size_t len);

/* Copies the text with its escapes undone: lines end in '\n'. */
void aw_log_escapes_undo(const char *text, size_t len, struct aw_log_out *out);

/*
 * Copies a line of Markdown as it is shown: a row of a table without its outer
 * bars, punctuation without the backslash before it.  False: it is none.
 */
bool aw_log_escapes_markdown(const char *text, size_t len, struct aw_log_out *out);

#endif

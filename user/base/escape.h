/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Strings from outside made safe for the place that they go to.  Task, module
 * and symbol names may hold any byte.
 */
#ifndef AW_BASE_ESCAPE_H
#define AW_BASE_ESCAPE_H

#include <stddef.h>

/*
 * For a terminal: printable ASCII and well-formed UTF-8 of printable
 * characters stay, every other byte becomes \xNN, a backslash \\.  Writes at
 * most `size` bytes with the NUL, never half an escape.  Returns `out`.
 */
const char *aw_escape_terminal(const char *text, char *out, size_t size);

/*
 * For a JSON string: valid UTF-8, which the JSON writer quotes.  Well-formed
 * UTF-8 stays, control characters too (JSON has \u001b for them), every other
 * byte becomes \xNN, a backslash \\: so what was there can be told.  Writes
 * and returns as aw_escape_terminal().
 */
const char *aw_escape_json(const char *text, char *out, size_t size);

/*
 * For a cell of CSV (RFC 4180), with its quotes where it needs them: as for a
 * terminal, and a cell that a spreadsheet would take for a formula (= + - @
 * first) begins with \xNN.  A cell has one line, whatever the text holds.
 * Writes and returns as aw_escape_terminal(); cut text is closed with its quote.
 */
const char *aw_escape_csv(const char *text, char *out, size_t size);

/* Bytes that suffice for any text of `length` bytes, in each of these. */
#define AW_ESCAPED_SIZE(length) ((length) * 4 + 3)

/*
 * For the value of a Prometheus label, without its quotes: always one line of
 * valid UTF-8.  \\, " and newline are escaped as the format says; a byte that
 * is no valid UTF-8, or a control character, becomes the visible text \xNN,
 * and a backslash before an x becomes \x5c: different strings stay different,
 * two equal series would make Prometheus refuse the page.  Writes at most
 * `size` bytes with the NUL, never half an escape.  Returns `out`.
 */
const char *aw_escape_label(const char *text, char *out, size_t size);

/* Bytes that one byte of a label can become. */
#define AW_LABEL_GROWTH 5

/* Large enough for any 16-byte task name. */
#define AW_ESCAPED_COMM (16 * 4 + 1)

#endif

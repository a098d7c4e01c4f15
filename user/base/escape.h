/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Escapes strings from outside for output.  Task, module and symbol names may
 * contain any byte.
 */
#ifndef AW_BASE_ESCAPE_H
#define AW_BASE_ESCAPE_H

#include <stddef.h>
#include <stdio.h>

/*
 * For a terminal: keeps printable ASCII and printable characters in well-formed
 * UTF-8.  Every other byte becomes \xNN, and a backslash \\.  Writes at most
 * `size` bytes including the NUL, and never a partial escape.  Returns `out`.
 */
const char *aw_escape_terminal(const char *text, char *out, size_t size);

/* The same, of any length, to a file. */
void aw_put_terminal(FILE *out, const char *text);

/*
 * For a cell of CSV (RFC 4180), with quotes if needed: as for a terminal, but the
 * first character of what a spreadsheet would take for a formula (= + - @)
 * becomes \xNN.  A cell is always a single line.  Size and return value as for
 * aw_escape_terminal(); truncated text still gets its closing quote.
 */
const char *aw_escape_csv(const char *text, char *out, size_t size);

/* The size that each of these needs at most for a text of `length` bytes. */
#define AW_ESCAPED_SIZE(length) ((length) * 4 + 3)

/*
 * For the value of a Prometheus label, without its quotes: always a single line
 * of valid UTF-8.  \, " and newline are escaped as the format requires.  A byte
 * that is not valid UTF-8, and each of a control or hidden character (bidi controls),
 * becomes the visible text \xNN, and a backslash before an x becomes \x5c.  Different strings thus stay
 * different; two equal series would make Prometheus reject the page.  Writes at
 * most `size` bytes including the NUL, and never a partial escape.  Returns `out`.
 */
const char *aw_escape_label(const char *text, char *out, size_t size);

/* Maximum number of bytes that a byte of a label becomes. */
#define AW_LABEL_GROWTH 5

/* Large enough for any task name of 16 bytes. */
#define AW_ESCAPED_COMM (16 * 4 + 1)

#endif

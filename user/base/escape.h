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

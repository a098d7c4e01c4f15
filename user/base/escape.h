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

/* Large enough for any 16-byte task name. */
#define AW_ESCAPED_COMM (16 * 4 + 1)

#endif

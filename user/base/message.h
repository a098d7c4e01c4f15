/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Messages on standard error: the only way there for text with strings from outside.
 */
#ifndef AW_BASE_MESSAGE_H
#define AW_BASE_MESSAGE_H

#include <stdarg.h>

/*
 * Writes "allocwatch: TEXT" and a newline.  TEXT is always one line, and is
 * escaped as a whole like aw_escape_terminal(): the arguments may be file names,
 * option values and strings of a recording.
 */
void aw_message(const char *format, ...) __attribute__((format(printf, 1, 2)));
void aw_message_va(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

#endif

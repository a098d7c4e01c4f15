/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An error message of one sentence, written where the cause is known, and
 * printed once, by the command.
 */
#ifndef AW_BASE_ERROR_H
#define AW_BASE_ERROR_H

#define AW_ERROR_TEXT 512

struct aw_error {
	char text[AW_ERROR_TEXT];	/* "": no error */
};

/* Sets the message and returns `code`, so that callers can `return aw_error_set(...)`. */
int aw_error_set(struct aw_error *error, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Messages of commands on standard error, and the width of their output.
 */
#ifndef AW_CLI_SAY_H
#define AW_CLI_SAY_H

#include "base/error.h"
#include "source/source.h"

/* "allocwatch: TEXT" and a newline. */
void aw_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same, to return from a command: AW_EXIT_ERROR, AW_EXIT_USAGE. */
int aw_say_failed(const char *format, ...) __attribute__((format(printf, 1, 2)));
int aw_say_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));
int aw_say_error(const struct aw_error *error);	/* AW_EXIT_ERROR */

/* Prints a line for each feature that the source lacks. */
void aw_say_missing(const struct aw_source *source);

#define AW_TEXT_WIDTH 120	/* of reports that go to a file or a pipe */

/* Columns of standard output: COLUMNS, or the terminal's; for a file or a pipe `usual`. */
unsigned int aw_output_width(unsigned int usual);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Telling a trace from a log that quotes a few events.
 */
#ifndef AW_CLI_TRACE_OR_LOG_H
#define AW_CLI_TRACE_OR_LOG_H

#include <stdbool.h>

/*
 * Is the file at `path` ("-": standard input, of which nothing is taken away) a trace, and no text that has the
 * header of a report between its events?
 */
bool aw_is_trace_without_reports(const char *path);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Traces that somebody else recorded.
 */
#ifndef AW_IMPORT_IMPORT_H
#define AW_IMPORT_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Is the file at `path` (or standard input, "-") a trace that the trace source reads?  One that
 * can't be looked at is none, and aw_incomplete_note_file() has seen it.
 */
bool aw_import_is_trace(const char *path);

/*
 * Of a trace in text: the lines among its first 64 KiB that are no event's, such as those of a mail that quotes
 * events.  The caller frees it, `len` bytes.  NULL: no trace in text, or it can't be looked at.
 */
char *aw_import_other_lines(const char *path, size_t *len);

#endif

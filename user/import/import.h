/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Traces that somebody else recorded.
 */
#ifndef AW_IMPORT_IMPORT_H
#define AW_IMPORT_IMPORT_H

#include <stdbool.h>

/*
 * Is the file at `path` (or standard input, "-") a trace that the trace source reads?  One that
 * can't be looked at is none, and aw_incomplete_note_file() has seen it.
 */
bool aw_import_is_trace(const char *path);

#endif

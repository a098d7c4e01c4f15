// SPDX-License-Identifier: GPL-2.0
/*
 * Traces that somebody else recorded.
 */
#include "import/import.h"

#include "base/incomplete.h"
#include "import/input.h"

bool aw_import_is_trace(const char *path)
{
	int kind = aw_import_recognize(path);

	if (kind < 0)
		aw_incomplete_note_file(path, kind);
	return kind > AW_IMPORT_NONE;
}

char *aw_import_other_lines(const char *path, size_t *len)
{
	return aw_import_recognize(path) == AW_IMPORT_TEXT ? aw_import_text_between(path, len) : NULL;
}

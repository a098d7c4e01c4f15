// SPDX-License-Identifier: GPL-2.0
/*
 * Traces that somebody else recorded.
 */
#include "import/import.h"

#include "import/input.h"

bool aw_import_is_trace(const char *path)
{
	return aw_import_recognize(path) != AW_IMPORT_NONE;
}

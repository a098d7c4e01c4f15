// SPDX-License-Identifier: GPL-2.0
/*
 * What could not be read although the output needs it.
 */
#include "base/incomplete.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static char reason[256];

void aw_incomplete_note(const char *format, ...)
{
	va_list args;

	if (reason[0])
		return;
	va_start(args, format);
	vsnprintf(reason, sizeof(reason), format, args);
	va_end(args);
}

void aw_incomplete_note_file(const char *path, int err)
{
	if (err == -EIO || err == -EMFILE || err == -ENFILE || err == -ENOMEM)
		aw_incomplete_note("can't read %s: %s", path, strerror(-err));
}

const char *aw_incomplete(void)
{
	return reason[0] ? reason : NULL;
}

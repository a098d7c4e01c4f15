// SPDX-License-Identifier: GPL-2.0
/*
 * Messages on standard error: the only way there for text with strings from outside.
 */
#include "base/message.h"

#include <stdio.h>

#include "base/escape.h"

#define LONGEST 8192	/* longer ones are truncated: a file name may have 4,095 bytes */

void aw_message_va(const char *format, va_list args)
{
	char text[LONGEST], safe[AW_ESCAPED_SIZE(LONGEST)];

	vsnprintf(text, sizeof(text), format, args);
	fprintf(stderr, "allocwatch: %s\n", aw_escape_terminal(text, safe, sizeof(safe)));
}

void aw_message(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	aw_message_va(format, args);
	va_end(args);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Formats error messages.
 */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

int aw_error_set(struct aw_error *error, int code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(error->text, sizeof(error->text), format, args);
	va_end(args);
	return code;
}

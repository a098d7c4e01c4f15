// SPDX-License-Identifier: GPL-2.0
/*
 * Messages of commands on standard error, and the width of their output.
 */
#include "cli/say.h"

#include <stdarg.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/exit_status.h"
#include "base/message.h"
#include "base/units.h"

/* Below it, a verdict would have one word per line. */
#define MIN_WIDTH 40
#define MAX_WIDTH 1000

void aw_say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	aw_message_va(format, args);
	va_end(args);
}

int aw_say_failed(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	aw_message_va(format, args);
	va_end(args);
	return AW_EXIT_ERROR;
}

int aw_say_usage(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	aw_message_va(format, args);
	va_end(args);
	return AW_EXIT_USAGE;
}

int aw_say_error(const struct aw_error *error)
{
	return aw_say_failed("%s", error->text);
}

void aw_say_missing(const struct aw_source *source)
{
	struct aw_missing missing[AW_MAX_MISSING_FEATURES];
	unsigned int count = source->ops->missing(source, missing);

	for (unsigned int i = 0; i < count; i++)
		aw_say("missing %s: %s; %s", missing[i].what, missing[i].why, missing[i].cost);
}

unsigned int aw_output_width(unsigned int usual)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	uint64_t width;

	if (columns && !aw_parse_number(columns, &width) && width >= MIN_WIDTH && width <= MAX_WIDTH)
		return (unsigned int)width;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_col)
		return usual;
	return size.ws_col < MIN_WIDTH ? MIN_WIDTH : size.ws_col;
}

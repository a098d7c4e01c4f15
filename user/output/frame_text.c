// SPDX-License-Identifier: GPL-2.0
/*
 * A stack frame as text, without its kernel address unless that is allowed.
 */
#include "output/frame_text.h"

#include <inttypes.h>
#include <stdio.h>

static size_t format_name(const struct aw_frame *frame, bool raw, bool with_offset, char *text, size_t size)
{
	int length;

	if (!frame->name[0] && raw && frame->addr)
		length = snprintf(text, size, "0x%" PRIx64, frame->addr);
	else if (!frame->name[0])
		length = snprintf(text, size, "[unknown]");
	else if (with_offset)
		length = snprintf(text, size, "%s%s+0x%" PRIx64, frame->name, aw_frame_suffix(frame),
				  frame->offset);
	else
		length = snprintf(text, size, "%s", frame->name);
	return (size_t)length < size ? (size_t)length : size - 1;
}

static const char *format(const struct aw_frame *frame, bool raw, bool with_offset, char *text, size_t size)
{
	size_t used = format_name(frame, raw, with_offset, text, size);

	if (frame->module[0])
		snprintf(text + used, size - used, " [%s]", frame->module);
	return text;
}

const char *aw_format_frame(const struct aw_frame *frame, bool raw, char *text, size_t size)
{
	return format(frame, raw, true, text, size);
}

const char *aw_format_function(const struct aw_frame *frame, bool raw, char *text, size_t size)
{
	return format(frame, raw, false, text, size);
}

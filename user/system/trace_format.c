// SPDX-License-Identifier: GPL-2.0
/*
 * Parses the event format files of tracefs for the fields of a record.
 *
 * Reads only the field lines: the print format of mm_page_alloc contains
 * expressions on struct page that cannot be evaluated from text.
 */
#include "system/trace_format.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The next line, or NULL. */
static const char *next_line(const char *line, const char *end)
{
	const char *newline = memchr(line, '\n', end - line);

	return newline && newline + 1 < end ? newline + 1 : NULL;
}

/* Copies a line, because the text may not be NUL-terminated. */
static const char *copy_line(const char *line, const char *end, char *copy, size_t size)
{
	const char *newline = memchr(line, '\n', end - line);

	snprintf(copy, size, "%.*s", (int)((newline ? newline : end) - line), line);
	return copy;
}

/* ID: 133 */
int aw_trace_format_id(const char *text, size_t len)
{
	const char *end = text + len;
	char copy[64];
	int id;

	for (const char *line = len ? text : NULL; line; line = next_line(line, end))
		if (sscanf(copy_line(line, end, copy, sizeof(copy)), "ID: %d", &id) == 1 && id > 0)
			return id;
	return -EINVAL;
}

/* "struct page * page;..." declares `page`, "unsigned long caller[8];..." `caller`. */
static bool declares(const char *declaration, const char *name)
{
	size_t len = strcspn(declaration, ";["), name_len = strlen(name), start;

	/* in "__data_loc char[] comm", the brackets belong to the type */
	while (declaration[len] == '[' && declaration[strcspn(declaration, "]")] == ']' &&
	       declaration[strcspn(declaration, "]") + 1] == ' ')
		len += strcspn(declaration + len + 1, ";[") + 1;
	if (len < name_len + 1)
		return false;
	start = len - name_len;
	return !memcmp(declaration + start, name, name_len) &&
	       (declaration[start - 1] == ' ' || declaration[start - 1] == '*');
}

/* \tfield:unsigned int order;\toffset:16;\tsize:4;\tsigned:0; */
static bool parse_field(const char *line, const char *name, struct aw_trace_field *out)
{
	const char *declaration = strstr(line, "field:"), *position = strstr(line, "\toffset:");
	unsigned int offset, size, is_signed = 0;

	if (!declaration || !position || !declares(declaration + strlen("field:"), name))
		return false;
	if (sscanf(position, " offset:%u; size:%u; signed:%u;", &offset, &size, &is_signed) < 2)
		return false;
	*out = (struct aw_trace_field){ offset, size, is_signed };
	return true;
}

int aw_trace_format_field(const char *text, size_t len, const char *name, struct aw_trace_field *out)
{
	const char *end = text + len;
	char copy[256];

	for (const char *line = len ? text : NULL; line; line = next_line(line, end))
		if (parse_field(copy_line(line, end, copy, sizeof(copy)), name, out))
			return 0;
	return -ENOENT;
}

uint64_t aw_trace_field_read(const struct aw_trace_field *field, const void *record, size_t size)
{
	union { int8_t s1; uint8_t u1; int16_t s2; uint16_t u2; int32_t s4; uint32_t u4; uint64_t u8; } value;

	if (field->size > sizeof(value) || field->offset > size || field->size > size - field->offset)
		return 0;
	memcpy(&value, (const char *)record + field->offset, field->size);
	switch (field->size) {
	case 1:
		return field->is_signed ? (uint64_t)value.s1 : value.u1;
	case 2:
		return field->is_signed ? (uint64_t)value.s2 : value.u2;
	case 4:
		return field->is_signed ? (uint64_t)value.s4 : value.u4;
	case 8:
		return value.u8;
	default:
		return 0;
	}
}

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Parses the event format files of tracefs for the fields of a record.
 */
#ifndef AW_SYSTEM_TRACE_FORMAT_H
#define AW_SYSTEM_TRACE_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct aw_trace_field {
	uint32_t offset, size;	/* bytes; size 0: the record has no such field */
	bool is_signed;
};

/* The ID of the event; -EINVAL: not a format file. */
int aw_trace_format_id(const char *text, size_t len);

/* Finds a field by name, without the brackets of an array.  0 or -ENOENT. */
int aw_trace_format_field(const char *text, size_t len, const char *name, struct aw_trace_field *out);

/* The value of a field in a record of `size` bytes, sign-extended; 0: not in the record, or not a number. */
uint64_t aw_trace_field_read(const struct aw_trace_field *field, const void *record, size_t size);

#endif

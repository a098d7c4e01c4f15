/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Event format files of tracefs: where a record's fields are.
 */
#ifndef AW_KERNEL_TRACE_FORMAT_H
#define AW_KERNEL_TRACE_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct aw_trace_field {
	uint32_t offset, size;	/* bytes; size 0: the record has no such field */
	bool is_signed;
};

/* The event's number; -EINVAL: not a format file. */
int aw_trace_format_id(const char *text, size_t len);

/* A field by name, an array's without its brackets.  0, or -ENOENT. */
int aw_trace_format_field(const char *text, size_t len, const char *name, struct aw_trace_field *out);

/* The field's value in a record of `size` bytes, sign extended; 0 when it is not inside, or no number. */
uint64_t aw_trace_field_read(const struct aw_trace_field *field, const void *record, size_t size);

#endif

// SPDX-License-Identifier: GPL-2.0
/*
 * Splits a buffer of wire records.
 */
#include "event/records.h"

#include <errno.h>
#include <string.h>

#include "../bpf/wire.h"

int aw_records_next(const void *buffer, size_t bytes, size_t align, size_t *offset,
		    const void **record, size_t *size)
{
	struct aw_wire_head head;
	size_t left, padded;

	if (*offset >= bytes)
		return 0;
	left = bytes - *offset;
	if (left < sizeof(head))
		return -EINVAL;
	memcpy(&head, (const char *)buffer + *offset, sizeof(head));
	if (head.size < sizeof(head) || head.size > left)
		return -EINVAL;
	padded = ((size_t)head.size + align - 1) & ~(align - 1);
	*record = (const char *)buffer + *offset;
	*size = head.size;
	*offset += padded < left ? padded : left;
	return 1;
}

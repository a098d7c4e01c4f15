/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Splits a buffer of wire records that follow each other.
 */
#ifndef AW_EVENT_RECORDS_H
#define AW_EVENT_RECORDS_H

#include <stddef.h>

/*
 * The record at *offset, which is advanced past the record and its padding to
 * `align` bytes (a power of two).  Returns 1 with the record and its size; 0 at
 * the end of the buffer; -EINVAL if there is no whole record, so that those after
 * it cannot be found either.
 */
int aw_records_next(const void *buffer, size_t bytes, size_t align, size_t *offset,
		    const void **record, size_t *size);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Checks a page of a trace buffer before libtraceevent walks through it, because
 * that trusts every length in it.
 */
#ifndef AW_SOURCE_TRACEFS_PAGE_H
#define AW_SOURCE_TRACEFS_PAGE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Do all records of the page lie in the `got` bytes that were read of it?  `room`
 * is the size of the memory at `page`, at least that of a page.  The layout is
 * that of struct buffer_data_page and struct ring_buffer_event in
 * kernel/trace/ring_buffer.c and include/linux/ring_buffer.h, on a 64-bit
 * little-endian kernel.
 */
bool aw_trace_page_is_sound(const void *page, size_t got, size_t room);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Copies and zeroes structures of hundreds of bytes, once or more for each event:
 * gcc makes a string instruction of a size that it knows, which takes twice as
 * long as the library.
 */
#ifndef AW_BASE_BULK_H
#define AW_BASE_BULK_H

#include <stddef.h>
#include <string.h>

static inline void aw_bulk_copy(void *to, const void *from, size_t size)
{
	__asm__("" : "+r"(size));	/* not known any more */
	memcpy(to, from, size);
}

static inline void aw_bulk_zero(void *to, size_t size)
{
	__asm__("" : "+r"(size));
	memset(to, 0, size);
}

#endif

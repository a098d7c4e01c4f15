// SPDX-License-Identifier: GPL-2.0
/*
 * The replacement of libdeflate.c in a build that loads no libraries.
 */
#include "recording/libdeflate.h"

void aw_libdeflate_open(struct aw_libdeflate *library)
{
	library->state = NULL;
}

void aw_libdeflate_close(struct aw_libdeflate *library)
{
	(void)library;
}

bool aw_libdeflate_unpack(const struct aw_libdeflate *library, const uint8_t *stored, size_t length, uint8_t *out,
			  size_t size)
{
	(void)library;
	(void)stored;
	(void)length;
	(void)out;
	(void)size;
	return false;
}

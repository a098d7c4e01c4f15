/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Square roots of whole numbers.
 */
#ifndef AW_BASE_ROOT_H
#define AW_BASE_ROOT_H

#include <stdint.h>

/* The largest number whose square is not above `n`. */
static inline uint64_t aw_root(uint64_t n)
{
	uint64_t root = 0;

	for (uint64_t bit = UINT64_C(1) << 31; bit; bit >>= 1)
		if ((root + bit) * (root + bit) <= n)
			root += bit;
	return root;
}

#endif

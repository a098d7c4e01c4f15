// SPDX-License-Identifier: GPL-2.0
/*
 * What a sample tells of the pages that are held.
 */
#include "event/held.h"

#include "base/root.h"

uint64_t aw_held_pages(const struct aw_held *held)
{
	return held->pages << held->shift;
}

/* A block is in the sample with the chance p = 2^-shift: of n blocks seen, sqrt(n (1 - p)) / p is the deviation of their number. */
uint64_t aw_held_error(const struct aw_held *held)
{
	uint64_t blocks = held->blocks, root;

	if (!blocks || !held->shift)
		return 0;
	/* In 256ths. */
	root = aw_root(((blocks << held->shift) - blocks) << 16 >> held->shift);
	return 2 * (held->pages / blocks) * (root << held->shift) >> 8;
}

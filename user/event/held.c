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

/*
 * A block is in the sample with the chance p = 2^-shift: the deviation of the pages is sqrt((1 - p) s) / p, where s is the
 * sum of the squares of the sizes that were seen.  That is pages * 2^order, or less if some blocks are smaller.
 */
uint64_t aw_held_error(const struct aw_held *held)
{
	uint64_t squares = held->pages << held->order << 16;	/* of 256ths of a page */

	return 2 * aw_root(squares - (squares >> held->shift)) << held->shift >> 8;
}

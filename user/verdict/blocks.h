/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which free blocks of a zone a request may take.
 *
 * The kernel counts blocks of an order over all migratetypes (nr_free) and
 * shows of each migratetype only whether it has one (the list is not empty),
 * so counts below are exact where an order's blocks are all open or all
 * closed, and an upper bound where they are mixed.
 */
#ifndef AW_VERDICT_BLOCKS_H
#define AW_VERDICT_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "event/event.h"
#include "verdict/allows.h"

enum aw_known {
	AW_NO,
	AW_YES,
	AW_DONT_KNOW	/* migratetypes not known, and the counts do not decide it */
};

struct aw_blocks {
	bool known;			/* the free lists are known */
	enum aw_known fits;		/* an open block of the request's order or above */
	uint64_t open[AW_MAX_ORDERS];	/* blocks, at most; 0: certainly none */
	uint16_t mixed;			/* bit per order: closed blocks are among open[] */
	uint16_t cma;			/* bit per order: a CMA block, closed to this request */
	uint16_t highatomic;		/* bit per order: a HighAtomic block, closed to it */
	uint16_t by_mode;		/* bit per order: a block closed to it for vm.defrag_mode alone */
	uint16_t reserve;		/* bit per order: a Reserve block (up to 4.3) */
	uint16_t only_reserve;		/* bit per order: nothing but Reserve blocks */
	uint64_t closed_cma;		/* free pages of CMA that the request may not use */
	uint64_t closed_highatomic;	/* the same of the HighAtomic reserve, as far as the check takes it off */
	uint64_t kept_highatomic;	/* free pages of that reserve whose blocks it may not take */
};

/* Looks through the free lists of `zone`; fills all of `out`. */
void aw_blocks_of(const struct aw_zone *zone, const struct aw_allows *allows, unsigned int order,
		  struct aw_blocks *out);

/*
 * Is there a block of `order` or above that the request may take, in a row that
 * is not wholly Reserve?  A row lists all migratetypes that have a block, so
 * "3*64kB (UMR)" is one, and so is "(MC)" for an Unmovable request.
 */
bool aw_blocks_has_open(const struct aw_blocks *blocks, unsigned int order);

/* Pages in blocks of `order` and above, all migratetypes. */
uint64_t aw_blocks_pages_from(const struct aw_zone *zone, unsigned int order);

#endif

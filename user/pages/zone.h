/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The pages of one zone, as a scan found them: a byte a page.
 */
#ifndef AW_PAGES_ZONE_H
#define AW_PAGES_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mm/migratetype.h"
#include "mm/zone.h"
#include "pages/class.h"

/* Where a zone lies. */
struct aw_zone_span {
	int node;
	char name[AW_COMM_LEN + 1];
	uint64_t start;		/* the first page frame number */
	uint64_t spanned;	/* pages, with holes */
};

struct aw_zone_pages {
	struct aw_zone_span span;
	unsigned int pageblock_order;
	uint64_t start;		/* of the arrays: span.start rounded down to a pageblock */
	uint64_t count;		/* pages; a whole number of pageblocks */
	uint8_t *class;		/* owned; enum aw_page_class */
	uint16_t *holder;	/* owned; see holders.h; NULL: not asked for */
	uint64_t nr_blocks;
	uint8_t *type;		/* owned; enum aw_migratetype of each pageblock; AW_MT_UNKNOWN: not known, as that of a full one where flags are not read */
};

/* Parses /proc/zoneinfo: at most `max` zones that manage pages.  Returns their number. */
unsigned int aw_zone_spans_parse(const char *text, size_t len, struct aw_zone_span *out, unsigned int max);

/* All pages of class NONE, all pageblocks of an unknown type.  0 or -ENOMEM. */
int aw_zone_pages_init(struct aw_zone_pages *zone, const struct aw_zone_span *span, unsigned int pageblock_order);
int aw_zone_pages_add_holders(struct aw_zone_pages *zone);	/* of nobody.  0 or -ENOMEM */
void aw_zone_pages_clear(struct aw_zone_pages *zone);

static inline bool aw_zone_has(const struct aw_zone_pages *zone, uint64_t pfn)
{
	return pfn >= zone->start && pfn - zone->start < zone->count;
}

#endif

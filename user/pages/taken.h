/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who took the pages that are in the way, by a sample of the blocks in use
 * (--holders): of the blocked windows in which a page of the sample blocks, how
 * many hold one of each call site.
 */
#ifndef AW_PAGES_TAKEN_H
#define AW_PAGES_TAKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "pages/holders.h"
#include "pages/windows.h"
#include "pages/zone.h"

#define AW_TAKEN_SITES 1024	/* further ones are not told apart */
#define AW_TAKEN_SHOWN 8

/* The answer. */
struct aw_taken_site {
	char name[AW_HOLDER_NAME];	/* "ion_alloc [ion]", any bytes; "": not known */
	uint64_t windows;
};

struct aw_taken_by {
	uint64_t windows;		/* blocked ones in which a page of the sample blocks; 0: there is no sample */
	unsigned int count;
	struct aw_taken_site sites[AW_TAKEN_SHOWN];	/* that with most windows first */
};

struct aw_taken_block {
	uint64_t page;		/* the address of its first struct page */
	uint16_t site;		/* place in sites[] */
	uint8_t order;
};

struct aw_taken {
	struct aw_taken_block *list;	/* owned */
	uint32_t count, room;
	uint64_t windows;
	unsigned int nr_sites, last_site;
	struct aw_taken_site sites[AW_TAKEN_SITES];
};

/* `site`: who took it; "": not known.  0 or -ENOMEM. */
int aw_taken_add(struct aw_taken *taken, const char *site, uint64_t page, unsigned int order);

/* Where page structures lie. */
struct aw_taken_map {
	uint64_t vmemmap;
	unsigned int size;	/* of a struct page */
};

/* Adds up the blocked windows of `zone`.  0 or -ENOMEM. */
int aw_taken_count(struct aw_taken *taken, const struct aw_taken_map *map, const struct aw_zone_pages *zone,
		   const struct aw_window_request *request);

/* What was added up so far. */
void aw_taken_answer(const struct aw_taken *taken, struct aw_taken_by *out);

void aw_taken_clear(struct aw_taken *taken);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The code that has each page of the kernel, by page_owner (CONFIG_PAGE_OWNER and page_owner=on at boot):
 * /sys/kernel/debug/page_owner, a record for each block that is in use.
 */
#ifndef AW_PAGES_PAGE_OWNER_H
#define AW_PAGES_PAGE_OWNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "pages/holders.h"
#include "pages/zone.h"

struct aw_page_owner {
	uint64_t pfn;
	unsigned int order;
	char site[AW_HOLDER_NAME];	/* the function that asked; "": none is known */
};

/* One record.  False: it is none. */
bool aw_page_owner_parse(const char *text, size_t len, struct aw_page_owner *out);

/*
 * The file: what is read at `offset` is the first record of a page from min_low_pfn + offset on, so that records can be picked.
 * Returns the number of bytes; 0: there are no more.
 */
struct aw_page_owner_file {
	ssize_t (*read)(void *context, uint64_t offset, char *text, size_t size);
	void *context;
};

/* Gives kernel pages and page tables without a holder the code that asked for them.  Ends after a second: holders->cut. */
void aw_page_owner_find(const struct aw_page_owner_file *file, struct aw_zone_pages *zone, struct aw_holders *holders);

/* The same with the running kernel's, if it has one. */
void aw_page_owner_find_here(struct aw_zone_pages *zone, struct aw_holders *holders);

#endif

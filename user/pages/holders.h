/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who holds pages that compaction cannot move: slab caches and processes.  Each
 * with the windows that would open if it alone let go.
 */
#ifndef AW_PAGES_HOLDERS_H
#define AW_PAGES_HOLDERS_H

#include <stdbool.h>
#include <stdint.h>

#include "pages/class.h"
#include "pages/windows.h"

#define AW_HOLDER_NAME 64
#define AW_HOLDERS_MAX 4096	/* later ones are not told apart */

enum aw_holder_type {
	AW_HOLDER_CACHE,	/* a slab cache; key: address of the struct kmem_cache */
	AW_HOLDER_PROCESS,	/* it maps the pages; key: its number */
	AW_HOLDER_FILE,		/* the pages are of its cache; key: address of its struct address_space */
	AW_HOLDER_CGROUP,	/* its processes are charged for the pages; key: its inode */
	AW_HOLDER_ANON,		/* during a scan only; key: address of the struct anon_vma; see owners.h */
	AW_HOLDER_OWNER,	/* the code that asked for the pages, by page_owner; key: a hash of its name */
	AW_HOLDER_SITE,		/* the code that took the pageblock, likely: see steals.h */
	AW_HOLDER_TYPES
};

struct aw_holder {
	enum aw_holder_type type;
	enum aw_page_class class;	/* of the pages */
	uint64_t key;
	char name[AW_HOLDER_NAME];	/* of the cache, function or file, comm, or the cgroup's path; any bytes */
	uint64_t pages;			/* that block */
	uint64_t windows;		/* blocked windows that hold such a page */
	uint64_t alone;			/* those in which nothing else blocks */
	uint64_t cma_pages;		/* of all its pages, those in CMA areas: see cma.h */
	uint64_t counted;		/* the window that it was counted for last */
};

/* zone->holder[] has places in this list plus 1; 0: nobody is known. */
struct aw_holders {
	struct aw_holder *list;		/* owned */
	unsigned int count, room;
	unsigned int last;		/* found last */
	bool cut;			/* not all processes, or records of page_owner, were looked at: it would take too long */
};

const char *aw_holder_type_name(enum aw_holder_type type);	/* stable key: "slab-cache" */

/* For zone->holder[].  0: there are too many, or no memory. */
uint16_t aw_holder_of(struct aw_holders *holders, enum aw_holder_type type, enum aw_page_class class, uint64_t key);

/* Adds up what blocks in the windows of `zone`, by holder. */
void aw_holders_count(struct aw_holders *holders, const struct aw_zone_pages *zone,
		      const struct aw_window_request *request);

/* Those who open most come first, those without pages go; the list's order is no more that of zone->holder[]. */
void aw_holders_rank(struct aw_holders *holders);

void aw_holders_clear(struct aw_holders *holders);

#endif

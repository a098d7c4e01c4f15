/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a page frame can hold, as far as compaction is concerned.
 */
#ifndef AW_PAGES_CLASS_H
#define AW_PAGES_CLASS_H

#include <stdbool.h>

enum aw_page_class {
	AW_PAGE_NONE,		/* no page: a hole of the zone, or it could not be read */
	AW_PAGE_FREE,		/* in the buddy allocator */
	AW_PAGE_PCP,		/* free, on the list of a cpu */
	AW_PAGE_OWN,		/* anonymous memory of this process: free when it ends */
	AW_PAGE_ANON,
	AW_PAGE_SHMEM,
	AW_PAGE_FILE,
	AW_PAGE_FILE_DIRTY,
	AW_PAGE_WRITEBACK,
	AW_PAGE_MLOCKED,
	AW_PAGE_DRIVER,		/* movable by its driver: zsmalloc, balloon */
	AW_PAGE_FOLIO,		/* compound, of a process or file, smaller than a pageblock */
	AW_PAGE_HUGE,		/* the same of a pageblock or more: transparent huge pages */
	AW_PAGE_HUGETLB,
	AW_PAGE_PINNED,		/* of a process or file, with more references than users */
	AW_PAGE_FILE_STUCK,	/* dirty, and its file system neither moves nor writes it */
	AW_PAGE_SLAB,
	AW_PAGE_TABLE,		/* page tables */
	AW_PAGE_POOL,		/* page_pool of a network driver */
	AW_PAGE_RESERVED,
	AW_PAGE_OFFLINE,
	AW_PAGE_POISONED,
	AW_PAGE_KERNEL,		/* allocated, without any mark */
	AW_PAGE_CLASSES
};

/* What compaction can do with a page. */
enum aw_page_kind {
	AW_KIND_NONE,		/* nothing is there */
	AW_KIND_FREE,
	AW_KIND_DRAINS,		/* as good as free: merges when the cpu's list is drained, or when this process ends */
	AW_KIND_MOVES,
	AW_KIND_MOVES_FOLIO,	/* moves from 6.9 on ("mm/compaction: enable compacting >0 order folios") */
	AW_KIND_BLOCKS
};

const char *aw_page_class_name(enum aw_page_class class);	/* stable key: "page-table" */
const char *aw_page_class_text(enum aw_page_class class);	/* for people: "page tables" */
/* What would take such pages away, as a clause; "": nothing known. */
const char *aw_page_class_remedy(enum aw_page_class class);
/* A capital letter in the memory map, of a class that can block; else NUL. */
char aw_page_class_letter(enum aw_page_class class);
enum aw_page_kind aw_page_class_kind(enum aw_page_class class);

/* Can compaction move it?  `moves_folios`: the kernel moves compound pages. */
static inline bool aw_page_moves(enum aw_page_class class, bool moves_folios)
{
	enum aw_page_kind kind = aw_page_class_kind(class);

	return kind == AW_KIND_MOVES || (kind == AW_KIND_MOVES_FOLIO && moves_folios);
}

static inline bool aw_page_blocks(enum aw_page_class class, bool moves_folios)
{
	enum aw_page_kind kind = aw_page_class_kind(class);

	return kind == AW_KIND_BLOCKS || (kind == AW_KIND_MOVES_FOLIO && !moves_folios);
}

#endif

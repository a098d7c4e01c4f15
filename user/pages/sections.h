/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The migratetypes of pageblocks, also of those without a free page, from their flags.
 *
 * The kernel has a few bits for each pageblock in pageblock_flags of the memory section that it lies in
 * (CONFIG_SPARSEMEM_EXTREME): mem_section is an array of pointers to pages of struct mem_section.
 * The length of subsection_map tells how large a section is (SECTION_SIZE_BITS).  It is there from 5.3 on with
 * CONFIG_SPARSEMEM_VMEMMAP ("mm/sparsemem: introduce struct mem_section_usage").
 */
#ifndef AW_PAGES_SECTIONS_H
#define AW_PAGES_SECTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "mm/migratetype.h"
#include "pages/memory.h"
#include "pages/zone.h"
#include "system/btf.h"

/* Offsets of members and sizes, bytes. */
struct aw_section_layout {
	bool known;
	uint64_t bytes;			/* of memory in a section, a power of two */
	unsigned int size;		/* of struct mem_section */
	unsigned int map, usage;	/* mem_section: address of page structures, with marks; mem_section_usage */
	unsigned int flags;		/* mem_section_usage: pageblock_flags */
	unsigned int bits;		/* of a pageblock, a power of two; the lowest three are its migratetype */
	unsigned int isolated;		/* the bit of one that is isolated, 3 or above; 0: that is a migratetype */
};

/* Where a kernel has its sections. */
struct aw_sections {
	const struct aw_section_layout *layout;
	const struct aw_migratetypes *migratetypes;
	const struct aw_kernel_memory *memory;
	uint64_t address;		/* of mem_section; 0: not known */
	uint64_t vmemmap;		/* address of the struct page of pfn 0 */
	unsigned int page_size;		/* bytes */
};

/* Not known: BTF lacks a member, subsection_map among them, or the number of a pageblock's bits. */
void aw_section_layout_read(const struct aw_btf *btf, struct aw_section_layout *out);

/*
 * Sets zone->type[] by the flags, whatever it was.  It stays as it was where a section cannot be read, or does not have the
 * page structures at `vmemmap`; for a pageblock without any page; and everywhere if the layout or the address is not known.
 */
void aw_sections_set_types(const struct aw_sections *sections, struct aw_zone_pages *zone);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The migratetypes of pageblocks, also of those without a free page, from their flags.
 *
 * The kernel has a few bits for each pageblock in pageblock_flags of the memory section that it lies in
 * (CONFIG_SPARSEMEM_EXTREME): mem_section is an array of pointers to pages of struct mem_section.
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
	unsigned int size;		/* of struct mem_section */
	unsigned int map, usage;	/* mem_section: address of page structures, with marks; mem_section_usage */
	unsigned int flags;		/* mem_section_usage: pageblock_flags */
	unsigned int bits;		/* of a pageblock, a power of two; the lowest three are its migratetype */
	unsigned int isolated;		/* the bit of one that is isolated; 0: that is a migratetype */
};

/* Where a kernel has its sections. */
struct aw_sections {
	const struct aw_section_layout *layout;
	const struct aw_migratetypes *migratetypes;
	const struct aw_kernel_memory *memory;
	uint64_t address;		/* of mem_section */
	unsigned int page_size;		/* bytes */
};

void aw_section_layout_read(const struct aw_btf *btf, struct aw_section_layout *out);

/*
 * Sets zone->type[] by the flags.  How large a section is (SECTION_SIZE_BITS) is in no file: the size by which the flags say
 * the same as the free lists, which were read before, is taken.  If none does, or something cannot be read, zone->type[] stays as
 * it was.  0 or -ENOMEM.
 */
int aw_sections_set_types(const struct aw_sections *sections, struct aw_zone_pages *zone);

#endif

// SPDX-License-Identifier: GPL-2.0
/*
 * The migratetypes of pageblocks, from the flags in memory sections.
 */
#include "pages/sections.h"

#include <stdlib.h>
#include <string.h>

#define LARGEST_SECTION 64	/* bytes of struct mem_section */
#define SUBSECTION_SHIFT 21	/* include/linux/mmzone.h: 2 MiB, whatever the page size */
#define HAS_MAP 2		/* SECTION_HAS_MEM_MAP */
#define MARKS 0xff		/* all such marks in section_mem_map; there are six in 6.19 */
#define TYPE_MASK 7		/* PB_migratetype_bits are three in all kernels with BTF */
#define LEAST_BITS 4		/* of a pageblock: these, and one to be skipped */

/* A larger number of bits than was counted (6.17 on: "mm/page_alloc: pageblock flags functions clean up").  0: it cannot be. */
static unsigned int round_up(int64_t bits)
{
	unsigned int power = LEAST_BITS;

	if (bits < LEAST_BITS || bits > 32)
		return 0;
	while (power < bits)
		power *= 2;
	return power;
}

static bool read_bits(const struct aw_btf *btf, struct aw_section_layout *out)
{
	int64_t bits, isolated;

	if (aw_btf_enumerator(btf, "pageblock_bits", "NR_PAGEBLOCK_BITS", &bits) &&
	    aw_btf_enumerator(btf, "pageblock_bits", "__NR_PAGEBLOCK_BITS", &bits))
		return false;
	out->bits = round_up(bits);
	if (aw_btf_enumerator(btf, "pageblock_bits", "PB_migrate_isolate", &isolated))
		return out->bits;
	if (isolated <= 0 || isolated >= out->bits || TYPE_MASK >> isolated)
		return false;
	out->isolated = (unsigned int)isolated;
	return true;
}

/* A section has a bit for each 2 MiB of it.  These are whole words, which no section of x86_64 or arm64 fills in part. */
static bool read_size(const struct aw_btf *btf, struct aw_section_layout *out)
{
	uint64_t subsections = (uint64_t)aw_btf_member_elements(btf, "mem_section_usage", "subsection_map") * 64;

	out->bytes = subsections << SUBSECTION_SHIFT;
	return subsections && !(subsections & (subsections - 1));
}

void aw_section_layout_read(const struct aw_btf *btf, struct aw_section_layout *out)
{
	*out = (struct aw_section_layout){ .known = false };
	if (aw_btf_size(btf, "mem_section", &out->size) || !out->size || out->size > LARGEST_SECTION ||
	    aw_btf_member(btf, "mem_section", "section_mem_map", &out->map) ||
	    aw_btf_member(btf, "mem_section", "usage", &out->usage) ||
	    aw_btf_member(btf, "mem_section_usage", "pageblock_flags", &out->flags))
		return;
	out->known = read_size(btf, out) && read_bits(btf, out);
}

/* The section that was looked for last. */
struct found {
	const struct aw_sections *sections;
	uint64_t number;
	uint64_t usage;		/* address; 0: there is no such section, or it is not what it should be */
};

static bool read_at(const struct aw_sections *sections, uint64_t address, void *out, size_t size)
{
	return !sections->memory->read(sections->memory->context, address, out, size);
}

/*
 * The address of a section's usage, or 0.  Its section_mem_map is the address that the structure of page 0 has, as
 * sparse_encode_mem_map() subtracts the number of its first page.  So what has another one there is no section.
 */
static uint64_t find_usage(const struct aw_sections *sections, uint64_t number)
{
	const struct aw_section_layout *layout = sections->layout;
	uint64_t per_root = sections->page_size / layout->size, root, map, usage, at;

	if (!read_at(sections, sections->address, &root, sizeof(root)) || !root ||
	    !read_at(sections, root + number / per_root * sizeof(root), &root, sizeof(root)) || !root)
		return 0;
	at = root + number % per_root * layout->size;
	if (!read_at(sections, at + layout->map, &map, sizeof(map)) || !(map & HAS_MAP) ||
	    (map & ~(uint64_t)MARKS) != sections->vmemmap || !read_at(sections, at + layout->usage, &usage, sizeof(usage)))
		return 0;
	return usage;
}

/* get_pfnblock_flags_mask(); AW_MT_UNKNOWN: there is no such section, or it cannot be read. */
static enum aw_migratetype type_at(struct found *found, uint64_t pfn, unsigned int pageblock_order)
{
	const struct aw_section_layout *layout = found->sections->layout;
	uint64_t pages = layout->bytes / found->sections->page_size, bit, word;

	if (found->number != pfn / pages) {
		found->number = pfn / pages;
		found->usage = find_usage(found->sections, found->number);
	}
	bit = (pfn % pages >> pageblock_order) * layout->bits;
	if (!found->usage || !read_at(found->sections, found->usage + layout->flags + bit / 64 * sizeof(word), &word, sizeof(word)))
		return AW_MT_UNKNOWN;
	word >>= bit % 64;
	if (layout->isolated && word >> layout->isolated & 1)
		return AW_MT_ISOLATE;
	return aw_migratetype_decode(found->sections->migratetypes, (int)(word & TYPE_MASK));
}

/* A pageblock without any page, such as a hole of the zone, need not have a section. */
static bool has_page(const struct aw_zone_pages *zone, uint64_t block)
{
	const uint8_t *class = &zone->class[block << zone->pageblock_order];
	uint64_t pages = UINT64_C(1) << zone->pageblock_order;

	return class[0] != AW_PAGE_NONE || memcmp(class, class + 1, pages - 1) != 0;
}

void aw_sections_set_types(const struct aw_sections *sections, struct aw_zone_pages *zone)
{
	struct found found = { .sections = sections, .number = UINT64_MAX };

	if (!sections->layout->known || !sections->address)
		return;
	for (uint64_t i = 0; i < zone->nr_blocks; i++) {
		enum aw_migratetype type;

		if (!has_page(zone, i))
			continue;
		type = type_at(&found, zone->start + (i << zone->pageblock_order), zone->pageblock_order);
		if (type != AW_MT_UNKNOWN)
			zone->type[i] = (uint8_t)type;
	}
}

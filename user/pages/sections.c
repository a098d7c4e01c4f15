// SPDX-License-Identifier: GPL-2.0
/*
 * The migratetypes of pageblocks, from the flags in memory sections.
 */
#include "pages/sections.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/cleanup.h"

#define LARGEST_SECTION 64	/* bytes of struct mem_section */
#define HAS_MAP 2		/* SECTION_HAS_MEM_MAP */
#define TYPE_MASK 7		/* PB_migratetype_bits are three in all kernels with BTF */
#define USUAL_BITS 4		/* of a pageblock, where BTF does not say: up to 6.16 */

/* A larger number of bits than was counted (6.17 on: "mm/page_alloc: pageblock flags functions clean up"). */
static unsigned int round_up(int64_t bits)
{
	unsigned int power = USUAL_BITS;

	while (power < bits && power < 32)
		power *= 2;
	return power;
}

void aw_section_layout_read(const struct aw_btf *btf, struct aw_section_layout *out)
{
	int64_t bits = USUAL_BITS, isolated = 0;

	*out = (struct aw_section_layout){ .known = false };
	if (aw_btf_size(btf, "mem_section", &out->size) || !out->size || out->size > LARGEST_SECTION ||
	    aw_btf_member(btf, "mem_section", "section_mem_map", &out->map) ||
	    aw_btf_member(btf, "mem_section", "usage", &out->usage) ||
	    aw_btf_member(btf, "mem_section_usage", "pageblock_flags", &out->flags))
		return;
	if (aw_btf_enumerator(btf, "pageblock_bits", "NR_PAGEBLOCK_BITS", &bits))
		aw_btf_enumerator(btf, "pageblock_bits", "__NR_PAGEBLOCK_BITS", &bits);
	if (!aw_btf_enumerator(btf, "pageblock_bits", "PB_migrate_isolate", &isolated))
		out->isolated = (unsigned int)isolated;
	out->bits = round_up(bits);
	out->known = true;
}

/* One try: sections of 2^shift bytes. */
struct attempt {
	const struct aw_sections *sections;
	unsigned int shift;
	uint64_t section;	/* the number of the one whose usage this is */
	uint64_t usage;		/* address; 0: none yet */
};

static bool read_at(const struct aw_sections *sections, uint64_t address, void *out, size_t size)
{
	return !sections->memory->read(sections->memory->context, address, out, size);
}

/* The usage of a section; false: there is no such section. */
static bool find_usage(struct attempt *attempt, uint64_t number)
{
	const struct aw_section_layout *layout = attempt->sections->layout;
	uint64_t per_root = attempt->sections->page_size / layout->size, root, map, at;

	if (attempt->usage && attempt->section == number)
		return true;
	attempt->usage = 0;
	attempt->section = number;
	if (!read_at(attempt->sections, attempt->sections->address, &root, sizeof(root)) || !root ||
	    !read_at(attempt->sections, root + number / per_root * sizeof(root), &root, sizeof(root)) || !root)
		return false;
	at = root + number % per_root * layout->size;
	return read_at(attempt->sections, at + layout->map, &map, sizeof(map)) && map & HAS_MAP &&
	       read_at(attempt->sections, at + layout->usage, &attempt->usage, sizeof(attempt->usage)) && attempt->usage;
}

/* get_pfnblock_flags_mask(); AW_MT_UNKNOWN: there is no such section, or it cannot be read. */
static enum aw_migratetype type_at(struct attempt *attempt, uint64_t pfn, unsigned int pageblock_order)
{
	const struct aw_section_layout *layout = attempt->sections->layout;
	uint64_t pages = (UINT64_C(1) << attempt->shift) / attempt->sections->page_size, bit, word;

	if (!find_usage(attempt, pfn / pages))
		return AW_MT_UNKNOWN;
	bit = (pfn % pages >> pageblock_order) * layout->bits;
	if (!read_at(attempt->sections, attempt->usage + layout->flags + bit / 64 * sizeof(word), &word, sizeof(word)))
		return AW_MT_UNKNOWN;
	word >>= bit % 64;
	if (layout->isolated && word >> layout->isolated & 1)
		return AW_MT_ISOLATE;
	return aw_migratetype_decode(attempt->sections->migratetypes, (int)(word & TYPE_MASK));
}

/* A pageblock without any page, such as a hole of the zone, need not have a section. */
static bool has_page(const struct aw_zone_pages *zone, uint64_t block)
{
	const uint8_t *class = &zone->class[block << zone->pageblock_order];
	uint64_t pages = UINT64_C(1) << zone->pageblock_order;

	return class[0] != AW_PAGE_NONE || memcmp(class, class + 1, pages - 1) != 0;
}

/* Fills type[].  How many pageblocks have the type that the free lists say; 0: nearly all must have, or all must be there. */
static uint64_t try_size(const struct aw_sections *sections, unsigned int shift, const struct aw_zone_pages *zone, uint8_t *type)
{
	struct attempt attempt = { .sections = sections, .shift = shift };
	uint64_t same = 0, others = 0;

	for (uint64_t i = 0; i < zone->nr_blocks; i++) {
		type[i] = zone->type[i];
		if (!has_page(zone, i))
			continue;
		type[i] = (uint8_t)type_at(&attempt, zone->start + (i << zone->pageblock_order), zone->pageblock_order);
		if (type[i] == AW_MT_UNKNOWN)
			return 0;
		if (zone->type[i] == AW_MT_UNKNOWN)
			continue;
		same += type[i] == zone->type[i];
		others += type[i] != zone->type[i];
	}
	/* A few may have changed meanwhile, or have free pages that are on lists of another type. */
	return others * 8 <= same ? same : 0;
}

int aw_sections_set_types(const struct aw_sections *sections, struct aw_zone_pages *zone)
{
	/* x86_64; arm64 from 5.12 on, and before; arm64 with 64K pages from 5.12 on */
	static const unsigned int shifts[] = { 27, 30, 29 };
	AW_FREE uint8_t *type = malloc(zone->nr_blocks + 1), *best = malloc(zone->nr_blocks + 1);
	uint64_t most = 0;

	if (!type || !best)
		return -ENOMEM;
	if (!sections->layout->known || !sections->address)
		return 0;
	for (unsigned int i = 0; i < ARRAY_SIZE(shifts); i++) {
		uint64_t same = try_size(sections, shifts[i], zone, type);

		if (same <= most)
			continue;
		most = same;
		memcpy(best, type, zone->nr_blocks);
	}
	if (most)
		memcpy(zone->type, best, zone->nr_blocks);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * The snapshot of a zone, from wire records.
 */
#include "event/decode_internal.h"

#include <string.h>

static uint16_t decode_types(const struct aw_migratetypes *types, uint32_t mask)
{
	uint16_t meaning = 0;

	for (int number = 0; number < AW_MT_NUMBERS; number++)
		if (mask >> number & 1)
			meaning |= 1u << aw_migratetype_decode(types, number);
	return meaning;
}

static uint32_t decode_zone_known(uint32_t wire)
{
	return AW_ZONE_KNOWS_WATERMARKS | AW_ZONE_KNOWS_MANAGED |
	       (wire & AW_ZONE_CMA ? AW_ZONE_KNOWS_CMA : 0) |
	       (wire & AW_ZONE_HIGHATOMIC ? AW_ZONE_KNOWS_HIGHATOMIC : 0) |
	       (wire & AW_ZONE_FREE_HIGHATOMIC ? AW_ZONE_KNOWS_FREE_HIGHATOMIC : 0) |
	       (wire & AW_ZONE_BOOST ? AW_ZONE_KNOWS_BOOST : 0) |
	       (wire & AW_ZONE_LRU ? AW_ZONE_KNOWS_LRU : 0) |
	       (wire & AW_ZONE_PENDING ? AW_ZONE_KNOWS_PENDING : 0) |
	       (wire & AW_ZONE_HUGE ? AW_ZONE_KNOWS_HUGE : 0) |
	       (wire & AW_ZONE_TYPES ? AW_ZONE_KNOWS_TYPES : 0);
}

/*
 * The record has room for more entries than most kernels have types of zones.
 * lowmem_reserve[] never decreases (setup_per_zone_lowmem_reserve()), so zeros at
 * the end are unused entries, or all there is: then one stays.
 */
static unsigned int count_reserves(const struct aw_wire_snapshot *wire)
{
	unsigned int count = AW_MAX_RESERVES;

	while (count > 1 && !wire->lowmem_reserve[count - 1])
		count--;
	return count;
}

/* Up to 5.11 the number of huge pages was counted: a table of the last level full of pages each. */
static uint64_t pages_of_huge(const struct aw_kernel *kernel, uint64_t counted)
{
	return kernel->version && kernel->version < AW_VERSION(5, 12, 0) ? counted * (kernel->page_size / sizeof(uint64_t)) : counted;
}

#define LIST_WORDS 2	/* struct list_head: next, prev */

/* Free blocks of each order, and the migratetypes that have one. */
static void decode_area(const struct aw_migratetypes *types, const struct aw_wire_area *area, struct aw_zone *zone)
{
	size_t stride = area->stride / sizeof(uint64_t);
	size_t nr_free = area->nr_free_at / sizeof(uint64_t), lists = nr_free / LIST_WORDS;
	size_t words = area->size > AW_WIRE_AREA_SIZE ? (area->size - AW_WIRE_AREA_SIZE) / sizeof(uint64_t) : 0;

	if (words > AW_WIRE_AREA_WORDS)
		words = AW_WIRE_AREA_WORDS;
	if (nr_free >= stride || lists > AW_MT_NUMBERS)
		return;
	zone->known |= AW_ZONE_KNOWS_TYPES;
	for (size_t at = 0; at + stride <= words && zone->nr_orders < AW_MAX_ORDERS; at += stride, zone->nr_orders++) {
		uint32_t mask = 0;

		zone->nr_free[zone->nr_orders] = area->words[at + nr_free];
		for (size_t type = 0; type < lists; type++) {
			size_t list = at + type * LIST_WORDS;

			if (area->words[list] != area->address + list * sizeof(uint64_t))
				mask |= 1u << type;
		}
		zone->types[zone->nr_orders] = decode_types(types, zone->nr_free[zone->nr_orders] ? mask : 0);
	}
}

static void decode_lists(const struct aw_migratetypes *types, const struct aw_wire_snapshot *wire, struct aw_zone *zone)
{
	zone->nr_orders = wire->nr_orders < AW_MAX_ORDERS ? wire->nr_orders : AW_MAX_ORDERS;
	for (unsigned int order = 0; order < zone->nr_orders; order++) {
		zone->nr_free[order] = wire->nr_free[order];
		zone->types[order] = decode_types(types, wire->types[order]);
	}
}

void aw_decode_zone(const struct aw_kernel *kernel, const struct aw_wire_zone *record, struct aw_zone *zone)
{
	const struct aw_wire_snapshot *wire = &record->snapshot;

	*zone = (struct aw_zone){
		.node = wire->node, .index = wire->index, .known = decode_zone_known(wire->known),
		.managed = wire->managed, .free = wire->free, .free_cma = wire->free_cma,
		.reserved_highatomic = wire->reserved_highatomic,
		.free_highatomic = wire->free_highatomic,
		.min = wire->wmark_min, .low = wire->wmark_low, .high = wire->wmark_high,
		.lru_anon = wire->lru_anon, .lru_file = wire->lru_file, .unevictable = wire->unevictable,
		.write_pending = wire->write_pending, .node_huge = pages_of_huge(kernel, wire->huge),
		.boost = wire->wmark_boost, .nr_reserves = count_reserves(wire),
	};
	memcpy(zone->name, wire->name, AW_COMM_LEN);
	zone->type = aw_zone_type_from_name(zone->name);
	for (int i = 0; i < AW_MAX_RESERVES; i++)
		zone->lowmem_reserve[i] = wire->lowmem_reserve[i];
	if (record->area.stride)
		decode_area(&kernel->migratetypes, &record->area, zone);
	else
		decode_lists(&kernel->migratetypes, wire, zone);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Maps the enums of a recording to those of this program, by name.
 */
#include "recording/enums.h"

#include <string.h>

#include "base/array.h"
#include "event/event.h"
#include "pages/cells.h"
#include "pages/scan.h"

static const char *context_name(unsigned int number)
{
	return aw_context_name((enum aw_context)number);
}

static const char *log_name(unsigned int number)
{
	return aw_log_name((enum aw_log)number);
}

static const char *class_name(unsigned int number)
{
	return aw_class_name((enum aw_class)number);
}

static const char *migratetype_name(unsigned int number)
{
	return aw_migratetype_name((enum aw_migratetype)number);
}

static const char *zone_type_name(unsigned int number)
{
	return aw_zone_type_name((enum aw_zone_type)number);
}

static const char *result_name(unsigned int number)
{
	return aw_compact_result_name((enum aw_compact_result)number);
}

static const char *prio_name(unsigned int number)
{
	return aw_compact_prio_name((enum aw_compact_prio)number);
}

static const char *when_name(unsigned int number)
{
	return aw_zones_when_name((enum aw_zones_when)number);
}

static const char *flag_name(unsigned int number)
{
	return aw_gfp_flag_name((enum aw_gfp_flag)number);
}

static const char *page_class_name(unsigned int number)
{
	return aw_page_class_name((enum aw_page_class)number);
}

static const char *page_source_name(unsigned int number)
{
	return aw_page_source_name((enum aw_page_source)number);
}

static const char *cell_type_name(unsigned int number)
{
	return aw_cell_type_name((enum aw_cell_type)number);
}

static const char *holder_type_name(unsigned int number)
{
	return aw_holder_type_name((enum aw_holder_type)number);
}

static const struct {
	unsigned int size;
	uint8_t unknown;	/* value for a number without a name */
	const char *(*name)(unsigned int number);
} enums[] = {
	[AW_ENUM_CONTEXT] = { AW_CONTEXTS, AW_IN_UNKNOWN, context_name },
	[AW_ENUM_LOG] = { AW_LOGS, AW_LOG_UNKNOWN, log_name },
	[AW_ENUM_CLASS] = { AW_CLASSES, AW_CLASS_HARD, class_name },
	[AW_ENUM_MIGRATETYPE] = { AW_MT_COUNT, AW_MT_UNKNOWN, migratetype_name },
	[AW_ENUM_ZONE_TYPE] = { AW_ZONE_TYPE_COUNT, AW_ZONE_TYPE_UNKNOWN, zone_type_name },
	[AW_ENUM_COMPACT_RESULT] = { AW_COMPACT_RESULTS, AW_COMPACT_UNKNOWN, result_name },
	[AW_ENUM_COMPACT_PRIO] = { AW_PRIOS, AW_PRIO_UNKNOWN, prio_name },
	[AW_ENUM_ZONES_WHEN] = { AW_ZONES_FROM_LOG + 1, AW_ZONES_NONE, when_name },
	[AW_ENUM_GFP_FLAG] = { AW_GFP_FLAGS, AW_GFP_FLAGS, flag_name },
	[AW_ENUM_PAGE_CLASS] = { AW_PAGE_CLASSES, AW_PAGE_KERNEL, page_class_name },
	[AW_ENUM_PAGE_SOURCE] = { AW_PAGES_SOURCES, AW_PAGES_COUNTS, page_source_name },
	[AW_ENUM_CELL_TYPE] = { AW_CELL_TYPES, AW_CELL_NONE, cell_type_name },
	[AW_ENUM_HOLDER_TYPE] = { AW_HOLDER_TYPES, AW_HOLDER_SITE, holder_type_name },
};
_Static_assert(ARRAY_SIZE(enums) == AW_ENUM_COUNT, "enums[] needs every enum");
_Static_assert(AW_GFP_FLAGS < AW_ENUM_NUMBERS, "AW_ENUM_NUMBERS is too small");

unsigned int aw_recording_enum_size(enum aw_recording_enum which)
{
	return enums[which].size;
}

const char *aw_recording_enum_name(enum aw_recording_enum which, unsigned int number)
{
	return enums[which].name(number);
}

void aw_recording_map_init(struct aw_recording_map *map)
{
	for (unsigned int which = 0; which < AW_ENUM_COUNT; which++)
		memset(map->of[which], enums[which].unknown, AW_ENUM_NUMBERS);
}

void aw_recording_map_add(struct aw_recording_map *map, unsigned int which, unsigned int number,
			  const char *name, size_t len)
{
	/* Keep the last number: numbers beyond the table map to it. */
	if (which >= AW_ENUM_COUNT || number >= AW_ENUM_NUMBERS - 1)
		return;
	for (unsigned int i = 0; i < enums[which].size; i++) {
		const char *own = enums[which].name(i);

		if (strlen(own) == len && !memcmp(own, name, len))
			map->of[which][number] = (uint8_t)i;
	}
}

uint64_t aw_recording_map_bits(const struct aw_recording_map *map, enum aw_recording_enum which,
			       uint64_t bits)
{
	uint64_t meaning = 0;

	for (unsigned int number = 0; bits >> number && number < AW_ENUM_NUMBERS - 1; number++)
		if (bits >> number & 1 && map->of[which][number] < enums[which].size)
			meaning |= UINT64_C(1) << map->of[which][number];
	return meaning;
}

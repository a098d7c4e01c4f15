// SPDX-License-Identifier: GPL-2.0
/*
 * Names of zones.
 */
#include "kernel/zone.h"

#include <string.h>

static const char *const zone_types[] = {
	[AW_ZONE_TYPE_DMA] = "DMA", [AW_ZONE_TYPE_DMA32] = "DMA32",
	[AW_ZONE_TYPE_NORMAL] = "Normal", [AW_ZONE_TYPE_HIGHMEM] = "HighMem",
	[AW_ZONE_TYPE_MOVABLE] = "Movable", [AW_ZONE_TYPE_DEVICE] = "Device",
	[AW_ZONE_TYPE_UNKNOWN] = "unknown",
};
_Static_assert(sizeof(zone_types) / sizeof(zone_types[0]) == AW_ZONE_TYPE_COUNT, "a zone misses its name");

const char *aw_zone_type_name(enum aw_zone_type type)
{
	return (unsigned int)type < AW_ZONE_TYPE_COUNT ? zone_types[type] : "unknown";
}

enum aw_zone_type aw_zone_type_from_name(const char *name)
{
	for (int type = 0; type < AW_ZONE_TYPE_UNKNOWN; type++)
		if (!strcmp(zone_types[type], name))
			return type;
	return AW_ZONE_TYPE_UNKNOWN;
}

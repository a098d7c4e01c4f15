// SPDX-License-Identifier: GPL-2.0
/*
 * The names of zones.
 */
#include "mm/zone.h"

#include <string.h>

#include "base/array.h"

static const char *const zone_types[] = {
	[AW_ZONE_TYPE_DMA] = "DMA", [AW_ZONE_TYPE_DMA32] = "DMA32",
	[AW_ZONE_TYPE_NORMAL] = "Normal", [AW_ZONE_TYPE_HIGHMEM] = "HighMem",
	[AW_ZONE_TYPE_MOVABLE] = "Movable", [AW_ZONE_TYPE_DEVICE] = "Device",
	[AW_ZONE_TYPE_UNKNOWN] = "unknown",
};
_Static_assert(ARRAY_SIZE(zone_types) == AW_ZONE_TYPE_COUNT, "every zone type needs a name");

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

enum aw_zone_type aw_gfp_highest_zone(const struct aw_gfp *gfp)
{
	if (aw_gfp_has(gfp, AW_GFP_DMA))
		return AW_ZONE_TYPE_DMA;
	if (aw_gfp_has(gfp, AW_GFP_DMA32))
		return AW_ZONE_TYPE_DMA32;
	if (!aw_gfp_has(gfp, AW_GFP_HIGHMEM))
		return AW_ZONE_TYPE_NORMAL;
	return aw_gfp_has(gfp, AW_GFP_MOVABLE) ? AW_ZONE_TYPE_MOVABLE : AW_ZONE_TYPE_HIGHMEM;
}

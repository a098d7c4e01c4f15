// SPDX-License-Identifier: GPL-2.0
/* The values that advice gives to settings below /proc/sys/vm. */
#include "verdict/settings.h"

#define SCALE_FACTOR 50u
#define GAPS 3u
#define SCALE_FACTOR_MOST 1000u
#define SCALE_UNIT 10000u	/* of managed memory: __setup_per_zone_wmarks() */

static bool counts(const struct aw_finding *finding)
{
	return finding->zone->type < AW_ZONE_TYPE_HIGHMEM;
}

uint64_t aw_min_free_kbytes_now(const struct aw_case *request)
{
	uint64_t pages = 0;

	if (request->kernel->vm.min_free_kbytes > 0)
		return (uint64_t)request->kernel->vm.min_free_kbytes;
	for (unsigned int i = 0; i < request->nr_findings; i++)
		if (counts(&request->findings[i]))
			pages += request->findings[i].zone->min;
	return pages * request->page_size / 1024;
}

/* kB of all zones; 0: of one it is not known, or its marks are not. */
static uint64_t known_memory(const struct aw_case *request)
{
	const uint32_t needed = AW_ZONE_KNOWS_MANAGED | AW_ZONE_KNOWS_WATERMARKS;
	uint64_t pages = 0;

	for (unsigned int i = 0; i < request->nr_findings; i++) {
		if ((request->findings[i].zone->known & needed) != needed)
			return 0;
		pages += request->findings[i].zone->managed;
	}
	return pages * request->page_size / 1024;
}

uint64_t aw_zone_clean_cache(const struct aw_zone *zone)
{
	return zone->lru_file > zone->write_pending ? zone->lru_file - zone->write_pending : 0;
}

/* Is there page cache enough to reclaim `kbytes` from?  Yes where it is not known. */
static bool has_cache(const struct aw_case *request, uint64_t kbytes)
{
	uint64_t pages = 0;

	for (unsigned int i = 0; i < request->nr_findings; i++) {
		if (!(request->findings[i].zone->known & AW_ZONE_KNOWS_LRU))
			return true;
		pages += aw_zone_clean_cache(request->findings[i].zone);
	}
	return pages * request->page_size / 1024 > kbytes;
}

uint64_t aw_min_free_kbytes_advised(const struct aw_case *request)
{
	uint64_t now = aw_min_free_kbytes_now(request);
	uint64_t memory = known_memory(request);

	if (request->failure->zones_partial || request->damaged || !now || 2 * now > memory / 20)
		return 0;
	return has_cache(request, now) ? 2 * now : 0;
}

/* low - min is a quarter of min, or this fraction of managed memory where that is more. */
static unsigned int scale_factor_now(const struct aw_case *request)
{
	const struct aw_zone *zone = request->decisive->zone;

	if (request->kernel->vm.watermark_scale_factor > 0)
		return (unsigned int)request->kernel->vm.watermark_scale_factor;
	if (!(zone->known & AW_ZONE_KNOWS_MANAGED) || !zone->managed || zone->low - zone->min <= zone->min / 4 + 1)
		return 0;
	return (unsigned int)((zone->low - zone->min) * SCALE_UNIT / zone->managed);
}

/* The factor at which low - min of the decisive zone would be so many times what it is; 0: not known. */
static unsigned int scale_factor_for(const struct aw_case *request, unsigned int times)
{
	const struct aw_zone *zone = request->decisive->zone;

	if (!(zone->known & AW_ZONE_KNOWS_MANAGED) || !zone->managed || zone->low <= zone->min)
		return 0;
	return (unsigned int)(times * (zone->low - zone->min) * SCALE_UNIT / zone->managed) + 1;
}

/*
 * kswapd then starts above where it stops now: it stops at high, as far above low as low is above min.  Less than that
 * makes little difference in a small zone, where low - min is a quarter of min whatever the factor.
 */
unsigned int aw_scale_factor_advised(const struct aw_case *request)
{
	unsigned int factor = 2 * scale_factor_now(request);
	unsigned int wanted = scale_factor_for(request, GAPS);

	if (factor < wanted)
		factor = wanted;
	if (factor < SCALE_FACTOR)
		return SCALE_FACTOR;
	return factor < SCALE_FACTOR_MOST ? factor : SCALE_FACTOR_MOST;
}

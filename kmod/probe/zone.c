/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Fields of struct zone that were added or removed, or changed their type.
 *
 * PROBE HAVE_ZONE_MANAGED_PAGES (5.0: an accessor; before a plain field)
 * PROBE HAVE_ZONE_UNDERSCORE_WATERMARK (5.0: _watermark[]; before watermark[])
 * PROBE HAVE_ZONE_BOOST (5.0)
 * PROBE HAVE_ZONE_HIGHATOMIC (4.4)
 * PROBE HAVE_ZONE_FREE_HIGHATOMIC (6.13)
 * PROBE HAVE_ZONE_CMA (3.7)
 */
#include <linux/module.h>
#include <linux/mm.h>
#include <linux/mmzone.h>

unsigned long probe(struct zone *zone);
unsigned long probe(struct zone *zone)
{
#if defined(HAVE_ZONE_MANAGED_PAGES)
	return zone_managed_pages(zone);
#elif defined(HAVE_ZONE_UNDERSCORE_WATERMARK)
	return zone->_watermark[WMARK_MIN];
#elif defined(HAVE_ZONE_BOOST)
	return zone->watermark_boost;
#elif defined(HAVE_ZONE_HIGHATOMIC)
	return zone->nr_reserved_highatomic;
#elif defined(HAVE_ZONE_FREE_HIGHATOMIC)
	return zone->nr_free_highatomic;
#elif defined(HAVE_ZONE_CMA)
	return zone_page_state(zone, NR_FREE_CMA_PAGES);
#endif
}

// SPDX-License-Identifier: GPL-2.0
/*
 * A zone snapshot as text, in the familiar form of the kernel's Mem-Info.
 */
#include <inttypes.h>

#include "base/escape.h"
#include "base/units.h"
#include "output/text/text.h"

static uint64_t kib(const struct aw_kernel *kernel, uint64_t pages)
{
	return pages * (kernel->page_size / 1024);
}

static void print_pages(FILE *out, const struct aw_kernel *kernel, const struct aw_zone *zone)
{
	char name[AW_ESCAPED_COMM];

	fprintf(out, "    node %d %s free:%" PRIu64 "kB", zone->node,
		aw_escape_terminal(zone->name, name, sizeof(name)), kib(kernel, zone->free));
	if (zone->known & AW_ZONE_KNOWS_WATERMARKS)
		fprintf(out, " min:%" PRIu64 "kB low:%" PRIu64 "kB high:%" PRIu64 "kB",
			kib(kernel, zone->min), kib(kernel, zone->low), kib(kernel, zone->high));
	if (zone->known & AW_ZONE_KNOWS_BOOST)
		fprintf(out, " boost:%" PRIu64 "kB", kib(kernel, zone->boost));
	if (zone->known & AW_ZONE_KNOWS_HIGHATOMIC)
		fprintf(out, " reserved_highatomic:%" PRIu64 "kB", kib(kernel, zone->reserved_highatomic));
	if (zone->known & AW_ZONE_KNOWS_FREE_HIGHATOMIC)
		fprintf(out, " free_highatomic:%" PRIu64 "kB", kib(kernel, zone->free_highatomic));
	if (zone->known & AW_ZONE_KNOWS_MANAGED)
		fprintf(out, " managed:%" PRIu64 "kB", kib(kernel, zone->managed));
	if (zone->known & AW_ZONE_KNOWS_CMA)
		fprintf(out, " free_cma:%" PRIu64 "kB", kib(kernel, zone->free_cma));
	if (zone->nr_reserves)
		fputs(" lowmem_reserve:", out);
	for (unsigned int i = 0; i < zone->nr_reserves; i++)
		fprintf(out, " %" PRId64, zone->lowmem_reserve[i]);
	fputs("\n", out);
}

static void print_blocks(FILE *out, const struct aw_kernel *kernel, const struct aw_zone *zone)
{
	if (!zone->nr_orders)
		return;
	fputs("     ", out);
	for (unsigned int order = 0; order < zone->nr_orders; order++) {
		fprintf(out, " %" PRIu64 "*%" PRIu64 "kB", zone->nr_free[order],
			kib(kernel, UINT64_C(1) << order));
		if (!zone->types[order])
			continue;
		fputs(" (", out);
		for (int type = 0; type < AW_MT_COUNT; type++)
			if (zone->types[order] >> type & 1)
				putc(aw_migratetype_letter(type), out);
		putc(')', out);
	}
	fputs("\n", out);
}

void aw_zones_text(FILE *out, const struct aw_kernel *kernel, const struct aw_failure *failure)
{
	char late[AW_UNITS_TEXT];

	if (!failure->nr_zones) {
		if (failure->zones_over_budget)
			fputs("  zones       no snapshot: too many failures in that second\n", out);
		return;
	}
	fprintf(out, "  zones       %s", aw_zones_when_name(failure->zones_when));
	if (failure->zones_when == AW_ZONES_READ_LATER)
		fprintf(out, ", %s after it", aw_format_duration(failure->zones_late_ns, late));
	fputs("\n", out);
	for (unsigned int i = 0; i < failure->nr_zones; i++) {
		print_pages(out, kernel, &failure->zones[i]);
		print_blocks(out, kernel, &failure->zones[i]);
	}
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Memory at a glance: a line a zone, with free blocks of every order.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/units.h"
#include "output/live/cell.h"
#include "output/live/draw.h"
#include "output/live/header.h"
#include "verdict/blocks.h"
#include "verdict/era.h"
#include "verdict/fragmentation.h"

#define MIN_WIDTH 70
#define NAME 8
#define SIZE 6
#define INDEX 6
#define BLOCK 5		/* "9999+" */
#define WIDE (NAME + 4 * SIZE + 11 * BLOCK + INDEX + 2)

/* low and high only where there is room for them. */
static bool is_wide(const struct aw_scene *scene)
{
	return scene->width >= WIDE;
}

static void put_size(struct aw_pen *pen, const struct aw_scene *scene, enum aw_style style, uint64_t pages)
{
	char bytes[AW_UNITS_TEXT];

	aw_pen_field(pen, style, SIZE, true, aw_format_bytes_short(pages * scene->report.kernel->page_size, bytes));
}

/* Below min only the desperate get memory; below low kswapd works. */
static enum aw_style free_style(const struct aw_zone *zone)
{
	uint64_t usable = zone->free > zone->free_cma ? zone->free - zone->free_cma : 0;

	if (!(zone->known & AW_ZONE_KNOWS_WATERMARKS))
		return AW_STYLE_PLAIN;
	if (usable < zone->min + zone->boost)
		return AW_STYLE_HOT;
	return usable < zone->low + zone->boost ? AW_STYLE_WARM : AW_STYLE_GOOD;
}

/* "17k", "15c" all of them closed, "12+" some of them, "." none. */
static void put_blocks(struct aw_pen *pen, const struct aw_zone *zone, const struct aw_blocks *blocks,
		       unsigned int order)
{
	uint64_t count = zone->nr_free[order];
	bool closed = count && blocks->known && !blocks->open[order];
	bool mixed = count && !closed && blocks->mixed >> order & 1;
	char number[AW_CELL_NUMBER], text[AW_CELL_NUMBER + 1];

	snprintf(text, sizeof(text), "%s%s", count ? aw_cell_number(count, number) : ".",
		 closed ? "c" : mixed ? "+" : "");
	aw_pen_field(pen, !count || closed ? AW_STYLE_DIM : AW_STYLE_PLAIN, BLOCK, true, text);
}

/*
 * The kernel's index counts CMA and reserves, and says that a request fits
 * which cannot have them: here it is taken over the blocks that are open.
 */
static int open_index(const struct aw_zone *zone, const struct aw_blocks *blocks, unsigned int order)
{
	struct aw_zone open = *zone;

	for (unsigned int i = 0; blocks->known && i < zone->nr_orders; i++)
		open.nr_free[i] = blocks->open[i];
	return aw_fragmentation_index(&open, order);
}

static void put_index(struct aw_pen *pen, const struct aw_zone *zone, const struct aw_blocks *blocks,
		      unsigned int order)
{
	int index = zone->nr_orders ? open_index(zone, blocks, order) : 0;
	char text[16];

	if (!zone->nr_orders)
		snprintf(text, sizeof(text), "?");
	else if (index == AW_FRAGMENTATION_FITS)
		snprintf(text, sizeof(text), "fits");
	else
		snprintf(text, sizeof(text), "%d.%02d", index / 1000, abs(index) % 1000 / 10);
	aw_pen_field(pen, index > 500 ? AW_STYLE_WARM : AW_STYLE_PLAIN, INDEX, true, text);
}

static unsigned int nr_orders(const struct aw_memory *memory)
{
	unsigned int most = 0;

	for (unsigned int i = 0; i < memory->nr_zones; i++)
		if (memory->zones[i].nr_orders > most)
			most = memory->zones[i].nr_orders;
	return most;
}

static void draw_head(const struct aw_scene *scene, int y)
{
	const struct aw_memory *memory = &scene->memory;
	struct aw_pen pen = aw_pen_at(y, (int)scene->width);
	char text[16];

	aw_pen_field(&pen, AW_STYLE_LABEL, NAME, false, memory->now ? "Memory" : "At fail");
	aw_pen_field(&pen, AW_STYLE_LABEL, SIZE, true, "free");
	aw_pen_field(&pen, AW_STYLE_LABEL, SIZE, true, "min");
	if (is_wide(scene)) {
		aw_pen_field(&pen, AW_STYLE_LABEL, SIZE, true, "low");
		aw_pen_field(&pen, AW_STYLE_LABEL, SIZE, true, "high");
	}
	for (unsigned int order = 0; order < nr_orders(memory); order++) {
		bool asked = memory->has_request && memory->request.failure.order == order;

		snprintf(text, sizeof(text), "%u", order);
		aw_pen_field(&pen, asked ? AW_STYLE_HOT : AW_STYLE_LABEL, BLOCK, true, text);
	}
	if (memory->has_request)
		aw_pen_field(&pen, AW_STYLE_LABEL, INDEX, true, "frag");
}

static void draw_zone(const struct aw_scene *scene, const struct aw_zone *zone, const struct aw_allows *allows, int y)
{
	const struct aw_failure *request = &scene->memory.request.failure;
	struct aw_pen pen = aw_pen_at(y, (int)scene->width);
	char name[AW_ESCAPED_COMM], text[AW_ESCAPED_COMM + 8];
	struct aw_blocks blocks;

	aw_blocks_of(zone, allows, request->order, &blocks);
	aw_escape_terminal(zone->name, name, sizeof(name));
	snprintf(text, sizeof(text), zone->node ? "%s/%d" : "%s", name, zone->node);
	aw_pen_field(&pen, AW_STYLE_STRONG, NAME, false, text);
	put_size(&pen, scene, free_style(zone), zone->free);
	put_size(&pen, scene, AW_STYLE_PLAIN, zone->min + zone->boost);
	if (is_wide(scene)) {
		put_size(&pen, scene, AW_STYLE_PLAIN, zone->low + zone->boost);
		put_size(&pen, scene, AW_STYLE_PLAIN, zone->high + zone->boost);
	}
	for (unsigned int order = 0; order < zone->nr_orders; order++)
		put_blocks(&pen, zone, &blocks, order);
	if (scene->memory.has_request)
		put_index(&pen, zone, &blocks, request->order);
}

/* What the last request that failed may use; without one, what a plain kernel request may. */
static void allows_of(const struct aw_scene *scene, struct aw_allows *allows)
{
	struct aw_era era;

	if (!scene->memory.has_request) {
		*allows = (struct aw_allows){ .migratetype = AW_MT_UNMOVABLE, .highest_zone = AW_ZONE_TYPE_NORMAL };
		return;
	}
	aw_era_of(scene->report.kernel, &scene->memory.request.failure.gfp, &era);
	aw_allows_of(&scene->memory.request, scene->report.kernel, &era, allows);
}

static bool is_shown(const struct aw_zone *zone)
{
	return zone->type != AW_ZONE_TYPE_DEVICE && (!(zone->known & AW_ZONE_KNOWS_MANAGED) || zone->managed);
}

int aw_memory_draw(const struct aw_scene *scene, int y, int lines)
{
	const struct aw_memory *memory = &scene->memory;
	struct aw_allows allows;
	int used = 1;

	if (!memory->nr_zones || scene->width < MIN_WIDTH || lines < 2)
		return 0;
	allows_of(scene, &allows);
	draw_head(scene, y);
	for (unsigned int i = 0; i < memory->nr_zones && used < lines; i++)
		if (is_shown(&memory->zones[i]))
			draw_zone(scene, &memory->zones[i], &allows, y + used++);
	return used;
}

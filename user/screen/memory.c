// SPDX-License-Identifier: GPL-2.0
/*
 * The memory lines: one per zone, with its free blocks of every order.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/units.h"
#include "screen/cell.h"
#include "screen/draw.h"
#include "screen/header.h"
#include "verdict/blocks.h"
#include "verdict/era.h"
#include "verdict/fragmentation.h"
#include "verdict/watermark.h"

#define MIN_WIDTH 70
#define NAME 8
#define SIZE 6
#define INDEX 6
#define BLOCK 5		/* "9999+" */
#define WIDE (NAME + 4 * SIZE + 11 * BLOCK + INDEX + 2)

#define MAX_INDICES 4

/* What the last failed request may use; if none failed, what a plain kernel request may use. */
struct asked {
	struct aw_era era;
	struct aw_allows allows;
};

/* The orders whose fragmentation index is shown. */
struct indices {
	unsigned int count;
	unsigned int orders[MAX_INDICES];
};

/* Only wide screens show the low and high watermarks. */
static bool is_wide(const struct aw_scene *scene)
{
	return scene->width >= WIDE;
}

static void put_size(struct aw_pen *pen, const struct aw_scene *scene, enum aw_style style, uint64_t pages)
{
	char bytes[AW_UNITS_TEXT];

	aw_pen_field(pen, style, SIZE, true, aw_format_bytes_short(pages * scene->report.kernel->page_size, bytes));
}

/* Below min, only requests with access to reserves succeed; below low, kswapd reclaims. */
static enum aw_style free_style(const struct aw_zone *zone)
{
	uint64_t usable = zone->free > zone->free_cma ? zone->free - zone->free_cma : 0;

	if (!(zone->known & AW_ZONE_KNOWS_WATERMARKS))
		return AW_STYLE_PLAIN;
	if (usable < zone->min + zone->boost)
		return AW_STYLE_HOT;
	return usable < zone->low + zone->boost ? AW_STYLE_WARM : AW_STYLE_GOOD;
}

/* "17k"; "15c": all blocks are closed; "12+": some of them are; ".": no blocks. */
static void put_blocks(struct aw_pen *pen, const struct aw_zone *zone, const struct aw_blocks *blocks,
		       bool barred, unsigned int order)
{
	uint64_t count = zone->nr_free[order];
	bool closed = count && (barred || (blocks->known && !blocks->open[order]));
	bool mixed = count && !closed && blocks->mixed >> order & 1;
	char number[AW_CELL_NUMBER], text[AW_CELL_NUMBER + 1];

	snprintf(text, sizeof(text), "%s%s", count ? aw_cell_number(count, number) : ".",
		 closed ? "c" : mixed ? "+" : "");
	aw_pen_field(pen, !count || closed ? AW_STYLE_DIM : AW_STYLE_PLAIN, BLOCK, true, text);
}

/*
 * The kernel's index includes CMA and reserves, and claims that a request fits
 * that may not use them.  This one is computed over the blocks that are open.
 */
static int open_index(const struct aw_zone *zone, const struct aw_blocks *blocks, unsigned int order)
{
	struct aw_zone open = *zone;

	for (unsigned int i = 0; blocks->known && i < zone->nr_orders; i++)
		open.nr_free[i] = blocks->open[i];
	return aw_fragmentation_index(&open, order);
}

/* A free block exists, but the watermark check fails because there are too few pages. */
static bool is_kept(const struct aw_scene *scene, const struct aw_zone *zone, const struct asked *asked,
		    const struct aw_blocks *blocks, unsigned int order)
{
	const struct aw_memory *memory = &scene->memory;
	int64_t reserve = aw_watermark_reserve(zone, asked->allows.highest_zone, memory->zones, memory->nr_zones);
	struct aw_check check;

	aw_watermark_check(zone, &asked->era, &asked->allows, blocks, order, reserve, &check);
	return check.failed == AW_CLAUSE_PAGES;
}

static void put_index(struct aw_pen *pen, const struct aw_scene *scene, const struct aw_zone *zone,
		      const struct asked *asked, const struct aw_blocks *blocks, bool barred, unsigned int order)
{
	int index = zone->nr_orders ? open_index(zone, blocks, order) : 0;
	char text[16];

	if (!zone->nr_orders || barred)
		snprintf(text, sizeof(text), barred ? "-" : "?");
	else if (index == AW_FRAGMENTATION_FITS)
		snprintf(text, sizeof(text), is_kept(scene, zone, asked, blocks, order) ? "kept" : "fits");
	else
		snprintf(text, sizeof(text), "%d.%02d", index / 1000, abs(index) % 1000 / 10);
	aw_pen_field(pen, barred ? AW_STYLE_DIM : index > 500 ? AW_STYLE_WARM : AW_STYLE_PLAIN, INDEX, true, text);
}

static unsigned int nr_orders(const struct aw_memory *memory)
{
	unsigned int most = 0;

	for (unsigned int i = 0; i < memory->nr_zones; i++)
		if (memory->zones[i].nr_orders > most)
			most = memory->zones[i].nr_orders;
	return most;
}

static bool has_index(const struct indices *indices, unsigned int order)
{
	for (unsigned int i = 0; i < indices->count; i++)
		if (indices->orders[i] == order)
			return true;
	return false;
}

/* The order that fails most often and is not chosen yet; AW_MAX_ORDERS: none. */
static unsigned int next_order(const struct aw_scene *scene, const struct indices *indices)
{
	const uint64_t *counts = scene->totals.by_order;
	unsigned int most = AW_MAX_ORDERS;

	for (unsigned int order = 0; order < nr_orders(&scene->memory); order++)
		if (counts[order] && !has_index(indices, order) &&
		    (most == AW_MAX_ORDERS || counts[order] > counts[most]))
			most = order;
	return most;
}

static void add_index(struct indices *indices, unsigned int order)
{
	unsigned int at = indices->count++;

	for (; at && indices->orders[at - 1] > order; at--)
		indices->orders[at] = indices->orders[at - 1];
	indices->orders[at] = order;
}

/* Chooses the order of the last failure and, on a wide screen, other orders that fail. */
static void choose_indices(const struct aw_scene *scene, struct indices *out)
{
	unsigned int used = NAME + 4 * SIZE + nr_orders(&scene->memory) * BLOCK, order;

	out->count = 0;
	if (!scene->memory.has_request)
		return;
	add_index(out, scene->memory.request.failure.order);
	while (out->count < MAX_INDICES && is_wide(scene) && used + (out->count + 1) * INDEX <= scene->width &&
	       (order = next_order(scene, out)) < AW_MAX_ORDERS)
		add_index(out, order);
}

static void draw_head(const struct aw_scene *scene, const struct indices *indices, int y)
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
	for (unsigned int i = 0; i < indices->count; i++) {
		snprintf(text, sizeof(text), indices->count > 1 ? "frag%u" : "frag", indices->orders[i]);
		aw_pen_field(&pen, AW_STYLE_LABEL, INDEX, true, text);
	}
}

static void draw_zone(const struct aw_scene *scene, const struct aw_zone *zone, const struct asked *asked,
		      const struct indices *indices, int y)
{
	const struct aw_event *request = &scene->memory.request;
	bool barred = scene->memory.has_request &&
		      aw_allows_zone(&asked->allows, request, zone) != AW_BAR_NONE;
	struct aw_pen pen = aw_pen_at(y, (int)scene->width);
	char name[AW_ESCAPED_COMM], text[AW_ESCAPED_COMM + 8];
	struct aw_blocks blocks;

	aw_blocks_of(zone, &asked->allows, request->failure.order, &blocks);
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
		put_blocks(&pen, zone, &blocks, barred, order);
	for (unsigned int i = 0; i < indices->count; i++)
		put_index(&pen, scene, zone, asked, &blocks, barred, indices->orders[i]);
}

static void find_asked(const struct aw_scene *scene, struct asked *out)
{
	if (!scene->memory.has_request) {
		out->allows = (struct aw_allows){ .migratetype = AW_MT_UNMOVABLE,
						  .highest_zone = AW_ZONE_TYPE_NORMAL };
		return;
	}
	aw_era_of(scene->report.kernel, &scene->memory.request.failure.gfp, &out->era);
	aw_allows_of(&scene->memory.request, scene->report.kernel, &out->era, &out->allows);
}

static bool is_shown(const struct aw_zone *zone)
{
	return zone->type != AW_ZONE_TYPE_DEVICE && (!(zone->known & AW_ZONE_KNOWS_MANAGED) || zone->managed);
}

static uint64_t size_of(const struct aw_zone *zone)
{
	return zone->known & AW_ZONE_KNOWS_MANAGED ? zone->managed : zone->free;
}

/* Is it one of the `room` largest zones?  A small zone such as DMA is left out first. */
static bool is_large(const struct aw_memory *memory, const struct aw_zone *zone, int room)
{
	int larger = 0;

	for (unsigned int i = 0; i < memory->nr_zones; i++) {
		const struct aw_zone *other = &memory->zones[i];

		if (is_shown(other) && (size_of(other) > size_of(zone) ||
					(size_of(other) == size_of(zone) && other < zone)))
			larger++;
	}
	return larger < room;
}

int aw_memory_draw(const struct aw_scene *scene, int y, int lines)
{
	const struct aw_memory *memory = &scene->memory;
	struct asked asked = { 0 };
	struct indices indices;
	int used = 1;

	if (!memory->nr_zones || scene->width < MIN_WIDTH || lines < 2)
		return 0;
	find_asked(scene, &asked);
	choose_indices(scene, &indices);
	draw_head(scene, &indices, y);
	for (unsigned int i = 0; i < memory->nr_zones && used < lines; i++)
		if (is_shown(&memory->zones[i]) && is_large(memory, &memory->zones[i], lines - 1))
			draw_zone(scene, &memory->zones[i], &asked, &indices, y + used++);
	return used;
}

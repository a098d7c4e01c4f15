// SPDX-License-Identifier: GPL-2.0
/*
 * Reads the page scans of a recording.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "recording/decode_internal.h"

#define CELL_BYTES 18

/* A number of pages, windows or blocks; one that cannot be fails the record. */
static uint64_t get_pages(struct aw_cursor *record)
{
	uint64_t pages = aw_get_u64(record);

	if (pages >= AW_RECORDING_PAGES_MAX)
		record->failed = true;
	return pages;
}

static void read_classes(const struct aw_recording_decoder *decoder, struct aw_cursor *record,
			 struct aw_windows *windows)
{
	uint32_t rows = aw_get_u32(record);

	for (uint32_t i = 0; i < rows && !record->failed; i++) {
		struct aw_window_class *row = &windows->class[aw_get_enum(decoder, AW_ENUM_PAGE_CLASS, record)];

		/* Classes that this program does not know become one. */
		row->pages += get_pages(record);
		row->windows += get_pages(record);
		row->alone += get_pages(record);
		if (row->pages >= AW_RECORDING_PAGES_MAX || row->windows >= AW_RECORDING_PAGES_MAX)
			record->failed = true;
	}
}

static void read_windows(const struct aw_recording_decoder *decoder, struct aw_cursor *record,
			 struct aw_windows *windows)
{
	windows->total = get_pages(record);
	windows->free = get_pages(record);
	windows->closed = get_pages(record);
	windows->movable = get_pages(record);
	windows->blocked = get_pages(record);
	windows->blocked_roomy = get_pages(record);
	read_classes(decoder, record, windows);
}

static void read_cell(const struct aw_recording_decoder *decoder, struct aw_cursor *record, struct aw_cell *cell)
{
	cell->type = (enum aw_cell_type)aw_get_enum(decoder, AW_ENUM_CELL_TYPE, record);
	cell->blocker = (enum aw_page_class)aw_get_enum(decoder, AW_ENUM_PAGE_CLASS, record);
	cell->pages = aw_get_u32(record);
	cell->free = aw_get_u32(record);
	cell->movable = aw_get_u32(record);
	cell->blocked = aw_get_u32(record);
}

static bool read_cells(const struct aw_recording_decoder *decoder, struct aw_cursor *record, struct aw_cells *cells)
{
	uint64_t first = get_pages(record);
	uint64_t apart = get_pages(record);
	uint64_t blocks = get_pages(record);
	uint32_t count = aw_get_u32(record);

	if (record->failed || count > aw_cursor_left(record) / CELL_BYTES || apart >> 32)
		return false;
	cells->cells = count ? calloc(count, sizeof(*cells->cells)) : NULL;
	if (count && !cells->cells)
		return false;
	cells->count = count;
	cells->blocks = blocks;
	for (uint32_t i = 0; i < count; i++) {
		cells->cells[i].first = first + i * apart;
		read_cell(decoder, record, &cells->cells[i]);
	}
	return true;
}

static bool read_zone(const struct aw_recording_decoder *decoder, struct aw_cursor *record,
		      struct aw_blockers_zone *zone)
{
	const uint8_t *name;
	uint8_t how;

	zone->span.node = (int32_t)aw_get_u32(record);
	name = aw_get_bytes(record, AW_COMM_LEN);
	if (name)
		memcpy(zone->span.name, name, AW_COMM_LEN);
	zone->span.start = get_pages(record);
	zone->span.spanned = get_pages(record);
	zone->makeable = get_pages(record);
	zone->makeable_most = get_pages(record);
	zone->simulated.moved = get_pages(record);
	zone->unknown_blocks = get_pages(record);
	how = aw_get_u8(record);
	zone->simulated.ran_out = how & AW_STORED_RAN_OUT;
	zone->simulated.missed = how & AW_STORED_MISSED;
	read_windows(decoder, record, &zone->windows);
	return read_cells(decoder, record, &zone->cells);
}

static bool read_zones(const struct aw_recording_decoder *decoder, struct aw_cursor *record, unsigned int count,
		       struct aw_blockers *found)
{
	if (count > AW_SCAN_ZONES)
		return false;
	while (found->nr_zones < count)
		if (!read_zone(decoder, record, &found->zones[found->nr_zones++]))
			return false;
	aw_blockers_sum_up(found);
	return true;
}

static void read_cost(struct aw_cursor *record, struct aw_scan_cost *cost)
{
	cost->pages = get_pages(record);
	cost->ns = aw_get_u64(record);
	cost->longest_ns = aw_get_u64(record);
	cost->unread = get_pages(record);
}

static bool read_request(const struct aw_recording_decoder *decoder, struct aw_cursor *record,
			 struct aw_event *event, struct aw_window_request *request, bool *has_taken)
{
	struct aw_failure *failure = &event->failure;
	const struct aw_gfp *gfp;
	uint32_t flags;

	failure->order = request->order = aw_get_u32(record);
	gfp = aw_entry_gfp(decoder, aw_get_u32(record));
	flags = aw_get_u32(record);
	failure->migratetype = (enum aw_migratetype)aw_get_enum(decoder, AW_ENUM_MIGRATETYPE, record);
	failure->class = (enum aw_class)aw_get_enum(decoder, AW_ENUM_CLASS, record);
	if (!gfp || failure->order > 31 || flags & ~AW_STORED_SCAN_FLAGS)
		return false;
	failure->gfp = *gfp;
	failure->bytes = aw_order_bytes(&decoder->told.kernel, failure->order);
	failure->class_why = "";
	request->cma = flags & AW_STORED_SCAN_CMA;
	*has_taken = flags & AW_STORED_SCAN_TAKEN;
	failure->cause = request->cma ? AW_CAUSE_UNKNOWN : AW_CAUSE_FRAGMENTATION;	/* of another no scan is made */
	request->movable = flags & AW_STORED_SCAN_MOVABLE;
	request->moves_folios = flags & AW_STORED_SCAN_FOLIOS;
	return true;
}

/* ---- made for a failed cma_alloc() ---- */

static bool read_text(const struct aw_recording_decoder *decoder, struct aw_cursor *record, char *out, size_t size)
{
	const char *text = aw_entry_string(decoder, aw_get_u32(record));

	snprintf(out, size, "%s", text ? text : "");
	return text;
}

static bool read_area(const struct aw_recording_decoder *decoder, struct aw_cursor *record, struct aw_cma_area *area)
{
	bool named = read_text(decoder, record, area->name, sizeof(area->name));

	area->start = get_pages(record);
	area->pages = get_pages(record);
	area->free = get_pages(record);
	area->movable = get_pages(record);
	area->taken = get_pages(record);
	area->stuck = get_pages(record);
	area->largest = get_pages(record);
	area->largest_untaken = get_pages(record);
	return named;
}

/* Each has a key of its own in the list: those of others than processes are not stored. */
static bool read_holder(const struct aw_recording_decoder *decoder, struct aw_cursor *record, struct aw_holders *holders)
{
	enum aw_holder_type type = (enum aw_holder_type)aw_get_enum(decoder, AW_ENUM_HOLDER_TYPE, record);
	enum aw_page_class class = (enum aw_page_class)aw_get_enum(decoder, AW_ENUM_PAGE_CLASS, record);
	uint32_t pid = aw_get_u32(record);
	uint16_t number = aw_holder_of(holders, type, class, type == AW_HOLDER_PROCESS ? pid : holders->count);
	struct aw_holder *holder = number ? &holders->list[number - 1] : NULL;

	if (!holder || !read_text(decoder, record, holder->name, sizeof(holder->name)))
		return false;
	holder->cma_pages = get_pages(record);
	return true;
}

static bool read_cma(const struct aw_recording_decoder *decoder, struct aw_cursor *record, struct aw_scan *scan)
{
	struct aw_blockers *found = &scan->found;
	unsigned int areas, holders;

	scan->cma.count = get_pages(record);
	scan->cma.align = aw_get_u32(record);
	if (!read_text(decoder, record, scan->cma.name, sizeof(scan->cma.name)) || !scan->cma.count)
		return false;
	areas = aw_get_u8(record);
	holders = aw_get_u8(record);
	if (areas > AW_CMA_AREAS || holders > AW_RECORDING_HOLDERS)
		return false;
	while (found->cma.count < areas)
		if (!read_area(decoder, record, &found->cma.areas[found->cma.count++]))
			return false;
	for (unsigned int i = 0; i < holders; i++)
		if (!read_holder(decoder, record, &found->holders))
			return false;
	return true;
}

/* ---- by the sample of holders ---- */

static bool read_taken(const struct aw_recording_decoder *decoder, struct aw_cursor *record, struct aw_taken_by *taken)
{
	unsigned int count;

	taken->windows = get_pages(record);
	count = aw_get_u8(record);
	if (count > AW_TAKEN_SHOWN || !taken->windows)
		return false;
	for (; taken->count < count; taken->count++) {
		struct aw_taken_site *site = &taken->sites[taken->count];

		if (!read_text(decoder, record, site->name, sizeof(site->name)))
			return false;
		site->windows = get_pages(record);
	}
	return true;
}

static bool read_into(struct aw_recording_decoder *decoder, struct aw_cursor *record, struct aw_event *event,
		      struct aw_scan *scan)
{
	struct aw_blockers *found = &scan->found;
	unsigned int zones;
	bool has_taken;

	scan->time_ns = event->time_ns;
	found->kernel = &decoder->told.kernel;
	if (!read_request(decoder, record, event, &found->request, &has_taken))
		return false;
	found->source = (enum aw_page_source)aw_get_enum(decoder, AW_ENUM_PAGE_SOURCE, record);
	zones = aw_get_u8(record);
	scan->failed_ns = aw_get_u64(record);
	read_cost(record, &found->cost);
	if (!read_zones(decoder, record, zones, found) || (found->request.cma && !read_cma(decoder, record, scan)) ||
	    (has_taken && !read_taken(decoder, record, &found->taken)))
		return false;
	if (found->request.cma)
		event->failure.bytes = scan->cma.count * decoder->told.kernel.page_size;
	return scan->failed_ns < AW_RECORDING_TIME_MAX && !record->failed;
}

bool aw_read_scan(struct aw_recording_decoder *decoder, struct aw_cursor *record, struct aw_event *event)
{
	struct aw_scan *scan = aw_scan_new();

	if (!scan) {
		decoder->no_memory = true;
		return false;
	}
	if (!read_into(decoder, record, event, scan)) {
		aw_scan_drop(scan);
		return false;
	}
	aw_scan_drop(decoder->scan);
	decoder->scan = event->scan = scan;
	return true;
}

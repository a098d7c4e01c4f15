// SPDX-License-Identifier: GPL-2.0
/*
 * Encodes page scans.
 */
#include "event/event.h"
#include "recording/encode_internal.h"

static void put_windows(struct aw_bytes *out, const struct aw_windows *windows)
{
	unsigned int rows = 0;

	aw_put_u64(out, windows->total);
	aw_put_u64(out, windows->free);
	aw_put_u64(out, windows->closed);
	aw_put_u64(out, windows->movable);
	aw_put_u64(out, windows->blocked);
	aw_put_u64(out, windows->blocked_roomy);
	for (unsigned int c = 0; c < AW_PAGE_CLASSES; c++)
		rows += windows->class[c].pages != 0;
	aw_put_u32(out, rows);
	for (unsigned int c = 0; c < AW_PAGE_CLASSES; c++) {
		if (!windows->class[c].pages)
			continue;
		aw_put_u8(out, (uint8_t)c);
		aw_put_u64(out, windows->class[c].pages);
		aw_put_u64(out, windows->class[c].windows);
		aw_put_u64(out, windows->class[c].alone);
	}
}

static void put_cells(struct aw_bytes *out, const struct aw_cells *cells)
{
	aw_put_u64(out, cells->count ? cells->cells[0].first : 0);
	aw_put_u64(out, cells->count > 1 ? cells->cells[1].first - cells->cells[0].first : 0);
	aw_put_u64(out, cells->blocks);
	aw_put_u32(out, (uint32_t)cells->count);
	for (uint64_t i = 0; i < cells->count; i++) {
		const struct aw_cell *cell = &cells->cells[i];

		aw_put_u8(out, (uint8_t)cell->type);
		aw_put_u8(out, (uint8_t)cell->blocker);
		aw_put_u32(out, (uint32_t)cell->pages);
		aw_put_u32(out, (uint32_t)cell->free);
		aw_put_u32(out, (uint32_t)cell->movable);
		aw_put_u32(out, (uint32_t)cell->blocked);
	}
}

static void put_zone(struct aw_bytes *out, const struct aw_blockers_zone *zone)
{
	aw_put_u32(out, (uint32_t)zone->span.node);
	aw_put_bytes(out, zone->span.name, AW_COMM_LEN);
	aw_put_u64(out, zone->span.start);
	aw_put_u64(out, zone->span.spanned);
	aw_put_u64(out, zone->makeable);
	aw_put_u64(out, zone->makeable_most);
	aw_put_u64(out, zone->simulated.moved);
	aw_put_u64(out, zone->unknown_blocks);
	aw_put_u8(out, (zone->simulated.ran_out ? AW_STORED_RAN_OUT : 0) |
			(zone->simulated.missed ? AW_STORED_MISSED : 0));
	put_windows(out, &zone->windows);
	put_cells(out, &zone->cells);
}

/* ---- made for a failed cma_alloc() ---- */

/* Those with stuck pages in areas; at most AW_RECORDING_HOLDERS. */
static unsigned int holders_of(const struct aw_holders *holders, const struct aw_holder *out[AW_RECORDING_HOLDERS])
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < holders->count && count < AW_RECORDING_HOLDERS; i++)
		if (holders->list[i].cma_pages)
			out[count++] = &holders->list[i];
	return count;
}

void aw_recording_scan_texts(struct aw_recording_encoder *encoder, const struct aw_scan *scan)
{
	const struct aw_holder *holders[AW_RECORDING_HOLDERS];
	unsigned int count = holders_of(&scan->found.holders, holders);

	for (unsigned int i = 0; i < scan->found.taken.count; i++)
		aw_recording_string(encoder, scan->found.taken.sites[i].name);
	if (!scan->cma.count)
		return;
	aw_recording_string(encoder, scan->cma.name);
	for (unsigned int i = 0; i < scan->found.cma.count; i++)
		aw_recording_string(encoder, scan->found.cma.areas[i].name);
	for (unsigned int i = 0; i < count; i++)
		aw_recording_string(encoder, holders[i]->name);
}

static void put_area(struct aw_recording_encoder *encoder, const struct aw_cma_area *area)
{
	struct aw_bytes *out = &encoder->records;

	aw_put_u32(out, aw_recording_string(encoder, area->name));
	aw_put_u64(out, area->start);
	aw_put_u64(out, area->pages);
	aw_put_u64(out, area->free);
	aw_put_u64(out, area->movable);
	aw_put_u64(out, area->taken);
	aw_put_u64(out, area->stuck);
	aw_put_u64(out, area->largest);
	aw_put_u64(out, area->largest_untaken);
}

/* The keys of others are addresses in the kernel. */
static void put_holder(struct aw_recording_encoder *encoder, const struct aw_holder *holder)
{
	struct aw_bytes *out = &encoder->records;

	aw_put_u8(out, (uint8_t)holder->type);
	aw_put_u8(out, (uint8_t)holder->class);
	aw_put_u32(out, holder->type == AW_HOLDER_PROCESS ? (uint32_t)holder->key : 0);
	aw_put_u32(out, aw_recording_string(encoder, holder->name));
	aw_put_u64(out, holder->cma_pages);
}

static void put_cma(struct aw_recording_encoder *encoder, const struct aw_scan *scan)
{
	const struct aw_holder *holders[AW_RECORDING_HOLDERS];
	unsigned int count = holders_of(&scan->found.holders, holders);
	struct aw_bytes *out = &encoder->records;

	aw_put_u64(out, scan->cma.count);
	aw_put_u32(out, scan->cma.align);
	aw_put_u32(out, aw_recording_string(encoder, scan->cma.name));
	aw_put_u8(out, (uint8_t)scan->found.cma.count);
	aw_put_u8(out, (uint8_t)count);
	for (unsigned int i = 0; i < scan->found.cma.count; i++)
		put_area(encoder, &scan->found.cma.areas[i]);
	for (unsigned int i = 0; i < count; i++)
		put_holder(encoder, holders[i]);
}

static void put_taken(struct aw_recording_encoder *encoder, const struct aw_taken_by *taken)
{
	struct aw_bytes *out = &encoder->records;

	aw_put_u64(out, taken->windows);
	aw_put_u8(out, (uint8_t)taken->count);
	for (unsigned int i = 0; i < taken->count; i++) {
		aw_put_u32(out, aw_recording_string(encoder, taken->sites[i].name));
		aw_put_u64(out, taken->sites[i].windows);
	}
}

void aw_recording_put_scan(struct aw_recording_encoder *encoder, const struct aw_event *event, uint32_t gfp)
{
	struct aw_bytes *out = &encoder->records;
	const struct aw_blockers *found = &event->scan->found;

	aw_put_u32(out, event->failure.order);
	aw_put_u32(out, gfp);
	aw_put_u32(out, (found->request.movable ? AW_STORED_SCAN_MOVABLE : 0) |
			(found->request.moves_folios ? AW_STORED_SCAN_FOLIOS : 0) |
			(event->scan->cma.count ? AW_STORED_SCAN_CMA : 0) |
			(found->taken.windows ? AW_STORED_SCAN_TAKEN : 0));
	aw_put_u8(out, (uint8_t)event->failure.migratetype);
	aw_put_u8(out, (uint8_t)event->failure.class);
	aw_put_u8(out, (uint8_t)found->source);
	aw_put_u8(out, (uint8_t)found->nr_zones);
	aw_put_u64(out, event->scan->failed_ns);
	aw_put_u64(out, found->cost.pages);
	aw_put_u64(out, found->cost.ns);
	aw_put_u64(out, found->cost.longest_ns);
	aw_put_u64(out, found->cost.unread);
	for (unsigned int i = 0; i < found->nr_zones; i++)
		put_zone(out, &found->zones[i]);
	if (event->scan->cma.count)
		put_cma(encoder, event->scan);
	if (found->taken.windows)
		put_taken(encoder, &found->taken);
}

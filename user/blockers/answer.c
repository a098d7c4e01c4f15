// SPDX-License-Identifier: GPL-2.0
/*
 * What stands in the way of a block of an order.
 */
#include "blockers/answer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/escape.h"

/* Does the request use this zone?  Device memory is nobody's, and ZONE_MOVABLE takes movable requests only. */
static bool is_wanted(const struct aw_zone_span *span, const struct aw_window_request *request, const char *name)
{
	enum aw_zone_type type = aw_zone_type_from_name(span->name);

	if (name)
		return !strcmp(span->name, name);
	return type != AW_ZONE_TYPE_DEVICE && (type != AW_ZONE_TYPE_MOVABLE || request->movable);
}

static void add(struct aw_windows *sum, const struct aw_windows *more)
{
	sum->total += more->total;
	sum->free += more->free;
	sum->closed += more->closed;
	sum->movable += more->movable;
	sum->blocked += more->blocked;
	sum->blocked_roomy += more->blocked_roomy;
	for (unsigned int c = 0; c < AW_PAGE_CLASSES; c++) {
		sum->class[c].windows += more->class[c].windows;
		sum->class[c].alone += more->class[c].alone;
		sum->class[c].pages += more->class[c].pages;
	}
}

/* /proc/pagetypeinfo alone: how many of the free windows are open to the request. */
static void take_counts(const struct aw_page_scan *scan, const struct aw_window_request *request,
			struct aw_blockers_zone *zone)
{
	const struct aw_zone_pagetypes *types = aw_pagetypes_of(&scan->types, zone->span.node, zone->span.name);
	uint64_t open = 0, closed = 0;

	if (!types)
		return;
	for (enum aw_migratetype type = 0; type < AW_MT_COUNT; type++) {
		bool is_closed = type == AW_MT_ISOLATE || type == AW_MT_HIGHATOMIC ||
				 (type == AW_MT_CMA && !request->movable);

		*(is_closed ? &closed : &open) += aw_pagetypes_blocks(types, type, request->order);
	}
	zone->windows.free = open;
	zone->windows.closed = closed;
}

/* OWN: as it is when this program has ended.  PCP: as if the lists of cpus were drained. */
static void set_free(struct aw_zone_pages *pages, enum aw_page_class class)
{
	for (uint64_t i = 0; i < pages->count; i++)
		if (pages->class[i] == class)
			pages->class[i] = AW_PAGE_FREE;
}

/* How many windows more than `before` are free after a compaction by `rules`, with the lists of cpus as they are or drained. */
static int gain(const struct aw_zone_pages *pages, const struct aw_window_request *request, const struct aw_compaction *rules,
		bool drained, uint64_t before, struct aw_simulated *simulated, uint64_t *gained)
{
	AW_FREE uint8_t *class = malloc(pages->count);
	struct aw_zone_pages copy = *pages;
	struct aw_windows after = { .total = 0 };

	if (!class)
		return -ENOMEM;
	copy.class = memcpy(class, pages->class, pages->count);
	if (drained)
		set_free(&copy, AW_PAGE_PCP);
	aw_compaction_simulate(&copy, rules, simulated);
	aw_windows_count(&copy, request, &after);
	*gained = after.free > before ? after.free - before : 0;
	return 0;
}

static void widen(struct aw_blockers_zone *zone, uint64_t gained)
{
	if (gained < zone->makeable)
		zone->makeable = gained;
	if (gained > zone->makeable_most)
		zone->makeable_most = gained;
}

/*
 * Once with the lists of cpus as they are: they keep their pages, and the last of those from which others were moved.
 * Once as if they were drained.  Where the free scanner of compact_memory
 * strides over free pages, a page here or there decides whether it does, and the compaction of a request looks for
 * them in the free lists (fast_isolate_freepages()): then also without strides.
 */
static int simulate(struct aw_zone_pages *pages, const struct aw_window_request *request, const struct aw_compaction *rules,
		    uint64_t keeps, struct aw_blockers_zone *out)
{
	struct aw_compaction all = { .moves_folios = rules->moves_folios, .finishes_blocks = rules->finishes_blocks };
	struct aw_compaction kept = *rules;
	struct aw_windows before = { .total = 0 };
	struct aw_simulated drained = { .moved = 0 }, whole;
	uint64_t gained;
	int err;

	set_free(pages, AW_PAGE_OWN);
	aw_windows_count(pages, request, &before);
	kept.keeps = keeps;
	err = gain(pages, request, &kept, false, before.free, &out->simulated, &gained);
	out->makeable = out->makeable_most = gained;
	if (!err && (before.class[AW_PAGE_PCP].pages || keeps)) {
		err = gain(pages, request, rules, true, before.free, &drained, &gained);
		widen(out, gained);
	}
	out->simulated.missed |= drained.missed;
	if (!err && out->simulated.missed) {
		err = gain(pages, request, &all, before.class[AW_PAGE_PCP].pages, before.free, &whole, &gained);
		widen(out, gained);
	}
	return err;
}

static uint64_t unknown_blocks(const struct aw_zone_pages *pages)
{
	uint64_t unknown = 0;

	for (uint64_t i = 0; i < pages->nr_blocks; i++)
		unknown += pages->type[i] == AW_MT_UNKNOWN;
	return unknown;
}

static int count_taken(const struct aw_page_scan *scan, const struct aw_zone_pages *pages,
		       const struct aw_window_request *request)
{
	struct aw_taken_map map;

	if (!scan->taken || scan->source != AW_PAGES_BPF)
		return 0;
	map.vmemmap = aw_page_reader_vmemmap(scan->reader);
	map.size = aw_page_reader_layout(scan->reader)->size;
	return aw_taken_count(scan->taken, &map, pages, request);
}

/*
 * How many pages of a zone the list of a cpu keeps: from 6.7 on more for a while, until it has shrunk
 * (decay_pcp_high()).  Compaction by compact_memory does not drain it.
 */
static uint64_t on_lists(const struct aw_page_scan *scan, const struct aw_zone_span *span)
{
	const struct aw_zone *zone = aw_page_scan_counted(scan, span);

	return zone->list_high_min ? zone->list_high_min : zone->list_high;
}

static int look_at_zone(struct aw_page_scan *scan, unsigned int index, const struct aw_window_request *request,
			unsigned int cells, struct aw_blockers_zone *out, struct aw_blockers *all, struct aw_error *error)
{
	struct aw_zone_pages pages;
	int err = aw_page_scan_zone_holders(scan, index, &pages, scan->no_holders ? NULL : &all->holders, error);

	if (err)
		return err;
	aw_pause(&scan->pause);
	aw_windows_count(&pages, request, &out->windows);
	aw_holders_count(&all->holders, &pages, request);
	aw_cma_find(&pages, &all->holders, &all->cma);
	if (count_taken(scan, &pages, request))
		err = aw_error_set(error, -ENOMEM, "out of memory");
	out->unknown_blocks = unknown_blocks(&pages);
	if (!err && cells && aw_cells_make(&pages, request->moves_folios, cells, &out->cells))
		err = aw_error_set(error, -ENOMEM, "out of memory");
	aw_pause(&scan->pause);
	if (!err && simulate(&pages, request, &scan->compaction, on_lists(scan, &out->span), out))
		err = aw_error_set(error, -ENOMEM, "out of memory");
	aw_zone_pages_clear(&pages);
	return err;
}

static uint64_t free_by_buddyinfo(const struct aw_zone *zone, unsigned int order)
{
	uint64_t blocks = 0;

	for (unsigned int i = order; i < zone->nr_orders; i++)
		blocks += zone->nr_free[i] << (i - order);
	return blocks;
}

/*
 * kpageflags does not tell the free windows of CMA and of the HighAtomic reserve from others: as many as
 * the zone has free pages there are taken for theirs, so that those that are left are surely open.
 */
static void take_free(const struct aw_page_scan *scan, const struct aw_window_request *request,
		      struct aw_blockers_zone *zone)
{
	const struct aw_zone *counted = aw_page_scan_counted(scan, &zone->span);
	uint64_t pages = counted->known & AW_ZONE_KNOWS_FREE_HIGHATOMIC ? counted->free_highatomic : counted->reserved_highatomic;
	uint64_t closed = ((request->movable ? 0 : counted->free_cma) + pages) >> request->order;

	if (counted->nr_orders)
		zone->windows.free = free_by_buddyinfo(counted, request->order);
	zone->windows.closed = closed < zone->windows.free ? closed : zone->windows.free;
	zone->windows.free -= zone->windows.closed;
}

static int find_in_zone(struct aw_page_scan *scan, unsigned int index, const struct aw_window_request *request,
			unsigned int cells, struct aw_blockers_zone *out, struct aw_blockers *all, struct aw_error *error)
{
	int err = 0;

	*out = (struct aw_blockers_zone){ .span = scan->spans[index] };
	if (scan->source != AW_PAGES_COUNTS)
		err = look_at_zone(scan, index, request, cells, out, all, error);
	if (scan->source == AW_PAGES_COUNTS)
		take_counts(scan, request, out);
	else if (scan->source == AW_PAGES_KPAGEFLAGS)
		take_free(scan, request, out);
	return err;
}

/* What nothing can be done about comes last. */
static bool ranks_before(const struct aw_windows *sum, enum aw_page_class first, enum aw_page_class second)
{
	const struct aw_window_class *a = &sum->class[first], *b = &sum->class[second];
	bool helps = aw_page_class_remedy(first)[0];

	if (helps != !!aw_page_class_remedy(second)[0])
		return helps;
	return a->alone != b->alone ? a->alone > b->alone : a->windows > b->windows;
}

static void rank(struct aw_blockers *out)
{
	for (unsigned int c = 0; c < AW_PAGE_CLASSES; c++) {
		unsigned int at = out->nr_ranked;

		if (!out->sum.class[c].windows)
			continue;
		for (; at && ranks_before(&out->sum, c, out->ranked[at - 1]); at--)
			out->ranked[at] = out->ranked[at - 1];
		out->ranked[at] = c;
		out->nr_ranked++;
	}
}

void aw_blockers_sum_up(struct aw_blockers *blockers)
{
	blockers->sum = (struct aw_windows){ .total = 0 };
	blockers->makeable = blockers->makeable_most = 0;
	blockers->nr_ranked = 0;
	for (unsigned int i = 0; i < blockers->nr_zones; i++) {
		const struct aw_blockers_zone *zone = &blockers->zones[i];

		add(&blockers->sum, &zone->windows);
		blockers->makeable += zone->makeable;
		blockers->makeable_most += zone->makeable_most;
	}
	rank(blockers);
}

void aw_blockers_begin(const struct aw_page_scan *scan, const struct aw_window_request *request,
		       struct aw_blockers *out, unsigned int *next)
{
	*out = (struct aw_blockers){ .source = scan->source, .kernel = scan->kernel, .request = *request,
				     .pageblock_order = scan->pageblock_order, .pageblock_from = scan->pageblock_from };
	out->request.moves_folios = scan->compaction.moves_folios;
	*next = 0;
}

static int end(const struct aw_page_scan *scan, const char *zone, struct aw_blockers *out, struct aw_error *error)
{
	out->cost = scan->cost;
	if (!out->nr_zones && !out->request.cma)
		return aw_error_set(error, -ENOENT, "there is no zone '%s' with memory", zone ? zone : "");
	aw_blockers_sum_up(out);
	aw_holders_rank(&out->holders);
	if (scan->taken)
		aw_taken_answer(scan->taken, &out->taken);
	if (aw_callers_read(scan->kernel->page_size, &out->callers) || aw_dma_buffers_read(&out->buffers))
		return aw_error_set(error, -ENOMEM, "out of memory");
	return 0;
}

static bool is_looked_at(const struct aw_page_scan *scan, unsigned int i, const struct aw_window_request *request, const char *zone)
{
	return is_wanted(&scan->spans[i], request, zone) && (!request->cma || aw_page_scan_cma(scan, &scan->spans[i]));
}

uint64_t aw_blockers_pages(const struct aw_page_scan *scan, const struct aw_window_request *request, const char *zone)
{
	uint64_t pages = 0;

	for (unsigned int i = 0; i < scan->nr_spans; i++)
		if (is_looked_at(scan, i, request, zone))
			pages += scan->spans[i].spanned;
	return pages;
}

int aw_blockers_step(struct aw_page_scan *scan, const char *zone, unsigned int cells, struct aw_blockers *out,
		     unsigned int *next, struct aw_error *error)
{
	struct aw_blockers_zone *found = &out->zones[out->nr_zones];
	int err;

	while (*next < scan->nr_spans && !is_looked_at(scan, *next, &out->request, zone))
		++*next;
	if (*next == scan->nr_spans)
		return end(scan, zone, out, error);
	err = find_in_zone(scan, (*next)++, &out->request, cells, found, out, error);
	out->nr_zones++;
	return err ? err : 1;
}

int aw_blockers_find(struct aw_page_scan *scan, const struct aw_window_request *request, const char *zone,
		     unsigned int cells, struct aw_blockers *out, struct aw_error *error)
{
	unsigned int next;
	int more;

	aw_blockers_begin(scan, request, out, &next);
	do {
		more = aw_blockers_step(scan, zone, cells, out, &next, error);
	} while (more > 0);
	return more;
}

void aw_blockers_clear(struct aw_blockers *blockers)
{
	for (unsigned int i = 0; i < blockers->nr_zones; i++)
		aw_cells_clear(&blockers->zones[i].cells);
	blockers->nr_zones = 0;
	aw_holders_clear(&blockers->holders);
}

bool aw_blockers_strides(const struct aw_blockers *blockers)
{
	for (unsigned int i = 0; i < blockers->nr_zones; i++)
		if (blockers->zones[i].simulated.missed)
			return true;
	return false;
}

bool aw_blockers_few(const struct aw_blockers *blockers)
{
	return blockers->makeable_most && blockers->makeable * 100 <= blockers->sum.total && !aw_blockers_strides(blockers);
}

unsigned int aw_blockers_percent(const struct aw_blockers *blockers)
{
	return blockers->sum.total ? (unsigned int)(blockers->sum.blocked * 100 / blockers->sum.total) : 0;
}

void aw_blockers_taken_text(const struct aw_taken_by *taken, char *text, size_t size)
{
	const struct aw_taken_site *most = NULL;
	char name[AW_ESCAPED_SIZE(AW_HOLDER_NAME)];

	for (unsigned int i = 0; i < taken->count && !most; i++)
		if (taken->sites[i].name[0])
			most = &taken->sites[i];
	text[0] = '\0';
	if (most && taken->windows)
		snprintf(text, size, "%s took pages in %" PRIu64 " of the %" PRIu64 " blocked windows that a sample tells of",
			 aw_escape_terminal(most->name, name, sizeof(name)), most->windows, taken->windows);
}

void aw_blockers_sentence(const struct aw_blockers *blockers, char *text, size_t size)
{
	bool hardly = blockers->makeable_most && aw_blockers_hardly(blockers);
	const char *likely = aw_page_source_limits(blockers->source)[0] || hardly ? "likely " : "";
	const char *made = blockers->makeable && aw_blockers_few(blockers) ? "perhaps " : likely;
	const char *more = blockers->sum.free ? " more" : "";
	char free_now[64];

	if (blockers->sum.free)
		snprintf(free_now, sizeof(free_now), "%" PRIu64 " free now", blockers->sum.free);
	else
		snprintf(free_now, sizeof(free_now), "none is free");
	if (blockers->source == AW_PAGES_COUNTS)
		snprintf(text, size, "%s; what compaction can make is not known", free_now);
	else if (blockers->makeable != blockers->makeable_most && !hardly)
		snprintf(text, size, "%s; compaction can %smake about %" PRIu64 " to %" PRIu64 " more, %s", free_now, made,
			 blockers->makeable, blockers->makeable_most, aw_blockers_strides(blockers) ?
			 "depending on whether its free scanner strides over free pages" :
			 "by what the lists of cpus give back");
	else if (blockers->makeable)
		snprintf(text, size, "%s; compaction can %smake about %" PRIu64 " more", free_now, made,
			 blockers->makeable);
	else if (blockers->sum.movable > blockers->sum.blocked)
		snprintf(text, size, "%s; compaction %scannot make one%s: by simulation, moving what can be moved frees no more "
			 "windows than it fills", free_now, likely, more);
	else if (blockers->nr_ranked)
		snprintf(text, size, "%s; compaction %scannot make one%s: %u %% of the windows hold what it cannot move, most often %s",
			 free_now, likely, more, aw_blockers_percent(blockers), aw_page_class_text(blockers->ranked[0]));
	else
		snprintf(text, size, "%s; compaction %scannot make one%s: there are no free pages to move others to", free_now,
			 likely, more);
}

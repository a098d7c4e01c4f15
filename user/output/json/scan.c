// SPDX-License-Identifier: GPL-2.0
/*
 * A page scan as JSON.
 */
#include "event/scan.h"
#include "output/json/internal.h"

/* Without a look at pages only the free windows are known. */
static bool sees_pages(const struct aw_blockers *found)
{
	return found->source != AW_PAGES_COUNTS;
}

/* Nor does kpageflags show how many of the free ones are closed. */
static void put_windows(struct aw_json *json, const char *key, const struct aw_windows *windows, const struct aw_blockers *found)
{
	bool known = sees_pages(found);

	aw_json_object(json, key);
	aw_json_known(json, "total", known, windows->total);
	aw_json_number(json, "free", windows->free);
	aw_json_known(json, "closed", found->source != AW_PAGES_KPAGEFLAGS || !windows->closed, windows->closed);
	aw_json_known(json, "movable", known, windows->movable);
	aw_json_known(json, "blocked", known, windows->blocked);
	aw_json_known(json, "blocked_with_free_pages", known, windows->blocked_roomy);
	aw_json_object_end(json);
}

static void put_zones(struct aw_json *json, const char *key, const struct aw_blockers *found)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < found->nr_zones; i++) {
		const struct aw_blockers_zone *zone = &found->zones[i];

		aw_json_object(json, NULL);
		aw_json_integer(json, "node", zone->span.node);
		aw_json_text(json, "name", zone->span.name);
		put_windows(json, "windows", &zone->windows, found);
		aw_json_known(json, "makeable", sees_pages(found), zone->makeable);
		aw_json_known(json, "makeable_most", sees_pages(found), zone->makeable_most);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

static void put_ranking(struct aw_json *json, const char *key, const struct aw_blockers *found)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < found->nr_ranked; i++) {
		enum aw_page_class class = found->ranked[i];
		const struct aw_window_class *row = &found->sum.class[class];

		aw_json_object(json, NULL);
		aw_json_name(json, "class", aw_page_class_name(class));
		aw_json_number(json, "windows", row->windows);
		aw_json_number(json, "alone", row->alone);
		aw_json_number(json, "pages", row->pages);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

static void put_areas(struct aw_json *json, const char *key, const struct aw_cma_areas *areas)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < areas->count; i++) {
		const struct aw_cma_area *area = &areas->areas[i];

		aw_json_object(json, NULL);
		aw_json_text(json, "name", area->name);
		aw_json_number(json, "first_page", area->start);
		aw_json_number(json, "pages", area->pages);
		aw_json_number(json, "free", area->free);
		aw_json_number(json, "movable", area->movable);
		aw_json_number(json, "taken", area->taken);
		aw_json_number(json, "stuck", area->stuck);
		aw_json_number(json, "largest", area->largest);
		aw_json_number(json, "largest_untaken", area->largest_untaken);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

static void put_holders(struct aw_json *json, const char *key, const struct aw_holders *holders)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < holders->count; i++) {
		const struct aw_holder *holder = &holders->list[i];

		if (!holder->cma_pages)
			continue;
		aw_json_object(json, NULL);
		aw_json_name(json, "type", aw_holder_type_name(holder->type));
		aw_json_text(json, "name", holder->name);
		aw_json_known(json, "pid", holder->type == AW_HOLDER_PROCESS, holder->key);
		aw_json_name(json, "class", aw_page_class_name(holder->class));
		aw_json_number(json, "pages", holder->cma_pages);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

static void put_cma(struct aw_json *json, const char *key, const struct aw_scan *scan)
{
	if (!scan->cma.count) {
		aw_json_null(json, key);
		return;
	}
	aw_json_object(json, key);
	aw_json_text(json, "area", scan->cma.name);
	aw_json_number(json, "asked", scan->cma.count);
	aw_json_number(json, "align", scan->cma.align);
	put_areas(json, "areas", &scan->found.cma);
	put_holders(json, "stuck_by", &scan->found.holders);
	aw_json_object_end(json);
}

/* Absent: there is no sample. */
static void put_taken(struct aw_json *json, const char *key, const struct aw_taken_by *taken)
{
	if (!taken->windows)
		return;
	aw_json_object(json, key);
	aw_json_number(json, "windows", taken->windows);
	aw_json_array(json, "by");
	for (unsigned int i = 0; i < taken->count; i++) {
		aw_json_object(json, NULL);
		aw_json_text(json, "name", taken->sites[i].name);
		aw_json_number(json, "windows", taken->sites[i].windows);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
	aw_json_object_end(json);
}

void aw_json_scan(struct aw_json *json, const char *key, const struct aw_kernel *kernel, const struct aw_scan *scan)
{
	const struct aw_blockers *found = &scan->found;
	char sentence[AW_SCAN_SENTENCE];

	aw_scan_sentence(scan, sentence, sizeof(sentence));
	aw_json_object(json, key);
	aw_json_time(json, "time", kernel, scan->time_ns);
	aw_json_name(json, "source", aw_page_source_name(found->source));
	aw_json_number(json, "order", found->request.order);
	aw_json_name(json, "migratetype", found->request.movable ? "Movable" : "Unmovable");
	aw_json_text(json, "answer", sentence);
	aw_json_known(json, "makeable", sees_pages(found), found->makeable);
	aw_json_known(json, "makeable_most", sees_pages(found), found->makeable_most);
	put_windows(json, "windows", &found->sum, found);
	put_zones(json, "zones", found);
	put_ranking(json, "blocked_by", found);
	put_cma(json, "cma", scan);
	put_taken(json, "taken", &found->taken);
	aw_json_number(json, "pages", found->cost.pages);
	aw_json_number(json, "ns", found->cost.ns);
	aw_json_number(json, "longest_run_ns", found->cost.longest_ns);
	aw_json_object_end(json);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * What stands in the way of a request for pages of a CMA area.
 */
#include <inttypes.h>
#include <string.h>

#include "base/escape.h"
#include "base/units.h"
#include "blockers/answer.h"

/* debugfs has "cma-reserved" for the area "reserved" up to 5.14 or so, later its name. */
static bool has_name(const struct aw_cma_area *area, const char *name)
{
	const char *own = strncmp(area->name, "cma-", 4) ? area->name : area->name + 4;

	return name[0] && (!strcmp(area->name, name) || !strcmp(own, name));
}

/* By its name, which needs debugfs; else, of those that are large enough, the one in which most could be had. */
static const struct aw_cma_area *area_of(const struct aw_cma_areas *areas, const char *name, uint64_t count)
{
	const struct aw_cma_area *best = NULL;

	for (unsigned int i = 0; i < areas->count; i++)
		if (has_name(&areas->areas[i], name))
			return &areas->areas[i];
	for (unsigned int i = 0; i < areas->count; i++) {
		const struct aw_cma_area *area = &areas->areas[i];

		if (area->pages >= count && (!best || area->largest > best->largest))
			best = area;
	}
	return best;
}

/* Who has most stuck pages in CMA areas; NULL: nobody is known. */
static const struct aw_holder *most_stuck(const struct aw_holders *holders)
{
	const struct aw_holder *most = NULL;

	for (unsigned int i = 0; i < holders->count; i++)
		if (holders->list[i].cma_pages && (!most || holders->list[i].cma_pages > most->cma_pages))
			most = &holders->list[i];
	return most;
}

/* " (2994 pages pinned: process camera[311])" */
static void put_holder(const struct aw_holder *holder, char *text, size_t size)
{
	char name[AW_ESCAPED_SIZE(AW_HOLDER_NAME)], id[32] = "";

	text[0] = '\0';
	if (!holder)
		return;
	if (holder->type == AW_HOLDER_PROCESS)
		snprintf(id, sizeof(id), "[%" PRIu64 "]", holder->key);
	aw_escape_terminal(holder->name[0] ? holder->name : "?", name, sizeof(name));
	snprintf(text, size, " (%" PRIu64 " pages %s: %s %s%s)", holder->cma_pages, aw_page_class_name(holder->class),
		 aw_holder_type_name(holder->type), name, id);
}

static void put_outlook(const struct aw_cma_area *area, const char *largest, uint64_t count, uint64_t after_ns, char *text,
			size_t size)
{
	char later[AW_UNITS_TEXT];

	if (area->largest >= count)
		snprintf(text, size, "a run of %s could be had %s later: what was in the way is gone, or was busy for a moment",
			 largest, aw_format_duration(after_ns, later));
	else if (area->largest_untaken >= count)
		snprintf(text, size, "the longest run that could be had is %s: what is stuck must go", largest);
	else
		snprintf(text, size, "the longest run that could be had is %s: drivers have too much of it", largest);
}

void aw_blockers_cma_sentence(const struct aw_blockers *blockers, const char *name, uint64_t count, uint64_t after_ns, char *text,
			      size_t size)
{
	const struct aw_cma_area *area = area_of(&blockers->cma, name, count);
	char pages[AW_UNITS_TEXT], free_now[AW_UNITS_TEXT], movable[AW_UNITS_TEXT], taken[AW_UNITS_TEXT], stuck[AW_UNITS_TEXT],
	     largest[AW_UNITS_TEXT], holder[AW_ESCAPED_SIZE(AW_HOLDER_NAME) + 80], outlook[160];
	uint64_t bytes = blockers->kernel->page_size;

	if (!area) {
		snprintf(text, size, "no CMA area of that size was found");
		return;
	}
	put_holder(most_stuck(&blockers->holders), holder, sizeof(holder));
	aw_format_bytes(area->largest * bytes, largest);
	put_outlook(area, largest, count, after_ns, outlook, sizeof(outlook));
	snprintf(text, size, "of %s %s are free, %s would move, drivers have %s, %s are stuck%s; %s",
		 aw_format_bytes(area->pages * bytes, pages), aw_format_bytes(area->free * bytes, free_now),
		 aw_format_bytes(area->movable * bytes, movable), aw_format_bytes(area->taken * bytes, taken),
		 aw_format_bytes(area->stuck * bytes, stuck), area->stuck ? holder : "", outlook);
}

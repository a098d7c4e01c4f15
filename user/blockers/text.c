// SPDX-License-Identifier: GPL-2.0
/*
 * What stands in the way, for people.
 */
#include <inttypes.h>

#include "base/escape.h"
#include "base/units.h"
#include "base/wrap.h"
#include "blockers/answer.h"

#define REMEDIES 3
#define HOLDERS 8
#define CALLERS 3
#define CLASS_COLUMN 40
#define ZONE_COLUMN 18

static void print_scan(FILE *out, const struct aw_blockers *blockers, unsigned int width)
{
	const struct aw_scan_cost *cost = &blockers->cost;
	char text[400], ns[AW_UNITS_TEXT], longest[AW_UNITS_TEXT];

	if (blockers->source == AW_PAGES_COUNTS) {
		snprintf(text, sizeof(text), "%s: %s", aw_page_source_name(blockers->source),
			 aw_page_source_limits(blockers->source));
	} else {
		snprintf(text, sizeof(text), "%" PRIu64 " pages by %s in %s: %" PRIu64 " ns of a cpu a page%s%s%s%s", cost->pages,
			 aw_page_source_name(blockers->source), aw_format_duration(cost->ns, ns),
			 cost->pages ? cost->cpu_ns / cost->pages : 0, cost->longest_ns ? ", at most " : "",
			 cost->longest_ns ? aw_format_duration(cost->longest_ns, longest) : "",
			 cost->longest_ns ? " at once" : "; ", aw_page_source_limits(blockers->source));
	}
	aw_wrap_row(out, "scan", text, width);
}

static void print_number(FILE *out, bool known, uint64_t number)
{
	if (known)
		fprintf(out, " %10" PRIu64, number);
	else
		fprintf(out, " %10s", "?");
}

static void print_zone(FILE *out, const struct aw_blockers *blockers, const struct aw_blockers_zone *zone)
{
	const struct aw_windows *w = &zone->windows;
	bool known = blockers->source != AW_PAGES_COUNTS;
	char escaped[AW_ESCAPED_SIZE(sizeof(zone->span.name))], name[sizeof(escaped) + 20];

	aw_escape_terminal(zone->span.name, escaped, sizeof(escaped));
	if (zone->span.node)
		snprintf(name, sizeof(name), "node %d %s", zone->span.node, escaped);
	else
		snprintf(name, sizeof(name), "%s", escaped);
	fprintf(out, "  %-*s", ZONE_COLUMN, name);
	print_number(out, known, w->total);
	print_number(out, true, w->free);
	print_number(out, true, w->closed);
	print_number(out, known, w->movable);
	print_number(out, known, w->blocked);
	print_number(out, known, w->blocked_roomy);
	print_number(out, known, zone->makeable);
	print_number(out, known, zone->makeable_most);
	fputs("\n", out);
}

/* closed: free, but CMA or a reserve.  roomy: blocked, with free pages in it. */
static void print_zones(FILE *out, const struct aw_blockers *blockers)
{
	fprintf(out, "\n  %-*s %10s %10s %10s %10s %10s %10s %10s %10s\n", ZONE_COLUMN, "zone", "windows", "free", "closed", "movable",
		"blocked", "part free", "makeable", "at most");
	for (unsigned int i = 0; i < blockers->nr_zones; i++)
		print_zone(out, blockers, &blockers->zones[i]);
}

static void print_ranking(FILE *out, const struct aw_blockers *blockers)
{
	fprintf(out, "\n  %-*s %10s %10s %10s\n", CLASS_COLUMN, "what blocks", "windows", "alone", "pages");
	for (unsigned int i = 0; i < blockers->nr_ranked; i++) {
		enum aw_page_class class = blockers->ranked[i];
		const struct aw_window_class *row = &blockers->sum.class[class];

		fprintf(out, "  %-*s %10" PRIu64 " %10" PRIu64 " %10" PRIu64 "\n", CLASS_COLUMN, aw_page_class_text(class),
			row->windows, row->alone, row->pages);
	}
}

/* "slab cache dentry", "process hold[123], pinned", or "steals by pipe_write, kernel" */
static void print_holder(FILE *out, const struct aw_holder *holder)
{
	char name[AW_ESCAPED_SIZE(AW_HOLDER_NAME)], text[sizeof(name) + 64];
	const char *class = aw_page_class_name(holder->class);

	aw_escape_terminal(holder->name[0] ? holder->name : "?", name, sizeof(name));
	if (holder->type == AW_HOLDER_CACHE)
		snprintf(text, sizeof(text), "slab cache %s", name);
	else if (holder->type == AW_HOLDER_SITE)
		snprintf(text, sizeof(text), "steals by %s, %s", name, class);
	else if (holder->type == AW_HOLDER_OWNER)
		snprintf(text, sizeof(text), "asked for by %s, %s", name, class);
	else if (holder->type != AW_HOLDER_PROCESS)
		snprintf(text, sizeof(text), "%s %s, %s", aw_holder_type_name(holder->type), name, class);
	else
		snprintf(text, sizeof(text), "process %s[%" PRIu64 "], %s", name, holder->key, class);
	fprintf(out, "  %-*s %10" PRIu64 " %10" PRIu64 " %10" PRIu64 "\n", CLASS_COLUMN, text, holder->windows, holder->alone,
		holder->pages);
}

/* Those without whom most windows would open. */
static void print_holders(FILE *out, const struct aw_blockers *blockers)
{
	const struct aw_holders *holders = &blockers->holders;

	if (!holders->count)
		return;
	fprintf(out, "\n  %-*s %10s %10s %10s\n", CLASS_COLUMN, "who holds it", "windows", "alone", "pages");
	for (unsigned int i = 0; i < holders->count && i < HOLDERS; i++)
		print_holder(out, &holders->list[i]);
	if (holders->cut)
		fputs("  not all processes, or records of page_owner, were looked at: it takes more than a second\n", out);
}

/* Of kernel pages without a mark nobody knows more than this: how much, and who asked. */
static void print_callers(FILE *out, const char *title, const struct aw_largest_callers *callers, unsigned int width)
{
	for (unsigned int i = 0; i < callers->count && i < CALLERS; i++) {
		char name[AW_ESCAPED_SIZE(AW_CALLER_NAME)], text[sizeof(name) + 80], bytes[AW_UNITS_TEXT];

		aw_escape_terminal(callers->list[i].name, name, sizeof(name));
		snprintf(text, sizeof(text), "%s by %s%s%s%s", aw_format_bytes(callers->list[i].bytes, bytes), name,
			 i ? "" : " (", i ? "" : callers->source, i ? "" : ")");
		if (!i)
			fputs("\n", out);
		aw_wrap_row(out, i ? "" : title, text, width);
	}
}

static void print_cma_area(FILE *out, const struct aw_blockers *blockers, const struct aw_cma_area *area)
{
	uint64_t size = blockers->kernel->page_size;
	char name[AW_ESCAPED_SIZE(AW_CMA_NAME)], text[sizeof(name) + 40], run[AW_UNITS_TEXT];

	aw_escape_terminal(area->name, name, sizeof(name));
	snprintf(text, sizeof(text), "0x%" PRIx64 "%s%s", area->start * size, name[0] ? " " : "", name);
	fprintf(out, "  %-*s %10" PRIu64 " %10" PRIu64 " %10" PRIu64 " %10" PRIu64 " %10" PRIu64 " %10s\n", ZONE_COLUMN, text,
		area->pages, area->free, area->movable, area->taken, area->stuck, aw_format_bytes(area->largest * size, run));
}

/* Who keeps pages where a driver's request must be able to move them away. */
static void print_cma_holders(FILE *out, const struct aw_blockers *blockers, unsigned int width)
{
	const struct aw_holders *holders = &blockers->holders;
	char name[AW_ESCAPED_SIZE(AW_HOLDER_NAME)], text[sizeof(name) + 100], id[32];

	for (unsigned int i = 0; i < holders->count; i++) {
		const struct aw_holder *holder = &holders->list[i];

		if (!holder->cma_pages)
			continue;
		aw_escape_terminal(holder->name[0] ? holder->name : "?", name, sizeof(name));
		if (holder->type == AW_HOLDER_PROCESS)
			snprintf(id, sizeof(id), "[%" PRIu64 "]", holder->key);
		else
			id[0] = '\0';
		snprintf(text, sizeof(text), "%" PRIu64 " pages are %s: %s %s%s", holder->cma_pages,
			 aw_page_class_name(holder->class), aw_holder_type_name(holder->type), name, id);
		aw_wrap_row(out, "stuck", text, width);
	}
}

static void print_cma(FILE *out, const struct aw_blockers *blockers, unsigned int width)
{
	if (!blockers->cma.count)
		return;
	fprintf(out, "\n  %-*s %10s %10s %10s %10s %10s %10s\n", ZONE_COLUMN, "CMA area", "pages", "free", "movable", "taken",
		"stuck", "largest");
	for (unsigned int i = 0; i < blockers->cma.count; i++)
		print_cma_area(out, blockers, &blockers->cma.areas[i]);
	print_cma_holders(out, blockers, width);
}

/* What would free most: classes that block windows alone, and can be taken away. */
static void print_remedies(FILE *out, const struct aw_blockers *blockers, unsigned int width)
{
	unsigned int printed = 0;

	for (unsigned int i = 0; i < blockers->nr_ranked && printed < REMEDIES; i++) {
		enum aw_page_class class = blockers->ranked[i];
		char text[400];

		if (!blockers->sum.class[class].alone || !aw_page_class_remedy(class)[0])
			continue;
		if (!printed++)
			fputs("\n", out);
		snprintf(text, sizeof(text), "%s: %" PRIu64 " windows have no other obstacle; %s", aw_page_class_text(class),
			 blockers->sum.class[class].alone, aw_page_class_remedy(class));
		aw_wrap_row(out, printed == 1 ? "would help" : "", text, width);
	}
}

void aw_blockers_print_text(FILE *out, const struct aw_blockers *blockers, unsigned int width)
{
	const struct aw_window_request *request = &blockers->request;
	char sentence[300], bytes[AW_UNITS_TEXT];

	aw_blockers_sentence(blockers, sentence, sizeof(sentence));
	fprintf(out, "blocks of %s (order %u) for %s request: %s.\n",
		aw_format_bytes(aw_order_bytes(blockers->kernel, request->order), bytes), request->order,
		request->movable ? "a movable" : "an unmovable", sentence);
	print_scan(out, blockers, width);
	print_zones(out, blockers);
	print_cma(out, blockers, width);
	if (!blockers->nr_ranked)
		return;
	print_ranking(out, blockers);
	print_holders(out, blockers);
	if (blockers->sum.class[AW_PAGE_KERNEL].windows)
		print_callers(out, "kernel", &blockers->callers, width);
	print_callers(out, "dma-buf", &blockers->buffers, width);
	print_remedies(out, blockers, width);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * What a page scan says of a request: only the zones that it may use count.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blockers/answer.h"
#include "verdict/case.h"
#include "verdict/internal.h"

/* What a compaction can do a second later is another thing. */
#define FRESH_NS INT64_C(1000000000)

static bool may_use(const struct aw_case *request, const struct aw_zone_span *span)
{
	struct aw_zone zone = { .node = span->node, .type = aw_zone_type_from_name(span->name) };

	return aw_allows_zone(&request->allows, request->event, &zone) == AW_BAR_NONE;
}

static struct aw_blockers of_open_zones(const struct aw_case *request, const struct aw_blockers *found)
{
	struct aw_blockers open = { .source = found->source, .request = found->request };

	for (unsigned int i = 0; i < found->nr_zones; i++)
		if (may_use(request, &found->zones[i].span))
			open.zones[open.nr_zones++] = found->zones[i];
	aw_blockers_sum_up(&open);
	return open;
}

/* Nothing with a remedy goes first here: what blocks most says why compaction cannot help. */
static void find_most(const struct aw_windows *sum, struct aw_seen *seen)
{
	for (unsigned int c = 0; c < AW_PAGE_CLASSES; c++) {
		const struct aw_window_class *row = &sum->class[c];

		if (row->windows <= seen->most_windows)
			continue;
		seen->most = c;
		seen->most_windows = row->windows;
		seen->most_alone = row->alone;
	}
}

/* A block that is free then was not at the failure: memory has changed since. */
static bool is_likely(const struct aw_seen *seen, const struct aw_blockers *open)
{
	return llabs(seen->after_ns) > FRESH_NS || aw_page_source_limits(open->source)[0] || open->sum.free || seen->few ||
	       aw_blockers_strides(open);
}

void aw_case_look_at_pages(struct aw_case *request)
{
	const struct aw_scan *scan = request->event->scan;
	struct aw_seen *seen = &request->seen;
	struct aw_blockers open;

	if (!scan || scan->found.source == AW_PAGES_COUNTS || !request->failure->order)
		return;
	open = of_open_zones(request, &scan->found);
	if (!open.sum.total)
		return;
	seen->known = true;
	seen->after_ns = aw_scan_after(scan, request->event);
	seen->hardly = aw_blockers_hardly(&open);
	seen->few = aw_blockers_few(&open);
	seen->likely = is_likely(seen, &open);
	seen->windows = open.sum.total;
	seen->free = open.sum.free;
	seen->blocked = open.sum.blocked;
	seen->movable = open.sum.movable;
	seen->makeable = open.makeable;
	seen->makeable_most = open.makeable_most;
	seen->strides = aw_blockers_strides(&open);
	find_most(&open.sum, seen);
}

void aw_case_seen_when(const struct aw_case *request, char *text, size_t size)
{
	int64_t after = request->seen.after_ns;

	snprintf(text, size, "%s %s the failure", aw_words_time((uint64_t)llabs(after)).s, after < 0 ? "before" : "after");
}

void aw_case_makeable(const struct aw_case *request, char *text, size_t size)
{
	const struct aw_seen *seen = &request->seen;

	if (seen->makeable == seen->makeable_most)
		snprintf(text, size, "about %" PRIu64, seen->makeable);
	else
		snprintf(text, size, "about %" PRIu64 " to %" PRIu64, seen->makeable, seen->makeable_most);
}

void aw_case_why_blocked(const struct aw_case *request, char *text, size_t size)
{
	const struct aw_seen *seen = &request->seen;

	if (seen->movable > seen->blocked)
		snprintf(text, size, "by simulation, moving what can be moved frees no more windows than it fills");
	else if (seen->blocked)
		snprintf(text, size, "%" PRIu64 " %% of the windows hold what it cannot move, most often %s",
			 seen->blocked * 100 / seen->windows, aw_page_class_text(seen->most));
	else
		snprintf(text, size, "there are no free pages to move others to");
}

/* "compaction can make about 120 blocks of 64 KiB; most of the other windows hold slab pages; seen 12 ms after the failure" */
void aw_verdict_tell_pages(const struct aw_case *request, struct aw_verdict *verdict)
{
	const struct aw_seen *seen = &request->seen;
	const char *likely = seen->likely ? "likely " : "";
	char when[64], text[AW_VERDICT_TEXT], taken[AW_TAKEN_TEXT];
	struct aw_sentence sentence;

	if (!seen->known)
		return;
	aw_sentence_start(&sentence, verdict->pages_text, sizeof(verdict->pages_text));
	if (seen->free)
		aw_sentence_add(&sentence, "%" PRIu64 " block%s free then; ", seen->free, seen->free == 1 ? " was" : "s were");
	if (!seen->hardly) {
		aw_case_makeable(request, text, sizeof(text));
		aw_sentence_add(&sentence, "%scompaction can make %s blocks of %s", seen->few ? "perhaps " : likely, text,
				aw_case_order_size(request, request->failure->order).s);
		if (seen->blocked)
			aw_sentence_item(&sentence, "%" PRIu64 " of %" PRIu64 " windows hold what it cannot move, most often %s",
					 seen->blocked, seen->windows, aw_page_class_text(seen->most));
	} else {
		aw_case_why_blocked(request, text, sizeof(text));
		aw_sentence_add(&sentence, "%scompaction cannot %s: %s", likely, seen->free ? "make more" : "help", text);
	}
	aw_blockers_taken_text(&request->event->scan->found.taken, taken, sizeof(taken));
	if (taken[0])
		aw_sentence_item(&sentence, "%s", taken);
	aw_case_seen_when(request, when, sizeof(when));
	aw_sentence_item(&sentence, "seen %s", when);
}

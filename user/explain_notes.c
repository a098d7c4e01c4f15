// SPDX-License-Identifier: GPL-2.0
/*
 * What a reader must know before trusting a verdict from a log: what was
 * missing, guessed or ambiguous.
 */
#include "explain_notes.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"

__attribute__((format(printf, 2, 3)))
static void note(struct aw_explain_notes *n, const char *format, ...)
{
	va_list args;

	if (n->count == AW_EXPLAIN_NOTES)
		return;
	va_start(args, format);
	vsnprintf(n->text[n->count], sizeof(n->text[0]), format, args);
	va_end(args);
	n->count++;
}

static void note_gap(const struct aw_klog_report *r, struct aw_explain_notes *n)
{
	int64_t seconds = llabs(r->trace_gap_us) / 1000000;
	const char *when = r->trace_gap_us > 0 ? "after" : "before";
	char text[40];

	if (!seconds)
		return;
	if (seconds >= 2 * 86400)
		snprintf(text, sizeof(text), "%" PRId64 " days", (seconds + 43200) / 86400);
	else if (seconds >= 7200)
		snprintf(text, sizeof(text), "%" PRId64 " hours", seconds / 3600);
	else
		snprintf(text, sizeof(text), "%" PRId64 " minutes", seconds / 60);
	note(n, "the trace is stamped %s %s the header: it may be of another occurrence", text, when);
}

static void note_kernel(const struct aw_explain_group *g, struct aw_explain_notes *n)
{
	char range[40], safe[260];

	switch (g->era.told_by) {
	case AW_KLOG_TOLD_BY_NOTHING:
		aw_klog_releases(g->era.first, g->era.last, range, sizeof(range));
		note(n, "the log does not name its kernel; its wording, mask and trace fit %s: read as %s "
			"(--kernel tells)", range, g->era.release);
		break;
	case AW_KLOG_TOLD_BY_WORDS:
		aw_klog_releases(g->era.first, g->era.last, range, sizeof(range));
		note(n, "kernel %s is taken from the words around the log; its wording, mask and trace fit "
			"%s", aw_escape_terminal(g->era.release, safe, sizeof(safe)), range);
		break;
	case AW_KLOG_TOLD_BY_LOG:
		note(n, "kernel %s is named elsewhere in the log, not in this report",
		     aw_escape_terminal(g->era.release, safe, sizeof(safe)));
		break;
	default:
		break;
	}
	if (g->era.names_differ)
		note(n, "the printed flags are not those of %s's usual bits: the names are trusted",
		     aw_escape_terminal(g->era.release, safe, sizeof(safe)));
}

static void note_readings(const struct aw_explain_group *g, struct aw_explain_notes *n)
{
	char range[40];

	if (g->era.nr_readings < 2)
		return;
	note(n, "mode 0x%" PRIx64 " is ambiguous without the kernel's release (--kernel):", g->report.mode);
	for (unsigned int i = 0; i < g->era.nr_readings; i++) {
		const struct aw_klog_reading *reading = &g->era.readings[i];

		aw_klog_releases(reading->first, reading->last, range, sizeof(range));
		note(n, "  %s: %s", range, reading->names);
	}
}

static void note_missing(const struct aw_explain_group *g, struct aw_explain_notes *n)
{
	const struct aw_klog_report *r = &g->report;

	if (r->kind == AW_KLOG_CMA)
		return;
	if (!r->nr_frames)
		note(n, "no call trace was found for it: the site is not known");
	else if (!g->event.event.site)
		note(n, "the trace ends inside the allocator: the site is not known");
	if (r->memcg)
		return;
	if (!r->nr_zones)
		note(n, "no Mem-Info was found for it: what memory looked like is not known");
	for (unsigned int i = 0; i < r->nr_zones; i++)
		if (!(r->zones[i].has & AW_KLOG_ZONE_BLOCKS) || r->zones[i].has & AW_KLOG_ZONE_CUT) {
			note(n, "Mem-Info is cut: the free blocks of zone %s are missing", r->zones[i].name);
			break;
		}
	if (r->frames_cut || r->zones_cut)
		note(n, "the report has more frames or zones than are kept (%u and %u)", AW_KLOG_FRAMES,
		     AW_KLOG_ZONES);
}

static void note_rest(const struct aw_explain_group *g, struct aw_explain_notes *n)
{
	char cache[260];

	if (g->page_size_taken && (g->report.order >= 0 || g->report.cma_pages))
		note(n, "the page size is not in the log: 4096 bytes taken (--page-size tells)");
	if (g->report.slab_cache[0])
		note(n, "SLUB asked, for its cache %s",
		     aw_escape_terminal(g->report.slab_cache, cache, sizeof(cache)));
	if (g->count > 1)
		note(n, "figures are of the first of the %" PRIu64, g->count);
}

void aw_explain_notes(const struct aw_explain_group *g, struct aw_explain_notes *n)
{
	n->count = 0;
	note_gap(&g->report, n);
	if (g->report.has_mode)
		note_kernel(g, n);
	note_readings(g, n);
	note_missing(g, n);
	note_rest(g, n);
}

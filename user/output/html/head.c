// SPDX-License-Identifier: GPL-2.0
/*
 * The first and the last section of the page: kernel, time and totals; losses and missing features.
 */
#include <inttypes.h>

#include "base/escape_xml.h"
#include "base/units.h"
#include "output/html/internal.h"
#include "output/text/verdict.h"

void aw_page_fact(FILE *out, const char *name, const char *value)
{
	if (!value[0])
		return;
	fprintf(out, "<div><dt>%s</dt><dd>", name);
	aw_put_xml(out, value);
	fputs("</dd></div>\n", out);
}

static void put_facts(const struct aw_page *page)
{
	const struct aw_report *report = page->report;
	const struct aw_kernel *kernel = report->kernel;
	char pages[AW_UNITS_TEXT] = "", watched[AW_UNITS_TEXT] = "", start[AW_PAGE_TIME], end[AW_PAGE_TIME];

	if (kernel->page_size)
		aw_format_bytes(kernel->page_size, pages);
	if (report->end_ns > report->start_ns)
		aw_format_duration(report->end_ns - report->start_ns, watched);
	fputs("<dl class=\"facts\">\n", page->out);
	aw_page_fact(page->out, "kernel", kernel->release);
	aw_page_fact(page->out, "architecture", kernel->arch);
	aw_page_fact(page->out, "page size", pages);
	aw_page_fact(page->out, "host", kernel->host);
	aw_page_fact(page->out, "source", report->source);
	aw_page_fact(page->out, "watched", watched);
	aw_page_fact(page->out, "from", aw_page_time_text(kernel, report->start_ns, start));
	aw_page_fact(page->out, "until", aw_page_time_text(kernel, report->end_ns, end));
	fputs("</dl>\n", page->out);
}

/* A sampled group says more than one that was counted only; then hard failures matter most. */
static bool says_more(const struct aw_group *group, const struct aw_group *than)
{
	uint64_t hard = group->by_class[AW_CLASS_HARD], hard_than = than->by_class[AW_CLASS_HARD];

	if (!group->sampled != !than->sampled)
		return group->sampled;
	return hard != hard_than ? hard > hard_than : group->count > than->count;
}

/* The headline of the group with the most hard failures, or without these, with the most failures. */
static void put_answer(const struct aw_page *page)
{
	const struct aw_group *group = page->nr_sorted ? page->sorted[0] : NULL;
	struct aw_sample_room room;
	const struct aw_event *sample;
	struct aw_verdict verdict;
	char sentence[AW_VERDICT_TEXT + 160];

	for (unsigned int i = 1; i < page->nr_sorted; i++)
		if (says_more(page->sorted[i], group))
			group = page->sorted[i];
	if (!group) {
		fputs("<p class=\"answer\">No page allocation failed.</p>\n", page->out);
		return;
	}
	sample = aw_group_sample(group, &room);
	aw_verdict_make(sample, page->report->kernel, &verdict);
	fputs("<p class=\"answer\">", page->out);
	aw_put_xml(page->out, aw_verdict_sentence(sample, page->report->kernel, &verdict, group->count,
						  sentence, sizeof(sentence)));
	fputs("</p>\n", page->out);
}

/* Said beside the answer, which may be another one if all could be read. */
static void put_damage(const struct aw_page *page)
{
	if (!aw_report_damaged(page->report))
		return;
	fprintf(page->out, "<p class=\"damage\"><strong>%s of the recording is missing</strong>: ",
		aw_report_cut(page->report) ? "The end" : "A part");
	aw_put_xml(page->out, page->report->damage);
	fputs(".</p>\n", page->out);
}

void aw_page_head(const struct aw_page *page)
{
	fputs("<h1>Page allocation failures</h1>\n", page->out);
	put_answer(page);
	put_damage(page);
	put_facts(page);
}

/* A large number; `class` gives its colour unless it is 0. */
static void put_tile(FILE *out, const char *name, uint64_t count, const char *class, const char *note)
{
	fprintf(out, "<div class=\"tile %s\"><b>%" PRIu64 "</b> <span>%s</span>", count ? class : "none", count, name);
	if (note[0])
		fprintf(out, "<span class=\"note\">%s</span>", note);
	fputs("</div>\n", out);
}

void aw_page_totals(const struct aw_page *page)
{
	const struct aw_totals *totals = page->totals;
	FILE *out = page->out;
	char note[80] = "failed page allocations";

	if (totals->unsampled)
		snprintf(note, sizeof(note), "%" PRIu64 " sampled, %" PRIu64 " counted only",
			 totals->failures - totals->unsampled, totals->unsampled);
	fputs("<div class=\"tiles\">\n", out);
	put_tile(out, "failures", totals->failures, "", note);
	put_tile(out, "hard", totals->by_class[AW_CLASS_HARD], "bad", "the caller has no known fallback");
	put_tile(out, "opportunistic", totals->by_class[AW_CLASS_OPPORTUNISTIC], "",
		 "the caller is known to fall back");
	put_tile(out, "extfrag steals", totals->extfrag, "", "blocks taken from another migratetype");
	put_tile(out, "stalls", totals->stalls, "", "succeeded only after reclaim or compaction");
	put_tile(out, "OOM kills", totals->oom_kills, "bad", "");
	put_tile(out, "CMA failures", totals->cma_failures, "bad", "");
	if (totals->counts_allocations)
		put_tile(out, "successful requests", totals->allocations, "", "of all orders");
	if (totals->warnings)
		put_tile(out, "other reports", totals->warnings, "", "by warn_alloc, such as vmalloc errors");
	fputs("</div>\n", out);
}

static void put_unknown_losses(const struct aw_page *page)
{
	char time[AW_PAGE_TIME];

	aw_page_time_text(page->report->kernel, page->report->losses_ns, time);
	fprintf(page->out, "<li>not known after %s: the end of the recording is missing</li>\n",
		time[0] ? time : "the last events");
}

static void put_losses(const struct aw_page *page)
{
	unsigned int any = 0;

	fputs("<ul>\n", page->out);
	for (unsigned int i = 0; i < page->report->nr_losses; i++) {
		const struct aw_loss *loss = &page->report->losses[i];

		if (!loss->count)
			continue;
		any++;
		fprintf(page->out, "<li><b>%" PRIu64 "</b> ", loss->count);
		aw_put_xml(page->out, loss->meaning);
		fputs(" <code>", page->out);
		aw_put_xml(page->out, loss->cause);
		fputs("</code></li>\n", page->out);
	}
	if (aw_groups_other(page->groups)) {
		any++;
		fprintf(page->out, "<li><b>%" PRIu64 "</b> failures are only in the totals: more than %u groups</li>\n",
			aw_groups_other(page->groups), AW_MAX_GROUPS);
	}
	if (aw_report_cut(page->report))
		put_unknown_losses(page);
	else if (aw_losses_uncounted(page->report->losses, page->report->nr_losses))
		fprintf(page->out, "<li>at most %" PRIu64 " failures are missing from the counts</li>\n",
			aw_losses_uncounted(page->report->losses, page->report->nr_losses));
	else
		fprintf(page->out, "<li>%sall counts are exact</li>\n", any ? "" : "nothing: ");
	fputs("</ul>\n", page->out);
}

static void put_missing(const struct aw_page *page)
{
	fputs("<ul>\n", page->out);
	for (unsigned int i = 0; i < page->report->nr_missing; i++) {
		const struct aw_missing *missing = &page->report->missing[i];

		fputs("<li><b>", page->out);
		aw_put_xml(page->out, missing->what);
		fputs("</b>: ", page->out);
		aw_put_xml(page->out, missing->why);
		fputs("; <span class=\"note\">", page->out);
		aw_put_xml(page->out, missing->cost);
		fputs("</span></li>\n", page->out);
	}
	if (!page->report->nr_missing)
		fputs("<li>nothing: the source lacks no feature on this machine</li>\n", page->out);
	fputs("</ul>\n", page->out);
}

void aw_page_limits(const struct aw_page *page)
{
	fputs("<div class=\"cards\">\n", page->out);
	aw_page_card(page->out, "Lost");
	put_losses(page);
	aw_page_card_end(page->out);
	aw_page_card(page->out, "Missing");
	put_missing(page);
	aw_page_card_end(page->out);
	fputs("</div>\n", page->out);
}

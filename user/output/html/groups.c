// SPDX-License-Identifier: GPL-2.0
/*
 * The verdicts of the page: a collapsible element for each of the top groups.
 */
#include <inttypes.h>
#include <string.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/escape_xml.h"
#include "base/memory.h"
#include "base/units.h"
#include "output/html/internal.h"
#include "output/text/text.h"
#include "output/text/verdict.h"

/* The browser lays out so many groups at first, and as many more for each click: 16,384 at once take seconds. */
#define AT_ONCE 300u

/* Keys of --by that are not shown elsewhere. */
static void put_key(FILE *out, const struct aw_key *key, const struct aw_group *group, unsigned int k)
{
	char text[512] = "-";

	if (aw_key_in(key, AW_KEYS_OF_VERDICT | AW_KEY_BIT(AW_BY_MIGRATETYPE)))
		return;
	if (group->has >> k & 1)
		aw_key_format(key, &group->values[k], text, sizeof(text));
	fprintf(out, " %s <code>", key->name);
	aw_put_xml(out, text);
	fputs("</code>", out);
}

/* "; kernel log: 1 printed, 73 suppressed" */
static void put_logs(FILE *out, const struct aw_group *group)
{
	const char *before = "; kernel log: ";

	for (int log = 0; log < AW_LOGS; log++) {
		if (!group->by_log[log])
			continue;
		fprintf(out, "%s%" PRIu64 " %s", before, group->by_log[log], aw_log_name(log));
		before = ", ";
	}
}

/* "; 400 of 62223 sampled" */
static void put_sampled(FILE *out, const struct aw_group *group)
{
	if (!group->sampled)
		fputs("; counted only, none sampled", out);
	else if (group->sampled < group->count)
		fprintf(out, "; %" PRIu64 " of %" PRIu64 " sampled", group->sampled, group->count);
}

static void put_meta(const struct aw_page *page, const struct aw_group *group, const struct aw_event *sample)
{
	char first[AW_PAGE_TIME], last[AW_PAGE_TIME], who[AW_WHO_TEXT];
	const struct aw_kernel *kernel = page->report->kernel;
	unsigned int nr_keys;
	const struct aw_key *const *keys = aw_groups_keys(page->groups, &nr_keys);

	fprintf(page->out, "<p class=\"note\">%s", aw_page_time_text(kernel, group->last_ns, last));
	if (group->count > 1)
		fprintf(page->out, ", first %s", aw_page_time_text(kernel, group->first_ns, first));
	if (group->sampled) {
		fprintf(page->out, "; %s <code>", sample->time_ns == group->last_ns ? "last by" : "sample from");
		aw_put_xml(page->out, aw_format_who(sample, who));
		fputs("</code>", page->out);
	}
	put_sampled(page->out, group);
	put_logs(page->out, group);
	for (unsigned int k = 0; k < nr_keys; k++)
		put_key(page->out, keys[k], group, k);
	fputs("</p>\n", page->out);
}

static void put_group(const struct aw_page *page, const struct aw_group *group, bool open)
{
	struct aw_sample_room room;
	const struct aw_event *sample = aw_group_sample(group, &room);
	const char *class = aw_class_name(sample->failure.class);
	char sentence[AW_VERDICT_TEXT + 160];
	struct aw_verdict verdict;

	aw_verdict_make(sample, page->report->kernel, &verdict);
	fprintf(page->out, "<details class=\"card group\"%s>\n<summary><span class=\"chip %s\">%s</span> ",
		open ? " open=\"open\"" : "", class, class);
	aw_put_xml(page->out, aw_verdict_sentence(sample, page->report->kernel, &verdict, group->count,
						  sentence, sizeof(sentence)));
	fputs("</summary>\n", page->out);
	put_meta(page, group, sample);
	fputs("<dl class=\"verdict\">\n", page->out);
	aw_page_request(page->out, sample);
	aw_page_judged(page->out, &verdict);
	fputs("</dl>\n", page->out);
	if (aw_page_zones_at(page->out, page->report->kernel, &sample->failure))
		*page->no_memory = true;
	fputs("<details>\n<summary>Stack</summary>\n", page->out);
	aw_page_stack(page->out, page->report->raw_addresses, sample->stack, sample->site);
	fputs("</details>\n</details>\n", page->out);
}

static uint64_t failures_after(const struct aw_page *page, unsigned int top)
{
	uint64_t failures = 0;

	for (unsigned int i = top; i < page->nr_sorted; i++)
		failures += page->sorted[i]->count;
	return failures;
}

/* Which one is open at first: the hard one with the most failures, if there is any. */
static unsigned int first_open(const struct aw_page *page)
{
	uint64_t most = 0;
	unsigned int open = 0;

	for (unsigned int i = 0; i < page->nr_sorted && i < page->report->top; i++) {
		uint64_t hard = page->sorted[i]->by_class[AW_CLASS_HARD];

		if (hard <= most)
			continue;
		most = hard;
		open = i;
	}
	return open;
}

static void end_of_pages(FILE *out, unsigned int more)
{
	fprintf(out, "</template>\n<p class=\"tools\"><button type=\"button\" id=\"more-groups\">show more groups</button></p>\n"
		"<noscript><p class=\"note\">%u more groups are shown where scripts may run.</p></noscript>\n", more);
}

void aw_page_verdicts(const struct aw_page *page)
{
	unsigned int open = first_open(page);
	unsigned int top = page->report->top;

	if (!page->nr_sorted)
		fputs("<p class=\"note\">No failures.</p>\n", page->out);
	for (unsigned int i = 0; i < page->nr_sorted && i < top; i++) {
		if (i && i % AT_ONCE == 0)
			fprintf(page->out, "%s<template class=\"more\">\n", i > AT_ONCE ? "</template>" : "");
		put_group(page, page->sorted[i], i == open);
	}
	if (page->nr_sorted > AT_ONCE && top > AT_ONCE)
		end_of_pages(page->out, (page->nr_sorted < top ? page->nr_sorted : top) - AT_ONCE);
	if (page->nr_sorted > top)
		fprintf(page->out, "<p class=\"note\">%u more groups with %" PRIu64 " failures: --top %u shows them.</p>\n",
			page->nr_sorted - top, failures_after(page, top), page->nr_sorted);
}

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The sections of the page, and what they are written with.
 */
#ifndef AW_OUTPUT_PAGE_HTML_PARTS_H
#define AW_OUTPUT_PAGE_HTML_PARTS_H

#include <stdint.h>
#include <stdio.h>

#include "output/report.h"

/* What a section is written from. */
struct aw_page {
	FILE *out;
	const struct aw_report *report;
	const struct aw_totals *totals;
	const struct aw_groups *groups;
	unsigned int nr_sorted;
	const struct aw_group *const *sorted;	/* by report->sort */
};

/* Sections. Each writes nothing but its inside; errors show in ferror(page->out). */
void aw_page_head(const struct aw_page *page);		/* kernel, window, what happened in one sentence */
void aw_page_totals(const struct aw_page *page);
void aw_page_limits(const struct aw_page *page);	/* what was missing and lost */
void aw_page_time(const struct aw_page *page);
void aw_page_histograms(const struct aw_page *page);
void aw_page_verdicts(const struct aw_page *page);
void aw_page_sites(const struct aw_page *page);
void aw_page_flame(const struct aw_page *page);
void aw_page_extfrag(const struct aw_page *page);
void aw_page_zones(const struct aw_page *page);

extern const char aw_page_css[];

/* ---- what they share ---- */

/* One bar of a histogram. */
struct aw_bar {
	const char *label;		/* as it came: escaped by who writes it */
	const char *note;		/* "64 KiB"; NULL: none */
	const char *class;		/* of its colour; NULL: the usual one */
	uint64_t count, largest;
	const char *count_text;		/* instead of the count; NULL: the count */
};

void aw_page_bar(FILE *out, const struct aw_bar *bar);

/* A gfp mask or another text, escaped, that may be broken after each '|'. */
void aw_page_breakable(FILE *out, const char *text);

/* A card with a heading, and its end. */
void aw_page_card(FILE *out, const char *heading);
void aw_page_card_end(FILE *out);

/* An ordered list of frames, innermost first; the site is marked. `site` may be NULL. */
void aw_page_stack(const struct aw_page *page, const struct aw_stack *stack, const struct aw_frame *site);

/* "2026-11-22 13:05:11 UTC"; with a kernel whose wall clock is not known: seconds since its boot. */
#define AW_PAGE_TIME 40
const char *aw_page_time_text(const struct aw_kernel *kernel, uint64_t time_ns, char text[AW_PAGE_TIME]);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The sections of the page, and the functions that they share.
 */
#ifndef AW_OUTPUT_HTML_INTERNAL_H
#define AW_OUTPUT_HTML_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "output/html/parts.h"
#include "output/report.h"

/* The input of all sections. */
struct aw_page {
	FILE *out;
	const struct aw_report *report;
	const struct aw_totals *totals;
	const struct aw_groups *groups;
	unsigned int nr_sorted;
	const struct aw_group *const *sorted;	/* by report->sort */
	bool *no_memory;		/* set by a section that is incomplete for lack of memory */
};

/* Each function writes the content of a section.  The caller checks ferror(page->out). */
void aw_page_head(const struct aw_page *page);		/* a one-sentence summary, kernel, window */
void aw_page_totals(const struct aw_page *page);
void aw_page_limits(const struct aw_page *page);	/* losses and missing features */
void aw_page_time(const struct aw_page *page);
void aw_page_histograms(const struct aw_page *page);
void aw_page_verdicts(const struct aw_page *page);
void aw_page_sites(const struct aw_page *page);
void aw_page_flame(const struct aw_page *page);
void aw_page_extfrag(const struct aw_page *page);
void aw_page_held(const struct aw_page *page);	/* a part of it */
void aw_page_zones(const struct aw_page *page);

extern const char aw_page_css[];

/* ---- shared by the sections ---- */

/* Writes a text escaped; a browser may break the line after each '|'. */
void aw_page_breakable(FILE *out, const char *text);

/* "2026-11-22 13:05:11 UTC", or seconds since boot if the wall-clock time is not known. */
#define AW_PAGE_TIME 40
const char *aw_page_time_text(const struct aw_kernel *kernel, uint64_t time_ns, char text[AW_PAGE_TIME]);

#endif

// SPDX-License-Identifier: GPL-2.0
/*
 * The elements that the sections of the page share: bars, cards, stacks, times.
 */
#include <inttypes.h>
#include <string.h>

#include "base/escape_xml.h"
#include "output/flame/draw.h"
#include "output/frame_text.h"
#include "output/html/internal.h"
#include "output/utc.h"

#define SECOND 1000000000
#define LABEL_TEXT 1024		/* the names of all gfp flags of a kernel take 400 bytes */

void aw_page_card(FILE *out, const char *heading)
{
	fprintf(out, "<div class=\"card\">\n<h3>%s</h3>\n", heading);
}

void aw_page_card_end(FILE *out)
{
	fputs("</div>\n", out);
}

void aw_page_breakable(FILE *out, const char *text)
{
	char safe[LABEL_TEXT];

	for (const char *c = aw_escape_xml(text, safe, sizeof(safe)); *c; c++) {
		putc(*c, out);
		if (*c == '|')
			fputs("<wbr/>", out);
	}
}

void aw_page_bar(FILE *out, const struct aw_bar *bar)
{
	fputs("<li><span class=\"label\">", out);
	aw_page_breakable(out, bar->label);
	if (bar->note) {
		fputs(" <span class=\"note\">", out);
		aw_put_xml(out, bar->note);
		fputs("</span>", out);
	}
	fputs("</span><span class=\"count\">", out);
	if (bar->count_text)
		aw_put_xml(out, bar->count_text);
	else
		fprintf(out, "%" PRIu64, bar->count);
	fputs("</span><span class=\"track\">", out);
	if (bar->count) {
		fprintf(out, "<span class=\"bar %s\" style=\"width:", bar->class ? bar->class : "usual");
		aw_put_percent(out, bar->count, bar->largest, 2);
		fputs("%\"></span>", out);
	}
	fputs("</span></li>\n", out);
}

void aw_page_stack(FILE *out, bool raw_addresses, const struct aw_stack *stack, const struct aw_frame *site)
{
	if (!stack->count) {
		fputs("<p class=\"note\">no stack</p>\n", out);
		return;
	}
	fputs("<ol class=\"stack\">\n", out);
	for (unsigned int i = 0; i < stack->count; i++) {
		char frame[LABEL_TEXT];

		fprintf(out, "<li%s>", &stack->frames[i] == site ? " class=\"site\"" : "");
		aw_put_xml(out, aw_format_frame(&stack->frames[i], raw_addresses, frame, sizeof(frame)));
		fputs("</li>\n", out);
	}
	fputs("</ol>\n", out);
}

const char *aw_page_time_text(const struct aw_kernel *kernel, uint64_t time_ns, char text[AW_PAGE_TIME])
{
	char instant[AW_UTC_TEXT];
	const char *utc = aw_format_utc(kernel, time_ns, instant);

	if (utc)
		snprintf(text, AW_PAGE_TIME, "%.10s %.8s UTC", utc, utc + strlen("2026-11-22T"));
	else if (!time_ns)
		snprintf(text, AW_PAGE_TIME, "time not known");
	else
		snprintf(text, AW_PAGE_TIME, "%" PRIu64 ".%03" PRIu64 " s after boot", time_ns / SECOND,
			 time_ns / 1000000 % 1000);
	return text;
}

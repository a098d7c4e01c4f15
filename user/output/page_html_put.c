// SPDX-License-Identifier: GPL-2.0
/*
 * What the sections of the page are written with: bars, cards, stacks, times.
 */
#include <inttypes.h>
#include <time.h>

#include "base/escape_xml.h"
#include "output/flame_draw.h"
#include "output/page_html_parts.h"

#define SECOND 1000000000
#define LABEL_TEXT 1024		/* all gfp flags of a kernel by name are 400 letters */

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

/* hog_get_buffer+0x24 [hog]; an address without a name is shown to those who asked for addresses. */
static void put_frame(const struct aw_page *page, const struct aw_frame *frame)
{
	FILE *out = page->out;

	if (frame->name[0]) {
		aw_put_xml(out, frame->name);
		fprintf(out, "<span class=\"note\">+0x%" PRIx64 "</span>", frame->offset);
	} else if (page->report->raw_addresses) {
		fprintf(out, "0x%" PRIx64, frame->addr);
	} else {
		fputs("(not resolved)", out);
	}
	if (!frame->module[0])
		return;
	fputs(" [", out);
	aw_put_xml(out, frame->module);
	fputs("]", out);
}

void aw_page_stack(const struct aw_page *page, const struct aw_stack *stack, const struct aw_frame *site)
{
	if (!stack->count) {
		fputs("<p class=\"note\">no stack</p>\n", page->out);
		return;
	}
	fputs("<ol class=\"stack\">\n", page->out);
	for (unsigned int i = 0; i < stack->count; i++) {
		fprintf(page->out, "<li%s>", &stack->frames[i] == site ? " class=\"site\"" : "");
		put_frame(page, &stack->frames[i]);
		fputs("</li>\n", page->out);
	}
	fputs("</ol>\n", page->out);
}

const char *aw_page_time_text(const struct aw_kernel *kernel, uint64_t time_ns, char text[AW_PAGE_TIME])
{
	time_t seconds = (time_t)(((int64_t)time_ns + kernel->wall_offset_ns) / SECOND);
	struct tm tm;

	if (!time_ns)
		snprintf(text, AW_PAGE_TIME, "time not known");
	else if (!kernel->wall_offset_ns || !gmtime_r(&seconds, &tm))
		snprintf(text, AW_PAGE_TIME, "%" PRIu64 ".%03" PRIu64 " s after boot", time_ns / SECOND,
			 time_ns / 1000000 % 1000);
	else
		strftime(text, AW_PAGE_TIME, "%Y-%m-%d %H:%M:%S UTC", &tm);
	return text;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * A flame graph of the failures as one self-contained SVG file.
 */
#include "output/flame/svg.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/escape_xml.h"
#include "base/units.h"
#include "output/flame/draw.h"

#define HEAD 92		/* pixels above the boxes */
#define LETTER 7	/* approximate width of a letter of the legend, in pixels */
#define LEGEND_TEXT 40	/* length of a name in the legend */

/* The style sheet of everything except the boxes. */
static const char head_css[] =
	":root{background:#fbfaf7}\n"
	"#paper{fill:#fbfaf7}\n"
	"#head rect{width:12px}\n"
	"#head text{fill:#1f1d1a;font:13px system-ui,\"DejaVu Sans\",sans-serif}\n"
	"#head .title{font-size:16px;font-weight:600}\n"
	"#head .muted{fill:#5a554c}\n"
	"#head .button{fill:#8a3c0c;cursor:pointer;text-decoration:underline;display:none}\n"
	".scripted #head .button{display:inline}\n"
	"@media (prefers-color-scheme:dark){\n"
	":root{background:#171613}\n"
	"#paper{fill:#171613}\n"
	"#head text{fill:#ece8e0}\n"
	"#head .muted{fill:#aca599}\n"
	"#head .button{fill:#f0a875}\n"
	"}\n";

static void put_title(FILE *out, const struct aw_report *report, const struct aw_flame *flame)
{
	uint64_t count = flame->frames[0].count;
	char watched[AW_UNITS_TEXT];

	fprintf(out, "<text class=\"title\" x=\"10\" y=\"24\">%" PRIu64 " failed page request%s by stack</text>\n",
		count, count == 1 ? "" : "s");
	fputs("<text class=\"muted\" x=\"10\" y=\"44\">", out);
	aw_put_xml(out, report->kernel->release[0] ? report->kernel->release : "kernel not known");
	if (report->end_ns > report->start_ns)
		fprintf(out, ", %s watched",
			aw_format_duration(report->end_ns - report->start_ns, watched));
	if (aw_report_damaged(report)) {
		fputs("; ", out);
		aw_put_xml(out, report->damage);
	}
	if (flame->cut)
		fprintf(out, "; inner frames of %" PRIu64 " left out", flame->cut);
	fputs("</text>\n", out);
}

static void put_legend(FILE *out, const struct aw_flame_colours *colours)
{
	const char *class, *name;
	unsigned int x = 10;

	for (unsigned int i = 0; aw_flame_legend(colours, i, &class, &name); i++) {
		char text[LEGEND_TEXT + 1];

		snprintf(text, sizeof(text), "%s", name);
		fprintf(out, "<g class=\"f %s\"><rect x=\"%u\" y=\"54\" width=\"12\" height=\"12\"/></g>"
			"<text class=\"muted\" x=\"%u\" y=\"65\">", class, x, x + 17);
		aw_put_xml(out, text);
		fputs("</text>\n", out);
		x += 17 + (unsigned int)strlen(text) * LETTER + 18;
	}
}

static void put_buttons(FILE *out)
{
	fputs("<text id=\"flame-search\" class=\"button\" x=\"10\" y=\"84\" tabindex=\"0\">search</text>\n"
	      "<text id=\"flame-reset\" class=\"button\" x=\"66\" y=\"84\" tabindex=\"0\">reset zoom</text>\n"
	      "<text id=\"flame-status\" class=\"muted\" x=\"146\" y=\"84\"> </text>\n", out);
}

static void put_svg(FILE *out, const struct aw_report *report, const struct aw_flame *flame)
{
	struct aw_flame_colours colours;
	unsigned int height = HEAD + aw_flame_height(flame) + 8;

	aw_flame_colours(flame, &colours);
	fprintf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100%%\" height=\"%u\">\n"
		"<style>\n%s%s</style>\n"
		"<rect id=\"paper\" width=\"100%%\" height=\"100%%\"/>\n<g id=\"head\">\n",
		height, aw_flame_css, head_css);
	put_title(out, report, flame);
	put_legend(out, &colours);
	put_buttons(out);
	fputs("</g>\n<svg id=\"flame\" x=\"1%\" width=\"98%\" role=\"group\" aria-label=\"flame graph\">\n", out);
	aw_flame_put_boxes(out, flame, &colours, HEAD, report->raw_addresses);
	fprintf(out, "</svg>\n<script><![CDATA[\n%s]]></script>\n</svg>\n", aw_flame_js);
}

static int write_svg(FILE *out, const struct aw_report *report, struct aw_error *error)
{
	AW_FREE struct aw_flame *flame = aw_flame_new();

	if (!flame || aw_flame_add_groups(flame, aw_summary_groups(report->summary)))
		return aw_error_set(error, -ENOMEM, "no memory for the flame graph");
	put_svg(out, report, flame);
	return 0;
}

const struct aw_exporter aw_export_svg = {
	.name = "svg",
	.summary = "flame graph with search and zoom, one self-contained file",
	.by_stack = true,
	.write = write_svg,
};

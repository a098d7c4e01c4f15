// SPDX-License-Identifier: GPL-2.0
/*
 * Writes the built report as a flame graph or a page, or the built memory map as a picture or a page, to be viewed
 * and checked.
 *
 * usage: render svg|html [empty|raw]   render map svg|html
 */
#include <stdio.h>
#include <string.h>

#include "map_builder.h"
#include "output/flame/svg.h"
#include "output/html/page.h"
#include "report_builder.h"

static const struct aw_exporter *const exporters[] = { &aw_export_svg, &aw_export_html };

static int render(const struct aw_exporter *exporter, const char *how)
{
	struct aw_error error = { "" };
	struct built_report built;
	int err = build_report(&built, strcmp(how, "empty"));

	if (!err) {
		built.report.raw_addresses = !strcmp(how, "raw");
		err = exporter->write(stdout, &built.report, &error);
		built_report_free(&built);
	}
	if (err)
		fprintf(stderr, "render: %d: %s\n", err, error.text);
	return err || fflush(stdout) || ferror(stdout);
}

static int render_map(const char *how)
{
	struct built_report built;
	struct aw_blockers map;
	int err = build_report(&built, true) || build_map(&map, built.report.kernel);

	if (!err && !strcmp(how, "svg"))
		aw_blockers_print_svg(stdout, &map);
	else if (!err)
		aw_blockers_print_html(stdout, &map);
	aw_blockers_clear(&map);
	built_report_free(&built);
	return err || fflush(stdout) || ferror(stdout);
}

int main(int argc, char **argv)
{
	if (argc > 2 && !strcmp(argv[1], "map"))
		return render_map(argv[2]);
	for (size_t i = 0; argc > 1 && i < sizeof(exporters) / sizeof(exporters[0]); i++)
		if (!strcmp(argv[1], exporters[i]->name))
			return render(exporters[i], argc > 2 ? argv[2] : "");
	fputs("usage: render svg|html [empty|raw], or map svg|html\n", stderr);
	return 2;
}

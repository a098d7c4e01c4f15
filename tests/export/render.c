// SPDX-License-Identifier: GPL-2.0
/*
 * Writes the built report as a picture or a page, to be looked at and checked.
 *
 * usage: render svg|html [empty|raw]
 */
#include <stdio.h>
#include <string.h>

#include "output/flame_svg.h"
#include "output/page_html.h"
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

int main(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof(exporters) / sizeof(exporters[0]); i++)
		if (!strcmp(argv[1], exporters[i]->name))
			return render(exporters[i], argc > 2 ? argv[2] : "");
	fputs("usage: render svg|html [empty|raw]\n", stderr);
	return 2;
}

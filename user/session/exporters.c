// SPDX-License-Identifier: GPL-2.0
/*
 * Every format that this build can write.
 */
#include "output/exporters.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "output/flame/svg.h"
#include "output/html/page.h"
#include "output/prometheus.h"

const struct aw_exporter *const aw_exporters[] = {
	&aw_export_json,
	&aw_export_jsonl,
	&aw_export_csv,
	&aw_export_prometheus,
	&aw_export_folded,
	&aw_export_svg,
	&aw_export_html,
	&aw_export_perfetto,
	&aw_export_pprof,
	&aw_export_speedscope,
};
const unsigned int aw_exporters_count = ARRAY_SIZE(aw_exporters);

const struct aw_exporter *aw_exporter_find(const char *name)
{
	for (unsigned int i = 0; i < aw_exporters_count; i++)
		if (!strcmp(aw_exporters[i]->name, name))
			return aw_exporters[i];
	return NULL;
}

const char *aw_exporters_names(bool events, char *text, size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (unsigned int i = 0; i < aw_exporters_count && used < size; i++)
		if (!events || (aw_exporters[i]->event && !aw_exporters[i]->binary))
			used += snprintf(text + used, size - used, "%s%s", used ? ", " : "",
					 aw_exporters[i]->name);
	return text;
}

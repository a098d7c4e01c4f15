// SPDX-License-Identifier: GPL-2.0
/*
 * The report as one JSON document, schema "allocwatch/1"
 * (docs/schema/allocwatch-1.json).
 */
#include <errno.h>
#include <string.h>

#include "output/exporters.h"
#include "output/json_groups.h"
#include "output/json_parts.h"
#include "output/parts.h"

static int put_schema(FILE *out, const struct aw_report *report)
{
	(void)report;
	return aw_json_put(out, json_string("allocwatch/1"));
}

#define PUT(name) \
	static int put_##name(FILE *out, const struct aw_report *report) \
	{ \
		return aw_json_put(out, aw_json_##name(report)); \
	}

PUT(host)
PUT(kernel)
PUT(source)
PUT(window)
PUT(totals)
PUT(lost)
PUT(histograms)

/* Failures in none of the groups: there were too many. */
static int put_ungrouped(FILE *out, const struct aw_report *report)
{
	return aw_json_put(out, aw_json_number(aw_groups_other(aw_summary_groups(report->summary))));
}

/* The newest picture of the zones that any failure carries. */
static int put_zones(FILE *out, const struct aw_report *report)
{
	struct aw_sample_room room;
	const struct aw_event *newest = aw_report_newest_zones(report, &room);

	return aw_json_put(out, newest ? aw_json_zones(&newest->failure) : json_array());
}

static int put_zones_seen(FILE *out, const struct aw_report *report)
{
	struct aw_sample_room room;
	const struct aw_event *newest = aw_report_newest_zones(report, &room);

	return aw_json_put(out, newest ? aw_json_time(report->kernel, newest->time_ns) : json_null());
}

static const struct {
	const char *key;
	int (*put)(FILE *out, const struct aw_report *report);
} members[] = {
	{ "schema", put_schema },
	{ "host", put_host },
	{ "kernel", put_kernel },
	{ "source", put_source },
	{ "window", put_window },
	{ "totals", put_totals },
	{ "lost", put_lost },
	{ "histograms", put_histograms },
	{ "failures", aw_json_put_failures },
	{ "failures_ungrouped", put_ungrouped },
	{ "stalls", aw_json_put_stalls },
	{ "extfrag", aw_json_put_steals },
	{ "zones", put_zones },
	{ "zones_seen", put_zones_seen },
};

/* Member by member, each on a line of its own. */
static int write_json(FILE *out, const struct aw_report *report, struct aw_error *error)
{
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		int err;

		fprintf(out, "%s\"%s\":", i ? ",\n" : "{\n", members[i].key);
		err = members[i].put(out, report);
		if (err)
			return aw_error_set(error, err, "can't write '%s' as JSON: %s", members[i].key,
					    strerror(-err));
	}
	fputs("\n}\n", out);
	return 0;
}

const struct aw_exporter aw_export_json = {
	.name = "json",
	.summary = "everything, schema allocwatch/1",
	.write = write_json,
};

// SPDX-License-Identifier: GPL-2.0
/*
 * The report as one JSON document, schema "allocwatch/1"
 * (docs/schema/allocwatch-1.json).
 */
#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "output/exporters.h"
#include "output/json/groups.h"
#include "output/json/internal.h"
#include "output/report.h"

static void put_schema(struct aw_json *json, const char *key, const struct aw_report *report)
{
	(void)report;
	aw_json_name(json, key, "allocwatch/1");
}

/* Failures that are in no group, because there were too many groups. */
static void put_ungrouped(struct aw_json *json, const char *key, const struct aw_report *report)
{
	aw_json_number(json, key, aw_groups_other(aw_summary_groups(report->summary)));
}

/* The newest zone snapshot of a failure. */
static void put_zones(struct aw_json *json, const char *key, const struct aw_report *report)
{
	static const struct aw_failure none = { .nr_zones = 0 };
	struct aw_sample_room room;
	const struct aw_event *newest = aw_report_newest_zones(report, &room);

	aw_json_zones(json, key, newest ? &newest->failure : &none);
}

static void put_zones_seen(struct aw_json *json, const char *key, const struct aw_report *report)
{
	struct aw_sample_room room;
	const struct aw_event *newest = aw_report_newest_zones(report, &room);

	if (newest)
		aw_json_time(json, key, report->kernel, newest->time_ns);
	else
		aw_json_null(json, key);
}

static bool has_held(const struct aw_report *report)
{
	return aw_summary_held(report->summary)->known;
}

static const struct {
	const char *key;
	void (*put)(struct aw_json *json, const char *key, const struct aw_report *report);
	/* For long arrays: written to `out` in pieces.  0 or -errno. */
	int (*put_rows)(struct aw_json *json, FILE *out, const struct aw_report *report);
	bool (*has)(const struct aw_report *report);	/* NULL: always there */
} members[] = {
	{ "schema", put_schema, NULL, NULL },
	{ "host", aw_json_host, NULL, NULL },
	{ "kernel", aw_json_kernel, NULL, NULL },
	{ "source", aw_json_source, NULL, NULL },
	{ "window", aw_json_window, NULL, NULL },
	{ "totals", aw_json_totals, NULL, NULL },
	{ "lost", aw_json_lost, NULL, NULL },
	{ "histograms", aw_json_histograms, NULL, NULL },
	{ "failures", NULL, aw_json_put_failures, NULL },
	{ "failures_ungrouped", put_ungrouped, NULL, NULL },
	{ "stalls", NULL, aw_json_put_stalls, NULL },
	{ "extfrag", NULL, aw_json_put_steals, NULL },
	{ "held", NULL, aw_json_put_held_rows, has_held },
	{ "zones", put_zones, NULL, NULL },
	{ "zones_seen", put_zones_seen, NULL, NULL },
};

/* Each member is on a line of its own. */
static int put_member(struct aw_json *json, FILE *out, const struct aw_report *report, size_t i)
{
	int err = 0;

	if (members[i].has && !members[i].has(report))
		return 0;
	aw_json_line(json);
	if (members[i].put) {
		members[i].put(json, members[i].key, report);
	} else {
		aw_json_key(json, members[i].key);
		err = members[i].put_rows(json, out, report);
	}
	return err ? err : aw_json_flush(json, out);
}

static int write_json(FILE *out, const struct aw_report *report, struct aw_error *error)
{
	AW_JSON struct aw_json json = { 0 };

	aw_json_object(&json, NULL);
	for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
		int err = put_member(&json, out, report, i);

		if (err)
			return aw_error_set(error, err, "can't write '%s' as JSON: %s", members[i].key,
					    strerror(-err));
	}
	fputs("\n}\n", out);
	return 0;
}

const struct aw_exporter aw_export_json = {
	.name = "json",
	.summary = "everything in one document, schema allocwatch/1",
	.write = write_json,
};

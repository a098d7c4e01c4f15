// SPDX-License-Identifier: GPL-2.0
/*
 * What changed between two recordings, as JSON.
 */
#include <errno.h>
#include <string.h>

#include "output/diff/diff.h"
#include "output/json/internal.h"

static void put_side(struct aw_json *json, const char *key, const struct aw_diff_side *side)
{
	aw_json_object(json, key);
	aw_json_text(json, "file", side->file);
	aw_json_host(json, "host", side->report);
	aw_json_kernel(json, "kernel", side->report);
	aw_json_window(json, "window", side->report);
	aw_json_totals(json, "totals", side->report);
	aw_json_lost(json, "lost", side->report);
	aw_json_object_end(json);
}

static void put_count(struct aw_json *json, const char *key, const struct aw_side_count *count)
{
	aw_json_object(json, key);
	aw_json_number(json, "failures", count->failures);
	aw_json_number(json, "hard", count->hard);
	aw_json_real(json, "per_hour", count->per_hour);
	aw_json_object_end(json);
}

static void put_change(struct aw_json *json, const struct aw_diff *diff, const struct aw_change *change)
{
	const struct aw_group *group = change->after.group ? change->after.group : change->before.group;
	const struct aw_report *report = change->after.group ? diff->after.report : diff->before.report;
	const struct aw_groups *groups = aw_summary_groups(report->summary);
	struct aw_sample_room room;
	const struct aw_event *sample = aw_group_sample(group, &room);

	aw_json_line(json);
	aw_json_object(json, NULL);
	aw_json_name(json, "change", aw_change_name(change->type));
	aw_json_keys(json, "keys", groups, group);
	put_count(json, "before", &change->before);
	put_count(json, "after", &change->after);
	aw_json_site(json, "site", sample->site);
	aw_json_stack(json, "stack", report, sample->stack);
	aw_json_object_end(json);
}

static void put_counts(struct aw_json *json, const char *key, const struct aw_diff *diff)
{
	struct aw_diff_counts counts = aw_diff_count(diff);

	aw_json_object(json, key);
	aw_json_number(json, "new_hard", counts.new_hard);
	for (int type = 0; type < AW_CHANGES; type++)
		aw_json_number(json, aw_change_name(type), counts.of[type]);
	aw_json_object_end(json);
}

static int put_changes(struct aw_json *json, FILE *out, const struct aw_diff *diff)
{
	int err = 0;

	aw_json_array(json, "changes");
	for (unsigned int i = 0; !err && i < diff->count && i < diff->top; i++) {
		put_change(json, diff, &diff->changes[i]);
		err = aw_json_flush(json, out);
	}
	aw_json_array_end(json);
	return err;
}

static int put_diff(struct aw_json *json, FILE *out, const struct aw_diff *diff)
{
	int err;

	aw_json_object(json, NULL);
	aw_json_line(json);
	aw_json_name(json, "schema", "allocwatch-diff/1");
	aw_json_line(json);
	put_side(json, "before", &diff->before);
	aw_json_line(json);
	put_side(json, "after", &diff->after);
	aw_json_line(json);
	put_counts(json, "counts", diff);
	aw_json_line(json);
	err = put_changes(json, out, diff);
	return err ? err : aw_json_flush(json, out);
}

int aw_diff_json(FILE *out, const struct aw_diff *diff, struct aw_error *error)
{
	AW_JSON struct aw_json json = { 0 };
	int err = put_diff(&json, out, diff);

	if (err)
		return aw_error_set(error, err, "can't write the changes as JSON: %s", strerror(-err));
	fputs("\n}\n", out);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * What changed between two recordings, for programs.
 */
#include <errno.h>
#include <string.h>

#include "output/diff.h"
#include "output/json_parts.h"

static json_t *json_side(const struct aw_diff_side *side)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "file", aw_json_text(side->file),
			 "host", aw_json_host(side->report), "kernel", aw_json_kernel(side->report),
			 "window", aw_json_window(side->report), "totals", aw_json_totals(side->report),
			 "lost", aw_json_lost(side->report));
}

static json_t *json_count(const struct aw_side_count *count)
{
	return json_pack("{s:o, s:o, s:f}", "failures", aw_json_number(count->failures),
			 "hard", aw_json_number(count->hard), "per_hour", count->per_hour);
}

static json_t *json_change(const struct aw_diff *diff, const struct aw_change *change)
{
	const struct aw_group *group = change->after.group ? change->after.group : change->before.group;
	const struct aw_report *report = change->after.group ? diff->after.report : diff->before.report;
	const struct aw_groups *groups = aw_summary_groups(report->summary);
	struct aw_sample_room room;
	const struct aw_event *sample = aw_group_sample(group, &room);

	return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}", "change", aw_change_name(change->kind),
			 "keys", aw_json_keys(groups, group), "before", json_count(&change->before),
			 "after", json_count(&change->after), "site", aw_json_site(sample->site),
			 "stack", aw_json_stack(report, sample->stack));
}

static json_t *json_counts(const struct aw_diff *diff)
{
	struct aw_diff_counts counts = aw_diff_count(diff);
	json_t *object = json_pack("{s:i}", "new_hard", (int)counts.new_hard);

	for (int kind = 0; kind < AW_CHANGES; kind++)
		object = aw_json_join(object, json_pack("{s:i}", aw_change_name(kind), (int)counts.of[kind]));
	return object;
}

static int put_changes(FILE *out, const struct aw_diff *diff)
{
	int err = 0;

	for (unsigned int i = 0; !err && i < diff->count && i < diff->top; i++) {
		fputs(i ? ",\n" : "\n", out);
		err = aw_json_put(out, json_change(diff, &diff->changes[i]));
	}
	return err;
}

static int put_diff(FILE *out, const struct aw_diff *diff)
{
	int err;

	fputs("{\n\"schema\":\"allocwatch-diff/1\",\n\"before\":", out);
	err = aw_json_put(out, json_side(&diff->before));
	fputs(",\n\"after\":", out);
	err = err ? err : aw_json_put(out, json_side(&diff->after));
	fputs(",\n\"counts\":", out);
	err = err ? err : aw_json_put(out, json_counts(diff));
	fputs(",\n\"changes\":[", out);
	err = err ? err : put_changes(out, diff);
	fputs("]\n}\n", out);
	return err;
}

int aw_diff_json(FILE *out, const struct aw_diff *diff, struct aw_error *error)
{
	int err = put_diff(out, diff);

	return err ? aw_error_set(error, err, "can't write the difference as JSON: %s", strerror(-err)) : 0;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Groups of failures, slow successes and steals as JSON.
 */
#include "output/json_groups.h"

#include <errno.h>

#include "base/cleanup.h"
#include "output/json_parts.h"

json_t *aw_json_keys(const struct aw_groups *groups, const struct aw_group *group)
{
	unsigned int nr_keys;
	const struct aw_key *const *keys = aw_groups_keys(groups, &nr_keys);
	json_t *object = json_object();

	for (unsigned int k = 0; k < nr_keys; k++) {
		char text[512] = "";

		if (group->has >> k & 1)
			aw_key_format(keys[k], &group->values[k], text, sizeof(text));
		object = aw_json_join(object, json_pack("{s:o}", keys[k]->name, aw_json_text(text)));
	}
	return object;
}

static json_t *json_logs(const struct aw_group *group)
{
	json_t *object = json_object();

	for (int log = 0; log < AW_LOGS; log++)
		if (group->by_log[log])
			object = aw_json_join(object, json_pack("{s:o}", aw_log_name((enum aw_log)log),
								aw_json_number(group->by_log[log])));
	return object;
}

static json_t *json_group(const struct aw_report *report, const struct aw_groups *groups,
			  const struct aw_group *group)
{
	struct aw_sample_room room;
	json_t *object = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
			"count", aw_json_number(group->count), "sampled", aw_json_number(group->sampled),
			"hard", aw_json_number(group->by_class[AW_CLASS_HARD]),
			"first_seen", aw_json_time(report->kernel, group->first_ns),
			"last_seen", aw_json_time(report->kernel, group->last_ns),
			"sample_seen", group->sampled ? aw_json_time(report->kernel, group->sample_ns) : json_null(),
			"keys", aw_json_keys(groups, group), "logs", json_logs(group));

	return aw_json_join(object, aw_json_request(report, aw_group_sample(group, &room)));
}

static int put_row(FILE *out, unsigned int index, json_t *value)
{
	fputs(index ? ",\n" : "\n", out);
	return aw_json_put(out, value);
}

static int put_groups(FILE *out, const struct aw_report *report, const struct aw_groups *groups)
{
	unsigned int count = aw_groups_count(groups);
	AW_FREE const struct aw_group **sorted = aw_groups_sorted(groups, report->sort);
	int err = count && !sorted ? -ENOMEM : 0;

	fputs("[", out);
	for (unsigned int i = 0; !err && i < count && i < report->top; i++)
		err = put_row(out, i, json_group(report, groups, sorted[i]));
	fputs("]", out);
	return err;
}

int aw_json_put_failures(FILE *out, const struct aw_report *report)
{
	return put_groups(out, report, aw_summary_groups(report->summary));
}

int aw_json_put_stalls(FILE *out, const struct aw_report *report)
{
	return put_groups(out, report, aw_summary_stalls(report->summary));
}

static json_t *json_steal(const struct aw_report *report, const struct aw_steal *steal)
{
	const struct aw_frame site = { .name = steal->site, .module = steal->module };
	struct aw_stack stack;

	aw_kept_stack_get(steal->stack, &stack);
	return json_pack("{s:o, s:s, s:s, s:i, s:o, s:o, s:o, s:o, s:o, s:o}",
			 "count", aw_json_number(steal->count), "from", aw_migratetype_name(steal->from),
			 "to", aw_migratetype_name(steal->to), "order", steal->order,
			 "fallback_order", aw_json_known(steal->fallback_order >= 0,
							 (uint64_t)steal->fallback_order),
			 "pageblocks", aw_json_known(!steal->owner_unknown, steal->owned),
			 "site", aw_json_site(&site), "comm", aw_json_text(steal->comm),
			 "stack", aw_json_stack(report, &stack),
			 "owner_unknown", aw_json_number(steal->owner_unknown));
}

int aw_json_put_steals(FILE *out, const struct aw_report *report)
{
	unsigned int count;
	AW_FREE struct aw_steal *steals = aw_summary_steals(report->summary, &count);
	int err = 0;

	fputs("[", out);
	for (unsigned int i = 0; !err && i < count; i++)
		err = put_row(out, i, json_steal(report, &steals[i]));
	fputs("]", out);
	return err;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Groups of failures, stalls and steals as JSON.
 */
#include "output/json/groups.h"

#include <errno.h>

#include "base/cleanup.h"
#include "output/json/internal.h"

void aw_json_keys(struct aw_json *json, const char *key, const struct aw_groups *groups, const struct aw_group *group)
{
	unsigned int nr_keys;
	const struct aw_key *const *keys = aw_groups_keys(groups, &nr_keys);

	aw_json_object(json, key);
	for (unsigned int k = 0; k < nr_keys; k++) {
		char text[512] = "";

		if (group->has >> k & 1)
			aw_key_format(keys[k], &group->values[k], text, sizeof(text));
		aw_json_text(json, keys[k]->name, text);
	}
	aw_json_object_end(json);
}

static void put_logs(struct aw_json *json, const char *key, const struct aw_group *group)
{
	aw_json_object(json, key);
	for (int log = 0; log < AW_LOGS; log++)
		if (group->by_log[log])
			aw_json_number(json, aw_log_name((enum aw_log)log), group->by_log[log]);
	aw_json_object_end(json);
}

void aw_json_group(struct aw_json *json, const struct aw_report *report, const struct aw_groups *groups,
		   const struct aw_group *group)
{
	aw_json_number(json, "count", group->count);
	aw_json_number(json, "sampled", group->sampled);
	aw_json_number(json, "hard", group->by_class[AW_CLASS_HARD]);
	aw_json_time(json, "first_seen", report->kernel, group->first_ns);
	aw_json_time(json, "last_seen", report->kernel, group->last_ns);
	if (group->sampled)
		aw_json_time(json, "sample_seen", report->kernel, group->sample_ns);
	else
		aw_json_null(json, "sample_seen");
	aw_json_keys(json, "keys", groups, group);
	put_logs(json, "logs", group);
}

static void put_group(struct aw_json *json, const struct aw_report *report, const struct aw_groups *groups,
		      const struct aw_group *group)
{
	struct aw_sample_room room;

	aw_json_line(json);
	aw_json_object(json, NULL);
	aw_json_group(json, report, groups, group);
	aw_json_request(json, report, aw_group_sample(group, &room));
	aw_json_object_end(json);
}

static int put_groups(struct aw_json *json, FILE *out, const struct aw_report *report, const struct aw_groups *groups)
{
	unsigned int count = aw_groups_count(groups);
	AW_FREE const struct aw_group **sorted = aw_groups_sorted(groups, report->sort);
	int err = count && !sorted ? -ENOMEM : 0;

	aw_json_array(json, NULL);
	for (unsigned int i = 0; !err && i < count && i < report->top; i++) {
		put_group(json, report, groups, sorted[i]);
		err = aw_json_flush(json, out);
	}
	aw_json_array_end(json);
	return err;
}

int aw_json_put_failures(struct aw_json *json, FILE *out, const struct aw_report *report)
{
	return put_groups(json, out, report, aw_summary_groups(report->summary));
}

int aw_json_put_stalls(struct aw_json *json, FILE *out, const struct aw_report *report)
{
	return put_groups(json, out, report, aw_summary_stalls(report->summary));
}

static void put_steal(struct aw_json *json, const struct aw_report *report, const struct aw_steal *steal)
{
	const struct aw_frame site = { .name = steal->site, .module = steal->module };
	struct aw_stack stack;

	aw_kept_stack_get(steal->stack, &stack);
	aw_json_line(json);
	aw_json_object(json, NULL);
	aw_json_number(json, "count", steal->count);
	aw_json_name(json, "from", aw_migratetype_name(steal->from));
	aw_json_name(json, "to", aw_migratetype_name(steal->to));
	aw_json_integer(json, "order", steal->order);
	aw_json_known(json, "fallback_order", steal->fallback_order >= 0, (uint64_t)steal->fallback_order);
	aw_json_known(json, "pageblocks", !steal->owner_unknown, steal->owned);
	aw_json_site(json, "site", &site);
	aw_json_text(json, "comm", steal->comm);
	aw_json_stack(json, "stack", report, &stack);
	aw_json_number(json, "owner_unknown", steal->owner_unknown);
	aw_json_object_end(json);
}

int aw_json_put_steals(struct aw_json *json, FILE *out, const struct aw_report *report)
{
	unsigned int count;
	AW_FREE struct aw_steal *steals = aw_summary_steals(report->summary, &count);
	int err = 0;

	aw_json_array(json, NULL);
	for (unsigned int i = 0; !err && i < count; i++) {
		put_steal(json, report, &steals[i]);
		err = aw_json_flush(json, out);
	}
	aw_json_array_end(json);
	return err;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Groups with their stacks, and zones, as CSV.
 */
#include <stdio.h>

#include "base/cleanup.h"
#include "base/memory.h"
#include "output/csv/tables.h"
#include "output/frame_text.h"
#include "output/report.h"
#include "output/utc.h"
#include "verdict/verdict.h"


/* Outermost first, separated by ';', as in the folded format. */
static void put_stack(struct aw_csv_row *row, const struct aw_report *report, const struct aw_stack *stack)
{
	AW_FREE char *text = NULL;
	size_t len;
	FILE *memory = aw_memory_open(&text, &len);

	for (unsigned int i = stack->count; memory && i-- > 0;) {
		char frame[AW_FRAME_TEXT];

		fputs(aw_format_frame(&stack->frames[i], report->raw_addresses, frame, sizeof(frame)), memory);
		if (i)
			putc(';', memory);
	}
	aw_memory_close(memory);	/* what is missing then is noted */
	aw_csv_text(row, text);
}

static void put_request(struct aw_csv_row *row, const struct aw_event *event)
{
	const struct aw_failure *failure = &event->failure;

	aw_csv_number(row, failure->order);
	aw_csv_known(row, failure->bytes, failure->bytes);
	aw_csv_text(row, failure->gfp.names);
	aw_csv_text(row, aw_migratetype_name(failure->migratetype));
	aw_csv_text(row, aw_class_name(failure->class));
	aw_csv_text(row, aw_log_name(failure->log));
	aw_csv_text(row, aw_cause_name((enum aw_cause)failure->cause));
	aw_csv_text(row, aw_rule_name((enum aw_rule)failure->rule));
	aw_csv_text(row, event->site ? event->site->name : NULL);
	aw_csv_text(row, event->site ? event->site->module : NULL);
}

static void put_group(struct aw_csv_row *row, const struct aw_report *report, const struct aw_group *group)
{
	struct aw_sample_room room;
	const struct aw_event *sample = aw_group_sample(group, &room);
	bool own = group->sampled && sample->task.context <= AW_IN_TASK;
	char text[AW_UTC_TEXT];

	aw_csv_number(row, group->count);
	aw_csv_number(row, group->sampled);
	aw_csv_number(row, group->by_class[AW_CLASS_HARD]);
	aw_csv_text(row, aw_format_utc(report->kernel, group->first_ns, text));
	aw_csv_text(row, aw_format_utc(report->kernel, group->last_ns, text));
	put_request(row, sample);
	aw_csv_text(row, own ? sample->task.comm : NULL);
	aw_csv_known(row, own, sample->task.pid);
	put_stack(row, report, sample->stack);
	aw_csv_end(row);
}

void aw_csv_put_stacks(struct aw_csv_row *row, const struct aw_report *report)
{
	const struct aw_groups *groups = aw_summary_groups(report->summary);
	unsigned int count = aw_groups_count(groups);
	AW_FREE const struct aw_group **sorted = aw_groups_sorted(groups, report->sort);

	for (unsigned int i = 0; sorted && i < count && i < report->top; i++)
		put_group(row, report, sorted[i]);
}

static void put_zone(struct aw_csv_row *row, const struct aw_zone *zone)
{
	bool marks = zone->known & AW_ZONE_KNOWS_WATERMARKS;

	aw_csv_signed(row, zone->node);
	aw_csv_text(row, zone->name);
	aw_csv_number(row, zone->free);
	aw_csv_known(row, zone->known & AW_ZONE_KNOWS_CMA, zone->free_cma);
	aw_csv_known(row, marks, zone->min);
	aw_csv_known(row, marks, zone->low);
	aw_csv_known(row, marks, zone->high);
	aw_csv_known(row, zone->known & AW_ZONE_KNOWS_BOOST, zone->boost);
	aw_csv_known(row, zone->known & AW_ZONE_KNOWS_MANAGED, zone->managed);
	for (unsigned int order = 0; order < AW_MAX_ORDERS; order++)
		aw_csv_known(row, order < zone->nr_orders, zone->nr_free[order]);
}

/* The newest zone snapshot of a failure: pages, and blocks by order. */
void aw_csv_put_zones(struct aw_csv_row *row, const struct aw_report *report)
{
	struct aw_sample_room room;
	const struct aw_event *newest = aw_report_newest_zones(report, &room);

	for (unsigned int i = 0; newest && i < newest->failure.nr_zones; i++) {
		char text[AW_UTC_TEXT];

		aw_csv_text(row, aw_format_utc(report->kernel, newest->time_ns, text));
		aw_csv_text(row, aw_zones_when_name(newest->failure.zones_when));
		put_zone(row, &newest->failure.zones[i]);
		aw_csv_end(row);
	}
}

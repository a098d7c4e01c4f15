// SPDX-License-Identifier: GPL-2.0
/*
 * Who holds what stays, as JSON.
 */
#include "output/json/groups.h"
#include "output/json/internal.h"

void aw_json_put_held(struct aw_json *json, const struct aw_held *held, uint64_t time_ns)
{
	aw_json_known(json, "order", !held->rest, held->order);
	aw_json_name(json, "migratetype", aw_migratetype_name(held->migratetype));
	aw_json_bool(json, "rest", held->rest);
	aw_json_number(json, "pages", aw_held_pages(held));
	aw_json_number(json, "pages_error", aw_held_error(held));
	aw_json_number(json, "sampled_blocks", held->blocks);
	aw_json_number(json, "sampled_pages", held->pages);
	aw_json_number(json, "sample", UINT64_C(1) << held->shift);
	aw_json_known(json, "oldest_us", held->blocks, (time_ns - held->oldest_ns) / 1000);
	aw_json_known(json, "newest_us", held->blocks, (time_ns - held->newest_ns) / 1000);
}

static void put_row(struct aw_json *json, const struct aw_report *report, const struct aw_held_table *table,
		    const struct aw_held_row *row)
{
	struct aw_stack stack;
	const struct aw_frame *site = aw_held_row_site(row, &stack);

	aw_json_line(json);
	aw_json_object(json, NULL);
	aw_json_put_held(json, &row->held, table->time_ns);
	aw_json_site(json, "site", site);
	aw_json_stack(json, "stack", report, &stack);
	aw_json_object_end(json);
}

int aw_json_put_held_rows(struct aw_json *json, FILE *out, const struct aw_report *report)
{
	const struct aw_held_table *table = aw_summary_held(report->summary);
	int err = 0;

	aw_json_array(json, NULL);
	for (unsigned int i = 0; !err && i < table->count; i++) {
		put_row(json, report, table, &table->rows[i]);
		err = aw_json_flush(json, out);
	}
	aw_json_array_end(json);
	return err;
}

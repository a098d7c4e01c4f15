// SPDX-License-Identifier: GPL-2.0
/*
 * The list of CSV tables, and those of histograms and steals.
 */
#include "output/csv/tables.h"

#include "base/array.h"
#include "base/cleanup.h"
#include "output/report.h"
#include "output/utc.h"

static void put_orders(struct aw_csv_row *row, const struct aw_report *report)
{
	const struct aw_totals *totals = aw_summary_totals(report->summary);

	for (unsigned int order = 0; order < AW_MAX_ORDERS; order++) {
		uint64_t bytes = aw_order_bytes(report->kernel, order);

		if (!totals->by_order[order] && !totals->served_by_order[order])
			continue;
		aw_csv_number(row, order);
		aw_csv_known(row, bytes, bytes);
		aw_csv_number(row, totals->by_order[order]);
		aw_csv_known(row, totals->counts_allocations, totals->served_by_order[order]);
		aw_csv_end(row);
	}
}

static void put_gfps(struct aw_csv_row *row, const struct aw_report *report)
{
	unsigned int count;
	AW_FREE struct aw_count *rows = aw_summary_gfps(report->summary, &count);

	for (unsigned int i = 0; i < count; i++) {
		aw_csv_text(row, rows[i].text);
		aw_csv_number(row, rows[i].count);
		aw_csv_end(row);
	}
}

static void put_migratetypes(struct aw_csv_row *row, const struct aw_report *report)
{
	const struct aw_totals *totals = aw_summary_totals(report->summary);

	for (int type = 0; type < AW_MT_COUNT; type++) {
		if (!totals->by_migratetype[type])
			continue;
		aw_csv_text(row, aw_migratetype_name((enum aw_migratetype)type));
		aw_csv_number(row, totals->by_migratetype[type]);
		aw_csv_end(row);
	}
}

static void put_sites(struct aw_csv_row *row, const struct aw_report *report)
{
	unsigned int count;
	AW_FREE struct aw_count *rows = aw_summary_sites(report->summary, &count);

	for (unsigned int i = 0; i < count; i++) {
		aw_csv_text(row, rows[i].text);
		aw_csv_text(row, rows[i].module);
		aw_csv_number(row, rows[i].count);
		aw_csv_end(row);
	}
}

/* The last bucket has no upper bound. */
static void put_latency(struct aw_csv_row *row, const struct aw_report *report)
{
	const struct aw_totals *totals = aw_summary_totals(report->summary);

	for (unsigned int i = 0; i < AW_LATENCY_BUCKETS; i++) {
		if (!totals->stall_us[i])
			continue;
		aw_csv_known(row, i < AW_LATENCY_BUCKETS - 1, UINT64_C(1) << i);
		aw_csv_number(row, totals->stall_us[i]);
		aw_csv_end(row);
	}
}

static void put_time(struct aw_csv_row *row, const struct aw_report *report)
{
	const struct aw_timeline *timeline = aw_summary_timeline(report->summary);
	unsigned int length = aw_timeline_length(timeline);

	for (unsigned int i = 0; i < length; i++) {
		uint64_t start = timeline->start_ns + i * timeline->bucket_ns;
		char text[AW_UTC_TEXT];

		aw_csv_text(row, aw_format_utc(report->kernel, start, text));
		aw_csv_number(row, start / 1000);
		aw_csv_seconds(row, timeline->bucket_ns);
		aw_csv_number(row, timeline->failures[i]);
		aw_csv_number(row, timeline->hard[i]);
		aw_csv_end(row);
	}
}

static void put_steals(struct aw_csv_row *row, const struct aw_report *report)
{
	unsigned int count;
	AW_FREE struct aw_steal *rows = aw_summary_steals(report->summary, &count);

	for (unsigned int i = 0; i < count; i++) {
		aw_csv_number(row, rows[i].count);
		aw_csv_text(row, aw_migratetype_name(rows[i].from));
		aw_csv_text(row, aw_migratetype_name(rows[i].to));
		aw_csv_signed(row, rows[i].order);
		aw_csv_known(row, !rows[i].owner_unknown, rows[i].owned);
		aw_csv_text(row, rows[i].site);
		aw_csv_text(row, rows[i].module);
		aw_csv_text(row, rows[i].comm);
		aw_csv_end(row);
	}
}

const struct aw_csv_table aw_csv_tables[] = {
	{ "order", "order,bytes,failures,allocations", put_orders },
	{ "gfp", "gfp,failures", put_gfps },
	{ "migratetype", "migratetype,failures", put_migratetypes },
	{ "site", "symbol,module,failures", put_sites },
	{ "stack", "failures,sampled,hard,first_seen,last_seen,order,bytes,gfp,migratetype,class,log,cause,rule,"
		   "symbol,module,comm,pid,stack", aw_csv_put_stacks },
	{ "latency", "le_us,count", put_latency },
	{ "time", "start,uptime_us,seconds,failures,hard", put_time },
	{ "extfrag", "count,from,to,order,pageblocks,symbol,module,comm", put_steals },
	{ "zones", "seen,when,node,zone,free,free_cma,min,low,high,boost,managed,"
		   "order0,order1,order2,order3,order4,order5,order6,order7,order8,order9,order10,order11,"
		   "order12,order13,order14,order15", aw_csv_put_zones },
};
const unsigned int aw_csv_tables_count = ARRAY_SIZE(aw_csv_tables);

/* The table "zones" has one column per order. */
_Static_assert(AW_MAX_ORDERS == 16, "the table \"zones\" needs one column per order");

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The tables that a report holds for CSV.
 */
#ifndef AW_OUTPUT_CSV_TABLES_H
#define AW_OUTPUT_CSV_TABLES_H

#include "output/csv_row.h"
#include "output/report.h"

struct aw_csv_table {
	const char *name;	/* of --table */
	const char *columns;	/* the first row */
	void (*put)(struct aw_csv_row *row, const struct aw_report *report);
};

void aw_csv_put_stacks(struct aw_csv_row *row, const struct aw_report *report);
void aw_csv_put_zones(struct aw_csv_row *row, const struct aw_report *report);

extern const struct aw_csv_table aw_csv_tables[];
extern const unsigned int aw_csv_tables_count;

#endif

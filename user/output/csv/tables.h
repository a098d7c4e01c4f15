/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The CSV tables of a report.
 */
#ifndef AW_OUTPUT_CSV_TABLES_H
#define AW_OUTPUT_CSV_TABLES_H

#include "output/csv/row.h"
#include "output/report.h"

struct aw_csv_table {
	const char *name;	/* the argument of --table */
	const char *columns;	/* the first row, with the column names */
	void (*put)(struct aw_csv_row *row, const struct aw_report *report);
};

void aw_csv_put_stacks(struct aw_csv_row *row, const struct aw_report *report);
void aw_csv_put_zones(struct aw_csv_row *row, const struct aw_report *report);

extern const struct aw_csv_table aw_csv_tables[];
extern const unsigned int aw_csv_tables_count;

#endif

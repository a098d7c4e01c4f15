// SPDX-License-Identifier: GPL-2.0
/*
 * One table of the report as CSV (RFC 4180), with the column names in the first row.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "output/csv/tables.h"
#include "output/exporters.h"

/* The table that is written unless another one is named: the groups of --by. */
#define GROUPS "stack"

static const struct aw_csv_table *find(const char *name)
{
	for (unsigned int i = 0; i < aw_csv_tables_count; i++)
		if (!strcmp(aw_csv_tables[i].name, name))
			return &aw_csv_tables[i];
	return NULL;
}

static const char *tables(char *text, size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (unsigned int i = 0; i < aw_csv_tables_count && used < size; i++)
		used += (size_t)snprintf(text + used, size - used, "%s%s", i ? ", " : "", aw_csv_tables[i].name);
	return text;
}

static int check_table(const char *name, struct aw_error *error)
{
	char names[128];

	if (!name || find(name))
		return 0;
	return aw_error_set(error, -EINVAL, "bad --table '%s': the tables are %s", name, tables(names, sizeof(names)));
}

static int write_csv(FILE *out, const struct aw_report *report, struct aw_error *error)
{
	struct aw_csv_row row = { .out = out };
	const struct aw_csv_table *table;
	int err = check_table(report->table, error);

	if (err)
		return err;
	table = find(report->table ? report->table : GROUPS);
	fprintf(out, "%s\r\n", table->columns);
	table->put(&row, report);
	return 0;
}

const struct aw_exporter aw_export_csv = {
	.name = "csv",
	.summary = "one table (--table), RFC 4180",
	.write = write_csv,
	.check_table = check_table,
	.tables = tables,
};

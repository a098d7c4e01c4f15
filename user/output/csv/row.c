// SPDX-License-Identifier: GPL-2.0
/*
 * Rows of CSV as specified by RFC 4180.
 */
#include "output/csv/row.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/escape.h"

static void begin_cell(struct aw_csv_row *row)
{
	if (row->cells++)
		putc(',', row->out);
}

void aw_csv_text(struct aw_csv_row *row, const char *text)
{
	size_t size = text ? AW_ESCAPED_SIZE(strlen(text)) : 0;
	AW_FREE char *safe = text ? malloc(size) : NULL;

	begin_cell(row);
	if (safe)
		fputs(aw_escape_csv(text, safe, size), row->out);
}

void aw_csv_number(struct aw_csv_row *row, uint64_t number)
{
	aw_csv_known(row, true, number);
}

void aw_csv_known(struct aw_csv_row *row, bool known, uint64_t number)
{
	begin_cell(row);
	if (known)
		fprintf(row->out, "%" PRIu64, number);
}

void aw_csv_signed(struct aw_csv_row *row, int64_t number)
{
	begin_cell(row);
	fprintf(row->out, "%" PRId64, number);
}

void aw_csv_seconds(struct aw_csv_row *row, uint64_t ns)
{
	begin_cell(row);
	fprintf(row->out, "%.6g", (double)ns / 1e9);
}

void aw_csv_end(struct aw_csv_row *row)
{
	fputs("\r\n", row->out);
	row->cells = 0;
}

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Rows of CSV as specified by RFC 4180: commas, CR LF, quotes where needed.
 */
#ifndef AW_OUTPUT_CSV_ROW_H
#define AW_OUTPUT_CSV_ROW_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct aw_csv_row {
	FILE *out;
	unsigned int cells;
};

void aw_csv_text(struct aw_csv_row *row, const char *text);	/* escaped; NULL: an empty cell */
void aw_csv_number(struct aw_csv_row *row, uint64_t number);
void aw_csv_known(struct aw_csv_row *row, bool known, uint64_t number);	/* an empty cell if not known */
void aw_csv_signed(struct aw_csv_row *row, int64_t number);
void aw_csv_seconds(struct aw_csv_row *row, uint64_t ns);
void aw_csv_end(struct aw_csv_row *row);

#endif

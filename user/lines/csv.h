/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Log lines in a column of a table: CSV with any separator, or tabs.
 */
#ifndef AW_LINES_CSV_H
#define AW_LINES_CSV_H

#include <stdbool.h>

#include "lines/out.h"
#include "lines/words.h"

struct aw_log_csv {
	char separator;		/* '\0': no table */
	unsigned int columns;
	unsigned int column;	/* where the log is, from 0 */
};

/* Learns the table from a row with one of the words in a column; false: the line is no row. */
bool aw_log_csv_learn(struct aw_log_csv *csv, const struct aw_log_words *words, const char *text, size_t len);

/* Writes the column of the log; false: the line is no row of the table. */
bool aw_log_csv_line(const struct aw_log_csv *csv, const char *text, size_t len, struct aw_log_out *out);

#endif

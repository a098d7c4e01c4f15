/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Answers as text for people.
 */
#ifndef AW_EXPLAIN_PRINT_H
#define AW_EXPLAIN_PRINT_H

#include <stdio.h>

#include "explain/answers.h"

struct aw_explain_style {
	unsigned int width;	/* columns to wrap at; 0: not at all */
	bool files;		/* several were read: a place is a file and a line */
};

void aw_explain_print(FILE *out, const struct aw_answer *answer, const struct aw_explain_style *style);

/* A line for each of the answers: what there is, the worst first. */
void aw_explain_table(FILE *out, const struct aw_answers *answers, const struct aw_explain_style *style);

/* "[0.617583]", "01-09 04:55:23.878", "2023-01-09 04:55:23.000"; "" not known. */
#define AW_EXPLAIN_TIME 64
const char *aw_explain_time(const struct aw_logged_time *time, bool has_year, char text[AW_EXPLAIN_TIME]);

/* "line 12"; with `files` "a.log:12", "-:12" of standard input; escaped for a terminal. */
#define AW_EXPLAIN_PLACE 1100
const char *aw_explain_place(const char *file, uint64_t line, bool files, char text[AW_EXPLAIN_PLACE]);

#endif

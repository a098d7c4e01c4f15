/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Groups of a log's reports as text for people.
 */
#ifndef AW_EXPLAIN_PRINT_H
#define AW_EXPLAIN_PRINT_H

#include <stdio.h>

#include "explain_groups.h"

/* Wraps at `width` columns; 0: not at all. */
void aw_explain_print(FILE *out, const struct aw_explain_group *group, unsigned int width);

/* A label and words wrapped behind it, as in a verdict. `text` is escaped already. */
void aw_explain_row(FILE *out, const char *label, const char *text, unsigned int width);

#endif

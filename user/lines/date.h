/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Dates as loggers write them in front of a kernel line.
 */
#ifndef AW_LINES_DATE_H
#define AW_LINES_DATE_H

#include "base/cursor.h"

/*
 * Steps over a date at the cursor and gives microseconds from 1970 (from 2000
 * where the line has no year).  Time zones are stepped over, not applied:
 * only differences within one log matter.  Names of days and months may be
 * in the languages of many users.  False: no date here.
 */
bool aw_log_date(struct aw_text *t, int64_t *us, bool *has_year);

/* Steps over a time of day alone: "04:55:23.878", "04:55". */
bool aw_log_clock(struct aw_text *t);

#endif

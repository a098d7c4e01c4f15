/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Text in the columns of a terminal: wide characters take two, combining ones
 * none.  Follows the locale: where it has no UTF-8, such characters become '?'.
 */
#ifndef AW_LIVE_CELL_H
#define AW_LIVE_CELL_H

#include <stddef.h>
#include <stdint.h>

unsigned int aw_cell_width(const char *text);

/*
 * Copies what fits into `columns`; what is cut ends in '~'.  Never half a
 * character, never a combining one without its base.  Returns columns used.
 */
unsigned int aw_cell_fit(const char *text, unsigned int columns, char *out, size_t size);

#define AW_CELL_NUMBER 16

/* "9999", "17k", "1.2M": at most 4 characters below 10^15. */
const char *aw_cell_number(uint64_t number, char text[AW_CELL_NUMBER]);

/* "17,664". */
#define AW_CELL_GROUPED 32
const char *aw_cell_grouped(uint64_t number, char text[AW_CELL_GROUPED]);

/* "3s", "12m", "5h", "2d": at most 4 characters below 10000 days. */
const char *aw_cell_age(uint64_t ns, char text[AW_CELL_NUMBER]);

/* "0", "0.3", "12", "3.1k": events per second. */
const char *aw_cell_rate(double rate, char text[AW_CELL_NUMBER]);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Text fitted into the columns of a terminal.  Wide characters take two
 * columns, combining ones none.  Without a UTF-8 locale, both become '?'.
 */
#ifndef AW_SCREEN_CELL_H
#define AW_SCREEN_CELL_H

#include <stddef.h>
#include <stdint.h>

unsigned int aw_cell_width(const char *text);

/*
 * Copies as much text as fits into `columns`; cut text ends in '~'.  Never
 * splits a character or separates a combining one from its base.  Returns the
 * number of columns used.
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

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Little graphs in text: a row of bars a column wide, and one long bar.
 */
#ifndef AW_LIVE_SPARK_H
#define AW_LIVE_SPARK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AW_SPARK_BYTES 3	/* of one column, at most */

/* One column a value, the largest full height; 0 is a dot. */
const char *aw_spark(const uint64_t *values, unsigned int count, bool utf8, char *out, size_t size);

/* A bar of value/largest of `columns`; something shows for every value above 0. */
const char *aw_spark_bar(uint64_t value, uint64_t largest, unsigned int columns, bool utf8, char *out, size_t size);

#endif

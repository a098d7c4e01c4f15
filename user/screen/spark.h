/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Small graphs made of characters: vertical bars of one column each, and a
 * horizontal bar.
 */
#ifndef AW_SCREEN_SPARK_H
#define AW_SCREEN_SPARK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AW_SPARK_BYTES 3	/* per column, at most */

/* One column per value; the largest has full height, and 0 is a dot. */
const char *aw_spark(const uint64_t *values, unsigned int count, bool utf8, char *out, size_t size);

/* A bar of value/largest of `columns`; every value above 0 is visible. */
const char *aw_spark_bar(uint64_t value, uint64_t largest, unsigned int columns, bool utf8, char *out, size_t size);

#endif

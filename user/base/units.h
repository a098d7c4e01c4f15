/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Formats and parses numbers with units.
 */
#ifndef AW_BASE_UNITS_H
#define AW_BASE_UNITS_H

#include <stdbool.h>
#include <stdint.h>

#define AW_UNITS_TEXT 24

/* "64 KiB", "1.8 MiB", "135 MiB", "512 B": one decimal below 100, none above.  Returns `text`. */
const char *aw_format_bytes(uint64_t bytes, char text[AW_UNITS_TEXT]);

/* "64K", "1.8M", "512": the same for narrow columns. */
const char *aw_format_bytes_short(uint64_t bytes, char text[AW_UNITS_TEXT]);

/* "3.1 ms", "17 us", "2.0 s", "4m10s". */
const char *aw_format_duration(uint64_t ns, char text[AW_UNITS_TEXT]);

/*
 * Parses "30s", "5m", "1h", "250ms" or "2d"; a number without a unit is seconds.
 * The value must be above 0.  Returns 0, -EINVAL or -ERANGE (more than ten years).
 */
int aw_parse_duration(const char *text, uint64_t *ns);

/* Parses "64K", "1M", "2G" or "4096", with powers of 1024.  Returns 0, -EINVAL or -ERANGE. */
int aw_parse_size(const char *text, uint64_t *bytes);

/* Parses a decimal or 0x integer without a suffix.  Returns 0, -EINVAL or -ERANGE. */
int aw_parse_number(const char *text, uint64_t *number);

#endif

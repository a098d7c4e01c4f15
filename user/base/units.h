/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Numbers with units, as people read and type them.
 */
#ifndef AW_BASE_UNITS_H
#define AW_BASE_UNITS_H

#include <stdbool.h>
#include <stdint.h>

#define AW_UNITS_TEXT 24

/* "64 KiB", "1.8 MiB", "135 MiB", "512 B": one digit after the point, from 100 on none. Returns text. */
const char *aw_format_bytes(uint64_t bytes, char text[AW_UNITS_TEXT]);

/* "64K", "1.8M", "512": the same for narrow columns. */
const char *aw_format_bytes_short(uint64_t bytes, char text[AW_UNITS_TEXT]);

/* "3.1 ms", "17 us", "2.0 s", "4m10s". */
const char *aw_format_duration(uint64_t ns, char text[AW_UNITS_TEXT]);

/*
 * "30s", "5m", "1h", "250ms", "2d"; a bare number is seconds.  More than 0.
 * Returns 0, -EINVAL or -ERANGE (more than ten years).
 */
int aw_parse_duration(const char *text, uint64_t *ns);

/* "64K", "1M", "2G", "4096": powers of 1024. Returns 0, -EINVAL or -ERANGE. */
int aw_parse_size(const char *text, uint64_t *bytes);

/* A whole decimal or 0x number, nothing after it. Returns 0, -EINVAL or -ERANGE. */
int aw_parse_number(const char *text, uint64_t *number);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Times in the format of RFC 3339.
 */
#ifndef AW_OUTPUT_UTC_H
#define AW_OUTPUT_UTC_H

#include <stdint.h>

#include "mm/kernel.h"

#define AW_UTC_TEXT 32

/*
 * "2026-01-09T04:55:23.878123Z", in UTC, for a CLOCK_MONOTONIC time of `kernel`.
 * NULL: the time or the machine's wall-clock time is not known.
 */
const char *aw_format_utc(const struct aw_kernel *kernel, uint64_t time_ns, char text[AW_UTC_TEXT]);

#endif

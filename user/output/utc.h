/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Instants as programs exchange them.
 */
#ifndef AW_OUTPUT_UTC_H
#define AW_OUTPUT_UTC_H

#include <stdint.h>

#include "kernel/kernel.h"

#define AW_UTC_TEXT 32

/*
 * RFC 3339 in UTC, "2026-01-09T04:55:23.878123Z", of a CLOCK_MONOTONIC time of
 * that kernel; NULL: the time or that machine's wall clock is not known.
 */
const char *aw_format_utc(const struct aw_kernel *kernel, uint64_t time_ns, char text[AW_UTC_TEXT]);

#endif

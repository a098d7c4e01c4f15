/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Patterns with '*' (any bytes) and '?' (one byte).
 */
#ifndef AW_BASE_GLOB_H
#define AW_BASE_GLOB_H

#include <stdbool.h>

bool aw_glob_match(const char *pattern, const char *text);

#endif

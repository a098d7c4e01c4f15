// SPDX-License-Identifier: GPL-2.0
/*
 * Patterns with '*' (any bytes) and '?' (one byte).
 */
#include "base/glob.h"

#include <stddef.h>

/* Backtracks only to the last star: linear in practice, and never exponential. */
bool aw_glob_match(const char *pattern, const char *text)
{
	const char *star = NULL, *resume = NULL;

	while (*text) {
		if (*pattern == '*') {
			star = ++pattern;
			resume = text;
		} else if (*pattern == '?' || *pattern == *text) {
			pattern++;
			text++;
		} else if (star) {
			pattern = star;
			text = ++resume;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}

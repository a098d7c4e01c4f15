// SPDX-License-Identifier: GPL-2.0
/*
 * Patterns with '*' (any run) and '?' (one byte).
 */
#include "base/glob.h"

#include <stddef.h>

/* Goes back to the last star only: linear in practice, never exponential. */
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

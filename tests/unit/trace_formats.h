/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The trace event formats of a kernel, from a file that has all of them.
 */
#ifndef AW_TESTS_TRACE_FORMATS_H
#define AW_TESTS_TRACE_FORMATS_H

#include <string.h>

#include "fixture.h"
#include "source/tracefs/record.h"

/* A format extends from "name: NAME" to the next "name: ".  Returns the number of formats. */
static inline unsigned int trace_formats_load(const char *file, struct aw_trace_formats *formats)
{
	unsigned int found = 0;
	size_t len;
	char *text = fixture_read(file, &len);

	memset(formats, 0, sizeof(*formats));
	for (unsigned int type = 0; type < AW_TRACE_TYPES; type++) {
		char name[96], *start, *end;

		snprintf(name, sizeof(name), "name: %s\n", aw_trace_events[type].name);
		start = strstr(text, name);
		if (!start)
			continue;
		end = strstr(start + 1, "\nname: ");
		found += !aw_trace_formats_add(formats, type, start, end ? (size_t)(end - start) : strlen(start));
	}
	free(text);
	return found;
}

#endif

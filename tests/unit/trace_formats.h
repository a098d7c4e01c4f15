/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The formats of a kernel's trace events from one file that has them all.
 */
#ifndef AW_TESTS_TRACE_FORMATS_H
#define AW_TESTS_TRACE_FORMATS_H

#include <string.h>

#include "fixture.h"
#include "source/tracefs_record.h"

/* From "name: NAME" to the next "name: ".  How many events were found. */
static inline unsigned int trace_formats_load(const char *file, struct aw_trace_formats *formats)
{
	unsigned int found = 0;
	size_t len;
	char *text = fixture_read(file, &len);

	memset(formats, 0, sizeof(*formats));
	for (unsigned int kind = 0; kind < AW_TRACE_KINDS; kind++) {
		char name[96], *start, *end;

		snprintf(name, sizeof(name), "name: %s\n", aw_trace_events[kind].name);
		start = strstr(text, name);
		if (!start)
			continue;
		end = strstr(start + 1, "\nname: ");
		found += !aw_trace_formats_add(formats, kind, start, end ? (size_t)(end - start) : strlen(start));
	}
	free(text);
	return found;
}

#endif

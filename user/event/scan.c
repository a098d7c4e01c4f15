// SPDX-License-Identifier: GPL-2.0
/*
 * Page scans, held by several.
 */
#include "event/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "event/event.h"

#define TELLS_NS INT64_C(60000000000)	/* of a failure so long before or after it */

struct aw_scan *aw_scan_new(void)
{
	struct aw_scan *scan = calloc(1, sizeof(*scan));

	if (scan)
		scan->holders = 1;
	return scan;
}

struct aw_scan *aw_scan_hold(struct aw_scan *scan)
{
	if (scan)
		scan->holders++;
	return scan;
}

void aw_scan_drop(struct aw_scan *scan)
{
	if (!scan || --scan->holders)
		return;
	aw_blockers_clear(&scan->found);
	free(scan);
}

void aw_scan_sentence(const struct aw_scan *scan, char *text, size_t size)
{
	char taken[AW_TAKEN_TEXT];
	size_t len;

	if (scan->cma.count)
		aw_blockers_cma_sentence(&scan->found, scan->cma.name, scan->cma.count,
					 scan->time_ns > scan->failed_ns ? scan->time_ns - scan->failed_ns : 0, text, size);
	else
		aw_blockers_sentence(&scan->found, text, size);
	aw_blockers_taken_text(&scan->found.taken, taken, sizeof(taken));
	len = strlen(text);
	if (taken[0] && len < size)
		snprintf(text + len, size - len, "; %s", taken);
}

int64_t aw_scan_after(const struct aw_scan *scan, const struct aw_event *failure)
{
	return (int64_t)(scan->time_ns - failure->time_ns);
}

bool aw_scan_tells_of(const struct aw_scan *scan, const struct aw_event *failure)
{
	const struct aw_failure *request = &failure->failure;
	int64_t after = aw_scan_after(scan, failure);

	if (scan->cma.count || failure->type != AW_EVENT_FAILURE || request->cause != AW_CAUSE_FRAGMENTATION || request->before_start)
		return false;
	if (request->order != scan->found.request.order ||
	    (request->migratetype == AW_MT_MOVABLE) != scan->found.request.movable)
		return false;
	if (after > TELLS_NS || after < -TELLS_NS)
		return false;
	return !failure->scan || llabs(after) < llabs(aw_scan_after(failure->scan, failure));
}

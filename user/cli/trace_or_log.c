// SPDX-License-Identifier: GPL-2.0
/*
 * Telling a trace from a log that quotes a few events.
 */
#include "cli/trace_or_log.h"

#include <stddef.h>

#include "base/cleanup.h"
#include "import/import.h"
#include "klog/klog.h"

/* Stacks in a trace look like reports that lost their header. */
static void look_for_header(void *ctx, const struct aw_klog_report *report)
{
	bool *found = ctx;

	*found = *found || !report->no_header;
}

static bool has_reports(const char *text, size_t len)
{
	bool found = false;
	struct aw_klog *klog = aw_klog_new(look_for_header, &found);

	if (!klog)
		return false;
	aw_klog_feed(klog, text, len);
	aw_klog_finish(klog);
	aw_klog_free(klog);
	return found;
}

bool aw_is_trace_without_reports(const char *path)
{
	AW_FREE char *between = NULL;
	size_t len;

	if (!aw_import_is_trace(path))
		return false;
	/* a console's lines that the trace itself has are events, and no log */
	between = aw_import_other_lines(path, &len);
	return !between || !has_reports(between, len);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Headers that repeat the one of a report below: titles, and those in a
 * sentence.
 */
#include "klog/title.h"

#include <string.h>

#define ONE_PANIC_US 60000000	/* from the header of a report to its panic, on a slow console */

/* "... I get much the same "kswapd0: page allocation failure: ..."": in quotes, amid words */
static bool is_quoted(const struct aw_klog_line *line, const struct aw_klog_report *r)
{
	const char *comm = r->comm[0] ? aw_text_find(&line->text, r->comm) : NULL;

	return comm && comm - line->text.p > 1 && (comm[-1] == '"' || comm[-1] == '\'') && aw_is_space(comm[-2]);
}

/* "Subject: ...", "# ..." */
bool aw_klog_is_titled(const struct aw_klog_line *line, const struct aw_klog_report *r)
{
	return aw_text_starts(&line->raw, "Subject:") || aw_text_starts(&line->raw, "# ") || aw_text_starts(&line->raw, "Title:") ||
	       is_quoted(line, r);
}

static bool is_stamped(const struct aw_klog_report *r)
{
	return r->mono_us >= 0 || r->wall_us >= 0;
}

bool aw_klog_may_be_shown_first(const struct aw_klog_report *r)
{
	return r->type == AW_KLOG_OOM && r->panics && (r->kill_alone ? r->mono_us >= 0 : !is_stamped(r) && r->has_mode && r->pid >= 0);
}

bool aw_klog_shows_panic(const struct aw_klog_report *first, const struct aw_klog_report *r)
{
	if (r->type != AW_KLOG_OOM || !r->panics || r->kill_alone || !is_stamped(r))
		return false;
	if (first->kill_alone)
		return r->mono_us >= 0 && first->mono_us >= r->mono_us && first->mono_us - r->mono_us <= ONE_PANIC_US;
	return first->pid == r->pid && first->order == r->order && first->mode == r->mode && !strcmp(first->comm, r->comm);
}

bool aw_klog_is_before_panic(const struct aw_klog_report *first, const struct aw_klog_report *r)
{
	return first->kill_alone ? r->mono_us >= 0 && r->mono_us < first->mono_us : is_stamped(r);
}

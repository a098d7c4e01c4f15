// SPDX-License-Identifier: GPL-2.0
/*
 * Headers that repeat the one of a report below: titles, and those in a
 * sentence.
 */
#include "klog/title.h"

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

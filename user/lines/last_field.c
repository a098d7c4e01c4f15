// SPDX-License-Identifier: GPL-2.0
/*
 * Lines whose last field is the message, in quotes or brackets: of LAVA, which
 * tests boards, and of DLT, which cars log with.
 */
#include "lines/last_field.h"

#include "base/cursor.h"
#include "lines/escapes.h"

/* A quote within single quotes of YAML is written twice. */
static void single_quoted(struct aw_text t, struct aw_log_out *out)
{
	for (; t.p < t.end; t.p++) {
		if (*t.p == '\'' && aw_text_at(&t, 1) == '\'')
			t.p++;
		aw_log_out_bytes(out, t.p, 1);
	}
}

/* "- {dt: '2024-01-09T04:55:23.878', lvl: target, msg: '[  195.149216] Mem-Info:'}" */
static bool lava(struct aw_text t, struct aw_log_out *out)
{
	if (!aw_text_skip(&t, "- {dt: ") || !aw_text_skip_past(&t, ", msg: ") || t.end - t.p < 3 || t.end[-1] != '}')
		return false;
	t.end--;
	if (*t.p == '"')
		return aw_log_escapes_string(&t, out);
	if (*t.p == '\'' && t.end[-1] == '\'')
		single_quoted((struct aw_text){ t.p + 1, t.end - 1 }, out);
	else
		aw_log_out_bytes(out, t.p, aw_text_left(&t));
	return true;
}

/* "1043 2024/01/09 04:55:23.878123 1951492 000 ECU1 SYS JOUR 1234 log warn verbose 1 [kernel: Mem-Info:]" */
static bool dlt(struct aw_text t, struct aw_log_out *out)
{
	const char *date, *time;
	uint64_t number;

	if (!aw_text_u64(&t, &number) || !aw_text_skip_char(&t, ' ') || t.end - t.p < 30 || t.end[-1] != ']' || t.p[4] != '/' || t.p[7] != '/')
		return false;
	date = t.p;
	time = memchr(t.p, ' ', aw_text_left(&t));
	if (!aw_text_skip_past(&t, " log ") || (!aw_text_skip_past(&t, " verbose ") && !aw_text_skip_past(&t, " V ")) ||
	    !aw_text_u64(&t, &number) || !aw_text_skip(&t, " ["))
		return false;
	time = memchr(time + 1, ' ', (size_t)(t.p - time - 1));
	if (time)
		aw_log_out_bytes(out, date, (size_t)(time + 1 - date));
	aw_text_skip(&t, "kernel: ");
	aw_log_out_bytes(out, t.p, aw_text_left(&t) - 1);
	return true;
}

bool aw_log_last_field(const char *text, size_t len, struct aw_log_out *out)
{
	struct aw_text t = aw_text_of(text, len);

	aw_text_trim(&t);
	if (t.end - t.p < 12 || (t.end[-1] != '}' && t.end[-1] != ']'))
		return false;
	return *t.p == '-' ? lava(t, out) : aw_is_digit(*t.p) && dlt(t, out);
}

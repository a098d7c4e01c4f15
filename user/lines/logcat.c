// SPDX-License-Identifier: GPL-2.0
/*
 * Android's logcat in its brief and time forms.
 */
#include "lines/logcat.h"

#include <strings.h>

#include "base/cursor.h"
#include "lines/date.h"

#define LONGEST_TAG 40

static bool is_level(char c)
{
	return c && strchr("VDIWEFS", c);
}

/* "Thread-2(    0): ": the tag, without spaces behind it */
static bool tag_and_process(struct aw_text *t, struct aw_text *tag)
{
	struct aw_text s = *t;
	const char *paren = memchr(s.p, '(', aw_text_left(&s) < LONGEST_TAG ? aw_text_left(&s) : LONGEST_TAG);
	uint64_t pid;

	if (!paren)
		return false;
	*tag = (struct aw_text){ s.p, paren };
	aw_text_trim(tag);
	s.p = paren + 1;
	aw_text_spaces(&s);
	if (!aw_text_u64(&s, &pid) || !aw_text_skip(&s, "):"))
		return false;
	aw_text_skip_char(&s, ' ');
	*t = s;
	return true;
}

static bool is_kernel(const struct aw_text *tag)
{
	return !aw_text_left(tag) || (aw_text_left(tag) == 6 && !strncasecmp(tag->p, "kernel", 6));
}

bool aw_log_logcat_line(const char *text, size_t len, struct aw_log_out *out)
{
	struct aw_text t = aw_text_of(text, len), tag;
	int64_t us;
	bool year, date = aw_log_date(&t, &us, &year);
	const char *level;

	aw_text_spaces(&t);
	level = t.p;
	if (!is_level(aw_text_at(&t, 0)) || aw_text_at(&t, 1) != '/')
		return false;
	t.p += 2;
	if (!tag_and_process(&t, &tag))
		return false;
	aw_log_out_bytes(out, text, (size_t)(level + 1 - text));
	aw_log_out_bytes(out, date ? " " : "(0) ", date ? 1 : 4);
	if (!is_kernel(&tag)) {
		aw_log_out_bytes(out, tag.p, aw_text_left(&tag));
		aw_log_out_bytes(out, ": ", 2);
	}
	aw_log_out_bytes(out, t.p, aw_text_left(&t));
	return true;
}

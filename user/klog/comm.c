// SPDX-License-Identifier: GPL-2.0
/*
 * The name of a task in front of a kernel's message.
 */
#include "klog/comm.h"

#include <string.h>

#include "klog/klog.h"

#define COMM_BYTES 15	/* TASK_COMM_LEN - 1 */

/* Where a comm may begin in text that is longer than one: behind the last ": " or "] ", else at the last word. */
static const char *likely_comm(const struct aw_text *before)
{
	const char *cut = before->end - COMM_BYTES;

	for (const char *p = before->end; p > cut; p--)
		if (aw_is_space(p[-1]) && p - 2 >= before->p && strchr(":])", p[-2]))
			return p;
	for (const char *p = before->end; p > cut; p--)
		if (aw_is_space(p[-1]))
			return p;
	return cut;
}

/*
 * logcat takes the first word of a message for its tag, pads that and puts a blank behind the colon: "Binder  : 31542_2",
 * "kworker/u16: 3".  false: not such a name.
 */
static bool name_of_tag(struct aw_text before, char *comm)
{
	const char *colon = memchr(before.p, ':', aw_text_left(&before)), *end = colon;
	struct aw_text rest = { colon ? colon + 1 : before.end, before.end };

	while (end && end > before.p && end[-1] == ' ')
		end--;
	if (!colon || end == before.p || memchr(before.p, ' ', (size_t)(end - before.p)) || !aw_text_skip_char(&rest, ' ') ||
	    !aw_is_digit(aw_text_at(&rest, 0)) || memchr(rest.p, ' ', aw_text_left(&rest)) ||
	    end - before.p + 1 + rest.end - rest.p > COMM_BYTES)
		return false;
	memcpy(comm, before.p, (size_t)(end - before.p));
	comm[end - before.p] = ':';
	memcpy(comm + (end - before.p) + 1, rest.p, aw_text_left(&rest));
	comm[end - before.p + 1 + rest.end - rest.p] = '\0';
	return true;
}

/*
 * What stands before the message is the comm, perhaps with an unknown
 * vendor's prefix, or quoted in a sentence.  A comm has 15 bytes, any of them.
 */
void aw_klog_comm_before(struct aw_text before, char *comm)
{
	bool longer;

	aw_text_trim(&before);
	if (aw_text_skip(&before, "# "))	/* the title of an issue */
		aw_text_spaces(&before);
	if (name_of_tag(before, comm))
		return;
	longer = aw_text_left(&before) > COMM_BYTES;
	if (longer)
		before.p = likely_comm(&before);
	if (longer && aw_text_left(&before) > 1 && strchr("\"'`(", *before.p))
		before.p++;
	aw_text_copy(comm, AW_KLOG_COMM, before.p, aw_text_left(&before));
}

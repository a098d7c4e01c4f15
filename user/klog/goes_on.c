// SPDX-License-Identifier: GPL-2.0
/*
 * How much of a kernel line is there, and does another line go on where it
 * ends?
 */
#include "klog/goes_on.h"

#include "base/array.h"
#include "klog/header.h"
#include "klog/meminfo.h"
#include "klog/task.h"
#include "klog/trace.h"

/* Behind the digits of "mode:0x40dc0", "gfp_mask=0x201da", SLUB's "gfp=0x820"; false: there are none. */
static bool behind_mask(struct aw_text *t)
{
	struct aw_text s = *t;
	uint64_t mask;

	if (!aw_text_skip_past(&s, "mode:") && !aw_text_skip_past(&s, "gfp_mask=") && !aw_text_skip_past(&s, "gfp="))
		return false;
	if (!aw_text_starts(&s, "0x") || !aw_text_hex(&s, &mask))
		return false;
	*t = s;
	return true;
}

static bool names_closed(struct aw_text t)
{
	return aw_text_at(&t, 0) != '(' || memchr(t.p, ')', aw_text_left(&t));
}

/* Parts behind the mask that are there as a whole. */
static int parts(struct aw_text t)
{
	static const char *const keys[] = { ",mems_allowed=", "oom_score_adj=", "oom_adj=", "ret: -", "order=" };
	struct aw_text s = t;
	int count = 0;

	if (aw_text_skip_past(&s, "nodemask="))
		count += aw_is_digit(aw_text_at(&s, 0)) || memchr(s.p, ')', aw_text_left(&s));
	count += aw_text_find(&t, ",cpuset=") != NULL;
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		s = t;
		if (aw_text_skip_past(&s, keys[i]) && (aw_is_digit(aw_text_at(&s, 0)) || aw_text_at(&s, 0) == '-'))
			count++;
	}
	return count;
}

/* What a line of vmalloc tells: its size, why it failed, "page order 9". */
static int of_vmalloc(const struct aw_klog_report *r)
{
	return (r->bytes > 0) + (r->vmalloc_failed > 0) + (r->type == AW_KLOG_VMALLOC && r->order >= 0);
}

int aw_klog_header_rank(const struct aw_klog_line *line)
{
	struct aw_text t = line->text;
	struct aw_klog_report r;

	if (aw_text_starts(&t, "oom-killer: "))	/* the rest of one */
		return 0;
	/* a header says nothing of frames and zones */
	memset(&r, 0, offsetof(struct aw_klog_report, frames));
	switch (aw_klog_header(line, &r)) {
	case AW_KLOG_NO:
		return 0;
	case AW_KLOG_MORE:
		return r.order >= 0 || r.has_mode ? 2 : 1;
	case AW_KLOG_YES:
		break;
	}
	if (behind_mask(&t))
		return 4 + of_vmalloc(&r) + names_closed(t) + parts(t);
	return 3 + of_vmalloc(&r) + r.pool.knows_total + parts(line->text);
}

bool aw_klog_is_constraint(const struct aw_klog_line *line)
{
	static const char end[] = ",uid=";
	const struct aw_text *t = &line->text;

	return aw_text_starts(t, "oom-kill:constraint=") && !aw_text_find(t, end);
}

/* "Killing 'ample.launcher' (2310), adj 529," of Android's low memory killers */
static int lmk_rank(struct aw_text t)
{
	uint64_t pid, adj;

	if (!aw_text_skip_past(&t, "' ("))
		return 1;
	if (!aw_text_u64(&t, &pid) || !aw_text_skip_past(&t, "adj ") || !aw_text_u64(&t, &adj))
		return 2;
	return 3 + (t.p < t.end) + (aw_text_find(&t, "reason: ") != NULL);
}

int aw_klog_kill_rank(const struct aw_klog_line *line)
{
	static const char *const keys[] = { "total-vm:", "anon-rss:", "file-rss:", "shmem-rss:", "UID:", "pgtables:", "oom_score_adj:" };
	struct aw_text t = line->text, name;
	uint64_t pid;
	int rank = 1;

	if (aw_text_find(&t, "Kill '") || aw_text_find(&t, "Killing '"))
		return lmk_rank(t);
	if (!aw_text_skip_past(&t, "Kill") || !(aw_text_skip(&t, "ed process ") || aw_text_skip(&t, " process ")) ||
	    !aw_text_u64(&t, &pid))
		return 0;
	name = t;
	aw_text_skip_char(&name, ',');
	aw_text_spaces(&name);
	rank += aw_text_skip_char(&name, '(') && memchr(name.p, ')', aw_text_left(&name));
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		struct aw_text value = t;

		rank += aw_text_skip_past(&value, keys[i]) && value.p < value.end;
	}
	return rank;
}

/* "d0", "c0(GFP_KERNEL", ", nodemask" */
static bool rest_of_mask(struct aw_text t)
{
	while (aw_is_lower_hex(aw_text_at(&t, 0)))
		t.p++;
	return t.p == t.end || *t.p == '(' || *t.p == ',';
}

/* "MP|__GFP_ZERO), nodemask=(null)", "COMP|__GFP_NO" */
static bool rest_of_names(struct aw_text t)
{
	while (t.p < t.end && ((*t.p >= 'A' && *t.p <= 'Z') || aw_is_digit(*t.p) || *t.p == '_' || *t.p == '|' || *t.p == 'x'))
		t.p++;
	return t.p == t.end || *t.p == ')';
}

/* "6", "0,2-3": the last digits of "ret: -16", "mems_allowed=0,2-3" */
static bool rest_of_number(struct aw_text t)
{
	const char *start = t.p;

	if (!aw_is_digit(*t.p) && !aw_is_digit(aw_text_at(&t, 1)))
		return false;
	while (t.p < t.end && (aw_is_digit(*t.p) || *t.p == ',' || *t.p == '-'))
		t.p++;
	return t.p == t.end && t.p - start <= 6;
}

bool aw_klog_header_goes_on(const struct aw_klog_line *line, const struct aw_text *next)
{
	struct aw_text t = line->text;

	if (behind_mask(&t) && t.p == t.end)
		return rest_of_mask(*next);
	if (t.p > line->text.p && !names_closed(t))
		return rest_of_names(*next);
	return aw_klog_header_rank(line) >= 3 && aw_is_digit(t.end[-1]) && rest_of_number(*next);
}

static void skip_name(struct aw_text *t)
{
	while (t->p < t->end && (aw_is_word(*t->p) || *t->p == '.'))
		t->p++;
}

/* "", "demask", behind a function's name or its first part: the rest of it, "+0x1ce/0x310" */
static bool rest_of_function(struct aw_text t)
{
	skip_name(&t);
	return aw_text_starts(&t, "+0x");
}

/* Behind "+": what is missing of "+0x1ce/0x310"; nothing tells half of the size from the whole, so it has to be short. */
static bool rest_of_offset(struct aw_text t, struct aw_text next)
{
	bool has_size = aw_text_skip_past(&t, "/0x") && t.p < t.end;
	const char *start = next.p;

	while (next.p < next.end && (aw_is_lower_hex(*next.p) || (!has_size && strchr("x/", *next.p))))
		next.p++;
	if (next.p == start || (has_size && next.p - start > 4))
		return false;
	return next.p == next.end || aw_text_starts(&next, "()") || aw_text_starts(&next, ", CPU#");
}

const char *aw_klog_warning_goes_on(const struct aw_text *text, const struct aw_text *next)
{
	struct aw_text t = *text, s = *next;
	uint64_t number;

	if (!aw_text_starts(&t, "WARNING: ") || !aw_text_skip_past(&t, "mm/page_alloc.c:"))
		return NULL;
	aw_text_u64(&t, &number);
	if (t.p == t.end) {
		bool torn = aw_text_u64(&s, &number);

		aw_text_spaces(&s);
		aw_text_skip(&s, "at ");
		return !rest_of_function(s) ? NULL : torn || t.end[-1] == ':' ? "" : " ";
	}
	aw_text_spaces(&t);
	if (aw_text_skip(&t, "at") && t.p == t.end)
		return rest_of_function(*next) ? " " : NULL;
	aw_text_spaces(&t);
	skip_name(&t);
	if (t.p == t.end)
		return rest_of_function(*next) ? "" : NULL;
	return aw_text_skip_char(&t, '+') && !memchr(t.p, ' ', aw_text_left(&t)) && !memchr(t.p, '(', aw_text_left(&t)) &&
	       rest_of_offset(t, *next) ? "" : NULL;
}

int aw_klog_task_rank(const struct aw_klog_line *line)
{
	struct aw_klog_task task;
	struct aw_text t = line->text;
	int rank = 1;

	if (!aw_klog_task(line, &task))
		return 0;
	rank += task.pid >= 0;
	rank += task.comm[0] != '\0';
	if (!aw_text_find(&t, " Not tainted ") && !aw_text_find(&t, " Tainted: "))
		return rank;
	if (!task.release[0])
		return 4;
	return aw_text_skip_past(&t, task.release) && aw_text_starts(&t, " #") ? AW_KLOG_TASK_WHOLE : 5;
}

bool aw_klog_has_fields(const struct aw_text *text)
{
	struct aw_text t = *text;
	uint64_t kb;

	if (aw_text_starts(&t, "kB") || aw_text_starts(&t, "B "))
		return true;
	if (aw_text_u64(&t, &kb))
		return aw_text_starts(&t, "kB") || aw_text_starts(&t, "KB") || (t.p == t.end);
	t = *text;
	aw_text_skip(&t, "? ");
	if ((aw_text_skip(&t, "no") || aw_text_skip(&t, "yes")) && t.p == t.end)
		return true;
	t = *text;
	while (t.p < t.end && (aw_is_word(*t.p) || *t.p == '(' || *t.p == ')'))
		t.p++;
	return aw_text_skip_char(&t, ':') && (t.p == t.end || aw_is_digit(*t.p));
}

bool aw_klog_is_body(const struct aw_klog_line *line)
{
	struct aw_klog_task task;
	struct aw_klog_trace_line trace;
	struct aw_klog_zone zone;

	switch (aw_klog_mem_line(&line->text, &zone)) {
	case AW_KLOG_MEM_NONE:
		return aw_klog_task(line, &task) || aw_klog_trace(line, &trace);
	case AW_KLOG_MEM_OTHER:
		return !aw_klog_has_fields(&line->text);	/* "free_cma:0kB" may be a zone's */
	default:
		return true;
	}
}

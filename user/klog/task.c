// SPDX-License-Identifier: GPL-2.0
/*
 * The line that names the task, the cpu and the kernel of a report.
 */
#include "klog/task.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "klog/symbol.h"
#include "mm/kernel.h"

#define COMM_PRINTED 20	/* "%.20s" */

bool aw_klog_release(struct aw_text *t, char *release, size_t size)
{
	struct aw_text s = *t;
	const char *start = s.p;
	uint64_t major;

	if (!aw_text_u64(&s, &major) || major < 2 || major > 99 || !aw_text_skip_char(&s, '.') ||
	    !aw_is_digit(aw_text_at(&s, 0)))
		return false;
	while (s.p < s.end && (aw_is_word(*s.p) || strchr(".-+~", *s.p)) && *s.p)
		s.p++;
	while (s.p[-1] == '.')	/* of a sentence */
		s.p--;
	aw_text_copy(release, size, start, (size_t)(s.p - start));
	*t = s;
	return true;
}

uint32_t aw_klog_upstream(const char *release, const struct aw_text *behind)
{
	char build[160];
	uint32_t version;
	size_t len;
	bool exact;

	aw_text_copy(build, sizeof(build), behind->p, aw_text_left(behind));
	/* where the line ends in a number, that may be cut: "Debian 6.1.17" */
	for (len = strlen(build); len && (aw_is_digit(build[len - 1]) || build[len - 1] == '.'); len--)
		build[len - 1] = '\0';
	version = aw_version_upstream(release, build, &exact);
	return exact ? version : 0;
}

bool aw_klog_uname(struct aw_text t, char *release, size_t size, uint32_t *upstream)
{
	char found[65];
	struct aw_text host;

	if (!aw_text_skip(&t, "Linux "))
		return false;
	host = t;
	/* "Linux Mint 21.3" is none */
	if (!aw_text_skip_past(&t, " ") || t.p - host.p < 2 || !aw_klog_release(&t, found, sizeof(found)) || !aw_text_starts(&t, " #"))
		return false;
	snprintf(release, size, "%s", found);
	*upstream = aw_klog_upstream(release, &t);
	return true;
}

/* Where the comm ends: before what dump_stack prints behind it. */
static const char *comm_end(const struct aw_text *t)
{
	static const char *const behind[] = { " Kdump: loaded ", " Not tainted ", " Tainted: " };
	size_t most = aw_text_left(t) < COMM_PRINTED + 1 ? aw_text_left(t) : COMM_PRINTED + 1;

	/* a comm may hold these words too: the last that fits is the kernel's */
	for (size_t i = most; i-- > 0;) {
		struct aw_text s = { t->p + i, t->end };

		for (size_t k = 0; k < ARRAY_SIZE(behind); k++)
			if (aw_text_starts(&s, behind[k]) &&
			    !(k && i >= 14 && !memcmp(s.p - 14, " Kdump: loaded", 14)))
				return s.p;
	}
	return NULL;
}

/* The line is cut in the middle of what stands behind the comm: "repro Not tai". */
static const char *cut_end(const struct aw_text *t)
{
	static const char *const words[] = { " Not tainted", " Tainted:", " Kdump: loaded" };

	for (const char *p = t->p + 1; p < t->end; p++)
		for (size_t k = 0; k < sizeof(words) / sizeof(words[0]) && *p == ' '; k++)
			if (!strncmp(p, words[k], (size_t)(t->end - p)))
				return p;
	return NULL;
}

static void take_comm(struct aw_text *t, struct aw_klog_task *out)
{
	const char *end = comm_end(t);

	if (!end)
		end = cut_end(t);
	if (!end)
		end = t->end - t->p > COMM_PRINTED ? t->p + COMM_PRINTED : t->end;
	aw_text_copy(out->comm, sizeof(out->comm), t->p, (size_t)(end - t->p));
	t->p = end;
}

/* "4.": the front of a release that a wrap tore, "4." and "19.152" */
static bool is_front(const char *word, const char *end)
{
	const char *p = word;

	while (p < end && aw_is_digit(*p))
		p++;
	return p > word && p + 1 == end && *p == '.';
}

/* Behind "Tainted: G        W  O " or "Not tainted ": the first word that is a release. */
static void take_release(struct aw_text t, struct aw_klog_task *out)
{
	const char *word;

	while (t.p < t.end) {
		aw_text_spaces(&t);
		aw_text_skip_char(&t, '(');
		if (aw_klog_release(&t, out->release, sizeof(out->release))) {
			out->upstream = aw_klog_upstream(out->release, &t);
			return;
		}
		word = t.p;
		while (t.p < t.end && !aw_is_space(*t.p))
			t.p++;
		if (is_front(word, t.p))
			return;
	}
}

static bool number(struct aw_text *t, const char *key, int64_t *out)
{
	struct aw_text s = *t;
	uint64_t value;

	if (!aw_text_skip(&s, key))
		return false;
	aw_text_spaces(&s);
	if (!aw_text_skip_char(&s, ':'))
		return false;
	aw_text_spaces(&s);
	if (!aw_text_u64(&s, &value) || value > INT32_MAX)
		return false;
	aw_text_spaces(&s);
	*out = (int64_t)value;
	*t = s;
	return true;
}

/* "CPU: 0 UID: 0 PID: 306 Comm: insmod Tainted: G           O   3.18.20+ #2" */
static bool modern(struct aw_text t, struct aw_klog_task *out)
{
	int64_t uid;

	if (!number(&t, "CPU", &out->cpu))
		return false;
	number(&t, "UID", &uid);
	if (number(&t, "PID", &out->pid)) {
		if (!aw_text_skip(&t, "Comm: "))
			return true;	/* cut */
		take_comm(&t, out);
	} else if (!aw_text_starts(&t, "Not tainted") && !aw_text_starts(&t, "Tainted: ")) {
		return false;
	}
	take_release(t, out);
	return true;
}

/* "Pid: 306, comm: insmod Tainted: G        W  2.6.32-71.el6.x86_64 #1" */
static bool old(struct aw_text t, struct aw_klog_task *out)
{
	if (!number(&t, "Pid", &out->pid) || !aw_text_skip(&t, ", comm: "))
		return false;
	take_comm(&t, out);
	take_release(t, out);
	return true;
}

bool aw_klog_task(const struct aw_klog_line *line, struct aw_klog_task *out)
{
	*out = (struct aw_klog_task){ .cpu = -1, .pid = -1 };
	return modern(line->text, out) || old(line->text, out);
}

/* "(flush-253:0)" behind it: what the work item calls itself. */
static void drop_description(struct aw_text *t)
{
	const char *open = t->end > t->p && t->end[-1] == ')' ? memrchr(t->p, '(', aw_text_left(t)) : NULL;

	if (open && open > t->p && aw_is_space(open[-1]))
		t->end = open;
	aw_text_trim(t);
}

/* The last word that may be a function, in front of " [mod]" or the end. */
static const char *function_start(struct aw_text t)
{
	const char *open = t.end > t.p && t.end[-1] == ']' ? memrchr(t.p, '[', aw_text_left(&t)) : NULL;

	if (open)
		t.end = open;
	aw_text_trim(&t);
	while (t.end > t.p && !aw_is_space(t.end[-1]))
		t.end--;
	return t.end;
}

/* Workqueue: events_unbound async_run_entry_fn
 * Workqueue: writeback wb_workfn (flush-253:0)
 * Workqueue: mhi_hiprio_wq mhi_pm_st_worker [mhi] */
bool aw_klog_workqueue(const struct aw_klog_line *line, struct aw_klog_workqueue *out)
{
	struct aw_klog_frame frame = { 0 };
	struct aw_text t = line->text, name;

	if (!aw_text_skip(&t, "Workqueue: "))
		return false;
	drop_description(&t);
	name = t;
	t.p = function_start(t);
	name.end = t.p;
	aw_text_trim(&name);
	if (name.p == name.end || !aw_klog_symbol(&t, &frame, false))
		return false;
	aw_klog_module(&t, &frame);
	aw_text_copy(out->name, sizeof(out->name), name.p, aw_text_left(&name));
	memcpy(out->function, frame.name, sizeof(out->function));
	memcpy(out->module, frame.module, sizeof(out->module));
	return true;
}

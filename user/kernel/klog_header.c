// SPDX-License-Identifier: GPL-2.0
/*
 * The lines that begin a report: what failed, for whom, with which mask.
 */
#include "kernel/klog_header.h"

#define MAX_ORDER_PRINTED 64

/*
 * What stands before the message is the comm, perhaps with an unknown
 * vendor's prefix.  A comm has 15 bytes, any of them; behind the last ": "
 * or "] " of something longer is the better guess.
 */
static void comm_before(struct aw_text before, char *comm)
{
	aw_text_trim(&before);
	if (aw_text_left(&before) > 15) {
		const char *cut = before.end - 15;

		for (const char *p = before.end; p > cut; p--)
			if (aw_is_space(p[-1]) && p - 2 >= before.p && strchr(":])", p[-2])) {
				cut = p;
				break;
			}
		before.p = cut;
	}
	aw_text_copy(comm, AW_KLOG_COMM, before.p, aw_text_left(&before));
}

/* "(GFP_ATOMIC|__GFP_COMP)" */
static void mode_names(struct aw_text *t, struct aw_klog_report *r)
{
	const char *close;

	if (aw_text_at(t, 0) != '(')
		return;
	close = memchr(t->p, ')', aw_text_left(t));
	if (!close)
		close = t->end;
	aw_text_copy(r->mode_names, sizeof(r->mode_names), t->p + 1, (size_t)(close - t->p - 1));
	t->p = close < t->end ? close + 1 : close;
}

/* ",mems_allowed=0-1" */
static void mems_allowed(const struct aw_text *text, struct aw_klog_report *r)
{
	struct aw_text t = *text;
	const char *start;

	if (!aw_text_skip_past(&t, "mems_allowed="))
		return;
	start = t.p;
	while (aw_is_digit(aw_text_at(&t, 0)) || aw_text_at(&t, 0) == '-' ||
	       (aw_text_at(&t, 0) == ',' && aw_is_digit(aw_text_at(&t, 1))))
		t.p++;
	aw_text_copy(r->mems_allowed, sizeof(r->mems_allowed), start, (size_t)(t.p - start));
}

/* "mode:0xc0d0", "mode:0x2084020(GFP_ATOMIC|__GFP_COMP), nodemask=(null),cpuset=/,mems_allowed=0" */
static bool mode(struct aw_text *t, struct aw_klog_report *r)
{
	if (!aw_text_skip_past(t, "mode:") || !aw_text_hex(t, &r->mode))
		return false;
	r->has_mode = true;
	r->form = AW_KLOG_FORM_COLON;
	if (aw_text_at(t, 0) == '(')
		r->form = AW_KLOG_FORM_NAMES;
	mode_names(t, r);
	if (aw_text_find(t, "nodemask="))
		r->form = AW_KLOG_FORM_NODEMASK;
	if (aw_text_find(t, "cpuset="))
		r->form = AW_KLOG_FORM_CPUSET;
	mems_allowed(t, r);
	return true;
}

static bool order(struct aw_text *t, const char *key, struct aw_klog_report *r)
{
	uint64_t value;

	if (!aw_text_skip_past(t, key) || !aw_text_u64(t, &value) || value > MAX_ORDER_PRINTED)
		return false;
	r->order = (int)value;
	return true;
}

/* A cut line says less, but only its end may be missing. */
static enum aw_klog_match cut_or_no(const struct aw_text *t)
{
	return aw_text_left(t) < 24 ? AW_KLOG_MORE : AW_KLOG_NO;
}

static bool ends_with(const struct aw_text *t, const char *end)
{
	size_t n = strlen(end);

	return aw_text_left(t) >= n && !memcmp(t->end - n, end, n);
}

/*
 * "insmod: page allocation failure: order:4, mode:0xc0d0"
 * "swapper: page allocation failure. order:2, mode:0x20"
 */
static enum aw_klog_match failure(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text before = t;
	bool dot;

	if (!aw_text_skip_past(&t, "page allocation failure"))
		return ends_with(&before, ": page allocation") ? AW_KLOG_MORE : AW_KLOG_NO;
	before.end = t.p - strlen("page allocation failure");
	aw_text_trim(&before);
	if (before.end > before.p && before.end[-1] == ':')
		before.end--;
	r->kind = AW_KLOG_FAILURE;
	comm_before(before, r->comm);
	dot = aw_text_at(&t, 0) == '.';
	if (t.p == t.end)
		return AW_KLOG_MORE;
	if (!dot && aw_text_at(&t, 0) != ':')
		return AW_KLOG_NO;
	t.p++;
	aw_text_spaces(&t);
	if (!aw_text_starts(&t, "order:"))
		return cut_or_no(&t);
	if (!order(&t, "order:", r))
		return cut_or_no(&t);
	if (!mode(&t, r))
		return cut_or_no(&t);
	if (dot)
		r->form = AW_KLOG_FORM_DOT;
	return AW_KLOG_YES;
}

/* "java: page allocation stalls for 10004ms, order:0, mode:0x24200ca(...)" */
static enum aw_klog_match stall(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text before = t;

	if (!aw_text_skip_past(&t, "page allocation stalls for "))
		return AW_KLOG_NO;
	before.end = t.p - strlen(": page allocation stalls for ");
	if (!aw_text_u64(&t, &r->stall_ms) || !order(&t, "order:", r) || !mode(&t, r) ||
	    before.end < before.p)
		return AW_KLOG_NO;
	r->kind = AW_KLOG_STALL;
	comm_before(before, r->comm);
	return AW_KLOG_YES;
}

/* "sh invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0" */
static enum aw_klog_match oom(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text before = t, rest;

	if (!aw_text_skip_past(&t, " invoked oom-killer"))
		return AW_KLOG_NO;
	before.end = t.p - strlen(" invoked oom-killer");
	if (!aw_text_skip_past(&t, "gfp_mask=") || !aw_text_hex(&t, &r->mode))
		return cut_or_no(&t);
	r->has_mode = true;
	r->form = AW_KLOG_FORM_COLON;
	if (aw_text_at(&t, 0) == '(')
		r->form = AW_KLOG_FORM_NAMES;
	mode_names(&t, r);
	rest = t;
	mems_allowed(&rest, r);
	if (!order(&t, "order=", r))
		return cut_or_no(&t);
	r->kind = AW_KLOG_OOM;
	comm_before(before, r->comm);
	return AW_KLOG_YES;
}

/* The area's name: "cma: __cma_alloc: reserved: alloc failed, ..."; none up to 5.11. */
static void cma_name(struct aw_text before, struct aw_klog_report *r)
{
	const char *start;

	aw_text_trim(&before);
	if (before.end > before.p && before.end[-1] == ':')
		before.end--;
	start = before.end;
	while (start > before.p && !aw_is_space(start[-1]))
		start--;
	if (memmem(start, (size_t)(before.end - start), "cma_alloc", 9))
		return;
	aw_text_copy(r->cma_name, sizeof(r->cma_name), start, (size_t)(before.end - start));
}

/*
 * "cma: cma_alloc: alloc failed, req-size: 256 pages, ret: -12"
 * "cma: __cma_alloc: linux,cma: alloc failed, req-size: 256 pages, ret: -16"
 */
static enum aw_klog_match cma(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text before = t;
	uint64_t error;

	if (!aw_text_skip_past(&t, "alloc failed, req-size: "))
		return AW_KLOG_NO;
	before.end = t.p - strlen("alloc failed, req-size: ");
	if (!aw_text_u64(&t, &r->cma_pages))
		return cut_or_no(&t);
	if (aw_text_skip_past(&t, "ret: -") && aw_text_u64(&t, &error) && error < 4096)
		r->error = -(int)error;
	r->kind = AW_KLOG_CMA;
	r->order = -1;
	cma_name(before, r);
	return AW_KLOG_YES;
}

/* The size in "allocation failure: 536870912 bytes", "allocated 4096 of 8192 bytes", "error: size 8192," */
static void vmalloc_bytes(struct aw_text t, struct aw_klog_report *r)
{
	uint64_t v;

	for (; t.p < t.end && *t.p != '\n'; t.p++) {
		struct aw_text s = t;
		bool of = aw_text_skip(&s, "size ") || aw_text_skip(&s, " of ");

		if (!aw_text_u64(&s, &v))
			continue;
		if (of || aw_text_starts(&s, " bytes")) {
			r->bytes = v;
			return;
		}
		t.p = s.p - 1;
	}
}

/*
 * "vmalloc: allocation failure: 536870912 bytes"
 * "insmod: vmalloc: allocation failure, allocated 4096 of 8192 bytes, mode:0x14000c0(GFP_KERNEL), ..."
 * "insmod: vmalloc error: size 8192, failed to allocate pages, mode:0xcc0(GFP_KERNEL), ..."
 */
static enum aw_klog_match vmalloc(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text s = t;
	struct aw_text before = t;

	if (!aw_text_skip_past(&s, "vmalloc error: ")) {
		s = t;
		if (!aw_text_skip_past(&s, "vmalloc: allocation failure"))
			return AW_KLOG_NO;
		before.end = s.p - strlen("vmalloc: allocation failure");
	} else {
		before.end = s.p - strlen("vmalloc error: ");
	}
	vmalloc_bytes(s, r);
	mode(&s, r);
	r->kind = AW_KLOG_VMALLOC;
	r->order = -1;
	aw_text_trim(&before);
	if (before.end > before.p && before.end[-1] == ':')
		before.end--;
	comm_before(before, r->comm);
	return AW_KLOG_YES;
}

typedef enum aw_klog_match (*header_fn)(struct aw_text t, struct aw_klog_report *r);

static const header_fn headers[AW_KLOG_KINDS] = {
	[AW_KLOG_FAILURE] = failure,
	[AW_KLOG_STALL] = stall,
	[AW_KLOG_OOM] = oom,
	[AW_KLOG_CMA] = cma,
	[AW_KLOG_VMALLOC] = vmalloc,
};

bool aw_klog_may_be_header(const struct aw_klog_line *line)
{
	return aw_text_find(&line->text, "alloc") || aw_text_find(&line->text, "oom-killer");
}

enum aw_klog_match aw_klog_header(const struct aw_klog_line *line, struct aw_klog_report *report)
{
	report->order = -1;
	for (int i = 0; i < AW_KLOG_KINDS; i++) {
		enum aw_klog_match match = headers[i](line->text, report);

		if (match != AW_KLOG_NO)
			return match;
	}
	return AW_KLOG_NO;
}

uint64_t aw_klog_suppressed(const struct aw_klog_line *line)
{
	struct aw_text t = line->text;
	uint64_t count;

	if (!aw_text_find(&t, "callbacks suppressed"))
		return 0;
	if (!aw_text_starts(&t, "warn_alloc") && !aw_text_starts(&t, "__alloc_pages"))
		return 0;
	if (!aw_text_skip_past(&t, ": ") || !aw_text_u64(&t, &count) ||
	    !aw_text_starts(&t, " callbacks suppressed"))
		return 0;
	return count;
}

bool aw_klog_linux_version(const struct aw_klog_line *line, char *release, size_t size)
{
	struct aw_text t = line->text;
	const char *start;

	if (!aw_text_skip_past(&t, "Linux version ") || !aw_is_digit(aw_text_at(&t, 0)))
		return false;
	start = t.p;
	while (t.p < t.end && !aw_is_space(*t.p))
		t.p++;
	aw_text_copy(release, size, start, (size_t)(t.p - start));
	return true;
}

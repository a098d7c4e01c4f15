// SPDX-License-Identifier: GPL-2.0
/*
 * The lines that begin a report: what failed, for whom, with which mask.
 */
#include "klog/header.h"

#include "base/array.h"
#include "klog/comm.h"
#include "klog/lmk.h"
#include "klog/lone.h"
#include "klog/mask_warning.h"
#include "klog/pool.h"
#include "klog/task.h"
#include "klog/vmalloc.h"

#define MAX_ORDER_PRINTED 64

/* "(GFP_ATOMIC|__GFP_COMP)" */
void aw_klog_mode_names(struct aw_text *t, struct aw_klog_report *r)
{
	const char *close;

	if (aw_text_at(t, 0) != '(')
		return;
	close = memchr(t->p, ')', aw_text_left(t));
	if (!close)
		return;		/* cut: some of them are no answer */
	aw_text_copy(r->mode_names, sizeof(r->mode_names), t->p + 1, (size_t)(close - t->p - 1));
	t->p = close + 1;
}

/* "nodemask=(null)", ",mems_allowed=0-1": what is behind `key`. */
static void nodes(const struct aw_text *text, const char *key, char *out, size_t size)
{
	struct aw_text t = *text;
	const char *start;

	if (!aw_text_skip_past(&t, key))
		return;
	start = t.p;
	if (aw_text_skip(&t, "(null)"))
		;
	else
		while (aw_is_digit(aw_text_at(&t, 0)) || aw_text_at(&t, 0) == '-' ||
		       (aw_text_at(&t, 0) == ',' && aw_is_digit(aw_text_at(&t, 1))))
			t.p++;
	aw_text_copy(out, size, start, (size_t)(t.p - start));
}

void aw_klog_nodes(const struct aw_text *text, struct aw_klog_report *r)
{
	nodes(text, "mems_allowed=", r->mems_allowed, sizeof(r->mems_allowed));
	nodes(text, "nodemask=", r->nodemask, sizeof(r->nodemask));
}

/* "mode:0xc0d0", "mode:0x2084020(GFP_ATOMIC|__GFP_COMP), nodemask=(null),cpuset=/,mems_allowed=0" */
bool aw_klog_mode(struct aw_text *t, struct aw_klog_report *r)
{
	if (!aw_text_skip_past(t, "mode:") || !aw_text_starts(t, "0x") || !aw_text_hex(t, &r->mode))
		return false;
	r->has_mode = true;
	r->form = AW_KLOG_FORM_COLON;
	if (aw_text_at(t, 0) == '(')
		r->form = AW_KLOG_FORM_NAMES;
	aw_klog_mode_names(t, r);
	if (aw_text_find(t, "nodemask="))
		r->form = AW_KLOG_FORM_NODEMASK;
	if (aw_text_find(t, "cpuset="))
		r->form = AW_KLOG_FORM_CPUSET;
	aw_klog_nodes(t, r);
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
	r->type = AW_KLOG_FAILURE;
	aw_klog_comm_before(before, r->comm);
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
	if (!aw_klog_mode(&t, r))
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
	if (!aw_text_u64(&t, &r->stall_ms) || !order(&t, "order:", r) || !aw_klog_mode(&t, r) ||
	    before.end < before.p)
		return AW_KLOG_NO;
	r->type = AW_KLOG_STALL;
	aw_klog_comm_before(before, r->comm);
	return AW_KLOG_YES;
}

/* "sh invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0" */
static enum aw_klog_match oom(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text before = t, rest;

	/* its front is cut, or wrapped off; up to 2.6.17 it has none */
	if (aw_text_starts(&t, "oom-killer: gfp_mask=0x"))
		before.end = before.p;
	else if (aw_text_skip_past(&t, " invoked oom-killer"))
		before.end = t.p - strlen(" invoked oom-killer");
	else
		return AW_KLOG_NO;
	if (!aw_text_skip_past(&t, "gfp_mask=") || !aw_text_starts(&t, "0x") || !aw_text_hex(&t, &r->mode))
		return cut_or_no(&t);
	r->has_mode = true;
	r->form = AW_KLOG_FORM_COLON;
	if (aw_text_at(&t, 0) == '(')
		r->form = AW_KLOG_FORM_NAMES;
	aw_klog_mode_names(&t, r);
	if (aw_text_at(&t, 0) == '(')
		return AW_KLOG_MORE;	/* the names go on */
	rest = t;
	aw_klog_nodes(&rest, r);
	/* oomkilladj= or oom_adj= at the end up to 2.6.35, then oom_score_adj= behind it up to 3.6 */
	if (aw_text_find(&t, "oomkilladj="))
		r->form = AW_KLOG_FORM_DOT;
	else if (aw_text_skip_past(&rest, "oom_adj="))
		r->form = aw_text_find(&rest, ",") ? AW_KLOG_FORM_ADJ : AW_KLOG_FORM_DOT;
	rest = t;
	/* "order=-1": by hand, moom_callback() of sysrq */
	if (!order(&t, "order=", r) && !(aw_text_skip_past(&rest, "order=-1") && !aw_is_digit(aw_text_at(&rest, 0))))
		return cut_or_no(&t);
	r->type = AW_KLOG_OOM;
	aw_klog_comm_before(before, r->comm);
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

/* What is left of the words that follow "alloc failed" where the log is cut in them: "", ", req" */
static bool is_cut(const struct aw_text *rest, const char *words)
{
	return aw_text_left(rest) < strlen(words) && !memcmp(rest->p, words, aw_text_left(rest));
}

/*
 * "cma: cma_alloc: alloc failed, req-size: 256 pages, ret: -12"
 * "cma: __cma_alloc: linux,cma: alloc failed, req-size: 256 pages, ret: -16"
 */
static enum aw_klog_match cma(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text before = t;
	uint64_t error;

	if (!aw_text_find(&t, "cma") || !aw_text_skip_past(&t, "alloc failed"))
		return AW_KLOG_NO;
	before.end = t.p - strlen("alloc failed");
	r->type = AW_KLOG_CMA;
	r->order = -1;
	cma_name(before, r);
	if (is_cut(&t, ", req-size: "))
		return AW_KLOG_MORE;
	if (!aw_text_skip(&t, ", req-size: "))
		return AW_KLOG_NO;
	if (aw_text_starts(&t, "%"))	/* source text: "%zu pages" */
		return AW_KLOG_NO;
	if (!aw_text_u64(&t, &r->cma_pages))
		return cut_or_no(&t);
	if (aw_text_skip_past(&t, "ret: -") && aw_text_u64(&t, &error) && error < 4096)
		r->error = -(int)error;
	return AW_KLOG_YES;
}

/*
 * "WARNING: CPU: 3 PID: 4100 at mm/page_alloc.c:3189 __alloc_pages_nodemask+0x9b4/0xbb0": the allocator
 * warns so of an order above the largest (5.0 on), and of masks.
 */
static enum aw_klog_match warning(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text whole = t;
	uint64_t line, pid;

	if (!aw_text_starts(&t, "WARNING: ") || !aw_text_skip_past(&t, "mm/page_alloc.c:"))
		return AW_KLOG_NO;
	if (!aw_text_u64(&t, &line))
		return AW_KLOG_NO;
	aw_text_spaces(&t);
	/* the function may stand on the next line, or be cut */
	r->of_mask = aw_klog_warns_of_mask(t);
	if (t.p < t.end && !r->of_mask && !aw_text_find(&t, "__alloc_p") && !aw_text_find(&t, "__alloc_frozen_p"))
		return AW_KLOG_NO;
	r->of_slowpath = aw_text_find(&t, "slowpath");
	r->type = AW_KLOG_FAILURE;
	r->above_limit = !r->of_mask;
	t = whole;
	if (aw_text_skip_past(&t, " PID: ") && aw_text_u64(&t, &pid) && pid <= INT32_MAX)
		r->pid = (int64_t)pid;
	return AW_KLOG_YES;
}

/* "kworker/u4:1: vmemmap alloc failure: order:9, mode:0x4cc0(...), nodemask=(null),cpuset=/,mems_allowed=0" */
static enum aw_klog_match vmemmap(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text before = t;

	if (!aw_text_skip_past(&t, ": vmemmap alloc failure: "))
		return AW_KLOG_NO;
	before.end = t.p - strlen(": vmemmap alloc failure: ");
	if (!order(&t, "order:", r) || !aw_klog_mode(&t, r))
		return cut_or_no(&t);
	r->type = AW_KLOG_FAILURE;
	r->vmemmap = true;
	aw_klog_comm_before(before, r->comm);
	return AW_KLOG_YES;
}

/*
 * The forms of a header.  A line is parsed as one only if it has one of the
 * form's words, and the same words tell the reader which lines of a log matter:
 * a form whose words do not fit its lines is never parsed, not even by its own
 * test.  Two words each, as the line may be wrapped in the middle of one; one
 * without a blank is found where blanks are written in another way, too.
 */
static const struct form {
	enum aw_klog_match (*parse)(struct aw_text t, struct aw_klog_report *r);
	const char *words[2];
} forms[] = {
	{ failure, { "allocation", "mode:0x" } },
	{ stall, { "allocation", "mode:0x" } },
	{ oom, { "oom-killer", "gfp_mask" } },
	{ cma, { "alloc failed", "req-size" } },
	{ aw_klog_vmalloc, { "vmalloc", "vmap allocation" } },
	{ warning, { "mm/page_alloc.c:", "WARNING: " } },
	{ vmemmap, { "vmemmap", "alloc failure" } },
	{ aw_klog_lone_deadlock, { "allocation deadlock", "XFS: " } },
	{ aw_klog_lone_slab, { "Unable to allocate memory on", "gfp=0x" } },
	{ aw_klog_lone_kill, { "emory: Kill", "oom-kill:constraint=" } },
	{ aw_klog_lone_kill, { "memory: usage ", "Memory cgroup stats for " } },
	{ aw_klog_lone_kill, { "killed as a result of limit", "Killed process " } },
	{ aw_klog_lone_kill, { "killable", "killable" } },
	{ aw_klog_lmk, { "lowmemorykiller", "Kill '" } },
	{ aw_klog_lmk, { "sigkill", "sigkill" } },
	{ aw_klog_lone_2_4, { "-order allocation failed", "-order allocation failed" } },
	{ aw_klog_lone_fault, { "VM:", "VM:" } },
	{ aw_klog_lone_nommu, { "Allocation", "Allocation" } },
	{ aw_klog_pool_swiotlb, { "swiotlb", "SW-IOMMU" } },
	{ aw_klog_pool_dma, { "coherent", "exhausted" } },
	{ aw_klog_pool_dma, { "suitable", "suitable" } },
	{ aw_klog_pool_hugetlb, { "HugeTLB:", "HugeTLB:" } },
	{ aw_klog_pool_range, { "PFNs", "PFNs" } },
	{ aw_klog_pool_percpu, { "percpu:", "allocation failed, size=" } },
	{ aw_klog_pool_binder, { "binder_alloc", "no address space" } },
	{ aw_klog_pool_zram, { "for compressed page", "for compressed page" } },
	{ aw_klog_pool_gpu, { "KB requested", "KB requested" } },
	{ aw_klog_pool_fs, { "errno=-12", "EXT4-fs error" } },
};
#define FORMS ARRAY_SIZE(forms)

/* Lines that begin no report, and matter all the same. */
static const char *const other_words[] = { "callbacks suppressed", "Linux version", "OOM killer ", "system sleep state", "Restarting tasks", "ommand line: ", "GNU/Linux" };
#define OTHER_WORDS ARRAY_SIZE(other_words)

_Static_assert(FORMS * 2 + OTHER_WORDS <= AW_KLOG_HEADER_WORDS, "room for every word");

size_t aw_klog_header_words(const char *words[AW_KLOG_HEADER_WORDS])
{
	size_t n = 0;

	for (size_t i = 0; i < FORMS * 2; i++)
		words[n++] = forms[i / 2].words[i % 2];
	for (size_t i = 0; i < OTHER_WORDS; i++)
		words[n++] = other_words[i];
	return n;
}

static bool has_word(const struct form *form, const struct aw_text *text)
{
	return aw_text_find(text, form->words[0]) || aw_text_find(text, form->words[1]);
}

enum aw_klog_match aw_klog_header(const struct aw_klog_line *line, struct aw_klog_report *report)
{
	report->order = -1;
	/* a comment in source text */
	if (!line->prefixed && (aw_text_starts(&line->text, "//") || aw_text_starts(&line->text, "/*")))
		return AW_KLOG_NO;
	for (size_t i = 0; i < FORMS; i++) {
		enum aw_klog_match match = has_word(&forms[i], &line->text) ? forms[i].parse(line->text, report) : AW_KLOG_NO;

		if (match != AW_KLOG_NO)
			return match;
	}
	return AW_KLOG_NO;
}

/*
 * "warn_alloc: 427 callbacks suppressed", up to 4.8 "warn_alloc_failed: ..."; before 3.0 the limit was printk's, which
 * "__alloc_pages_slowpath: 3 callbacks suppressed" named for whoever came next: it counts lines of all.
 * "warn_alloc_show_mem: 2 callbacks suppressed" (4.11 to 5.3) counts the Mem-Infos that printed reports lack: no report.
 */
uint64_t aw_klog_suppressed(const struct aw_klog_line *line, bool of_pools)
{
	static const char *const pools[] = { "swiotlb_tbl_map_single", "swiotlb_map", "cma_alloc", "__cma_alloc" };
	struct aw_text t = line->text;
	bool named = false;
	uint64_t count;

	if (!aw_text_find(&t, "callbacks suppressed") || !aw_text_starts(&t, of_pools ? "" : "warn_alloc") ||
	    aw_text_starts(&t, "warn_alloc_show_mem"))
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(pools); i++)
		named = named || (aw_text_starts(&t, pools[i]) && t.p[strlen(pools[i])] == ':');
	if (of_pools && !named)
		return 0;
	if (!aw_text_skip_past(&t, ": ") || !aw_text_u64(&t, &count) ||
	    !aw_text_starts(&t, " callbacks suppressed"))
		return 0;
	return count;
}

bool aw_klog_linux_version(const struct aw_klog_line *line, char *release, size_t size, uint32_t *upstream)
{
	struct aw_text t = line->text, s;
	const char *start;

	if (!aw_text_skip_past(&t, "Linux version ") || !aw_is_digit(aw_text_at(&t, 0)))
		return false;
	start = t.p;
	while (t.p < t.end && !aw_is_space(*t.p))
		t.p++;
	s = t;
	/* "... with Linux version 5.2.0-rc3).": of the sentence */
	while (s.p > start + 1 && strchr(".,;:)", s.p[-1]))
		s.p--;
	aw_text_copy(release, size, start, (size_t)(s.p - start));
	/* behind the compilers: "(debian-kernel@...) (gcc-12 ...) #1 SMP Debian 6.1.170-1 (2026-02-03)" */
	if (aw_text_skip_past(&t, " #"))
		*upstream = aw_klog_upstream(release, &t);
	return true;
}

bool aw_klog_is_command_line(const struct aw_klog_line *line)
{
	return aw_text_find(&line->text, "Command line: ") || aw_text_find(&line->text, "Kernel command line: ");
}

bool aw_klog_is_kdump(const struct aw_klog_line *line)
{
	return aw_klog_is_command_line(line) && aw_text_find(&line->text, " elfcorehdr=");
}

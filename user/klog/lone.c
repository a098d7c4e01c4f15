// SPDX-License-Identifier: GPL-2.0
/*
 * Lines that tell of a failure without the report of the page allocator.
 */
#include "klog/lone.h"

#include "base/array.h"

#define MAX_SLAB_ORDER 20
#define LONGEST_COMM 15	/* TASK_COMM_LEN - 1 */

/*
 * Before the words stands nothing, a device or a task with its pid, and behind
 * them the function and its mask: else it is a title or a sentence.
 */
static bool kernel_wrote(struct aw_text before, struct aw_text behind)
{
	bool task = before.p < before.end;

	if (task && before.end[-1] != ')')
		return false;
	if (behind.p == behind.end)
		return task;	/* cut */
	/* source text */
	if (aw_text_starts(&behind, " size %") || aw_text_starts(&behind, " in %s") || aw_text_find(&behind, "(mode:0x%"))
		return false;
	return (aw_text_starts(&behind, " in ") && (task || aw_text_find(&behind, "(mode:"))) || aw_text_starts(&behind, " size ");
}

/*
 * "XFS: fs_mark(8433) possible memory allocation deadlock size 65552 in kmem_alloc (mode:0x2408240)"
 * "XFS (dm-3): possible memory allocation deadlock in kmem_alloc (mode:0x250)"
 */
static bool xfs(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text before, s;
	const char *open;
	uint64_t pid;

	if (!aw_text_skip_past(&t, "XFS") || !aw_text_skip_past(&t, ": "))
		return false;
	before = t;
	if (!aw_text_skip_past(&t, "possible memory allocation deadlock"))
		return false;
	before.end = t.p - strlen("possible memory allocation deadlock");
	aw_text_trim(&before);
	if (!kernel_wrote(before, t))
		return false;
	open = memrchr(before.p, '(', aw_text_left(&before));
	if (open) {
		s = (struct aw_text){ open + 1, before.end };
		before.end = open;
		if (aw_text_u64(&s, &pid) && pid <= INT32_MAX)
			r->pid = (int64_t)pid;
	}
	aw_text_copy(r->comm, sizeof(r->comm), before.p, aw_text_left(&before));
	s = t;
	if (aw_text_skip_past(&s, " size ") && aw_text_u64(&s, &r->bytes) && s.p == s.end)
		r->bytes = 0;	/* it may be cut */
	if (aw_klog_mode(&t, r) && aw_text_at(&t, 0) != ')') {	/* and so may this */
		r->has_mode = false;
		r->mode = 0;
	}
	return true;
}

/* "Possible memory allocation deadlock: size=1048576 lflags=0x42d0" of OpenZFS's SPL, with a trace */
static bool spl(struct aw_text t, struct aw_klog_report *r)
{
	if (!aw_text_skip_past(&t, "Possible memory allocation deadlock: size=") || !aw_text_u64(&t, &r->bytes))
		return false;
	if (t.p == t.end)
		r->bytes = 0;
	if (aw_text_skip_past(&t, "lflags=") && aw_text_starts(&t, "0x") && aw_text_hex(&t, &r->mode)) {
		r->has_mode = true;
		r->form = AW_KLOG_FORM_OTHER;
	}
	return true;
}

enum aw_klog_match aw_klog_lone_deadlock(struct aw_text t, struct aw_klog_report *r)
{
	r->form = AW_KLOG_FORM_OTHER;	/* names never stand behind the mask */
	if (xfs(t, r))
		r->form = AW_KLOG_FORM_XFS;
	else if (!spl(t, r))
		return AW_KLOG_NO;
	r->type = AW_KLOG_FAILURE;
	r->loops = true;
	return AW_KLOG_YES;
}

static void slab_node(struct aw_text t, struct aw_klog_report *r)
{
	uint64_t node;

	if (aw_text_u64(&t, &node) && node < 64)
		r->slab_node = (int64_t)node;
}

/* "SLUB    : Unable", "cache   : avc_node", "node 0  : slabs": logcat pads what it takes for a tag; to the colon. */
static void skip_tag(struct aw_text *t, const char *tag)
{
	struct aw_text s = *t;

	if (aw_text_skip(&s, tag) && aw_text_spaces(&s) && aw_text_at(&s, 0) == ':')
		*t = s;
}

bool aw_klog_in_quotes(const struct aw_text *line, const char *words)
{
	return words - line->p > 1 && (words[-1] == '"' || words[-1] == '\'') && memchr(words, words[-1], (size_t)(line->end - words));
}

/*
 * "SLUB: Unable to allocate memory on node -1 (gfp=0x20)" up to 4.5
 * "SLUB: Unable to allocate memory on node -1, gfp=0x480020(GFP_ATOMIC)"
 * "SLUB: Unable to allocate memory on CPU 3 (of node 0) on node -1, gfp=0x820(GFP_ATOMIC)" from 6.11 on
 * "SLAB: Unable to allocate memory on node 0 (gfp=0x20)" up to 6.4
 */
enum aw_klog_match aw_klog_lone_slab(struct aw_text t, struct aw_klog_report *r)
{
	const struct aw_text line = t;
	struct aw_text s;
	bool paren;

	skip_tag(&t, "SLUB");
	if (!aw_text_skip_past(&t, t.p == line.p ? "SLUB: Unable to allocate memory on " : ": Unable to allocate memory on ") &&
	    !aw_text_skip_past(&t, "SLAB: Unable to allocate memory on "))
		return AW_KLOG_NO;
	r->quoted = aw_klog_in_quotes(&line, t.p - strlen("SLUB: Unable to allocate memory on "));
	s = t;
	r->slab_node = -1;
	if (aw_text_skip_past(&s, " on node ") || aw_text_skip(&s, "node "))
		slab_node(s, r);
	if (!aw_text_skip_past(&t, "gfp=") || !aw_text_starts(&t, "0x"))
		return AW_KLOG_NO;
	paren = t.p[-5] == '(';
	if (!aw_text_hex(&t, &r->mode))
		return AW_KLOG_NO;
	/* without what stands behind it, the mask is cut */
	r->has_mode = aw_text_at(&t, 0) == (paren ? ')' : '(');
	if (!r->has_mode)
		r->mode = 0;
	r->form = AW_KLOG_FORM_OTHER;
	aw_klog_mode_names(&t, r);
	if (r->mode_names[0])
		r->form = AW_KLOG_FORM_NAMES;
	r->type = AW_KLOG_FAILURE;
	r->slab_line = r->one_line = true;
	return AW_KLOG_YES;
}

/* "cache: kmalloc-128, object size: 128, buffer size: 128, default order: 0, min order: 0", SLAB: "..., order: 1" */
static void cache(struct aw_text t, struct aw_klog_report *r)
{
	const char *end = aw_text_find(&t, ", object size: ");
	struct aw_text s = t;
	uint64_t order;

	aw_text_copy(r->slab_cache, sizeof(r->slab_cache), t.p, (size_t)(end - t.p));
	if (!r->slab_line)
		return;
	/* the order that SLUB falls back to is asked for last; it is no more than the default one */
	if (!aw_text_skip_past(&s, "min order: ") && !aw_text_skip_past(&s, ", order: ") &&
	    !(aw_text_skip_past(&s, "default order: 0") && !aw_is_digit(aw_text_at(&s, 0)) && (s.p -= 1)))
		return;
	if (aw_text_u64(&s, &order) && order <= MAX_SLAB_ORDER)
		r->order = (int)order;
}

/* "0, min order: 0", "order: 0, min order: 0": the rest of the cache's line, which a mailer wrapped */
static bool rest_of_cache(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text s = t;
	uint64_t order;

	if (!r->slab_line || !r->slab_cache[0] || r->order >= 0 || !aw_text_skip_past(&s, "min order: ") ||
	    !aw_text_u64(&s, &order) || order > MAX_SLAB_ORDER || s.p != s.end)
		return false;
	r->order = (int)order;
	return true;
}

/* Only one of both is atomic: an interrupt asked in the middle of the report.  __GFP_HIGH is 0x20 in every kernel. */
static bool is_of_another(struct aw_text t, const struct aw_klog_report *r)
{
	uint64_t mode;

	return r->has_mode && aw_text_skip_past(&t, "gfp=") && aw_text_starts(&t, "0x") && aw_text_hex(&t, &mode) &&
	       (mode ^ r->mode) & 0x20;
}

bool aw_klog_lone_slab_more(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text s;
	uint64_t v;

	if (rest_of_cache(t, r))
		return true;
	s = t;
	skip_tag(&s, "SLUB");
	if (aw_text_starts(&t, "SLUB: Unable to allocate memory on") || aw_text_starts(&t, "SLAB: Unable to allocate memory on") ||
	    aw_text_starts(&s, ": Unable to allocate memory on")) {
		r->slab_seen = true;
		r->slab_of_another = is_of_another(t, r);
		return true;
	}
	/* the lines behind another cpu's SLUB line, which stands above this report */
	if (!r->slab_line && !r->slab_seen)
		return false;
	if (aw_text_skip(&t, "node ") && aw_text_u64(&t, &v) && (aw_text_spaces(&t), aw_text_starts(&t, ": slabs: "))) {
		if (v < 64)
			r->slab_nodes |= UINT64_C(1) << v;
		return true;
	}
	skip_tag(&t, "cache");
	if (r->slab_cache[0] || !(aw_text_skip(&t, "cache: ") || aw_text_skip(&t, ": ")) || !aw_text_find(&t, ", object size: "))
		return false;
	if (!r->slab_of_another)
		cache(t, r);
	return true;
}

/*
 * What the OOM killer prints behind its header, trace and Mem-Info: a log that
 * is cut before one of them still tells of the kill.
 */
static const struct {
	const char *begins;
	const char *has;	/* and behind that; "" anything */
	bool memcg;
	bool anywhere;		/* behind columns of a tool, too: the words and a task are no sentence */
} kill_lines[] = {
	{ "Memory cgroup out of memory: Kill", "", true, true },
	{ "Out of memory and no killable processes...", "", false, false },
	{ "Out of memory: Kill", "", false, true },
	{ "Out of Memory: Kill", "", false, true },	/* up to 2.6.18 */
	{ "oom-kill:constraint=", "", false, false },
	{ "memory: usage ", "kB, limit ", true, false },
	{ "Memory cgroup stats for ", ":", true, false },
	{ "Task in ", " killed as a result of limit of ", true, false },
	{ "Killed process ", "total-vm:", false, false },	/* up to 4.x behind "Out of memory: Kill process ..." */
};

static void victim(struct aw_text t, struct aw_klog_report *r)
{
	uint64_t pid;

	if (!aw_text_skip_past(&t, "Killed process ") && !aw_text_skip_past(&t, "Kill process "))
		return;
	aw_text_spaces(&t);	/* of people who align several of them */
	if (aw_text_u64(&t, &pid) && pid <= INT32_MAX)
		r->victim_pid = (int64_t)pid;
}

/* GFP_* of 2.4 (include/linux/mm.h): its bits are not those of any later kernel, the names are. */
static const struct {
	uint64_t mode;
	const char *names;
} masks_2_4[] = {
	{ 0x20, "GFP_ATOMIC" }, { 0x30, "GFP_NOIO" }, { 0xf0, "GFP_NOFS" },
	{ 0x1d0, "GFP_USER" }, { 0x1d2, "GFP_HIGHUSER" }, { 0x1f0, "GFP_KERNEL" },
};

static void mask_2_4(struct aw_klog_report *r)
{
	for (size_t i = 0; i < ARRAY_SIZE(masks_2_4); i++) {
		if (r->mode != masks_2_4[i].mode)
			continue;
		r->has_mode = true;
		aw_text_copy(r->mode_names, sizeof(r->mode_names), masks_2_4[i].names, strlen(masks_2_4[i].names));
	}
}

/* "__alloc_pages: 0-order allocation failed (gfp=0x20/0)" of 2.4; a mask that is not in the table is left out */
enum aw_klog_match aw_klog_lone_2_4(struct aw_text t, struct aw_klog_report *r)
{
	uint64_t order;

	if (!aw_text_skip(&t, "__alloc_pages: ") || !aw_text_u64(&t, &order) || order > MAX_SLAB_ORDER ||
	    !aw_text_skip(&t, "-order allocation failed (gfp=") || !aw_text_starts(&t, "0x") || !aw_text_hex(&t, &r->mode))
		return AW_KLOG_NO;
	r->order = (int)order;
	mask_2_4(r);
	/* without reclaim the rules are those of any kernel */
	r->of_2_4 = true;
	r->mask_2_4 = r->mode != 0x20;
	r->form = AW_KLOG_FORM_DOT;
	r->type = AW_KLOG_FAILURE;
	r->one_line = true;
	return AW_KLOG_YES;
}

/* "VM: killing process httpd" of 2.4 and 2.6: the fault got no page, and ends the process that took it */
enum aw_klog_match aw_klog_lone_fault(struct aw_text t, struct aw_klog_report *r)
{
	if (!aw_text_skip(&t, "VM: killing process ") || t.p == t.end || aw_text_left(&t) > LONGEST_COMM)
		return AW_KLOG_NO;
	aw_text_copy(r->comm, sizeof(r->comm), t.p, aw_text_left(&t));
	aw_text_copy(r->victim_comm, sizeof(r->victim_comm), t.p, aw_text_left(&t));
	r->type = AW_KLOG_OOM;
	r->kill_alone = r->fault_kill = r->one_line = true;
	return AW_KLOG_YES;
}

#define NOMMU_PAGE 4096u	/* of nearly every architecture that can do without an MMU */

/*
 * "Allocation of length 2097152 from process 57 (camd) failed" of mm/nommu.c: a mapping is one block there.  The mask is
 * not printed; a report of the same request may stand before it.
 */
enum aw_klog_match aw_klog_lone_nommu(struct aw_text t, struct aw_klog_report *r)
{
	const char *end;
	uint64_t pid;

	if (!aw_text_skip(&t, "Allocation of length ") || !aw_text_u64(&t, &r->bytes))
		return AW_KLOG_NO;
	r->type = AW_KLOG_FAILURE;
	r->form = AW_KLOG_FORM_OTHER;
	r->nommu = true;
	if (t.p == t.end)
		return AW_KLOG_MORE;	/* the length may be cut */
	if (!r->bytes || r->bytes > (uint64_t)NOMMU_PAGE << MAX_SLAB_ORDER)
		return AW_KLOG_NO;	/* damaged */
	for (r->order = 0; (uint64_t)NOMMU_PAGE << r->order < r->bytes; r->order++)
		;
	if (!aw_text_skip(&t, " from process "))
		return memcmp(t.p, " from process ", aw_text_left(&t) < 14 ? aw_text_left(&t) : 14) ? AW_KLOG_NO : AW_KLOG_MORE;
	if (!aw_text_u64(&t, &pid) || pid > INT32_MAX || t.p == t.end)
		return AW_KLOG_MORE;
	r->pid = (int64_t)pid;
	/* up to 2.6.32 without the name: "from process 57 failed" */
	if (!aw_text_skip(&t, " ("))
		return aw_text_starts(&t, " failed") ? AW_KLOG_YES : AW_KLOG_MORE;
	end = memrchr(t.p, ')', aw_text_left(&t));
	if (!end)
		return AW_KLOG_MORE;
	aw_text_copy(r->comm, sizeof(r->comm), t.p, (size_t)(end - t.p));
	t.p = end;
	return aw_text_starts(&t, ") failed") ? AW_KLOG_YES : AW_KLOG_MORE;
}

/* "node/worker-1   Memory cgroup out of memory: Killed process 4721 (worker) total-vm:914844kB, ..." */
static bool names_task(const struct aw_text *text, const char *begins)
{
	struct aw_text t = *text;
	uint64_t pid;

	if (!aw_text_skip_past(&t, begins))
		return false;
	aw_text_skip(&t, "ed");
	return aw_text_skip(&t, " process ") && aw_text_u64(&t, &pid) && aw_text_skip(&t, " (") && aw_text_find(&t, ")");
}

/* The rest of the line is taken as in a report: aw_klog_take_extra(). */
enum aw_klog_match aw_klog_lone_kill(struct aw_text t, struct aw_klog_report *r)
{
	for (size_t i = 0; i < ARRAY_SIZE(kill_lines); i++) {
		bool begins = aw_text_starts(&t, kill_lines[i].begins);

		if ((!begins && !(kill_lines[i].anywhere && names_task(&t, kill_lines[i].begins))) || !aw_text_find(&t, kill_lines[i].has))
			continue;
		r->type = AW_KLOG_OOM;
		r->memcg = kill_lines[i].memcg;
		victim(t, r);
		r->kill_alone = true;
		return AW_KLOG_YES;
	}
	return AW_KLOG_NO;
}

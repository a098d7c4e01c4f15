// SPDX-License-Identifier: GPL-2.0
/*
 * The lines that only some kinds of reports have: the OOM killer's victim and
 * cgroup, CMA's free pages, SLUB's cache.
 */
#include "kernel/klog_open.h"

static void copy_to(struct aw_text t, char stop, char *to, size_t size)
{
	const char *end = memchr(t.p, stop, aw_text_left(&t));

	if (!end)
		end = t.end;
	aw_text_copy(to, size, t.p, (size_t)(end - t.p));
}

/* The "(name)" of a victim may hold ')': the last one before what follows. */
static const char *victim_end(const struct aw_text *t)
{
	static const char *const behind[] = { ") total-vm:", ") score ", "), UID" };

	for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++) {
		const char *found = aw_text_find(t, behind[i]);

		if (found)
			return found;
	}
	return memrchr(t->p, ')', aw_text_left(t));
}

/*
 * "Out of memory: Killed process 123 (java) total-vm:..."
 * "Out of memory: Kill process 123 (java) score 900 or sacrifice child"
 * "Memory cgroup out of memory: Killed process 123 (java) total-vm:..."
 * "Killed process 123, UID 0, (java) total-vm:..."
 */
static bool victim(struct aw_klog_open *o, struct aw_text t)
{
	struct aw_text s = t;
	const char *end;
	uint64_t pid;

	if (!aw_text_skip_past(&s, "Killed process ")) {
		s = t;
		if (!aw_text_skip_past(&s, "Kill process "))
			return false;
	}
	if (!aw_text_u64(&s, &pid) || pid > INT32_MAX)
		return false;
	o->r.victim_pid = (int64_t)pid;
	if (aw_text_starts(&t, "Memory cgroup"))
		o->r.memcg = true;
	if (!aw_text_skip_past(&s, "("))
		return true;
	end = victim_end(&s);
	if (end)
		aw_text_copy(o->r.victim_comm, sizeof(o->r.victim_comm), s.p, (size_t)(end - s.p));
	return true;
}

/* "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,task_memcg=/a/b,..." */
static bool constraint(struct aw_klog_open *o, struct aw_text t)
{
	if (!aw_text_skip(&t, "oom-kill:constraint="))
		return false;
	if (aw_text_starts(&t, "CONSTRAINT_MEMCG"))
		o->r.memcg = true;
	if (aw_text_skip_past(&t, "oom_memcg="))
		copy_to(t, ',', o->r.memcg_name, sizeof(o->r.memcg_name));
	return true;
}

/* "memory: usage 102400kB, limit 102400kB, failcnt 120" */
static bool memcg_usage(struct aw_klog_open *o, struct aw_text t)
{
	if (aw_text_starts(&t, "memory+swap: usage ") || aw_text_starts(&t, "kmem: usage ") ||
	    aw_text_starts(&t, "swap: usage "))
		return true;
	if (!aw_text_skip(&t, "memory: usage ") || !aw_text_u64(&t, &o->r.memcg_usage_kb) ||
	    !aw_text_skip(&t, "kB, limit ") || !aw_text_u64(&t, &o->r.memcg_limit_kb))
		return false;
	o->r.memcg = true;
	return true;
}

/* "Task in /a/b killed as a result of limit of /a", "Memory cgroup stats for /a:" */
static bool memcg_name(struct aw_klog_open *o, struct aw_text t)
{
	if (aw_text_starts(&t, "Task in ") && aw_text_skip_past(&t, " killed as a result of limit of ")) {
		o->r.memcg = true;
		copy_to(t, ' ', o->r.memcg_name, sizeof(o->r.memcg_name));
		return true;
	}
	if (!aw_text_skip(&t, "Memory cgroup stats for "))
		return false;
	o->r.memcg = true;
	copy_to(t, ':', o->r.memcg_name, sizeof(o->r.memcg_name));
	return true;
}

/* "[ pid ]   uid  tgid total_vm ...", "[  123]     0   123     1234 ...", "anon 102400" */
static bool oom_filler(struct aw_text t)
{
	uint64_t v;

	if (aw_text_starts(&t, "Tasks state") || aw_text_starts(&t, "oom_reaper:") ||
	    aw_text_starts(&t, "Unreclaimable slab info") || aw_text_starts(&t, "Name  "))
		return true;
	if (!aw_text_skip_char(&t, '['))
		return false;
	aw_text_spaces(&t);
	if (aw_text_skip(&t, "pid"))
		return true;
	if (!aw_text_u64(&t, &v) || !aw_text_skip_char(&t, ']'))
		return false;
	aw_text_spaces(&t);
	return aw_text_u64(&t, &v);
}

static bool oom(struct aw_klog_open *o, struct aw_text t)
{
	return victim(o, t) || constraint(o, t) || memcg_usage(o, t) || memcg_name(o, t) || oom_filler(t);
}

/* "cma: number of available pages: 3@125+12@180=> 15 free of 16384 total pages" */
static bool cma(struct aw_klog_open *o, struct aw_text t)
{
	if (!aw_text_find(&t, "number of available pages:") || !aw_text_skip_past(&t, "=> "))
		return false;
	if (!aw_text_u64(&t, &o->r.cma_free) || !aw_text_skip(&t, " free of "))
		return false;
	return aw_text_u64(&t, &o->r.cma_total);
}

/* "SLUB: Unable to allocate memory on node -1 (gfp=0x20)", then "  cache: kmalloc-128, object size: 128, ..." */
static bool slub(struct aw_klog_open *o, struct aw_text t)
{
	uint64_t v;

	if (aw_text_starts(&t, "SLUB: Unable to allocate memory on"))
		return true;
	if (aw_text_skip(&t, "node ") && aw_text_u64(&t, &v) && aw_text_starts(&t, ": slabs: "))
		return true;
	if (!aw_text_skip(&t, "cache: ") || !aw_text_find(&t, ", object size: "))
		return false;
	copy_to(t, ',', o->r.slab_cache, sizeof(o->r.slab_cache));
	return true;
}

/* "Hardware name: linux,dummy-virt (DT)" */
static bool hardware(struct aw_klog_open *o, struct aw_text t)
{
	if (o->r.hardware[0] || o->r.nr_frames || !aw_text_skip(&t, "Hardware name: "))
		return false;
	aw_text_copy(o->r.hardware, sizeof(o->r.hardware), t.p, aw_text_left(&t));
	return true;
}

/* 4.11 to 4.19: "insmod cpuset=/ mems_allowed=0" */
static bool cpuset(struct aw_klog_open *o, struct aw_text t)
{
	if (o->r.mems_allowed[0] || !aw_text_find(&t, " cpuset=") ||
	    !aw_text_skip_past(&t, " mems_allowed="))
		return false;
	copy_to(t, ' ', o->r.mems_allowed, sizeof(o->r.mems_allowed));
	return true;
}

bool aw_klog_take_extra(struct aw_klog_open *o, const struct aw_klog_line *line)
{
	switch (o->r.kind) {
	case AW_KLOG_OOM:
		if (oom(o, line->text))
			return true;
		break;
	case AW_KLOG_CMA:
		return cma(o, line->text);
	case AW_KLOG_FAILURE:
		if (slub(o, line->text))
			return true;
		break;
	default:
		break;
	}
	return hardware(o, line->text) || cpuset(o, line->text);
}

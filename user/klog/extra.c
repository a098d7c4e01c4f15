// SPDX-License-Identifier: GPL-2.0
/*
 * The lines that only some types of reports have: the OOM killer's victim and
 * cgroup, CMA's free pages, SLUB's cache, binder's buffer.
 */
#include "base/array.h"
#include "klog/header.h"
#include "klog/lmk.h"
#include "klog/lone.h"
#include "klog/open.h"
#include "klog/pool.h"

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

	for (size_t i = 0; i < ARRAY_SIZE(behind); i++) {
		const char *found = aw_text_find(t, behind[i]);

		if (found)
			return found;
	}
	return memrchr(t->p, ')', aw_text_left(t));
}

/* "... total-vm:2400000kB, anon-rss:820000kB, ..." */
static void had(struct aw_klog_open *o, struct aw_text t)
{
	uint64_t kb;

	if (!aw_text_skip_past(&t, "total-vm:") || !aw_text_u64(&t, &kb) || !aw_text_skip(&t, "kB"))
		return;
	o->r.victim_vm_kb = kb;
	if (aw_text_skip_past(&t, "anon-rss:") && aw_text_u64(&t, &kb) && aw_text_skip(&t, "kB") && kb <= o->r.victim_vm_kb &&
	    kb <= UINT64_MAX / 1024)
		o->r.victim_anon_kb = kb;
}

/* "Killed process 902 (worker) total-vm:..." behind the first: the rest of its cgroup (memory.oom.group) */
static void other_victim(struct aw_klog_open *o, struct aw_text t, int64_t pid)
{
	struct aw_klog_victim victim = { .pid = pid };
	struct aw_text s = t;
	const char *end;

	if (!aw_text_find(&t, "total-vm:"))
		return;
	for (unsigned int i = 0; i < o->r.nr_others && i < AW_KLOG_VICTIMS; i++)
		if (o->r.others[i].pid == pid)
			return;
	end = aw_text_skip_past(&s, "(") ? victim_end(&s) : NULL;
	if (end)
		aw_text_copy(victim.comm, sizeof(victim.comm), s.p, (size_t)(end - s.p));
	if (aw_text_skip_past(&t, "anon-rss:") && (!aw_text_u64(&t, &victim.anon_kb) || !aw_text_skip(&t, "kB") || victim.anon_kb > UINT32_MAX))
		victim.anon_kb = 0;
	if (o->r.nr_others < AW_KLOG_VICTIMS)
		o->r.others[o->r.nr_others] = victim;
	o->r.nr_others++;
}

/* What the table of tasks calls it; "" if it is not there. */
static void name_from_table(struct aw_klog_open *o, int64_t pid)
{
	o->r.victim_comm[0] = '\0';
	for (unsigned int i = 0; i < o->r.totals.nr_tasks; i++)
		if (o->r.totals.tasks[i].pid == pid)
			aw_text_copy(o->r.victim_comm, sizeof(o->r.victim_comm), o->r.totals.tasks[i].comm, strlen(o->r.totals.tasks[i].comm));
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
	aw_text_spaces(&s);
	if (!aw_text_u64(&s, &pid) || pid > INT32_MAX)
		return false;
	/* the rest of its cgroup (memory.oom.group) and others with the same memory follow it */
	if (o->r.victim_pid >= 0 && o->r.victim_pid != (int64_t)pid && !o->may_be_child) {
		other_victim(o, s, (int64_t)pid);
		return true;
	}
	if (o->r.victim_pid != (int64_t)pid)	/* a child instead: its name may be cut off */
		name_from_table(o, (int64_t)pid);
	o->r.victim_pid = (int64_t)pid;
	had(o, s);
	o->killed |= aw_text_find(&t, "Killed process ") != NULL;
	o->may_be_child = aw_text_find(&t, "Kill process ") != NULL;	/* "... or sacrifice child", if it is not cut */
	if (aw_text_find(&t, "Memory cgroup out of memory"))
		o->r.memcg = true;
	else if (aw_text_find(&t, "Out of memory: ") || aw_text_find(&t, "Out of Memory: "))
		o->r.global_kill = true;
	if (!aw_text_skip_past(&s, "("))
		return true;
	end = victim_end(&s);
	if (end)
		aw_text_copy(o->r.victim_comm, sizeof(o->r.victim_comm), s.p, (size_t)(end - s.p));
	return true;
}

/* The OOM killer killed nobody: no task may be killed, or vm.panic_on_oom is set. */
static bool no_kill(struct aw_klog_open *o, struct aw_text t)
{
	bool panics = aw_text_skip(&t, "Kernel panic - not syncing: ");

	if (aw_text_starts(&t, "Out of memory and no killable processes") || (panics && aw_text_starts(&t, "System is deadlocked on memory")))
		o->r.no_victim = true;
	else if (!panics || !(aw_text_starts(&t, "Out of memory: ") || aw_text_starts(&t, "out of memory. ")) ||
		 !aw_text_find(&t, "panic_on_oom"))
		return false;
	o->r.panics |= panics;
	return true;
}

/* "..., task_memcg=/a/b,task=python3,pid=4721,uid=0": a name may hold commas */
static void chosen(struct aw_klog_open *o, struct aw_text t)
{
	const char *end = NULL;
	struct aw_text s = t;
	uint64_t pid;

	while (aw_text_skip_past(&s, ",pid="))
		end = s.p;
	s.p = end;
	if (!end || !aw_text_u64(&s, &pid) || pid > INT32_MAX || !aw_text_skip_past(&t, ",task="))
		return;
	if (s.p < s.end)	/* ",uid=0" stands behind it, or it is cut */
		o->r.victim_pid = (int64_t)pid;
	t.end = end - strlen(",pid=");
	if (t.p <= t.end)
		aw_text_copy(o->r.victim_comm, sizeof(o->r.victim_comm), t.p, aw_text_left(&t));
}

/* "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,task_memcg=/a/b,..." */
static bool constraint(struct aw_klog_open *o, struct aw_text t)
{
	if (!aw_text_skip(&t, "oom-kill:constraint="))
		return false;
	if (aw_text_starts(&t, "CONSTRAINT_MEMCG"))
		o->r.memcg = true;
	else if (aw_text_starts(&t, "CONSTRAINT_"))
		o->r.global_kill = true;
	o->r.cpuset_kill = aw_text_starts(&t, "CONSTRAINT_CPUSET");
	o->r.policy_kill = aw_text_starts(&t, "CONSTRAINT_MEMORY_POLICY");
	aw_klog_nodes(&t, &o->r);
	if (aw_text_skip_past(&t, "oom_memcg="))
		copy_to(t, ',', o->r.memcg_name, sizeof(o->r.memcg_name));
	chosen(o, t);
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
	const char *end;

	if (aw_text_starts(&t, "Task in ") && aw_text_skip_past(&t, " killed as a result of limit of ")) {
		o->r.memcg = true;
		copy_to(t, ' ', o->r.memcg_name, sizeof(o->r.memcg_name));
		return true;
	}
	if (!aw_text_skip(&t, "Memory cgroup stats for "))
		return false;
	o->r.memcg = true;
	/* "NAME: cache:12KB ..." or "NAME:", with colons in the names of containers; without its colon the name is cut */
	end = aw_text_find(&t, ": ");
	if (!end && t.p < t.end && t.end[-1] == ':')
		end = t.end - 1;
	if (end)
		aw_text_copy(o->r.memcg_name, sizeof(o->r.memcg_name), t.p, (size_t)(end - t.p));
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

/* "Tasks in /a are going to be killed due to memory.oom.group set" */
static bool group_kill(struct aw_klog_open *o, struct aw_text t)
{
	if (!aw_text_starts(&t, "Tasks in ") || !aw_text_find(&t, "going to be killed due to memory.oom.group"))
		return false;
	o->group_kill = true;
	return true;
}

static bool oom(struct aw_klog_open *o, struct aw_text t)
{
	if (aw_text_starts(&t, "["))
		aw_klog_totals_line(&t, &o->r.totals);
	if (aw_klog_totals_cache(&t, &o->r.totals) || (aw_text_starts(&t, "ion total size:") && aw_klog_totals_line(&t, &o->r.totals)))
		return true;
	/* dump_header() prints it where no memory cgroup is at its limit */
	if (aw_text_starts(&t, "Unreclaimable slab info"))
		o->r.global_kill = true;
	return victim(o, t) || no_kill(o, t) || constraint(o, t) || memcg_usage(o, t) || memcg_name(o, t) || group_kill(o, t) || oom_filler(t);
}

/* "cma: number of available pages: 3@125+12@180=> 15 free of 16384 total pages" */
static bool cma(struct aw_klog_open *o, struct aw_text t)
{
	uint64_t free, total;

	/* "7188@58348+84@66220+": the list may be wrapped, its end is what counts */
	if (aw_text_u64(&t, &free) && aw_text_at(&t, 0) == '@' && !aw_text_find(&t, "=> "))
		return true;
	if (!aw_text_skip_past(&t, "=> "))
		return false;
	if (!aw_text_u64(&t, &free) || !aw_text_skip(&t, " free of ") || !aw_text_u64(&t, &total) ||
	    !aw_text_starts(&t, " total"))
		return false;
	o->r.cma_free = free;
	o->r.cma_total = total;
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

/* "Workqueue: events mhi_fw_load_handler [mhi]", before the trace */
static bool workqueue(struct aw_klog_open *o, const struct aw_klog_line *line)
{
	struct aw_klog_workqueue queue;

	/* once something else is being reported, it is of that */
	if (o->r.workqueue[0] || o->r.nr_frames || o->no_frames || !aw_klog_workqueue(line, &queue))
		return false;
	memcpy(o->r.workqueue, queue.name, sizeof(o->r.workqueue));
	memcpy(o->r.workqueue_func, queue.function, sizeof(o->r.workqueue_func));
	memcpy(o->r.workqueue_module, queue.module, sizeof(o->r.workqueue_module));
	return true;
}

/* 4.11 to 4.19: "insmod cpuset=/ mems_allowed=0"; it names the task again, which a header that another cpu tore has lost. */
static bool cpuset(struct aw_klog_open *o, struct aw_text t)
{
	const char *end = aw_text_find(&t, " cpuset=");
	bool names = end && !o->headless && !o->r.comm[0] && o->r.has_mode && end > t.p && end - t.p < AW_KLOG_COMM;

	if (names)
		aw_text_copy(o->r.comm, sizeof(o->r.comm), t.p, (size_t)(end - t.p));
	if (o->r.mems_allowed[0] || !end || !aw_text_skip_past(&t, " mems_allowed="))
		return names;
	copy_to(t, ' ', o->r.mems_allowed, sizeof(o->r.mems_allowed));
	return true;
}

/* "327680 pages HighMem/MovableOnly" */
void aw_klog_take_totals(struct aw_klog_open *o, const struct aw_klog_line *line)
{
	struct aw_text t = line->text;
	uint64_t pages;

	aw_klog_totals_line(&line->text, &o->r.totals);
	if (aw_text_u64(&t, &pages) && pages && aw_text_starts(&t, " pages HighMem"))
		o->r.has_highmem = true;
}

/* A Mem-Info without its header, and the table of tasks behind it: the OOM killer printed both. */
static bool is_of_killer(struct aw_klog_open *o, struct aw_text t)
{
	if (!o->headless || !o->r.nr_zones || !aw_text_starts(&t, "Tasks state (memory values in "))
		return false;
	o->headless = false;
	o->r.type = AW_KLOG_OOM;
	return true;
}

bool aw_klog_take_extra(struct aw_klog_open *o, const struct aw_klog_line *line)
{
	switch (o->r.type) {
	case AW_KLOG_OOM:
		if (o->r.lmk ? aw_klog_lmk_more(line->text, &o->r) : oom(o, line->text))
			return true;
		break;
	case AW_KLOG_CMA:
		return cma(o, line->text);
	case AW_KLOG_FAILURE:
		if (is_of_killer(o, line->text))
			return true;
		if (aw_klog_lone_slab_more(line->text, &o->r))
			return true;
		break;
	case AW_KLOG_POOL:
		if (aw_klog_pool_more(line->text, &o->r))
			return true;
		break;
	default:
		break;
	}
	if (o->r.one_line)
		return false;
	return hardware(o, line->text) || workqueue(o, line) || cpuset(o, line->text);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * A report of the kernel log as an event.
 */
#include "klog/event.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "klog/context.h"
#include "klog/pool.h"
#include "klog/stack.h"
#include "klog/zones.h"
#include "mm/class.h"
#include "mm/function.h"
#include "mm/site.h"

/* "0", "0-1", "0,2" -> bits of the nodes 0..63 */
static bool node_list(const char *text, uint64_t *nodes)
{
	*nodes = 0;
	while (*text) {
		char *end;
		unsigned long first = strtoul(text, &end, 10), last = first;

		if (end == text)
			return false;
		if (*end == '-')
			last = strtoul(end + 1, &end, 10);
		for (; first <= last && first < 64; first++)
			*nodes |= UINT64_C(1) << first;
		if (*end && *end != ',')
			return false;
		text = *end ? end + 1 : end;
	}
	return *nodes != 0;
}

/*
 * Does the task run with PF_MEMALLOC?  Its trace says so, or its name where it is known that no interrupt asked:
 * handle_softirqs() takes the flag away, and hard interrupts do not look at it.
 */
static bool frees_memory(const struct aw_klog_report *r, enum aw_context context)
{
	if (context == AW_IN_TASK && !strncmp(r->comm, "kswapd", 6) && r->comm[6] >= '0' && r->comm[6] <= '9')
		return true;
	return r->trace_has & AW_KLOG_TRACE_MEMALLOC;
}

static void fill_task(const struct aw_klog_report *r, const struct aw_gfp *gfp, struct aw_task *task)
{
	if (r->pid > 0)
		task->pid = task->tid = (uint32_t)r->pid;
	snprintf(task->comm, sizeof(task->comm), "%.*s", AW_COMM_LEN, r->comm);
	task->cgroup = "";
	task->context = aw_klog_context(r, gfp);
	if (task->context == AW_IN_TASK && node_list(r->mems_allowed, &task->mems_allowed))
		task->known |= AW_TASK_KNOWS_MEMS;
	if (frees_memory(r, task->context)) {
		task->known |= AW_TASK_KNOWS_MEMALLOC;
		task->memalloc = true;
	}
}

/* "" where the log has no mask, or the kernel's table is not known. */
static struct aw_gfp mask_of(const struct aw_klog_report *r, const struct aw_kernel *kernel)
{
	struct aw_gfp gfp = { .names = "" };
	uint64_t flags;

	if (kernel->gfp && r->has_mode)
		gfp = aw_gfp_decode(kernel->gfp, r->mode);
	/* the printed names know that kernel's configuration */
	if (kernel->gfp && r->mode_names[0] &&
	    !aw_gfp_parse_names(kernel->gfp, r->mode_names, strlen(r->mode_names), &flags)) {
		if (gfp.unknown || flags != gfp.flags)
			gfp.names = r->mode_names;
		gfp.flags = flags;
		gfp.unknown = 0;
	}
	return gfp;
}

static enum aw_migratetype migratetype_of(const struct aw_gfp *gfp)
{
	if (aw_gfp_has(gfp, AW_GFP_MOVABLE))
		return AW_MT_MOVABLE;
	return aw_gfp_has(gfp, AW_GFP_RECLAIMABLE) ? AW_MT_RECLAIMABLE : AW_MT_UNMOVABLE;
}

/* get_order() */
static unsigned int order_of(uint64_t bytes, const struct aw_kernel *kernel)
{
	unsigned int order = 0;

	while (kernel->page_size && order < 31 && (uint64_t)kernel->page_size << order < bytes)
		order++;
	return order;
}

static void fill_request(const struct aw_klog_report *r, const struct aw_kernel *kernel,
			 const struct aw_gfp *gfp, struct aw_klog_event *out)
{
	struct aw_failure *f = &out->event.failure;

	f->order = r->order > 0 ? (unsigned int)r->order : r->loops ? order_of(r->bytes, kernel) : 0;
	/* file systems that ask again and again need not print how much they ask for */
	f->bytes = (r->loops && !r->bytes) || (r->slab_line && r->order < 0) ? 0 : aw_order_bytes(kernel, f->order);
	f->gfp = *gfp;
	f->migratetype = r->has_mode ? migratetype_of(gfp) : AW_MT_UNKNOWN;
	f->log = AW_LOG_PRINTED;
	f->saw = AW_SAW_LOG;
	f->effort.total_ns = r->stall_ms * 1000000;
	/* without a trace, its thread's name tells a huge page for khugepaged */
	if (!r->nr_frames && f->order && !strcmp(r->comm, "khugepaged"))
		out->stack.groups = AW_FN(KHUGEPAGED);
	/* vmemmap_alloc_block() asks for a large block for vmemmap_populate_hugepages() alone */
	if (!r->nr_frames && f->order && r->vmemmap)
		out->stack.groups = AW_FN(VMEMMAP);
	/* no try for preferred nodes is printed: it has __GFP_NOWARN */
	f->class = aw_class_of(gfp, f->order, &out->stack, false, &f->class_why);
	if (r->type == AW_KLOG_OOM && !r->lmk && f->class == AW_CLASS_OPPORTUNISTIC) {
		f->class = AW_CLASS_HARD;
		f->class_why = "the OOM killer was called for it, whatever the caller can do without";
	}
	f->nr_zones = aw_klog_zones(r, kernel, aw_gfp_highest_zone(gfp), out->zones, AW_MAX_ZONES);
	f->zones = out->zones;
	f->zones_when = f->nr_zones ? AW_ZONES_FROM_LOG : AW_ZONES_NONE;
	f->zones_hidden = aw_klog_zones_hidden(r, kernel);
	f->zones_partial = aw_klog_zones_partial(r, kernel, f->zones, f->nr_zones, aw_gfp_highest_zone(gfp));
	f->zones_front_cut = f->nr_zones && aw_klog_zones_front_cut(r);
	f->to_oom_killer = r->type == AW_KLOG_OOM && !r->memcg && r->order >= 0;
	f->above_limit = r->above_limit;
	f->loops = r->loops;
	f->slab_line = r->slab_line;
	f->no_header = r->no_header;
	f->suspended = r->suspended || r->trace_has & AW_KLOG_TRACE_SUSPEND;
	f->kdump = r->kdump;
	f->nommu = r->nommu || r->trace_has & AW_KLOG_TRACE_NOMMU;
	f->log_suppressed = r->suppressed;
	f->knows_nodemask = r->nodemask[0] != '\0';
	if (r->nodemask[0] != '(')
		node_list(r->nodemask, &f->nodemask);
}

static void fill_oom(const struct aw_klog_report *r, struct aw_oom_kill *oom)
{
	*oom = (struct aw_oom_kill){
		.alone = r->kill_alone, .by_fault = r->fault_kill, .by_cpuset = r->cpuset_kill, .by_policy = r->policy_kill,
		.no_victim = r->no_victim, .panics = r->panics, .order = r->order, .memcg = r->memcg, .memcg_name = r->memcg_name,
		.memcg_usage = r->memcg_usage_kb * 1024, .memcg_limit = r->memcg_limit_kb * 1024,
	};
	oom->lmk = r->lmk;
	oom->lmk_cache = r->lmk_cache_kb * 1024;
	oom->lmk_limit = r->lmk_limit_kb * 1024;
	if (r->victim_pid > 0)
		oom->victim_pid = (uint32_t)r->victim_pid;
	snprintf(oom->victim_comm, sizeof(oom->victim_comm), "%.*s", AW_COMM_LEN, r->victim_comm);
}

static const enum aw_event_type event_types[] = {
	[AW_KLOG_FAILURE] = AW_EVENT_FAILURE,
	[AW_KLOG_STALL] = AW_EVENT_STALL,
	[AW_KLOG_OOM] = AW_EVENT_OOM_KILL,
	[AW_KLOG_CMA] = AW_EVENT_CMA_FAILURE,
	[AW_KLOG_VMALLOC] = AW_EVENT_WARNING,
	[AW_KLOG_POOL] = AW_EVENT_WARNING,
};
_Static_assert(ARRAY_SIZE(event_types) == AW_KLOG_TYPES, "an event for every type of report");

enum aw_event_type aw_klog_event_type(enum aw_klog_type type)
{
	return event_types[type];
}

/* What only this type of report has. */
/*
 * "vmalloc: allocation failure: N bytes" of kernels up to 5.12 is printed where
 * no range of addresses was free, and for 0 bytes and more than all of RAM.
 */
#define SMALLER_THAN_RAM (4u << 20)	/* of any machine that runs these kernels */

static enum aw_vmalloc_failed vmalloc_failed(const struct aw_klog_report *r, const struct aw_kernel *kernel)
{
	bool knows_ram = (r->totals.has & AW_KLOG_HAS_RAM) && kernel->page_size;

	if (r->vmalloc_failed != AW_VMALLOC_UNKNOWN)
		return r->vmalloc_failed;
	if (!r->vmalloc_gives_none)	/* it is cut off */
		return AW_VMALLOC_UNKNOWN;
	if (!r->bytes)
		return AW_VMALLOC_NOTHING;
	if (knows_ram && r->bytes > r->totals.ram * kernel->page_size)
		return AW_VMALLOC_TOO_LARGE;
	return knows_ram || r->bytes <= SMALLER_THAN_RAM ? AW_VMALLOC_NO_SPACE : AW_VMALLOC_NO_RANGE;
}

static void fill_pool(const struct aw_klog_report *r, const struct aw_kernel *kernel, struct aw_event *event)
{
	const struct aw_klog_pool *p = &r->pool;
	struct aw_warning *warning = &event->warning;

	event->failure.class = aw_klog_pool_row(p->pool)->class;
	event->failure.class_why = aw_klog_pool_row(p->pool)->why;
	*warning = (struct aw_warning){
		.gfp.names = "", .format = aw_klog_pool_row(p->pool)->words, .bytes = r->bytes,
		.pool = { .pool = p->pool, .name = p->name, .knows_total = p->knows_total, .knows_free = p->knows_free,
			  .knows_largest = p->knows_largest, .total = p->total, .free = p->free, .largest = p->largest,
			  .asked = p->asked, .got = p->got, .never_had = p->never_had, .coherent = p->coherent },
	};
	if (r->cma_pages && r->cma_pages <= UINT64_MAX / kernel->page_size)
		warning->bytes = r->cma_pages * kernel->page_size;
}

static void fill_type(const struct aw_klog_report *r, const struct aw_kernel *kernel, const struct aw_gfp *gfp,
		      struct aw_event *event)
{
	if (r->lmk && !r->lmk_in_use) {
		event->failure.class = AW_CLASS_OPPORTUNISTIC;
		event->failure.class_why = "cached applications are ended first; Android starts them again when they are needed";
	}
	if (r->type == AW_KLOG_OOM)
		fill_oom(r, &event->oom);
	else if (r->type == AW_KLOG_CMA)
		event->cma = (struct aw_cma_failure){ .count = r->cma_pages, .error = r->error, .name = r->cma_name,
						      .free = r->cma_free, .total = r->cma_total };
	else if (r->type == AW_KLOG_VMALLOC)
		event->warning = (struct aw_warning){ .gfp = *gfp, .format = "vmalloc error", .bytes = r->bytes,
						      .failed = vmalloc_failed(r, kernel), .pool.name = "" };
	else if (r->type == AW_KLOG_POOL)
		fill_pool(r, kernel, event);
}

void aw_klog_event_of(const struct aw_klog_report *r, const struct aw_kernel *kernel,
		      struct aw_klog_event *out)
{
	struct aw_gfp gfp = mask_of(r, kernel);

	memset(out, 0, sizeof(*out));
	out->event.type = aw_klog_event_type(r->type);
	aw_klog_stack(r, &out->stack);
	fill_task(r, &gfp, &out->event.task);
	out->event.stack = &out->stack;
	out->event.site = aw_site_of(&out->stack);
	/* an address is nobody's name, and may be one of the allocator itself */
	if (out->event.site && !out->event.site->name[0])
		out->event.site = NULL;
	out->event.time_ns = r->mono_us > 0 ? (uint64_t)r->mono_us * 1000 : 0;
	out->event.cpu = r->cpu > 0 ? (uint32_t)r->cpu : 0;
	fill_request(r, kernel, &gfp, out);
	fill_type(r, kernel, &gfp, &out->event);
}

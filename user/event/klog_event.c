// SPDX-License-Identifier: GPL-2.0
/*
 * A report of the kernel log as an event.
 */
#include "event/klog_event.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/glob.h"
#include "event/klog_context.h"
#include "event/klog_zones.h"
#include "event/stacks.h"
#include "kernel/class.h"
#include "kernel/site.h"

static void fill_stack(const struct aw_klog_report *r, struct aw_stack *stack)
{
	for (unsigned int i = 0; i < r->nr_frames && stack->count < AW_MAX_STACK; i++) {
		const struct aw_klog_frame *f = &r->frames[i];

		stack->frames[stack->count++] = (struct aw_frame){
			.addr = f->addr, .offset = f->offset, .size = f->size,
			.name = f->name, .module = f->module,
		};
	}
	stack->id = aw_stack_id(stack);
}

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

static void fill_task(const struct aw_klog_report *r, const struct aw_gfp *gfp, struct aw_task *task)
{
	if (r->pid > 0)
		task->pid = task->tid = (uint32_t)r->pid;
	snprintf(task->comm, sizeof(task->comm), "%.*s", AW_COMM_LEN, r->comm);
	task->cgroup = "";
	task->context = aw_klog_context(r, gfp);
	if (task->context == AW_IN_TASK && node_list(r->mems_allowed, &task->mems_allowed))
		task->known |= AW_TASK_KNOWS_MEMS;
}

/* The way from the allocator or the charge to the OOM killer's report; "*": any end. */
static const char *const killing[] = {
	"dump_header", "oom_kill_process*", "out_of_memory", "__out_of_memory", "__alloc_pages_may_oom",
	"mem_cgroup_out_of_memory", "mem_cgroup_oom*", "__mem_cgroup_try_charge*", "mem_cgroup_try_charge*",
	"try_charge*", "charge_memcg", "__mem_cgroup_charge", "mem_cgroup_charge*", "mem_cgroup_do_charge",
	"obj_cgroup_charge*", "__memcg_kmem_charge*", "pagefault_out_of_memory",
};

static bool is_killing(const char *name)
{
	for (size_t i = 0; i < sizeof(killing) / sizeof(killing[0]); i++)
		if (aw_glob_match(killing[i], name))
			return true;
	return false;
}

/* Who asked; in an OOM report the killer's own functions come before the allocator's. */
static const struct aw_frame *site_of(const struct aw_klog_report *r, const struct aw_stack *stack)
{
	unsigned int i = 0;

	if (r->kind != AW_KLOG_OOM)
		return aw_site_of(stack);
	while (i < stack->count && !stack->frames[i].module[0] &&
	       (is_killing(stack->frames[i].name) || aw_site_is_wrapper(stack->frames[i].name)))
		i++;
	return i < stack->count && stack->frames[i].name[0] ? &stack->frames[i] : NULL;
}

static void fill_common(const struct aw_klog_report *r, const struct aw_kernel *kernel,
			struct aw_klog_event *out, struct aw_gfp *gfp)
{
	memset(out, 0, sizeof(*out));
	*gfp = (struct aw_gfp){ .names = "" };
	if (kernel->gfp && r->has_mode)
		*gfp = aw_gfp_decode(kernel->gfp, r->mode);
	/* the printed names know that kernel's configuration */
	if (kernel->gfp && r->mode_names[0] &&
	    !aw_gfp_parse_names(kernel->gfp, r->mode_names, strlen(r->mode_names), &gfp->flags))
		gfp->unknown = 0;
	fill_stack(r, &out->stack);
	fill_task(r, gfp, &out->event.task);
	out->event.stack = &out->stack;
	out->event.site = site_of(r, &out->stack);
	out->event.time_ns = r->mono_us > 0 ? (uint64_t)r->mono_us * 1000 : 0;
	out->event.cpu = r->cpu > 0 ? (uint32_t)r->cpu : 0;
}

static enum aw_migratetype migratetype_of(const struct aw_gfp *gfp)
{
	if (aw_gfp_has(gfp, AW_GFP_MOVABLE))
		return AW_MT_MOVABLE;
	return aw_gfp_has(gfp, AW_GFP_RECLAIMABLE) ? AW_MT_RECLAIMABLE : AW_MT_UNMOVABLE;
}

void aw_klog_event_request(const struct aw_klog_report *r, const struct aw_kernel *kernel,
			   struct aw_klog_event *out)
{
	struct aw_failure *f = &out->event.failure;
	struct aw_gfp gfp;

	fill_common(r, kernel, out, &gfp);
	out->event.type = r->kind == AW_KLOG_STALL ? AW_EVENT_STALL : AW_EVENT_FAILURE;
	f->order = r->order > 0 ? (unsigned int)r->order : 0;
	f->bytes = aw_order_bytes(kernel, f->order);
	f->gfp = gfp;
	f->migratetype = migratetype_of(&gfp);
	f->log = AW_LOG_PRINTED;
	f->saw = AW_SAW_LOG;
	f->effort.total_ns = r->stall_ms * 1000000;
	f->class = aw_class_of(&gfp, f->order, &out->stack, &f->class_why);
	f->nr_zones = aw_klog_zones(r, kernel, out->zones, AW_MAX_ZONES);
	f->zones = out->zones;
	f->zones_when = f->nr_zones ? AW_ZONES_FROM_LOG : AW_ZONES_NONE;
}

static void fill_oom(const struct aw_klog_report *r, struct aw_event *event)
{
	event->type = AW_EVENT_OOM_KILL;
	event->oom = (struct aw_oom_kill){ .order = r->order };
	if (r->victim_pid > 0)
		event->oom.victim_pid = (uint32_t)r->victim_pid;
	snprintf(event->oom.victim_comm, sizeof(event->oom.victim_comm), "%.*s", AW_COMM_LEN,
		 r->victim_comm);
}

void aw_klog_event_of(const struct aw_klog_report *r, const struct aw_kernel *kernel,
		      struct aw_klog_event *out)
{
	struct aw_gfp gfp;

	if (r->kind == AW_KLOG_FAILURE || r->kind == AW_KLOG_STALL) {
		aw_klog_event_request(r, kernel, out);
		return;
	}
	fill_common(r, kernel, out, &gfp);
	if (r->kind == AW_KLOG_OOM) {
		fill_oom(r, &out->event);
	} else if (r->kind == AW_KLOG_CMA) {
		out->event.type = AW_EVENT_CMA_FAILURE;
		out->event.cma = (struct aw_cma_failure){ .count = r->cma_pages, .error = r->error,
							  .name = r->cma_name };
	} else {
		out->event.type = AW_EVENT_WARNING;
		out->event.warning = (struct aw_warning){ .gfp = gfp, .format = "vmalloc error" };
	}
}

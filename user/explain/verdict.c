// SPDX-License-Identifier: GPL-2.0
/*
 * Verdicts on what a kernel log reports besides failures of the page allocator:
 * OOM kills, failures of CMA areas, truncated headers; which of them it is.
 */
#include "explain/verdict.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/units.h"
#include "explain/early.h"
#include "explain/logged.h"
#include "explain/no_header.h"
#include "explain/plenty.h"
#include "explain/pool.h"
#include "explain/vmalloc.h"
#include "mm/class.h"

#define say(field, ...) snprintf((field), sizeof(field), __VA_ARGS__)

void aw_explain_advise(struct aw_verdict *verdict, enum aw_advice_for who, const char *id, const char *text)
{
	struct aw_advice *advice = &verdict->advice[verdict->nr_advice++];

	advice->who = who;
	advice->id = id;
	say(advice->text, "%s", text);
}

/* Nothing follows from an order alone: the header is cut before its mask, or that is one of 2.4's. */
static void no_mask(struct aw_verdict *verdict, bool old, bool named, bool nommu)
{
	memset(verdict, 0, sizeof(*verdict));
	verdict->cause_certainty = verdict->rule_certainty = AW_NOT_KNOWN;
	if (!named)
		verdict->missing[verdict->nr_missing++] = "gfp mask";
	if (old) {
		say(verdict->headline, "the mask is one of 2.4");
		say(verdict->cause_text, "2.4 has other bits in its masks and prints no memory, so no rule can be told");
		say(verdict->rule_text, named ? "not known: the rules of 2.4 are not held here" : "not known: this mask of 2.4 is not read");
		return;
	}
	if (nommu) {
		say(verdict->headline, "a mapping needs one block where there is no MMU");
		say(verdict->cause_text, "the line of mm/nommu.c has no mask, and the allocator's own report, which has it, is not in the log");
		say(verdict->rule_text, "not known: the mask is missing");
		return;
	}
	say(verdict->headline, "the log is cut before the mask");
	say(verdict->cause_text, "the header ends before its mask, or within it, and without the mask no rule can be told");
	say(verdict->rule_text, "not known: the mask is missing");
}

/* A cgroup is at its limit; the machine may have plenty of memory. */
static void memcg(const struct aw_oom_kill *kill, struct aw_verdict *verdict)
{
	const char *name = kill->memcg_name && kill->memcg_name[0] ? kill->memcg_name : "(not named)";
	char usage[AW_UNITS_TEXT], limit[AW_UNITS_TEXT];

	memset(verdict, 0, sizeof(*verdict));
	verdict->cause = AW_CAUSE_MEMCG_LIMIT;
	verdict->rule = AW_RULE_MEMCG;
	say(verdict->headline, "its memory cgroup is at its limit");
	aw_format_bytes(kill->memcg_usage, usage);
	aw_format_bytes(kill->memcg_limit, limit);
	if (kill->memcg_limit)
		say(verdict->cause_text, "cgroup %s uses %s of its limit of %s; the machine's memory plays no part",
		    name, usage, limit);
	else
		say(verdict->cause_text, "cgroup %s is at its limit; the machine's memory plays no part", name);
	say(verdict->rule_text, "the charge was refused, and the OOM killer %s", kill->no_victim ?
	    "found no task of that cgroup that it may kill" : kill->victim_pid ? "chose a task of that cgroup" :
	    "looks for a task of that cgroup");
	aw_explain_advise(verdict, AW_FOR_ADMIN, "memory_max",
			  "raise the cgroup's memory.max (memory.limit_in_bytes in cgroup v1), or find what fills it");
}

/* The OOM killer ran instead of a failure: the request is retried afterwards. */
static void oom(const struct aw_oom_kill *kill, const struct aw_kernel *kernel,
		struct aw_verdict *verdict)
{
	char name[80] = "the kernel";

	if (kernel->release[0])
		say(name, "%u.%u", kernel->version >> 24, kernel->version >> 16 & 0xff);
	verdict->rule = AW_RULE_UNKNOWN;
	verdict->rule_certainty = AW_CERTAIN;
	if (kill->no_victim)
		say(verdict->rule_text, "the OOM killer found no task that it may kill%s", kill->panics ? ", and the kernel panicked" : "");
	else if (kill->panics)
		say(verdict->rule_text, "vm.panic_on_oom is set: the kernel panicked instead of killing a task");
	else
		say(verdict->rule_text, "nothing yet: %s retries order %d, and kills a task so that it can",
		    name, kill->order);
}

/* moom_callback() of sysrq-f, whose order is printed as -1. */
static void by_hand(struct aw_verdict *verdict)
{
	aw_explain_start(verdict, AW_CAUSE_UNKNOWN, AW_NOT_KNOWN);
	say(verdict->headline, "the OOM killer was called by hand; no request failed");
	say(verdict->cause_text, "order=-1 stands for sysrq-f (or \"f\" written to /proc/sysrq-trigger): what is free plays no part");
	say(verdict->rule_text, "nothing: a task is killed whatever memory looks like");
}

static const char *cma_error(int error)
{
	switch (-error) {
	case ENOMEM:
		return "-12 (ENOMEM): no free run that long in the area, or none that could be emptied";
	case EBUSY:
		return "-16 (EBUSY): pages in the area could not be moved away (pinned, or under I/O)";
	case EINTR:
		return "-4 (EINTR): a signal arrived while pages were moved away";
	case EAGAIN:
		return "-11 (EAGAIN): pages were still moving";
	case 0:
		return "no error printed";
	default:
		return "an error of its own";
	}
}

static void cma(const struct aw_cma_failure *failure, const struct aw_kernel *kernel,
		struct aw_verdict *verdict)
{
	char asked[AW_UNITS_TEXT], free_text[AW_UNITS_TEXT], total[AW_UNITS_TEXT];
	bool enough = failure->free >= failure->count;

	memset(verdict, 0, sizeof(*verdict));
	verdict->cause_certainty = verdict->rule_certainty = AW_NOT_KNOWN;
	aw_format_bytes(failure->count * kernel->page_size, asked);
	aw_format_bytes(failure->free * kernel->page_size, free_text);
	aw_format_bytes(failure->total * kernel->page_size, total);
	if (!failure->total) {
		say(verdict->headline, "the CMA area gave no run of %s", failure->count ? asked : "free pages that long");
		say(verdict->cause_text, "ret %s; a kernel with CONFIG_CMA_DEBUG prints what is free",
		    cma_error(failure->error));
	} else {
		verdict->cause = enough ? AW_CAUSE_FRAGMENTATION : AW_CAUSE_SHORTAGE;
		verdict->cause_certainty = AW_LIKELY;
		say(verdict->headline, enough ? "the CMA area is fragmented, not used up" : "the CMA area is used up");
		say(verdict->cause_text, "%s of %s are free in the area, %s were asked for; ret %s", free_text,
		    total, asked, cma_error(failure->error));
	}
	say(verdict->rule_text, "cma_alloc() looks in its own area only, the page allocator is not asked");
	aw_explain_advise(verdict, AW_FOR_ADMIN, "cma_size", failure->error == -EBUSY ?
	       "find who pins pages in the area (page_owner, cma: tracepoints); a larger area (cma=) only gives more room to try" :
	       "a larger area (cma=, or linux,cma in the device tree), or buffers kept instead of freed and asked for again");
}

void aw_explain_start(struct aw_verdict *verdict, enum aw_cause cause, enum aw_certainty certainty)
{
	memset(verdict, 0, sizeof(*verdict));
	verdict->cause = verdict->likely_cause = cause;
	verdict->cause_certainty = certainty;
	verdict->rule_certainty = AW_NOT_KNOWN;
}

/* The slow path warns of __GFP_NOFAIL that may not wait: seen as a part of this function on arm64, of its own on x86_64. */
static bool may_be_of_nofail(const struct aw_kernel *kernel)
{
	return !strcmp(kernel->arch, "aarch64");
}

/* WARN_ON_ONCE_GFP(order > MAX_PAGE_ORDER) of __alloc_pages(): nothing is tried. */
static void above_limit(const struct aw_stack *stack, const struct aw_kernel *kernel, struct aw_verdict *verdict)
{
	bool dma = stack && aw_caller_of(stack) == AW_CALLER_DMA;

	aw_explain_start(verdict, AW_CAUSE_ORDER_TOO_LARGE, AW_LIKELY);
	verdict->rule = AW_RULE_ORDER_LIMIT;
	verdict->rule_certainty = AW_LIKELY;
	say(verdict->headline, "likely larger than any block that the kernel keeps");
	say(verdict->cause_text, "the page allocator warns so, once, of an order above the largest (MAX_ORDER); "
	    "the order itself is not printed%s", may_be_of_nofail(kernel) ?
	    ". Where its slow path is compiled into it, the same line is printed of a __GFP_NOFAIL that may not wait, "
	    "whose own report then follows" : "");
	say(verdict->rule_text, "the order is above the largest, so the request fails at once, without a report of memory");
	aw_explain_advise(verdict, AW_FOR_CALLER, "check_size",
			  "check the size: often a length from user space or from a device that is not bounded");
	aw_explain_advise(verdict, AW_FOR_CALLER, "too_large", dma ?
			  "pieces that a block can hold, or memory for the device from CMA (cma=) or through an IOMMU if that much is really needed" :
			  "kvmalloc() or vmalloc() if that much is really needed");
}

/* kmem_alloc() and its kin ask until they succeed, and say so every hundredth time. */
static void loops(struct aw_verdict *verdict)
{
	verdict->rule = AW_RULE_UNKNOWN;
	verdict->rule_certainty = AW_CERTAIN;
	say(verdict->headline, "the request is retried until it succeeds, and waits");
	say(verdict->rule_text, "nothing: the file system asks again until it succeeds, and tells of it now and then");
}

/* The size is not printed: neither short nor fragmented memory is more likely. */
static void loops_for_what(struct aw_verdict *verdict)
{
	aw_explain_start(verdict, AW_CAUSE_UNKNOWN, AW_NOT_KNOWN);
	verdict->missing[verdict->nr_missing++] = "order";
	verdict->missing[verdict->nr_missing++] = "zones";
	say(verdict->cause_text, "how much was asked for is not in the line: a large piece points to fragmented memory, a page to "
	    "memory that is short");
	aw_explain_advise(verdict, AW_FOR_ADMIN, "buddyinfo",
			  "look at /proc/buddyinfo while it lasts: are there free blocks, and how large?");
	loops(verdict);
}

/* The cache's line, which tells the order, is cut or missing. */
static void slab_without_order(struct aw_verdict *verdict)
{
	aw_explain_start(verdict, AW_CAUSE_UNKNOWN, AW_NOT_KNOWN);
	verdict->missing[verdict->nr_missing++] = "order";
	verdict->missing[verdict->nr_missing++] = "zones";
	say(verdict->headline, "a slab got no pages");
	say(verdict->cause_text, "how many pages the slab needs stands in the line of its cache: several point to fragmented memory, "
	    "one to memory that is short");
	say(verdict->rule_text, "not known: it depends on the order");
}

/* "kmalloc-1024(1793:c8edefa90517)": 3.8 to 5.8 kept caches for each memory cgroup, and charged their slabs to it. */
static bool is_of_cgroup(const char *cache)
{
	const char *open = strchr(cache, '(');
	/* a wrap may have put a space in it */
	size_t digits = open ? strspn(open + 1, "0123456789 ") : 0;

	return digits && open[1 + digits] == ':';
}

static void slab_of_cgroup(struct aw_verdict *verdict)
{
	aw_explain_start(verdict, AW_CAUSE_UNKNOWN, AW_LIKELY);
	verdict->likely_cause = AW_CAUSE_MEMCG_LIMIT;
	verdict->missing[verdict->nr_missing++] = "whether the cgroup or the page allocator refused";
	say(verdict->headline, "a slab of a memory cgroup got no pages, likely for the cgroup's limit");
	say(verdict->cause_text, "the cache belongs to a memory cgroup, and its slabs are charged to it; of the page allocator, which "
	    "reports what it refuses, the log has nothing");
	say(verdict->rule_text, "not known: a refused charge and a failed allocation print the same line");
	aw_explain_advise(verdict, AW_FOR_ADMIN, "memory_kmem",
			  "look at memory.failcnt and memory.kmem.failcnt of that cgroup (cgroup v1); if they rise, raise the limit that does");
}

/* SLUB lists each node that has a slab of the cache: the one that was asked for is not among them. */
static bool lacks_node(const struct aw_logged *logged)
{
	return logged->slab_node >= 0 && logged->slab_node < 64 && logged->slab_nodes && !(logged->slab_nodes >> logged->slab_node & 1);
}

static void slab_of_no_node(const struct aw_logged *logged, struct aw_verdict *verdict)
{
	aw_explain_start(verdict, AW_CAUSE_UNKNOWN, AW_NOT_KNOWN);
	verdict->missing[verdict->nr_missing++] = "zones";
	say(verdict->headline, "node %d, from which it was asked for, likely has no memory", (int)logged->slab_node);
	say(verdict->cause_text, "the cache has slabs on other nodes, and none is listed for node %d: it may be offline, or was never "
	    "there", (int)logged->slab_node);
	say(verdict->rule_text, "not known: a request bound to a node (__GFP_THISNODE) ends there; others look elsewhere");
	aw_explain_advise(verdict, AW_FOR_CALLER, "node", "check the node: cpu_to_node() and its like may name one that is offline; "
			  "numa_mem_id() is the nearest with memory");
}

/* Only the line of a kill. */
static void kill_alone(const struct aw_oom_kill *kill, bool globally, struct aw_verdict *verdict)
{
	aw_explain_start(verdict, AW_CAUSE_UNKNOWN, AW_NOT_KNOWN);
	verdict->missing[verdict->nr_missing++] = "the report before the kill";
	say(verdict->headline, "%s; what led to it is not in the log", kill->by_fault ?
	    "a page fault got no memory, and its process was killed" :
	    kill->no_victim ? "the OOM killer found no task that it may kill" : globally ?
	    "memory ran out, on the nodes that were allowed, not in a memory cgroup" : "the OOM killer chose a task");
	say(verdict->cause_text, "only the line of the kill is there: who asked, and what memory looked like, stands "
	    "in the lines before it%s", kill->by_cpuset ? "; the request was bound to the nodes of a cpuset (CONSTRAINT_CPUSET), "
	    "which had no memory left, while others may have had" : kill->by_policy ? "; the request was bound to nodes by a memory "
	    "policy (CONSTRAINT_MEMORY_POLICY), which had no memory left, while others may have had" : "");
	if (kill->by_cpuset)
		aw_explain_advise(verdict, AW_FOR_ADMIN, "cpuset_mems", "look how full the nodes of that cpuset are (cpuset.mems, "
				  "numastat -m), and let it use more if they are");
	if (kill->by_policy)
		aw_explain_advise(verdict, AW_FOR_ADMIN, "policy_nodes", "look how full the nodes of that policy are (numastat -m), and who "
				  "binds the task to them (numactl, mbind)");
	say(verdict->rule_text, "not known: the report is missing");
}

/* Android's killers have marks of their own, far above the page allocator's. */
static void low_memory_killer(const struct aw_oom_kill *kill, const char *words, struct aw_verdict *verdict)
{
	char cache[AW_UNITS_TEXT], limit[AW_UNITS_TEXT], reason[4 * 96];
	bool driver = kill->lmk == AW_LMK_DRIVER;

	aw_explain_start(verdict, AW_CAUSE_UNKNOWN, AW_LIKELY);
	verdict->likely_cause = AW_CAUSE_SHORTAGE;
	verdict->missing[verdict->nr_missing++] = "zones";
	say(verdict->headline, "memory ran low, and it ended a task; no request failed");
	if (kill->lmk_limit)
		say(verdict->cause_text, "file cache of %s, below the limit of %s for tasks as dispensable as this one",
		    aw_format_bytes(kill->lmk_cache, cache), aw_format_bytes(kill->lmk_limit, limit));
	else if (words[0])
		say(verdict->cause_text, "its reason: %s", aw_escape_terminal(words, reason, sizeof(reason)));
	else
		say(verdict->cause_text, "free memory and file cache fell below its limit; the line does not say by how much");
	say(verdict->rule_text, "nothing: it kills before the page allocator has to");
	aw_explain_advise(verdict, AW_FOR_ADMIN, "lmk", driver ?
			  "look who holds the memory (dumpsys meminfo); the limits are in /sys/module/lowmemorykiller/parameters/minfree" :
			  "look who holds the memory (dumpsys meminfo); the limits are properties of Android, ro.lmk.*");
}

/* Only the header of a kill: it is the same for the machine and for a memory cgroup. */
static bool is_header_alone(const struct aw_event *event)
{
	const struct aw_logged *logged = aw_logged_of(event->origin);

	/* a memory cgroup's OOM has no nodemask */
	return event->type == AW_EVENT_OOM_KILL && !logged->has_trace && !logged->has_zones && !logged->killed_globally &&
	       !event->failure.nodemask && !event->failure.no_header;
}

static void whose_memory(struct aw_verdict *verdict)
{
	aw_explain_start(verdict, AW_CAUSE_UNKNOWN, AW_NOT_KNOWN);
	verdict->missing[verdict->nr_missing++] = "zones";
	verdict->missing[verdict->nr_missing++] = "trace";
	say(verdict->headline, "the machine or a memory cgroup ran out of memory");
	say(verdict->cause_text, "the header is the same for both; which one it was stands in the trace, or in the lines "
	    "that name the killed task");
	say(verdict->rule_text, "nothing yet: the kernel kills a task, and the request is tried again");
	aw_explain_advise(verdict, AW_FOR_ADMIN, "oom_lines",
			  "look in the log behind this line: \"Memory cgroup out of memory\" or \"Out of memory\"");
}

/* pagefault_out_of_memory(): no request, a handler returned VM_FAULT_OOM. */
static void page_fault(struct aw_verdict *verdict)
{
	aw_explain_start(verdict, AW_CAUSE_UNKNOWN, AW_LIKELY);
	verdict->likely_cause = AW_CAUSE_MEMCG_LIMIT;
	verdict->missing[verdict->nr_missing++] = "why the page fault failed";
	say(verdict->headline, "a page fault handler returned VM_FAULT_OOM, likely for a memory cgroup");
	say(verdict->cause_text, "gfp_mask=0 stands for no request of the page allocator: pagefault_out_of_memory() "
	    "called the OOM killer after a fault that failed, mostly because a memory cgroup refused the charge");
	say(verdict->rule_text, "not known: the fault handler does not say why it failed");
	aw_explain_advise(verdict, AW_FOR_ADMIN, "memory_max",
			  "look at memory.events of the task's cgroup, and at its memory.max");
}

void aw_explain_verdict(const struct aw_event *event, const struct aw_kernel *kernel, struct aw_verdict *out)
{
	bool has_mask = aw_event_has_mask(event);

	if (event->type == AW_EVENT_CMA_FAILURE) {
		cma(&event->cma, kernel, out);
		return;
	}
	if (aw_explain_is_pool(event)) {
		aw_explain_pool_verdict(&event->warning, out);
		return;
	}
	if (event->type == AW_EVENT_OOM_KILL && event->oom.lmk) {
		low_memory_killer(&event->oom, aw_logged_of(event->origin)->lmk_reason, out);
		return;
	}
	if (event->type == AW_EVENT_OOM_KILL && event->oom.memcg) {
		memcg(&event->oom, out);
		return;
	}
	if (event->type == AW_EVENT_WARNING && (event->warning.failed != AW_VMALLOC_NO_PAGES || !has_mask)) {
		aw_explain_vmalloc(event, kernel, out);
		return;
	}
	if (event->type == AW_EVENT_OOM_KILL && has_mask && event->oom.order == -1) {
		by_hand(out);
		return;
	}
	if (event->type == AW_EVENT_OOM_KILL && event->oom.alone) {
		kill_alone(&event->oom, aw_logged_of(event->origin)->killed_globally && !event->oom.by_cpuset, out);
		return;
	}
	if (event->type == AW_EVENT_OOM_KILL && has_mask && !event->failure.gfp.raw) {
		page_fault(out);
		return;
	}
	if (is_header_alone(event)) {
		whose_memory(out);
		return;
	}
	if (event->failure.above_limit) {
		above_limit(event->stack, kernel, out);
		return;
	}
	if (!has_mask || aw_logged_of(event->origin)->mask_2_4) {
		no_mask(out, aw_logged_of(event->origin)->mask_2_4, has_mask, event->failure.nommu);
		if (event->failure.no_header)
			aw_explain_no_header(event, kernel, out);
		return;
	}
	if (event->failure.loops && !event->failure.bytes) {
		loops_for_what(out);
		return;
	}
	if (event->failure.slab_line && is_of_cgroup(aw_logged_of(event->origin)->slab_cache)) {
		slab_of_cgroup(out);
		return;
	}
	if (event->failure.slab_line && lacks_node(aw_logged_of(event->origin))) {
		slab_of_no_node(aw_logged_of(event->origin), out);
		return;
	}
	if (event->failure.slab_line && aw_logged_of(event->origin)->order < 0) {
		slab_without_order(out);
		return;
	}
	if (aw_explain_may_be_vmalloc(event, kernel)) {
		aw_explain_perhaps_vmalloc(out);
		return;
	}
	aw_verdict_make(event, kernel, out);
	aw_explain_plenty(event, kernel, out);
	if (aw_explain_is_before_memory(event))
		aw_explain_before_memory(out);
	if (event->type == AW_EVENT_OOM_KILL)
		oom(&event->oom, kernel, out);
	else if (event->failure.loops)
		loops(out);
}

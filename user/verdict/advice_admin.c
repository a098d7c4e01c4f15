// SPDX-License-Identifier: GPL-2.0
/* What to change on the machine, as a command to copy where there is one. */
#include "base/array.h"
#include "verdict/advice.h"

#include <inttypes.h>
#include <string.h>

#include "verdict/causes.h"
#include "verdict/settings.h"

/* The kernel that saves a crash has what crashkernel= kept for it, and no sysctl that is set before gets there. */
static bool fits_crashkernel(const struct aw_case *request, const struct aw_verdict *verdict)
{
	(void)request;
	/* no memory makes the largest block larger */
	return aw_advice_cause(verdict) != AW_CAUSE_ORDER_TOO_LARGE;
}

static void write_crashkernel(const struct aw_case *request, const struct aw_verdict *verdict,
			      struct aw_advice *advice)
{
	(void)request;
	(void)verdict;
	aw_advice_say(advice->text, "likely a larger crashkernel= for the usual kernel, or leaving out of the initramfs that saves the "
				    "crash what it does not need, helps");
}

static bool fits_compact(const struct aw_case *request, const struct aw_verdict *verdict)
{
	return request->failure->order && aw_advice_cause(verdict) == AW_CAUSE_FRAGMENTATION &&
	       request->era.compact_memory && aw_advice_compaction_helps(request);
}

/* See pages/simulate.c.  Where pages were looked at, it is known. */
static bool may_stride(const struct aw_case *request)
{
	return request->seen.known ? request->seen.strides && !request->seen.hardly : request->era.compact_strides;
}

static void write_compact(const struct aw_case *request, const struct aw_verdict *verdict,
			  struct aw_advice *advice)
{
	char gain[AW_VERDICT_TEXT];

	aw_advice_say(advice->text,
	    "it compacts all memory once and keeps a cpu busy, for seconds on a large machine%s",
	    aw_advice_compaction_ran_through(request) ?
		"; direct compaction found no block, but it skips pageblocks that failed before" : "");
	aw_advice_say(advice->command, "echo 1 > /proc/sys/vm/compact_memory");
	aw_advice_tell_gain(request, verdict, gain, sizeof(gain));
	aw_advice_say(advice->helps, "%.160s%s", gain, may_stride(request) ? ", and not in every run" : "");
}

/* A burst of requests that may use half of the min watermark: a higher one keeps more for them. */
static bool fits_min_free(const struct aw_case *request, const struct aw_verdict *verdict)
{
	enum aw_cause cause = aw_advice_cause(verdict);

	/* for a block that large it is not enough to keep more free */
	if (cause == AW_CAUSE_CMA_ONLY && request->failure->order > AW_COSTLY_ORDER)
		return false;
	return verdict->rule == AW_RULE_NO_DIRECT_RECLAIM && request->allows.high && !request->allows.no_watermarks &&
	       (cause == AW_CAUSE_SHORTAGE || cause == AW_CAUSE_CMA_ONLY) && request->page_size &&
	       request->decisive && aw_advice_cache(request) != AW_GAIN_NONE && aw_min_free_kbytes_advised(request) > 0;
}

static void write_min_free(const struct aw_case *request, const struct aw_verdict *verdict,
			   struct aw_advice *advice)
{
	(void)verdict;
	aw_advice_say(advice->text,
	    "it keeps more free for GFP_ATOMIC requests; that is lost to all others, and requests that "
	    "need the whole min watermark fail sooner");
	aw_advice_say(advice->command, "sysctl -w vm.min_free_kbytes=%" PRIu64, aw_min_free_kbytes_advised(request));
	aw_advice_say(advice->helps, "with bursts that fit into it, if there is page cache to reclaim: the zones keep %s now",
	    aw_words_bytes(aw_min_free_kbytes_now(request) * 1024).s);
}

static bool fits_scale_factor(const struct aw_case *request, const struct aw_verdict *verdict)
{
	return verdict->rule == AW_RULE_NO_DIRECT_RECLAIM && request->era.scale_factor &&
	       aw_advice_cause(verdict) == AW_CAUSE_SHORTAGE && request->decisive &&
	       request->allows.kswapd && !request->allows.no_watermarks && aw_advice_cache(request) != AW_GAIN_NONE &&
	       (request->decisive->zone->known & AW_ZONE_KNOWS_WATERMARKS) &&
	       request->decisive->zone->low > request->decisive->zone->min && !request->decisive->boost_decides &&
	       !request->failure->zones_partial && request->kernel->vm.watermark_scale_factor < (int)aw_scale_factor_advised(request);
}

static void write_scale_factor(const struct aw_case *request, const struct aw_verdict *verdict,
			       struct aw_advice *advice)
{
	const struct aw_zone *zone = request->decisive->zone;

	(void)verdict;
	aw_advice_say(advice->text,
	    "it wakes kswapd earlier (10 is the default), which then reclaims sooner and more");
	aw_advice_say(advice->command, "sysctl -w vm.watermark_scale_factor=%u", aw_scale_factor_advised(request));
	aw_advice_say(advice->helps,
	    "if there is page cache to reclaim: kswapd starts only %s above min now",
	    aw_case_size(request, (int64_t)(zone->low - zone->min)).s);
}

static bool fits_boost(const struct aw_case *request, const struct aw_verdict *verdict)
{
	(void)verdict;
	return request->decisive && request->decisive->boost_decides && request->kernel->vm.watermark_boost_factor;
}

static void write_boost(const struct aw_case *request, const struct aw_verdict *verdict, struct aw_advice *advice)
{
	(void)verdict;
	aw_advice_say(advice->text,
	    "the kernel then no longer raises the watermarks when a pageblock changes its migratetype; the boost "
	    "in force goes when kswapd has run");
	aw_advice_say(advice->command, "sysctl -w vm.watermark_boost_factor=0");
	aw_advice_say(advice->helps, "because the check passes without the boost of %s",
	    aw_case_size(request, (int64_t)request->decisive->zone->boost).s);
}

static bool fits_defrag_mode(const struct aw_case *request, const struct aw_verdict *verdict)
{
	return aw_advice_cause(verdict) == AW_CAUSE_FRAGMENTATION && request->decisive &&
	       request->decisive->blocks.by_mode >> request->shift;
}

static void write_defrag_mode(const struct aw_case *request, const struct aw_verdict *verdict,
			      struct aw_advice *advice)
{
	(void)verdict;
	aw_advice_say(advice->text, "requests that give up early then take parts of pageblocks of other migratetypes "
				    "again, at the price of more fragmentation");
	aw_advice_say(advice->command, "sysctl -w vm.defrag_mode=0");
	aw_advice_say(advice->helps, "because a block of order >= %u of another migratetype is free", request->failure->order);
}

static bool fits_add_memory(const struct aw_case *request, const struct aw_verdict *verdict)
{
	/* how full a low zone is does not depend on how much memory there is */
	if (!request->failure->nr_zones &&
	    (aw_gfp_has(&request->failure->gfp, AW_GFP_DMA) || aw_gfp_has(&request->failure->gfp, AW_GFP_DMA32)))
		return false;
	return aw_advice_cause(verdict) == AW_CAUSE_SHORTAGE &&
	       verdict->rule != AW_RULE_NO_DIRECT_RECLAIM;
}

static void write_add_memory(const struct aw_case *request, const struct aw_verdict *verdict,
			     struct aw_advice *advice)
{
	(void)verdict;
	aw_advice_say(advice->text,
	    "find who holds the memory (/proc/meminfo, /proc/slabinfo); then less load%s or more memory",
	    request->failure->nommu ? "" : ", swap");
	if (request->decisive && request->decisive->check.failed != AW_CLAUSE_PASSES &&
	    aw_check_must_leave(&request->decisive->check) > 0)
		aw_advice_say(advice->helps, "once free memory is above %s",
		    aw_case_size(request, aw_check_must_leave(&request->decisive->check) +
				 aw_check_open(&request->decisive->check) - request->decisive->check.usable).s);
}

static bool fits_memcg(const struct aw_case *request, const struct aw_verdict *verdict)
{
	(void)request;
	return aw_advice_cause(verdict) == AW_CAUSE_MEMCG_LIMIT;
}

/* A path goes into a command only if no shell reads anything into it. */
static bool is_plain_path(const char *path)
{
	return path[0] == '/' && strspn(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
					      "0123456789/._:@-") == strlen(path);
}

static void write_memcg(const struct aw_case *request, const struct aw_verdict *verdict,
			struct aw_advice *advice)
{
	const char *path = request->task->cgroup ? request->task->cgroup : "";

	(void)verdict;
	aw_advice_say(advice->text, "raise memory.max of the task's cgroup, or find what fills it");
	if (is_plain_path(path) && strlen(path) < sizeof(advice->command) - 40)
		aw_advice_say(advice->command, "cat /sys/fs/cgroup%s/memory.events",
		    strcmp(path, "/") ? path : "");
	aw_advice_say(advice->helps, "if memory.events counts max or oom");
}

static bool fits_smaller_cma(const struct aw_case *request, const struct aw_verdict *verdict)
{
	return aw_advice_cause(verdict) == AW_CAUSE_CMA_ONLY && request->decisive &&
	       request->decisive->blocks.closed_cma;
}

static void write_smaller_cma(const struct aw_case *request, const struct aw_verdict *verdict,
			      struct aw_advice *advice)
{
	(void)verdict;
	aw_advice_say(
	    advice->text, "boot with a smaller CMA area (cma=, or linux,cma in the device tree)");
	aw_advice_say(advice->helps, "if CMA's users can do with less: %s of it is free",
	    aw_case_size(request, (int64_t)request->decisive->blocks.closed_cma).s);
}

/* Does the request write to a block device?  Its pages are of GFP_USER (bdget()), so that no zone above the low one holds them. */
static bool writes_block_device(const struct aw_stack *stack)
{
	static const char *const begins[] = { "blkdev_write", "blkdev_read", "blkdev_file_" };	/* not blkdev_issue_flush() */

	for (unsigned int i = 0; stack && i < stack->count; i++)
		for (size_t k = 0; k < ARRAY_SIZE(begins); k++)
			if (!strncmp(stack->frames[i].name, begins[k], strlen(begins[k])))
				return true;
	return false;
}

/* What filled the low zone could have gone elsewhere if most of it is movable: pages of processes and files. */
static bool fits_lowmem(const struct aw_case *request, const struct aw_verdict *verdict)
{
	return !writes_block_device(request->event->stack) && request->movable.share == AW_MOVABLE_MOST &&
	       aw_advice_cause(verdict) == AW_CAUSE_ZONE_RESTRICTED && request->decisive && request->elsewhere && request->elsewhere->bar == AW_BAR_ZONE &&
	       request->decisive->zone->type < request->elsewhere->zone->type;
}

static void write_lowmem(const struct aw_case *request, const struct aw_verdict *verdict,
			 struct aw_advice *advice)
{
	(void)verdict;
	aw_advice_say(advice->text,
	    "a smaller number for zone %s there keeps more of it for those who can use "
	    "nothing else",
	    request->decisive->zone->name);
	aw_advice_say(advice->command, "sysctl vm.lowmem_reserve_ratio");
	aw_advice_say(advice->helps, "because %" PRIu64 " of %" PRIu64 " used pages of zone %s are of processes and files, "
	    "which zone %s can hold as well but for those of a block device", request->movable.pages, request->movable.used,
	    request->decisive->zone->name, request->elsewhere->zone->name);
}

/* Are the zones below Movable of its node all empty? */
static bool is_all_movable(const struct aw_case *request, const struct aw_zone *zone)
{
	for (unsigned int i = 0; i < request->nr_findings; i++) {
		const struct aw_finding *other = &request->findings[i];

		if (other->zone->node == zone->node && other->zone->type < AW_ZONE_TYPE_MOVABLE && other->bar != AW_BAR_EMPTY)
			return false;
	}
	return zone->type == AW_ZONE_TYPE_MOVABLE;
}

/* Zone Movable is all that its nodes have: the kernel's own pages come from other nodes, which a cpuset or a mempolicy bars. */
static bool has_only_movable(const struct aw_case *request)
{
	return request->elsewhere && request->elsewhere->bar == AW_BAR_ZONE && is_all_movable(request, request->elsewhere->zone) &&
	       !request->nr_open && request->task->known & AW_TASK_KNOWS_MEMS;
}

static bool fits_cpuset(const struct aw_case *request, const struct aw_verdict *verdict)
{
	return aw_advice_cause(verdict) == AW_CAUSE_ZONE_RESTRICTED && request->elsewhere &&
	       (request->elsewhere->bar == AW_BAR_NODE || has_only_movable(request));
}

static bool fits_mempolicy(const struct aw_case *request, const struct aw_verdict *verdict)
{
	return aw_advice_cause(verdict) == AW_CAUSE_ZONE_RESTRICTED && request->elsewhere &&
	       request->elsewhere->bar == AW_BAR_POLICY;
}

static void write_mempolicy(const struct aw_case *request, const struct aw_verdict *verdict,
			    struct aw_advice *advice)
{
	(void)verdict;
	aw_advice_say(advice->text, "let the task use node %d as well: MPOL_PREFERRED instead of MPOL_BIND "
				    "(numactl --preferred), or a wider cpuset.mems",
	    request->elsewhere->zone->node);
	aw_advice_say(advice->helps, "because zone %s there has %s free", request->elsewhere->zone->name,
	    aw_case_size(request, request->elsewhere->check.free).s);
}

static void write_cpuset(const struct aw_case *request, const struct aw_verdict *verdict,
			 struct aw_advice *advice)
{
	(void)verdict;
	if (has_only_movable(request)) {
		aw_advice_say(advice->text, "let the task's cpuset (cpuset.mems) or mempolicy use a node that has more than zone Movable");
		aw_advice_say(advice->helps, "because node %d has only that, and this request may not use it",
		    request->elsewhere->zone->node);
		return;
	}
	aw_advice_say(advice->text, "let the task's cpuset use node %d as well (cpuset.mems)",
	    request->elsewhere->zone->node);
	aw_advice_say(advice->helps, "because zone %s there has %s free",
	    request->elsewhere->zone->name,
	    aw_case_size(request, request->elsewhere->check.free).s);
}

/* Only where no other advice is for the administrator: the last row. */
static bool fits_no_sysctl(const struct aw_case *request, const struct aw_verdict *verdict)
{
	unsigned int i;

	(void)request;
	for (i = 0; i < verdict->nr_advice; i++)
		if (verdict->advice[i].who == AW_FOR_ADMIN)
			return false;
	return true;
}

static const char *why_no_sysctl(const struct aw_case *request, const struct aw_verdict *verdict,
				 char *text, size_t size)
{
	enum aw_cause cause = aw_advice_cause(verdict);

	if (request->decisive && cause == AW_CAUSE_FRAGMENTATION &&
	    (!request->era.compact_memory || !aw_advice_compaction_helps(request))) {
		aw_advice_why_not_compaction(request, text, size);
		return text;
	}
	return aw_cause_row(cause)->no_sysctl;
}

/* Why compaction does not help rests on what it would find, or on the kernel that has none. */
static bool is_only_likely(const struct aw_case *request, const struct aw_verdict *verdict)
{
	if (request->era.compact_memory)
		return aw_advice_is_likely_blocked(request) || verdict->cause_certainty != AW_CERTAIN;
	return !request->era.certain && !request->failure->nommu;
}

static void write_no_sysctl(const struct aw_case *request, const struct aw_verdict *verdict,
			    struct aw_advice *advice)
{
	char text[200];
	const char *why = why_no_sysctl(request, verdict, text, sizeof(text));

	if (!aw_advice_is_hard(request))
		aw_advice_say(advice->text, "no sysctl is needed: the caller has a fallback");
	else if (why && why == text && is_only_likely(request, verdict))
		aw_advice_say(advice->text, "likely no sysctl helps: %s", why);
	else if (why)
		aw_advice_say(advice->text, "no sysctl helps: %s", why);
	else
		aw_advice_say(advice->text, verdict->cause == AW_CAUSE_UNKNOWN ?
		    "no sysctl is known to help while the cause is not known" : "no sysctl is known to help");
}

const struct aw_advice_row aw_advice_kdump_rows[] = {
	{ .id = "crashkernel", .fits = fits_crashkernel, .write = write_crashkernel },
	{ .id = "no_sysctl", .fits = fits_no_sysctl, .write = write_no_sysctl, .soft = true },
	{ .id = NULL },
};

const struct aw_advice_row aw_advice_admin_rows[] = {
	{ .id = "compact_memory", .fits = fits_compact, .write = write_compact },
	{ .id = "min_free_kbytes", .fits = fits_min_free, .write = write_min_free },
	{ .id = "watermark_scale_factor", .fits = fits_scale_factor, .write = write_scale_factor },
	{ .id = "watermark_boost_factor", .fits = fits_boost, .write = write_boost },
	{ .id = "defrag_mode", .fits = fits_defrag_mode, .write = write_defrag_mode },
	{ .id = "memory_max", .fits = fits_memcg, .write = write_memcg },
	{ .id = "smaller_cma", .fits = fits_smaller_cma, .write = write_smaller_cma },
	{ .id = "lowmem_reserve_ratio", .fits = fits_lowmem, .write = write_lowmem },
	{ .id = "cpuset_mems", .fits = fits_cpuset, .write = write_cpuset },
	{ .id = "mempolicy", .fits = fits_mempolicy, .write = write_mempolicy },
	{ .id = "add_memory", .fits = fits_add_memory, .write = write_add_memory },
	{ .id = "no_sysctl", .fits = fits_no_sysctl, .write = write_no_sysctl, .soft = true },
	{ .id = NULL },
};

// SPDX-License-Identifier: GPL-2.0
/* What to change on the machine, as a command to copy where there is one. */
#include "verdict/advice.h"

#include <inttypes.h>
#include <string.h>

static bool fits_compact(const struct aw_case *c, const struct aw_verdict *v)
{
	return c->failure->order && aw_advice_cause(v) == AW_CAUSE_FRAGMENTATION && aw_advice_compaction_helps(c);
}

static void write_compact(const struct aw_case *c, const struct aw_verdict *v,
			  struct aw_advice *a)
{
	(void)c;
	(void)v;
	aw_advice_say(a->text, "it compacts all memory once and keeps a cpu busy, for seconds on a large machine");
	aw_advice_say(a->command, "echo 1 > /proc/sys/vm/compact_memory");
	aw_advice_say(a->helps, "only if movable pages fill the holes");
}

static bool fits_min_free(const struct aw_case *c, const struct aw_verdict *v)
{
	enum aw_cause cause = aw_advice_cause(v);

	return v->rule == AW_RULE_NO_DIRECT_RECLAIM && c->decisive &&
	       (c->decisive->zone->known & AW_ZONE_KNOWS_WATERMARKS) && c->page_size &&
	       (cause == AW_CAUSE_SHORTAGE ||
		(cause == AW_CAUSE_FRAGMENTATION && c->failure->order <= AW_COSTLY_ORDER));
}

/* vm.min_free_kbytes is what the min watermarks of the zones below HIGHMEM add up to. */
static uint64_t min_free_kbytes(const struct aw_case *c)
{
	uint64_t pages = 0;
	unsigned int i;

	for (i = 0; i < c->nr_findings; i++)
		if (c->findings[i].zone->type < AW_ZONE_TYPE_HIGHMEM)
			pages += c->findings[i].zone->min;
	return pages * c->page_size / 1024;
}

static void write_min_free(const struct aw_case *c, const struct aw_verdict *v,
			   struct aw_advice *a)
{
	uint64_t kbytes = min_free_kbytes(c);

	(void)v;
	aw_advice_say(a->text, "it keeps more free for requests that may not wait; that is lost to all others, "
	    "and too much of it means OOM kills");
	aw_advice_say(a->command, "sysctl -w vm.min_free_kbytes=%" PRIu64, 2 * kbytes);
	aw_advice_say(a->helps, "with bursts that fit into it: the zones keep %s now",
	    aw_words_bytes(kbytes * 1024).s);
}

static bool fits_scale_factor(const struct aw_case *c, const struct aw_verdict *v)
{
	return v->rule == AW_RULE_NO_DIRECT_RECLAIM && c->era.scale_factor &&
	       aw_advice_cause(v) == AW_CAUSE_SHORTAGE && c->decisive && c->allows.kswapd &&
	       (c->decisive->zone->known & AW_ZONE_KNOWS_WATERMARKS) &&
	       c->decisive->zone->low > c->decisive->zone->min;
}

static void write_scale_factor(const struct aw_case *c, const struct aw_verdict *v,
			       struct aw_advice *a)
{
	const struct aw_zone *zone = c->decisive->zone;

	(void)v;
	aw_advice_say(a->text, "it wakes kswapd earlier (10 is the default), which reclaims sooner and more");
	aw_advice_say(a->command, "sysctl -w vm.watermark_scale_factor=50");
	aw_advice_say(a->helps, "if there is page cache to reclaim: kswapd starts only %s above min now",
	    aw_case_size(c, (int64_t)(zone->low - zone->min)).s);
}

static bool fits_add_memory(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)c;
	return aw_advice_cause(v) == AW_CAUSE_SHORTAGE && v->rule != AW_RULE_NO_DIRECT_RECLAIM;
}

static void write_add_memory(const struct aw_case *c, const struct aw_verdict *v,
			     struct aw_advice *a)
{
	(void)v;
	aw_advice_say(a->text, "find who holds the memory (/proc/meminfo, /proc/slabinfo); then less load, "
	    "swap or more memory");
	if (c->decisive)
		aw_advice_say(a->helps, "once free memory is above %s",
		    aw_case_size(c, c->decisive->check.min + c->decisive->check.lowmem_reserve).s);
}

static bool fits_memcg(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)c;
	return aw_advice_cause(v) == AW_CAUSE_MEMCG_LIMIT;
}

/* A path goes into a command only if no shell reads anything into it. */
static bool is_plain_path(const char *path)
{
	return path[0] == '/' && strspn(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
					      "0123456789/._:@-") == strlen(path);
}

static void write_memcg(const struct aw_case *c, const struct aw_verdict *v, struct aw_advice *a)
{
	const char *path = c->task->cgroup ? c->task->cgroup : "";

	(void)v;
	aw_advice_say(a->text, "raise memory.max of the task's cgroup, or find what fills it");
	if (is_plain_path(path) && strlen(path) < sizeof(a->command) - 40)
		aw_advice_say(a->command, "cat /sys/fs/cgroup%s/memory.events", strcmp(path, "/") ? path : "");
	aw_advice_say(a->helps, "if memory.events counts max or oom");
}

static bool fits_smaller_cma(const struct aw_case *c, const struct aw_verdict *v)
{
	return aw_advice_cause(v) == AW_CAUSE_CMA_ONLY && c->decisive && c->decisive->blocks.closed_cma;
}

static void write_smaller_cma(const struct aw_case *c, const struct aw_verdict *v,
			      struct aw_advice *a)
{
	(void)v;
	aw_advice_say(a->text, "boot with a smaller CMA area (cma=, or linux,cma in the device tree)");
	aw_advice_say(a->helps, "if CMA's users can do with less: %s of it is free",
	    aw_case_size(c, (int64_t)c->decisive->blocks.closed_cma).s);
}

static bool fits_lowmem(const struct aw_case *c, const struct aw_verdict *v)
{
	return aw_advice_cause(v) == AW_CAUSE_ZONE_RESTRICTED && c->decisive && c->elsewhere &&
	       c->elsewhere->bar == AW_BAR_ZONE && c->decisive->zone->type < c->elsewhere->zone->type;
}

static void write_lowmem(const struct aw_case *c, const struct aw_verdict *v, struct aw_advice *a)
{
	(void)v;
	aw_advice_say(a->text, "a smaller number for zone %s there keeps more of it for those who can use "
	    "nothing else", c->decisive->zone->name);
	aw_advice_say(a->command, "sysctl vm.lowmem_reserve_ratio");
	aw_advice_say(a->helps, "if requests that could use zone %s have filled zone %s",
	    c->elsewhere->zone->name, c->decisive->zone->name);
}

static bool fits_cpuset(const struct aw_case *c, const struct aw_verdict *v)
{
	return aw_advice_cause(v) == AW_CAUSE_ZONE_RESTRICTED && c->elsewhere &&
	       c->elsewhere->bar == AW_BAR_NODE;
}

static void write_cpuset(const struct aw_case *c, const struct aw_verdict *v,
			 struct aw_advice *a)
{
	(void)v;
	aw_advice_say(a->text, "let the task's cpuset use node %d as well (cpuset.mems)",
	    c->elsewhere->zone->node);
	aw_advice_say(a->helps, "because zone %s there has %s free", c->elsewhere->zone->name,
	    aw_case_size(c, c->elsewhere->check.free).s);
}

/* Only where no other advice is for the administrator: the last row. */
static bool fits_no_sysctl(const struct aw_case *c, const struct aw_verdict *v)
{
	unsigned int i;

	(void)c;
	for (i = 0; i < v->nr_advice; i++)
		if (v->advice[i].who == AW_FOR_ADMIN)
			return false;
	return true;
}

static const char *why_no_sysctl(const struct aw_case *c, const struct aw_verdict *v)
{
	if (!aw_advice_is_hard(c))
		return "nobody goes without";
	switch (aw_advice_cause(v)) {
	case AW_CAUSE_FRAGMENTATION:
		return aw_advice_compaction_helps(c) ? NULL : aw_advice_why_not_compaction(c);
	case AW_CAUSE_CMA_ONLY:
		return "none opens CMA to such a request";
	case AW_CAUSE_RESERVE_ONLY:
		return "none opens the reserve to such a request";
	case AW_CAUSE_ORDER_TOO_LARGE:
		return "the largest order is fixed when the kernel is built";
	case AW_CAUSE_ZONE_RESTRICTED:
		return "the mask decides which zones it may use";
	case AW_CAUSE_TRANSIENT:
		return "the memory was there when looked at";
	default:
		return NULL;
	}
}

static void write_no_sysctl(const struct aw_case *c, const struct aw_verdict *v,
			    struct aw_advice *a)
{
	const char *why = why_no_sysctl(c, v);

	if (why)
		aw_advice_say(a->text, "no sysctl helps: %s", why);
	else
		aw_advice_say(a->text, "no sysctl is known to help while the cause is not known");
}

const struct aw_advice_row aw_advice_admin_rows[] = {
	{ "compact_memory", false, fits_compact, write_compact },
	{ "min_free_kbytes", false, fits_min_free, write_min_free },
	{ "watermark_scale_factor", false, fits_scale_factor, write_scale_factor },
	{ "memory_max", false, fits_memcg, write_memcg },
	{ "smaller_cma", false, fits_smaller_cma, write_smaller_cma },
	{ "lowmem_reserve_ratio", false, fits_lowmem, write_lowmem },
	{ "cpuset_mems", false, fits_cpuset, write_cpuset },
	{ "add_memory", false, fits_add_memory, write_add_memory },
	{ "no_sysctl", true, fits_no_sysctl, write_no_sysctl },
	{ NULL, false, NULL, NULL },
};

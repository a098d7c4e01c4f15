// SPDX-License-Identifier: GPL-2.0
/*
 * The verdict on a logged report of any kind: aw_verdict_make() for requests
 * to the page allocator, and what the log itself says for the others.
 */
#include "explain_verdict.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/units.h"

#define say(field, ...) snprintf((field), sizeof(field), __VA_ARGS__)

static void advise(struct aw_verdict *v, enum aw_advice_for who, const char *id, const char *text)
{
	struct aw_advice *a = &v->advice[v->nr_advice++];

	a->who = who;
	a->id = id;
	say(a->text, "%s", text);
}

/* The header is cut before its mask: nothing follows from an order alone. */
static void no_mask(struct aw_verdict *v)
{
	memset(v, 0, sizeof(*v));
	v->cause_certainty = v->rule_certainty = AW_NOT_KNOWN;
	v->missing[v->nr_missing++] = "gfp mask";
	say(v->headline, "the log is cut before the mask");
	say(v->cause_text, "the header ends before its mode:, and without the mask no rule can be told");
	say(v->rule_text, "not known: the mask is missing");
}

/* A cgroup at its limit: the machine may have memory in plenty. */
static void memcg(const struct aw_klog_report *r, struct aw_verdict *v)
{
	char usage[AW_UNITS_TEXT], limit[AW_UNITS_TEXT];

	memset(v, 0, sizeof(*v));
	v->cause = AW_CAUSE_MEMCG_LIMIT;
	v->rule = AW_RULE_MEMCG;
	say(v->headline, "its memory cgroup is at its limit");
	aw_format_bytes(r->memcg_usage_kb * 1024, usage);
	aw_format_bytes(r->memcg_limit_kb * 1024, limit);
	if (r->memcg_limit_kb)
		say(v->cause_text, "cgroup %s uses %s of its limit of %s; the machine's memory plays no part",
		    r->memcg_name[0] ? r->memcg_name : "(not named)", usage, limit);
	else
		say(v->cause_text, "cgroup %s is at its limit; the machine's memory plays no part",
		    r->memcg_name[0] ? r->memcg_name : "(not named)");
	say(v->rule_text, "the charge was refused, and the OOM killer chose a task of that cgroup");
	advise(v, AW_FOR_ADMIN, "memory_max",
	       "raise the cgroup's memory.max (memory.limit_in_bytes in cgroup v1), or find what fills it");
}

/* A kill instead of a failure: the request goes on afterwards. */
static void oom(const struct aw_klog_report *r, const struct aw_kernel *k, struct aw_verdict *v)
{
	char kernel[80] = "the kernel";

	if (k->release[0])
		say(kernel, "%u.%u", k->version >> 24, k->version >> 16 & 0xff);
	v->rule = AW_RULE_UNKNOWN;
	v->rule_certainty = AW_CERTAIN;
	if (r->order == -1)	/* printed so by sysrq-f */
		say(v->rule_text, "nothing: the OOM killer was called by hand (sysrq)");
	else
		say(v->rule_text, "nothing yet: %s retries order %d, and kills a task so that it can",
		    kernel, r->order);
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

static void cma(const struct aw_klog_report *r, const struct aw_kernel *k, struct aw_verdict *v)
{
	char asked[AW_UNITS_TEXT], free_text[AW_UNITS_TEXT], total[AW_UNITS_TEXT];
	bool enough = r->cma_free >= r->cma_pages;

	memset(v, 0, sizeof(*v));
	v->cause_certainty = v->rule_certainty = AW_NOT_KNOWN;
	aw_format_bytes(r->cma_pages * k->page_size, asked);
	aw_format_bytes(r->cma_free * k->page_size, free_text);
	aw_format_bytes(r->cma_total * k->page_size, total);
	if (!r->cma_total) {
		say(v->headline, "the CMA area gave no run of %s", asked);
		say(v->cause_text, "ret %s; a kernel with CONFIG_CMA_DEBUG prints what is free", cma_error(r->error));
	} else {
		v->cause = enough ? AW_CAUSE_FRAGMENTATION : AW_CAUSE_SHORTAGE;
		v->cause_certainty = AW_LIKELY;
		say(v->headline, enough ? "the CMA area is fragmented, not used up" : "the CMA area is used up");
		say(v->cause_text, "%s of %s are free in the area, %s were asked for; ret %s", free_text,
		    total, asked, cma_error(r->error));
	}
	say(v->rule_text, "cma_alloc() looks in its own area only, the page allocator is not asked");
	advise(v, AW_FOR_ADMIN, "cma_size", r->error == -EBUSY ?
	       "find who pins pages in the area (page_owner, cma: tracepoints); a larger area (cma=) only gives more room to try" :
	       "a larger area (cma=, or linux,cma in the device tree), or buffers kept instead of freed and asked for again");
}

/* Nothing of a mask or of memory in it: vmalloc's own address space. */
static void vmalloc_space(const struct aw_klog_report *r, struct aw_verdict *v)
{
	char bytes[AW_UNITS_TEXT];

	memset(v, 0, sizeof(*v));
	v->cause_certainty = v->rule_certainty = AW_NOT_KNOWN;
	aw_format_bytes(r->bytes, bytes);
	say(v->headline, "vmalloc found no pages or no room for %s", r->bytes ? bytes : "it");
	say(v->cause_text, "the log has no Mem-Info for it");
	say(v->rule_text, "not known");
}

void aw_explain_verdict(const struct aw_klog_report *r, const struct aw_event *event,
			const struct aw_kernel *kernel, struct aw_verdict *out)
{
	if (r->kind == AW_KLOG_CMA) {
		cma(r, kernel, out);
		return;
	}
	if (r->kind == AW_KLOG_OOM && r->memcg) {
		memcg(r, out);
		return;
	}
	if (r->kind == AW_KLOG_VMALLOC && (!r->has_mode || !event->failure.nr_zones)) {
		vmalloc_space(r, out);
		return;
	}
	if (!r->has_mode) {
		no_mask(out);
		return;
	}
	aw_verdict_make(event, kernel, out);
	if (r->kind == AW_KLOG_OOM)
		oom(r, kernel, out);
}

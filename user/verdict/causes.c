// SPDX-License-Identifier: GPL-2.0
/* Every cause as one row: its name, its words, and what follows from it for advice. */
#include "verdict/causes.h"

#include "base/array.h"
#include "verdict/internal.h"
#include "verdict/zone_text.h"

static bool has_little_open(const struct aw_case *request)
{
	return !request->decisive->roomy;
}

static bool has_no_zone(const struct aw_case *request)
{
	return !request->nr_open;
}

static bool is_nolock(const struct aw_case *request)
{
	return request->allows.nolock;
}

static bool is_boosted(const struct aw_case *request)
{
	return request->decisive && request->decisive->boost_decides;
}

static bool is_damaged(const struct aw_case *request)
{
	return request->damaged;
}

static bool is_unsampled(const struct aw_case *request)
{
	return request->failure->unsampled;
}

static void tell_zone(const struct aw_case *request, const struct aw_verdict *verdict,
		      struct aw_sentence *sentence)
{
	(void)verdict;
	aw_tell_zone(request, request->decisive, sentence);
}

static void tell_zones(const struct aw_case *request, const struct aw_verdict *verdict,
		       struct aw_sentence *sentence)
{
	tell_zone(request, verdict, sentence);
	aw_tell_other_zones(request, sentence);
}

static void tell_transient(const struct aw_case *request, const struct aw_verdict *verdict,
			   struct aw_sentence *sentence)
{
	tell_zone(request, verdict, sentence);
	if (aw_case_came_back(request))
		aw_sentence_add(sentence, "; when the kernel last looked, %s at most were free or could be reclaimed",
				aw_case_size(request, (int64_t)request->failure->effort.retry_available).s);
}

static const char *why_barred(enum aw_bar bar)
{
	static const char *const reasons[] = {
		[AW_BAR_NONE] = "",
		[AW_BAR_ZONE] = "the mask does not reach it",
		[AW_BAR_NODE] = "the cpuset leaves its node out",
		[AW_BAR_POLICY] = "the request is bound to other nodes (a mempolicy, or its cpuset)",
		[AW_BAR_THISNODE] = "the request is for one node only (__GFP_THISNODE)",
		[AW_BAR_EMPTY] = "",
	};
	_Static_assert(ARRAY_SIZE(reasons) == AW_BARS, "a reason for every bar");

	return reasons[bar];
}

static void tell_restriction(const struct aw_case *request, const struct aw_verdict *verdict,
			     struct aw_sentence *sentence)
{
	if (request->decisive)
		tell_zone(request, verdict, sentence);
	else
		aw_sentence_add(sentence,
				"no zone with memory is open to this request (up to zone %s)",
				aw_zone_type_name(request->allows.highest_zone));
	if (!request->elsewhere)
		return;
	aw_sentence_add(sentence, "; ");
	aw_case_add_zone(request, request->elsewhere->zone, sentence);
	aw_sentence_add(sentence, " has %s free, but %s",
			aw_case_size(request, request->elsewhere->check.free).s,
			why_barred(request->elsewhere->bar));
}

static void tell_charge(const struct aw_case *request, const struct aw_verdict *verdict,
			struct aw_sentence *sentence)
{
	if (request->decisive && request->decisive->cause == AW_CAUSE_TRANSIENT) {
		tell_zone(request, verdict, sentence);
		aw_sentence_add(sentence, "; ");
	}
	aw_sentence_add(sentence, "the charge to its memory cgroup was refused");
}

static void tell_too_large(const struct aw_case *request, const struct aw_verdict *verdict,
			   struct aw_sentence *sentence)
{
	(void)verdict;
	aw_sentence_add(sentence, "order %u (%s) > %u (%s), the largest that this kernel keeps",
			request->failure->order,
			aw_case_order_size(request, request->failure->order).s,
			request->kernel->max_order,
			aw_case_order_size(request, request->kernel->max_order).s);
}

static void tell_address_space(const struct aw_case *request, const struct aw_verdict *verdict,
			       struct aw_sentence *sentence)
{
	(void)request;
	(void)verdict;
	aw_sentence_add(sentence, "vmalloc found no free range of kernel addresses that is large "
				  "enough; free memory plays no part");
}

static void tell_pool(const struct aw_case *request, const struct aw_verdict *verdict,
		      struct aw_sentence *sentence)
{
	(void)request;
	(void)verdict;
	aw_sentence_add(sentence, "memory set aside for one purpose is used up; free memory plays no part");
}

/* The check passes on the snapshot: what that leaves open. */
static void tell_contradiction(const struct aw_case *request, const struct aw_verdict *verdict,
			       struct aw_sentence *sentence)
{
	const struct aw_zone *zone = request->decisive->zone;

	if (verdict->likely_cause == AW_CAUSE_RESERVE_ONLY)
		aw_sentence_add(sentence,
				"; the HighAtomic reserve, which %s does not print, comes off: at least %s, at most %s",
				request->era.name, aw_case_size(request, (int64_t)zone->hidden_highatomic_min).s,
				aw_case_size(request, (int64_t)zone->hidden_highatomic_max).s);
	else if (verdict->likely_cause == AW_CAUSE_SHORTAGE && request->failure->to_oom_killer)
		aw_sentence_add(sentence, "; but the OOM killer comes when round after round of reclaim frees nothing: this was printed after that");
	else if (verdict->likely_cause == AW_CAUSE_SHORTAGE)
		aw_sentence_add(sentence, "; that is at the mark: the log shows memory a moment after the check");
	else if (verdict->likely_cause == AW_CAUSE_UNKNOWN)
		aw_sentence_add(sentence, "; either memory came back in between, or the request met a rule of "
					  "this kernel that is not known here");
}

static void tell_known_part(const struct aw_case *request, const struct aw_verdict *verdict,
			    struct aw_sentence *sentence)
{
	unsigned int order = request->failure->order;

	if (request->damaged)
		aw_sentence_add(sentence, "the numbers of the log are damaged: watermarks that no zone can have; ");
	if (request->decisive) {
		tell_zone(request, verdict, sentence);
		if (request->decisive->cause == AW_CAUSE_TRANSIENT)
			tell_contradiction(request, verdict, sentence);
	} else if (verdict->likely_cause != AW_CAUSE_UNKNOWN) {
		if (order && request->allows.no_watermarks)
			aw_sentence_add(sentence, "no mark holds it back, so there was no free block of order %u", order);
		else
			aw_sentence_add(sentence, "order %u %s %u", order,
					order > AW_COSTLY_ORDER ? ">" : "<=", AW_COSTLY_ORDER);
	}
}

static void tell_unknown(const struct aw_case *request, const struct aw_verdict *verdict,
			 struct aw_sentence *sentence)
{
	unsigned int i;

	if (request->failure->unsampled) {
		aw_sentence_add(sentence, "counted only; no zone snapshot was taken");
		return;
	}
	tell_known_part(request, verdict, sentence);
	for (i = 0; i < verdict->nr_missing; i++)
		aw_sentence_item(sentence, "%s%s", i ? "" : "not known: ", verdict->missing[i]);
}

static const struct aw_cause_row causes[] = {
	[AW_CAUSE_UNKNOWN] = {
		.name = "unknown",
		.rank = 5,
		.headline = "cause not known",
		.instead = { { is_unsampled, "only counted, cause not known" },
			     { is_damaged, "the log is damaged, cause not known" } },
		.tell = tell_unknown,
		.from_zones = true,
	},
	[AW_CAUSE_FRAGMENTATION] = {
		.name = "fragmentation",
		.rank = 4,
		.headline = "memory is fragmented, not short",
		.instead = { { has_little_open, "what little is free is fragmented" } },
		.tell = tell_zones,
		.from_zones = true,
		.lacks_block = true,
	},
	[AW_CAUSE_SHORTAGE] = {
		.name = "shortage",
		.rank = 1,
		.headline = "memory is short",
		.instead = { { is_boosted, "the watermark boost keeps the free memory back" },
			     { aw_case_is_atomic, "memory is short, and the request may not wait" } },
		.tell = tell_zones,
		.from_zones = true,
	},
	[AW_CAUSE_CMA_ONLY] = {
		.name = "cma-only",
		.rank = 3,
		.headline = "the free memory is CMA, closed to this request",
		.tell = tell_zones,
		.from_zones = true,
		.lacks_block = true,
		.no_sysctl = "none opens CMA to such a request",
	},
	[AW_CAUSE_RESERVE_ONLY] = {
		.name = "reserve-only",
		.rank = 2,
		.headline = "the free memory is a reserve, closed to this request",
		.tell = tell_zones,
		.from_zones = true,
		.lacks_block = true,
		.no_sysctl = "none opens the reserve to such a request",
	},
	[AW_CAUSE_ZONE_RESTRICTED] = {
		.name = "zone-restricted",
		.headline = "the zones open to it are exhausted, others are not",
		.instead = { { has_no_zone, "no zone with memory is open to it" } },
		.tell = tell_restriction,
		.from_zones = true,
		.no_sysctl = "the mask decides which zones it may use",
	},
	[AW_CAUSE_MEMCG_LIMIT] = {
		.name = "memcg-limit",
		.headline = "its memory cgroup is at its limit",
		.tell = tell_charge,
		.from_zones = true,
	},
	[AW_CAUSE_ORDER_TOO_LARGE] = {
		.name = "order-too-large",
		.headline = "larger than any block that the kernel keeps",
		.tell = tell_too_large,
		.no_sysctl = "the largest order is fixed when the kernel is built",
	},
	[AW_CAUSE_TRANSIENT] = {
		.name = "transient",
		.rank = 6,
		.headline = "memory was there when the snapshot was taken",
		.instead = { { is_nolock, "a lock was held, memory was there" },
			     { aw_case_came_back, "memory came back too late" } },
		.tell = tell_transient,
		.from_zones = true,
		.no_sysctl = "the memory was there when the snapshot was taken",
	},
	[AW_CAUSE_POOL] = {
		.name = "pool-exhausted",
		.headline = "the pool set aside for it is used up",
		.tell = tell_pool,
	},
	[AW_CAUSE_ADDRESS_SPACE] = {
		.name = "address-space",
		.headline = "the address space of vmalloc is used up",
		.tell = tell_address_space,
		.no_sysctl = "none makes the vmalloc area larger",
	},
};
_Static_assert(ARRAY_SIZE(causes) == AW_CAUSES, "a row for every cause");

const struct aw_cause_row *aw_cause_row(enum aw_cause cause)
{
	return &causes[(unsigned int)cause < AW_CAUSES ? cause : AW_CAUSE_UNKNOWN];
}

const char *aw_cause_name(enum aw_cause cause)
{
	return aw_cause_row(cause)->name;
}

void aw_verdict_tell_cause(const struct aw_case *request, struct aw_verdict *verdict)
{
	const struct aw_cause_row *row = aw_cause_row(verdict->cause);
	const char *headline = row->headline;
	struct aw_sentence sentence;

	for (unsigned int i = AW_MAX_HEADLINES; i-- > 0;)
		if (row->instead[i].when && row->instead[i].when(request))
			headline = row->instead[i].headline;

	aw_sentence_start(&sentence, verdict->headline, sizeof(verdict->headline));
	aw_sentence_add(&sentence, "%s", headline);
	if (verdict->cause == AW_CAUSE_UNKNOWN && verdict->likely_cause != AW_CAUSE_UNKNOWN)
		aw_sentence_add(&sentence, ", likely %s", aw_cause_name(verdict->likely_cause));
	else if (verdict->cause_certainty == AW_LIKELY)
		aw_sentence_add(&sentence, " (likely)");
	aw_sentence_start(&sentence, verdict->cause_text, sizeof(verdict->cause_text));
	row->tell(request, verdict, &sentence);
	if (row->from_zones)
		aw_tell_age(request, &sentence);
}

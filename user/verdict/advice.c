// SPDX-License-Identifier: GPL-2.0
/*
 * What helps: the advice whose conditions the evidence meets, first for the
 * caller, then for the administrator.
 */
#include "verdict/advice.h"

#include <inttypes.h>

#include "verdict/causes.h"
#include "verdict/internal.h"
#include "verdict/settings.h"

enum aw_cause aw_advice_cause(const struct aw_verdict *verdict)
{
	return verdict->cause == AW_CAUSE_UNKNOWN ? verdict->likely_cause : verdict->cause;
}

bool aw_advice_wants_block(const struct aw_case *request, const struct aw_verdict *verdict)
{
	return request->failure->order && aw_cause_row(aw_advice_cause(verdict))->lacks_block;
}

bool aw_advice_is_hard(const struct aw_case *request)
{
	return request->failure->class == AW_CLASS_HARD;
}

/* A synchronous run completed and freed no block. */
static bool compaction_ran_through(const struct aw_effort *effort)
{
	unsigned int i;

	if (!effort->known || !effort->knows_compaction)
		return false;
	for (i = 0; i < effort->nr_attempts && i < AW_MAX_ATTEMPTS; i++) {
		const struct aw_attempt *attempt = &effort->attempts[i];

		if ((attempt->prio == AW_PRIO_SYNC_LIGHT || attempt->prio == AW_PRIO_SYNC_FULL) &&
		    attempt->result == AW_COMPACT_COMPLETE)
			return true;
	}
	return false;
}

#define RECLAIM_BATCH 32	/* SWAP_CLUSTER_MAX: less is not worth a run */

/*
 * Compaction moves pages only to free pages in Movable and CMA pageblocks
 * (suitable_migration_target() of mm/compaction.c): is there no such page?
 */
static bool has_no_target(const struct aw_case *request)
{
	const struct aw_zone *zone;
	unsigned int order;
	uint16_t types = 0;

	if (!request->decisive)
		return false;
	zone = request->decisive->zone;
	if (!(zone->known & AW_ZONE_KNOWS_TYPES) || !zone->nr_orders)
		return false;
	for (order = 0; order < zone->nr_orders && order < AW_MAX_ORDERS; order++) {
		if (zone->nr_free[order] && !zone->types[order])
			return false;
		types |= zone->types[order];
	}
	return types && !(types & (1u << AW_MT_MOVABLE | 1u << AW_MT_CMA));
}

#define HARDLY_ANY 20	/* below 5 % */

/* Compaction took pages that are on the LRU lists, and could move hardly any: somebody holds them.  Others may still do. */
static bool moves_hardly_any(const struct aw_case *request)
{
	const struct aw_effort *effort = &request->failure->effort;

	return effort->known && effort->knows_pages && effort->failed >= RECLAIM_BATCH && effort->moved < effort->failed / HARDLY_ANY;
}

bool aw_advice_compaction_helps(const struct aw_case *request)
{
	if (request->seen.known)
		return !request->seen.hardly || request->seen.free;
	return request->movable.share != AW_MOVABLE_FEW && !has_no_target(request);
}

/* Page cache in the zones that the request may use, pages; -1: not known. */
static int64_t page_cache(const struct aw_case *request)
{
	int64_t pages = 0;
	unsigned int i;

	for (i = 0; i < request->nr_findings; i++) {
		if (request->findings[i].bar != AW_BAR_NONE)
			continue;
		if (!(request->findings[i].zone->known & AW_ZONE_KNOWS_LRU))
			return -1;
		pages += (int64_t)aw_zone_clean_cache(request->findings[i].zone);
	}
	return request->nr_findings ? pages : -1;
}

/* Twice what the decisive zone lacks: some of the cache is mapped. */
enum aw_gain aw_advice_cache(const struct aw_case *request)
{
	int64_t pages = page_cache(request), lacks = 0;

	if (pages < 0)
		return AW_GAIN_NOT_KNOWN;
	if (request->decisive)
		lacks = -aw_check_margin(&request->decisive->check);
	return pages > 2 * (lacks > 0 ? lacks : 0) + RECLAIM_BATCH ? AW_GAIN_SOME : AW_GAIN_NONE;
}

/* Is it a block that is lacking, which compaction can make? */
static bool gains_by_compaction(const struct aw_case *request, const struct aw_verdict *verdict)
{
	return request->failure->order && aw_advice_wants_block(request, verdict);
}

enum aw_gain aw_advice_gain(const struct aw_case *request, const struct aw_verdict *verdict)
{
	if (!gains_by_compaction(request, verdict))
		return aw_advice_cache(request);
	if (!aw_advice_compaction_helps(request))
		return AW_GAIN_NONE;
	if (request->seen.known && !request->seen.likely)
		return AW_GAIN_SOME;
	return request->movable.share == AW_MOVABLE_MOST ? AW_GAIN_SOME : AW_GAIN_NOT_KNOWN;
}

/* Pages were looked at: nothing is guessed from counts. */
static void tell_seen_gain(const struct aw_case *request, char *text, size_t size)
{
	char number[64], when[64];

	aw_case_makeable(request, number, sizeof(number));
	aw_case_seen_when(request, when, sizeof(when));
	if (!request->seen.hardly)
		snprintf(text, size, "%scompaction can make %s blocks of %s, by a page scan %s",
			 request->seen.few ? "perhaps, as " : request->seen.likely ? "likely, as " : "because ", number,
			 aw_case_order_size(request, request->failure->order).s, when);
	else
		snprintf(text, size, "hardly: by a page scan %s a block was free, and compaction cannot make more", when);
}

void aw_advice_tell_gain(const struct aw_case *request, const struct aw_verdict *verdict, char *text, size_t size)
{
	const struct aw_movable *movable = &request->movable;
	bool block = gains_by_compaction(request, verdict);
	int64_t pages = page_cache(request);

	if (block && request->seen.known)
		tell_seen_gain(request, text, size);
	else if (block && moves_hardly_any(request))
		snprintf(text, size, "perhaps: of the pages that compaction took %" PRIu64 " stayed where they were and %" PRIu64 " moved",
			 request->failure->effort.failed, request->failure->effort.moved);
	else if (block && movable->share != AW_MOVABLE_UNKNOWN)
		snprintf(text, size, "%s: %" PRIu64 " of %" PRIu64 " used pages can be moved",
			 movable->share == AW_MOVABLE_MOST ? "likely" : "only where movable pages fill the holes",
			 movable->pages, movable->used);
	else if (block)
		snprintf(text, size, "only if movable pages fill the holes");
	else if (pages < 0)
		snprintf(text, size, "only if there is page cache to reclaim");
	else
		snprintf(text, size, "because there is %s of page cache to reclaim", aw_case_size(request, pages).s);
}

bool aw_advice_compaction_ran_through(const struct aw_case *request)
{
	return compaction_ran_through(&request->failure->effort);
}

static void why_blocked(const struct aw_case *request, char *text, size_t size)
{
	char why[AW_VERDICT_TEXT];

	aw_case_why_blocked(request, why, sizeof(why));
	snprintf(text, size, "compaction cannot make a block: %s", why);
}

bool aw_advice_is_likely_blocked(const struct aw_case *request)
{
	return request->seen.known ? request->seen.likely : request->movable.share == AW_MOVABLE_FEW;
}

void aw_advice_why_not_compaction(const struct aw_case *request, char *text, size_t size)
{
	if (request->failure->nommu)
		snprintf(text, size, "a kernel without an MMU has no compaction");
	else if (!request->era.compact_memory && !request->era.certain)
		snprintf(text, size, "the kernel is not named, and has compaction only from 2.6.35 on");
	else if (!request->era.compact_memory)
		snprintf(text, size, "%s has no compaction", request->era.name);
	else if (request->seen.known)
		why_blocked(request, text, size);
	else if (request->movable.share == AW_MOVABLE_FEW && request->movable.huge)
		snprintf(text, size, "%" PRIu64 " of %" PRIu64 " used pages can be moved, %" PRIu64 " are of huge pages, which "
			 "compaction leaves where they are", request->movable.pages, request->movable.used, request->movable.huge);
	else if (request->movable.share == AW_MOVABLE_FEW)
		snprintf(text, size, "only %" PRIu64 " of %" PRIu64 " used pages are on the LRU lists, where compaction "
			 "finds what it can move", request->movable.pages,
			 request->movable.used);
	else
		snprintf(text, size, "compaction has no target: no free page lies in a Movable or CMA pageblock");
}

static void advise(const struct aw_case *request, const struct aw_advice_row *row,
		   enum aw_advice_for who, struct aw_verdict *verdict)
{
	for (; row->id && verdict->nr_advice < AW_MAX_ADVICE; row++) {
		struct aw_advice *advice = &verdict->advice[verdict->nr_advice];

		if ((!row->soft && !aw_advice_is_hard(request)) || !row->fits(request, verdict))
			continue;
		advice->who = who;
		advice->id = row->id;
		advice->text[0] = advice->command[0] = advice->helps[0] = '\0';
		row->write(request, verdict, advice);
		verdict->nr_advice++;
	}
}

void aw_verdict_advise(const struct aw_case *request, struct aw_verdict *verdict)
{
	advise(request, aw_advice_caller_rows, AW_FOR_CALLER, verdict);
	advise(request, request->failure->kdump ? aw_advice_kdump_rows : aw_advice_admin_rows, AW_FOR_ADMIN, verdict);
}

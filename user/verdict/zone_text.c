// SPDX-License-Identifier: GPL-2.0
/* What the zones had for a request, in words: the numbers that show the cause. */
#include "verdict/zone_text.h"

#include <inttypes.h>
#include <string.h>

#define MAX_OTHER_ZONES 2

static const char *article(const char *word)
{
	return word[0] == 'U' ? "an" : "a";
}

static uint16_t orders_from(uint16_t orders, unsigned int order)
{
	return order < AW_MAX_ORDERS ? (uint16_t)(orders >> order) : 0;
}

/* "17664 x 4K, 4 x 8K": the orders of `which`, from the lowest. */
static bool add_blocks(const struct aw_case *request, const uint64_t *counts, uint16_t which,
		       struct aw_sentence *sentence)
{
	bool any = false;
	unsigned int order;

	for (order = 0; order < AW_MAX_ORDERS; order++) {
		if (!(which >> order & 1) || !counts[order])
			continue;
		aw_sentence_add(sentence, "%s%" PRIu64 " x %s", any ? ", " : "", counts[order],
				aw_case_block(request, order).s);
		any = true;
	}
	return any;
}

/* Free blocks that may be the request's, and whether all of them are. */
static void add_open_blocks(const struct aw_case *request, const struct aw_finding *finding,
			    struct aw_sentence *sentence)
{
	uint16_t which = (uint16_t)~finding->blocks.only_reserve;

	if (!finding->blocks.known)
		aw_sentence_add(sentence, "%s free", aw_case_size(request, finding->check.free).s);
	else if (!add_blocks(request, finding->blocks.open, which, sentence))
		aw_sentence_add(sentence, finding->blocks.by_mode ? "nothing free of its migratetype" : "nothing free");
	else if (finding->blocks.mixed & which)
		aw_sentence_add(sentence, " free, part of it closed to this request");
	else
		aw_sentence_add(sentence, " free%s",
				finding->blocks.reserve ? "" : " and open to this request");
}

/* The name of the watermark that the request met. */
static const char *mark_name(const struct aw_finding *finding)
{
	return finding->check.high ? "high watermark" : "min watermark";
}

/* How much of the mark is the boost: only where it decides. */
static void add_boost(const struct aw_case *request, const struct aw_finding *finding,
		      struct aw_sentence *sentence)
{
	if (!finding->boost_decides)
		return;
	aw_sentence_add(sentence, ", %s of it the watermark boost%s",
			aw_case_size(request, (int64_t)finding->zone->boost).s,
			finding->zone->known & AW_ZONE_BOOST_COMPUTED ? " (not printed: follows from low - min)" : "");
}

static void add_mark(const struct aw_case *request, const struct aw_finding *finding,
		     struct aw_sentence *sentence)
{
	if (request->allows.no_watermarks || !(finding->zone->known & AW_ZONE_KNOWS_WATERMARKS))
		return;
	aw_sentence_item(sentence, "%s %s", mark_name(finding),
			 aw_case_size(request, finding->check.mark).s);
	if (finding->check.min < finding->check.mark)
		aw_sentence_add(sentence, " (%s for this request)",
				aw_case_size(request, finding->check.min).s);
	if (finding->check.lowmem_reserve)
		aw_sentence_item(sentence, "lowmem reserve %s",
				 aw_case_size(request, finding->check.lowmem_reserve).s);
}

/* Free memory that exists but may not be used. */
static void add_closed(const struct aw_case *request, const struct aw_finding *finding,
		       struct aw_sentence *sentence)
{
	const char *type = aw_migratetype_name(request->allows.migratetype);

	if (finding->blocks.closed_cma)
		aw_sentence_add(sentence, "; %s more is CMA, closed to %s %s request",
				aw_case_size(request, (int64_t)finding->blocks.closed_cma).s,
				article(type), type);
	if (finding->blocks.closed_highatomic)
		aw_sentence_add(
			sentence, "; %s more is kept for high-order atomic requests (HighAtomic)",
			aw_case_size(request, (int64_t)finding->blocks.closed_highatomic).s);
}

/* Up to 4.3: why blocks that are there do not count.  `some_open`: of those of the order some are open. */
static void add_order_mark(const struct aw_case *request, const struct aw_finding *finding, bool some_open,
			   struct aw_sentence *sentence)
{
	uint16_t kept = orders_from(finding->blocks.only_reserve, request->failure->order);

	if (kept) {
		aw_sentence_add(sentence, some_open ? ", not counting " : " but ");
		add_blocks(request, finding->zone->nr_free, (uint16_t)(kept << request->shift),
			   sentence);
		aw_sentence_add(sentence, " of the reserve");
	}
	if (finding->check.failed != AW_CLAUSE_ORDER || !(finding->zone->known & AW_ZONE_KNOWS_WATERMARKS))
		return;
	aw_sentence_add(sentence, "; above order %u ", finding->check.order);
	/* CMA's pages are taken off twice, as free memory and as blocks: the kernel's count may be negative */
	if (finding->check.order_pages > 0)
		aw_sentence_add(sentence, "are %" PRId64 " pages", finding->check.order_pages);
	else
		aw_sentence_add(sentence, "the check counts no page (%" PRId64 ")", finding->check.order_pages);
	aw_sentence_add(sentence, ", %s wants more than %" PRId64 " there", request->era.name, finding->check.order_min);
}

static void tell_fragments(const struct aw_case *request, const struct aw_finding *finding,
			   struct aw_sentence *sentence)
{
	bool some_open = finding->check.failed == AW_CLAUSE_ORDER && finding->blocks.fits != AW_NO &&
			 aw_blocks_has_open(&finding->blocks, request->failure->order);

	add_open_blocks(request, finding, sentence);
	add_mark(request, finding, sentence);
	if (!some_open)
		aw_sentence_item(sentence, "nothing %sof order >= %u",
				 finding->blocks.mixed ? "open " : "", request->failure->order);
	if (orders_from(finding->blocks.by_mode, request->failure->order))
		aw_sentence_add(sentence, " (vm.defrag_mode=1 keeps such requests to their own migratetype)");
	add_order_mark(request, finding, some_open, sentence);
	add_closed(request, finding, sentence);
}

/* "(min watermark)", or how the mark of this request comes about. */
static void add_need(const struct aw_case *request, const struct aw_finding *finding,
		     struct aw_sentence *sentence)
{
	if (request->allows.no_watermarks || !(finding->zone->known & AW_ZONE_KNOWS_WATERMARKS))
		return;
	if (aw_check_must_leave(&finding->check) == finding->check.mark) {
		aw_sentence_add(sentence, " (%s", mark_name(finding));
		add_boost(request, finding, sentence);
		aw_sentence_add(sentence, ")");
		return;
	}
	aw_sentence_add(sentence, " (%s %s", mark_name(finding),
			aw_case_size(request, finding->check.mark).s);
	add_boost(request, finding, sentence);
	if (finding->check.min < finding->check.mark)
		aw_sentence_add(sentence, ", %s of it for this request",
				aw_case_size(request, finding->check.min).s);
	if (finding->check.lowmem_reserve)
		aw_sentence_add(sentence, ", lowmem reserve %s",
				aw_case_size(request, finding->check.lowmem_reserve).s);
	aw_sentence_add(sentence, ")");
}

/* Rounded figures that come out equal read as a contradiction: then pages. */
static void add_free_and_mark(const struct aw_case *request, const struct aw_check *check, struct aw_sentence *sentence)
{
	int64_t open = aw_check_open(check), must_leave = aw_check_must_leave(check), own = open - check->usable;
	struct aw_words free = aw_case_size(request, open);
	struct aw_words mark = aw_case_size(request, must_leave);

	if (open > must_leave && own > 0)
		aw_sentence_add(sentence, "%" PRId64 " pages (%s) free and open to this request, of which the last %" PRId64 " it asks for "
				"do not count, and it must leave more than %" PRId64, open, free.s, own, must_leave);
	else if (!strcmp(free.s, mark.s))
		aw_sentence_add(sentence, "%" PRId64 " pages (%s) free and open to this request, which must leave more "
				"than %" PRId64 " pages", open, free.s, must_leave);
	else
		aw_sentence_add(sentence, "%s free and open to this request, which must leave more than %s", free.s,
				mark.s);
}

static void tell_pages(const struct aw_case *request, const struct aw_finding *finding,
		       struct aw_sentence *sentence)
{
	add_free_and_mark(request, &finding->check, sentence);
	add_need(request, finding, sentence);
	aw_sentence_add(sentence, ": short by %" PRId64 " page%s (%s)", 1 - aw_check_margin(&finding->check),
			aw_check_margin(&finding->check) ? "s" : "",
			aw_case_size(request, 1 - aw_check_margin(&finding->check)).s);
	add_closed(request, finding, sentence);
	if (aw_case_is_atomic(request) && request->allows.kswapd &&
	    finding->zone->free < finding->zone->low)
		aw_sentence_add(sentence,
				"; below the low watermark (%s), so kswapd had not caught up",
				aw_case_size(request, (int64_t)finding->zone->low).s);
}

static void tell_passing(const struct aw_case *request, const struct aw_finding *finding,
			 struct aw_sentence *sentence)
{
	add_open_blocks(request, finding, sentence);
	add_mark(request, finding, sentence);
	aw_sentence_add(sentence, ": the check passes on this snapshot, %" PRId64 " pages (%s) above what it must leave",
			aw_check_margin(&finding->check), aw_case_size(request, aw_check_margin(&finding->check)).s);
}

void aw_tell_zone(const struct aw_case *request, const struct aw_finding *finding,
		  struct aw_sentence *sentence)
{
	aw_case_add_zone(request, finding->zone, sentence);
	aw_sentence_add(sentence, ", ");
	switch (finding->check.failed) {
	case AW_CLAUSE_PASSES:
		tell_passing(request, finding, sentence);
		break;
	case AW_CLAUSE_PAGES:
		tell_pages(request, finding, sentence);
		break;
	case AW_CLAUSE_ORDER:
	case AW_CLAUSE_BLOCK:
		tell_fragments(request, finding, sentence);
		break;
	case AW_CLAUSE_NOT_KNOWN:
		add_open_blocks(request, finding, sentence);
		add_mark(request, finding, sentence);
		add_closed(request, finding, sentence);
		break;
	}
}

static void add_free_and_kept(const struct aw_case *request, const struct aw_finding *finding, struct aw_sentence *sentence)
{
	int64_t kept = aw_check_must_leave(&finding->check), usable = finding->check.usable > 0 ? finding->check.usable : 0;
	struct aw_words free = aw_case_size(request, finding->check.free), keeps = aw_case_size(request, kept);

	/* the request's own pages do not count, nor do those closed to it */
	if (finding->check.free > kept)
		aw_sentence_add(sentence, " has %" PRId64 " pages (%s) free, of which %" PRId64 " count, and must keep %" PRId64,
				finding->check.free, free.s, usable, kept);
	else if (!strcmp(free.s, keeps.s))
		aw_sentence_add(sentence, " has %" PRId64 " pages (%s) free and must keep %" PRId64, finding->check.free, free.s, kept);
	else
		aw_sentence_add(sentence, " has %s free and must keep %s", free.s, keeps.s);
}

void aw_tell_other_zones(const struct aw_case *request, struct aw_sentence *sentence)
{
	unsigned int told = 0;
	unsigned int i;

	for (i = 0; i < request->nr_findings && told < MAX_OTHER_ZONES; i++) {
		const struct aw_finding *finding = &request->findings[i];

		if (finding->bar != AW_BAR_NONE || finding == request->decisive)
			continue;
		aw_sentence_add(sentence, "; ");
		aw_case_add_zone(request, finding->zone, sentence);
		if (finding->check.failed == AW_CLAUSE_PAGES) {
			add_free_and_kept(request, finding, sentence);
			told++;
			continue;
		}
		aw_sentence_add(sentence, " has %s free", aw_case_size(request, finding->check.free).s);
		if (finding->check.failed != AW_CLAUSE_PASSES && request->failure->order)
			aw_sentence_add(sentence, ", no block of order >= %u that counts",
					request->failure->order);
		told++;
	}
}

void aw_tell_age(const struct aw_case *request, struct aw_sentence *sentence)
{
	if (!request->nr_findings)
		return;
	if (request->failure->zones_when == AW_ZONES_AFTER_PRINT)
		aw_sentence_add(sentence, " (zones taken after printing)");
	else if (request->failure->zones_when == AW_ZONES_READ_LATER)
		aw_sentence_add(sentence, " (zones read %s later)",
				aw_words_time(request->failure->zones_late_ns).s);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Reports of which the log lacks the header: what can be said without order
 * and mask.
 */
#include "explain/no_header.h"

#include <inttypes.h>
#include <string.h>

#include "base/escape.h"
#include "explain/types.h"
#include "verdict/sentence.h"

#define say(field, ...) snprintf((field), sizeof(field), __VA_ARGS__)

/* By its own line, or by the row of its free blocks where that is all that is left. */
static bool knows_free(const struct aw_zone *zone)
{
	return zone->known & AW_ZONE_KNOWS_WATERMARKS || zone->nr_orders;
}

static const struct aw_zone *largest_zone(const struct aw_failure *failure)
{
	const struct aw_zone *largest = NULL;

	for (unsigned int i = 0; i < failure->nr_zones; i++)
		if (knows_free(&failure->zones[i]) && (!largest || failure->zones[i].free > largest->free))
			largest = &failure->zones[i];
	return largest;
}

/* No request of any kind but an atomic one gets a page then. */
static bool is_below_min(const struct aw_failure *failure)
{
	for (unsigned int i = 0; i < failure->nr_zones; i++) {
		const struct aw_zone *zone = &failure->zones[i];

		if (!(zone->known & AW_ZONE_KNOWS_WATERMARKS) || zone->free >= zone->min)
			return false;
	}
	return failure->nr_zones && !failure->zones_partial;
}

/* Is no zone missing that exists? */
static bool are_all(const struct aw_failure *failure)
{
	return !failure->zones_partial && !failure->zones_front_cut;
}

/* "zone Normal has 1.4 MiB free in blocks of up to 2 MiB, min watermark 2.8 MiB" */
static void tell_zones(const struct aw_failure *failure, const struct aw_kernel *kernel, struct aw_sentence *sentence)
{
	const struct aw_zone *zone = largest_zone(failure);
	unsigned int order = zone ? zone->nr_orders : 0;
	char name[4 * sizeof(zone->name)];
	struct aw_words all, min;

	if (!zone)
		return;
	while (order && !zone->nr_free[order - 1])
		order--;
	all = aw_words_bytes(zone->free * kernel->page_size);
	min = aw_words_bytes((zone->min + zone->boost) * kernel->page_size);
	aw_sentence_add(sentence, "; %s zone %s: %s",
			are_all(failure) ? "most is free in" : "of the zones that are left, most is free in",
			aw_escape_terminal(zone->name, name, sizeof(name)), all.s);
	if (order)
		aw_sentence_add(sentence, " in blocks of up to %s", aw_words_bytes(kernel->page_size << (order - 1)).s);
	if (zone->known & AW_ZONE_KNOWS_CMA && zone->free_cma)
		aw_sentence_add(sentence, ", %s of it CMA, which only movable pages may use",
				aw_words_bytes(zone->free_cma * kernel->page_size).s);
	if (!(zone->known & AW_ZONE_KNOWS_WATERMARKS)) {
		aw_sentence_add(sentence, "; its watermarks are missing");
		return;
	}
	aw_sentence_add(sentence, ", min watermark %s", min.s);
	if (zone->boost)
		aw_sentence_add(sentence, ", %s of it the watermark boost", aw_words_bytes(zone->boost * kernel->page_size).s);
	if (!strcmp(min.s, all.s))
		aw_sentence_add(sentence, " (%" PRIu64 " and %" PRIu64 " pages)", zone->free, zone->min + zone->boost);
}

/* warn_alloc() is called for both there. */
static bool may_be_stall(const struct aw_event *event, const struct aw_kernel *kernel)
{
	return event->stack && event->stack->count && kernel->release[0] && kernel->version >= AW_VERSION(4, 10, 0) &&
	       kernel->version < AW_VERSION(4, 15, 0);
}

void aw_explain_no_header(const struct aw_event *event, const struct aw_kernel *kernel, struct aw_verdict *out)
{
	struct aw_sentence sentence;

	memset(out, 0, sizeof(*out));
	out->cause_certainty = out->rule_certainty = AW_NOT_KNOWN;
	out->missing[out->nr_missing++] = "order";
	out->missing[out->nr_missing++] = "gfp mask";
	say(out->headline, "the header is missing: order and mask are not known");
	say(out->rule_text, "not known: order and mask are missing%s", may_be_stall(event, kernel) ?
	    "; 4.10 to 4.14 print such a trace of a request that only waits, too" : "");
	aw_sentence_start(&sentence, out->cause_text, sizeof(out->cause_text));
	aw_sentence_add(&sentence, "the cause depends on order and mask");
	tell_zones(&event->failure, kernel, &sentence);
	if (!is_below_min(&event->failure))
		return;
	out->likely_cause = AW_CAUSE_SHORTAGE;
	out->cause_certainty = AW_LIKELY;
	if (!event->failure.zones_front_cut)
		aw_sentence_add(&sentence, "; every zone is below its min watermark");
	else
		aw_sentence_add(&sentence, "; %s below its min watermark, but zones above may be cut off",
				event->failure.nr_zones == 1 ? "it is" : "each zone that is left is");
}

void aw_explain_no_header_headline(FILE *out, const struct aw_answer *answer)
{
	uint64_t count = answer->group->count;

	if (!answer->logged->has_trace && !answer->logged->has_zones) {
		fprintf(out, "%" PRIu64 " report%s of memory, of which only the end is left: a request failed, or the OOM killer ran.", count,
			count == 1 ? "" : "s");
		return;
	}
	fprintf(out, "%" PRIu64 " request%s", count, count == 1 ? "" : "s");
	aw_report_put_site(out, answer->event);
	fprintf(out, " failed: %s.", answer->verdict.headline);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Reports that say that much memory is free: by their totals where zones are missing, or by the zone itself.
 */
#include "explain/plenty.h"

#include <stdio.h>
#include <string.h>

#include "base/units.h"
#include "explain/logged.h"

#define MUCH 4	/* of RAM, a part */

#define say(field, ...) snprintf((field), sizeof(field), __VA_ARGS__)

static int64_t margin_of(const struct aw_verdict *verdict)
{
	for (unsigned int i = 0; i < verdict->nr_evidence; i++)
		if (!strcmp(verdict->evidence[i].fact, "margin"))
			return verdict->evidence[i].value;
	return 0;
}

/* What the zone has above what the request must leave is a large part of all zones: no reclaim was lost on that. */
static bool zones_have_plenty(const struct aw_event *event, const struct aw_verdict *verdict)
{
	const struct aw_failure *failure = &event->failure;
	uint64_t managed = 0;
	int64_t margin = margin_of(verdict);

	for (unsigned int i = 0; i < failure->nr_zones; i++) {
		if (!(failure->zones[i].known & AW_ZONE_KNOWS_MANAGED) || failure->zones[i].managed > UINT32_MAX)
			return false;
		managed += failure->zones[i].managed;
	}
	return managed && margin > 0 && (uint64_t)margin > managed / MUCH;
}

static void not_short(struct aw_verdict *verdict)
{
	verdict->likely_cause = AW_CAUSE_UNKNOWN;
	verdict->cause_certainty = AW_NOT_KNOWN;
	verdict->nr_advice = 0;
	say(verdict->headline, "cause not known");
}

void aw_explain_plenty(const struct aw_event *event, const struct aw_kernel *kernel, struct aw_verdict *verdict)
{
	const struct aw_klog_totals *totals = &aw_logged_of(event->origin)->totals;
	const uint32_t knows = AW_KLOG_HAS_RAM | AW_KLOG_HAS_FREE;
	uint64_t cma = aw_gfp_has(&event->failure.gfp, AW_GFP_MOVABLE) || totals->free_cma > totals->free ? 0 : totals->free_cma;
	uint64_t open = totals->free - cma;
	bool all_high = totals->highmem && totals->highmem >= totals->ram && !aw_gfp_has(&event->failure.gfp, AW_GFP_HIGHMEM);
	char free[AW_UNITS_TEXT], ram[AW_UNITS_TEXT];

	if (verdict->cause != AW_CAUSE_UNKNOWN || verdict->likely_cause != AW_CAUSE_SHORTAGE)
		return;
	if (zones_have_plenty(event, verdict))
		not_short(verdict);
	if (event->failure.nr_zones || (totals->has & knows) != knows || !totals->ram || totals->ram > UINT32_MAX || totals->free > totals->ram || !open ||
	    open < totals->ram / MUCH)
		return;
	not_short(verdict);
	say(verdict->cause_text, "%s of %s is free, so memory is not short as a whole: the zones are missing, which tell where that is%s",
	    aw_format_bytes(open * kernel->page_size, free), aw_format_bytes(totals->ram * kernel->page_size, ram),
	    all_high ? "; all of RAM is in HighMem or Movable, which this request may not use" : "");
}

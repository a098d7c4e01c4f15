// SPDX-License-Identifier: GPL-2.0
/*
 * Reports without zones whose totals say that much memory is free.
 */
#include "explain/plenty.h"

#include <stdio.h>

#include "base/units.h"
#include "explain/logged.h"

#define MUCH 4	/* of RAM, a part */

#define say(field, ...) snprintf((field), sizeof(field), __VA_ARGS__)

void aw_explain_plenty(const struct aw_event *event, const struct aw_kernel *kernel, struct aw_verdict *verdict)
{
	const struct aw_klog_totals *totals = &aw_logged_of(event->origin)->totals;
	const uint32_t knows = AW_KLOG_HAS_RAM | AW_KLOG_HAS_FREE;
	uint64_t cma = aw_gfp_has(&event->failure.gfp, AW_GFP_MOVABLE) || totals->free_cma > totals->free ? 0 : totals->free_cma;
	uint64_t open = totals->free - cma;
	bool all_high = totals->highmem && totals->highmem >= totals->ram && !aw_gfp_has(&event->failure.gfp, AW_GFP_HIGHMEM);
	char free[AW_UNITS_TEXT], ram[AW_UNITS_TEXT];

	if (event->failure.nr_zones || verdict->cause != AW_CAUSE_UNKNOWN || verdict->likely_cause != AW_CAUSE_SHORTAGE ||
	    (totals->has & knows) != knows || !totals->ram || totals->ram > UINT32_MAX || totals->free > totals->ram || !open ||
	    open < totals->ram / MUCH)
		return;
	verdict->likely_cause = AW_CAUSE_UNKNOWN;
	verdict->cause_certainty = AW_NOT_KNOWN;
	verdict->nr_advice = 0;
	say(verdict->headline, "cause not known");
	say(verdict->cause_text, "%s of %s is free, so memory is not short as a whole: the zones are missing, which tell where that is%s",
	    aw_format_bytes(open * kernel->page_size, free), aw_format_bytes(totals->ram * kernel->page_size, ram),
	    all_high ? "; all of RAM is in HighMem or Movable, which this request may not use" : "");
}

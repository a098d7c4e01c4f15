/* SPDX-License-Identifier: GPL-2.0 */
/* Every cause as one row: its name, its words, and what follows from it for advice. */
#ifndef AW_VERDICT_CAUSES_H
#define AW_VERDICT_CAUSES_H

#include <stdbool.h>

#include "verdict/case.h"
#include "verdict/verdict.h"

#define AW_MAX_HEADLINES 2

struct aw_cause_row {
	const char *name;	/* stable: "fragmentation" */
	/* Of several open zones the one whose cause ranks highest decides; 0: of no zone alone. */
	int rank;
	const char *headline;	/* "memory is fragmented, not short" */
	/* Headlines that fit better where `when` says so: the first that does; `when` NULL ends them. */
	struct {
		bool (*when)(const struct aw_case *request);
		const char *headline;
	} instead[AW_MAX_HEADLINES];
	/* Appends the numbers that show it: what follows "fragmentation: ". */
	void (*tell)(const struct aw_case *request, const struct aw_verdict *verdict,
		     struct aw_sentence *sentence);
	bool from_zones;	/* rests on the zone snapshot, so the text says how old that is */
	bool lacks_block;	/* memory is free, but not as a block that the request may have */
	const char *no_sysctl;	/* why no sysctl helps; NULL: one may */
};

/* Never NULL: a value outside of the enum gives the row of AW_CAUSE_UNKNOWN. */
const struct aw_cause_row *aw_cause_row(enum aw_cause cause);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a trace that somebody recorded cannot tell.
 */
#ifndef AW_IMPORT_MISSING_H
#define AW_IMPORT_MISSING_H

#include <stdbool.h>
#include <stdint.h>

#include "source/source.h"

/* What was in a trace, as far as it was read. */
struct aw_import_seen {
	uint64_t seen;			/* bit k: records of type k (enum aw_trace_type) */
	uint64_t failures, stackless;	/* of these, without a stack */
	const char *no_symbols;		/* why addresses have no names; NULL: they have */
	bool release_is_guessed;
	unsigned int page_size;		/* bytes; 0: not named */
};

/* Returns how many it filled in. */
unsigned int aw_import_missing(const struct aw_import_seen *source, struct aw_missing out[AW_MAX_MISSING_FEATURES]);

#endif

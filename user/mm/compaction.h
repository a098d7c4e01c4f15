/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The meaning of enum compact_result and enum compact_priority.  Their numbers
 * differ between kernels (3.18: DEFERRED 0, SKIPPED 1; 4.9 on:
 * NOT_SUITABLE_ZONE first).
 */
#ifndef AW_MM_COMPACTION_H
#define AW_MM_COMPACTION_H

#include <stddef.h>
#include <stdint.h>

enum aw_compact_result {
	AW_COMPACT_UNKNOWN,
	AW_COMPACT_NOT_SUITABLE,
	AW_COMPACT_SKIPPED,
	AW_COMPACT_DEFERRED,
	AW_COMPACT_NO_SUITABLE_PAGE,
	AW_COMPACT_CONTINUE,
	AW_COMPACT_COMPLETE,
	AW_COMPACT_PARTIAL_SKIPPED,
	AW_COMPACT_CONTENDED,
	AW_COMPACT_SUCCESS,	/* PARTIAL up to 4.7 */
	AW_COMPACT_RESULTS
};

/* enum compact_priority; up to 4.7, the async and sync modes take its role. */
enum aw_compact_prio {
	AW_PRIO_UNKNOWN,
	AW_PRIO_SYNC_FULL,
	AW_PRIO_SYNC_LIGHT,
	AW_PRIO_ASYNC,
	AW_PRIOS
};

#define AW_COMPACT_NUMBERS 12

/* Maps the numbers of a kernel to their meaning. */
struct aw_compact_numbers {
	enum aw_compact_result of[AW_COMPACT_NUMBERS];
};

/* The numbering of a release (AW_VERSION; 0: the newest release). */
void aw_compact_numbers_for(uint32_t version, struct aw_compact_numbers *out);

/* "COMPACT_DEFERRED" -> meaning; AW_COMPACT_UNKNOWN if the name is unknown. */
enum aw_compact_result aw_compact_result_from_name(const char *name);

enum aw_compact_result aw_compact_result_decode(const struct aw_compact_numbers *table, int number);

/* enum compact_priority from 4.8 on: 0 sync full, 1 sync light, 2 async. */
enum aw_compact_prio aw_compact_prio_decode(int number);

#endif

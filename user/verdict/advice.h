/* SPDX-License-Identifier: GPL-2.0 */
/* The advice tables, and what their rows ask about a case. */
#ifndef AW_VERDICT_ADVICE_H
#define AW_VERDICT_ADVICE_H

#include <stdbool.h>
#include <stdio.h>

#include "verdict/case.h"
#include "verdict/verdict.h"

/* One piece of advice; rows are tried in the order of their table. */
struct aw_advice_row {
	const char *id;
	bool (*fits)(const struct aw_case *request, const struct aw_verdict *verdict);
	void (*write)(const struct aw_case *request, const struct aw_verdict *verdict,
		      struct aw_advice *advice);
	bool soft;	/* given for opportunistic requests too, whose callers fall back */
};

/* What to change in the code that asked, and in the machine.  End with id NULL. */
extern const struct aw_advice_row aw_advice_caller_rows[];
extern const struct aw_advice_row aw_advice_admin_rows[];
extern const struct aw_advice_row aw_advice_kdump_rows[];	/* in their place in a kdump kernel */

#define aw_advice_say(field, ...) snprintf((field), sizeof(field), __VA_ARGS__)

/* The cause, or the likely one where it is not known. */
enum aw_cause aw_advice_cause(const struct aw_verdict *verdict);

/* Memory is there, but not as a block that this request may have. */
bool aw_advice_wants_block(const struct aw_case *request, const struct aw_verdict *verdict);

/* The caller has no known fallback. */
bool aw_advice_is_hard(const struct aw_case *request);

/* False where the failure shows that compaction cannot help. */
bool aw_advice_compaction_helps(const struct aw_case *request);

/*
 * What reclaim and compaction would gain for this request: by the LRU counters
 * of the zones, where these are known.
 */
enum aw_gain { AW_GAIN_NONE, AW_GAIN_NOT_KNOWN, AW_GAIN_SOME };
enum aw_gain aw_advice_gain(const struct aw_case *request, const struct aw_verdict *verdict);

/* The same for page cache alone, which kswapd reclaims as well. */
enum aw_gain aw_advice_cache(const struct aw_case *request);

/* The number that shows it, or the condition: what may stand after "helps". */
void aw_advice_tell_gain(const struct aw_case *request, const struct aw_verdict *verdict, char *text, size_t size);

/* Where it cannot help: is that likely only? */
bool aw_advice_is_likely_blocked(const struct aw_case *request);

/* Where it cannot help: why, in a sentence. */
void aw_advice_why_not_compaction(const struct aw_case *request, char *text, size_t size);

/*
 * Did a synchronous run of direct compaction complete?  It skips pageblocks
 * that failed before (isolation_suitable()); vm.compact_memory does not.
 */
bool aw_advice_compaction_ran_through(const struct aw_case *request);

#endif

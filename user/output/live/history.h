/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How many events the last seconds had: of one kind, and of each group.
 */
#ifndef AW_LIVE_HISTORY_H
#define AW_LIVE_HISTORY_H

#include <stdint.h>

#define AW_HISTORY_SECONDS 120

/* Counts by second, the newest at counts[second % AW_HISTORY_SECONDS].  All zero: empty. */
struct aw_history {
	uint64_t second;
	uint64_t counts[AW_HISTORY_SECONDS];
};

/* So many at once.  Times are nanoseconds; what is older than the history is dropped. */
void aw_history_add(struct aw_history *history, uint64_t time_ns, uint64_t count);

/* Events of the second that was `ago` seconds before now's. */
uint64_t aw_history_at(const struct aw_history *history, uint64_t now_ns, unsigned int ago);

/* Per second over the last `seconds` seconds. */
double aw_history_rate(const struct aw_history *history, uint64_t now_ns, unsigned int seconds);

#define AW_RATE_SECONDS 10

/* The last AW_RATE_SECONDS of every group that had an event in them. */
struct aw_rates;

struct aw_rates *aw_rates_new(void);		/* NULL: no memory */
void aw_rates_free(struct aw_rates *rates);	/* NULL allowed */
void aw_rates_clear(struct aw_rates *rates);

/* `kind` tells groups apart: see kind.h. */
void aw_rates_add(struct aw_rates *rates, uint64_t kind, uint64_t time_ns, uint64_t count);

/* Per second over the last `seconds`, at most AW_RATE_SECONDS; 0 when nothing is known. */
double aw_rates_of(const struct aw_rates *rates, uint64_t kind, uint64_t now_ns, unsigned int seconds);

/* Forgets groups that were quiet for AW_RATE_SECONDS.  Returns how many are left. */
unsigned int aw_rates_expire(struct aw_rates *rates, uint64_t now_ns);

#endif

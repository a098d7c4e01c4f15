/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Events per second over the last seconds: of one type of event, and of each group.
 */
#ifndef AW_SCREEN_HISTORY_H
#define AW_SCREEN_HISTORY_H

#include <stdint.h>

#define AW_HISTORY_SECONDS 120

/* Counts by second; the newest is counts[second % AW_HISTORY_SECONDS].  All zero: empty. */
struct aw_history {
	uint64_t second;
	uint64_t counts[AW_HISTORY_SECONDS];
};

/* Adds `count` events.  Events older than the history are dropped.  Times are nanoseconds. */
void aw_history_add(struct aw_history *history, uint64_t time_ns, uint64_t count);

/* The number of events in the second that was `ago` seconds before the current one. */
uint64_t aw_history_at(const struct aw_history *history, uint64_t now_ns, unsigned int ago);

/* Events per second over the last `seconds` seconds. */
double aw_history_rate(const struct aw_history *history, uint64_t now_ns, unsigned int seconds);

#define AW_RATE_SECONDS 10

/* The counts of every group with events in the last AW_RATE_SECONDS. */
struct aw_rates;

struct aw_rates *aw_rates_new(void);		/* NULL: no memory */
void aw_rates_free(struct aw_rates *rates);	/* NULL allowed */
void aw_rates_clear(struct aw_rates *rates);

/* `group_id` identifies a group, see group_id.h. */
void aw_rates_add(struct aw_rates *rates, uint64_t group_id, uint64_t time_ns, uint64_t count);

/* Events per second over the last `seconds`, at most AW_RATE_SECONDS; 0 for an unknown group. */
double aw_rates_of(const struct aw_rates *rates, uint64_t group_id, uint64_t now_ns, unsigned int seconds);

/* Forgets groups without events for AW_RATE_SECONDS.  Returns the number of groups left. */
unsigned int aw_rates_expire(struct aw_rates *rates, uint64_t now_ns);

#endif

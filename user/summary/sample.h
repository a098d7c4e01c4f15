/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Failures that are kept as samples, small, with all that they point to.
 *
 * A few are as they came (they are most likely replaced soon); when those are
 * many they are packed, all at once.
 */
#ifndef AW_SUMMARY_SAMPLE_H
#define AW_SUMMARY_SAMPLE_H

#include "base/intern.h"
#include "event/event.h"

struct aw_samples_kept;
struct aw_kept_stack;
struct aw_fresh_sample;

/* One of them; zero it to begin. */
struct aw_sample {
	struct aw_fresh_sample *fresh;		/* NULL: packed, or none */
	uint8_t *packed;
	const struct aw_kept_stack *stack;
	struct aw_origin *origin;		/* held; NULL: none */
	struct aw_scan *scan;			/* held; NULL: none */
	uint8_t site;				/* its frame in the stack */
	uint8_t nr_zones;
};

/* Where a sample is spread out to be looked at. */
struct aw_sample_room {
	struct aw_event event;
	struct aw_stack stack;
	struct aw_zone zones[AW_MAX_ZONES];
};

/* `texts` is borrowed and keeps all texts.  NULL: no memory. */
struct aw_samples_kept *aw_samples_kept_new(struct aw_intern *texts);
void aw_samples_kept_free(struct aw_samples_kept *kept);	/* NULL allowed; the samples are cleared before */

/* The sample becomes a copy of the event.  Without memory it lacks what did not fit. */
void aw_sample_set(struct aw_samples_kept *kept, struct aw_sample *sample, const struct aw_event *event);
void aw_sample_clear(struct aw_sample *sample);

/* Gives up one of many: what it held of `kept` is free for others.  At the end of all, clearing suffices. */
void aw_sample_drop(struct aw_samples_kept *kept, struct aw_sample *sample);

/* A page scan was made about then: the event has it from now on. */
void aw_sample_join(struct aw_sample *sample, struct aw_scan *scan);

/* The event, in `room`. */
const struct aw_event *aw_sample_get(const struct aw_sample *sample, struct aw_sample_room *room);

#endif

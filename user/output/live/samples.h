/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The last failures with all that they point to, so that one can walk through
 * those of a group.
 */
#ifndef AW_LIVE_SAMPLES_H
#define AW_LIVE_SAMPLES_H

#include <stdint.h>

#include "event/event.h"

#define AW_SAMPLES 256			/* kept over all groups */
#define AW_SAMPLES_PER_GROUP 16
#define AW_SAMPLES_PER_SECOND 50	/* a storm costs no more than this many copies */

struct aw_samples;

struct aw_samples *aw_samples_new(void);		/* NULL: no memory */
void aw_samples_free(struct aw_samples *samples);	/* NULL allowed */
void aw_samples_clear(struct aw_samples *samples);

/* Copies the event, over the oldest of its group or of all. */
void aw_samples_add(struct aw_samples *samples, uint64_t kind, const struct aw_event *event);

/* Those of a group, the newest first; valid until the next add.  Returns how many. */
unsigned int aw_samples_of(const struct aw_samples *samples, uint64_t kind,
			   const struct aw_event *out[AW_SAMPLES_PER_GROUP]);

#endif

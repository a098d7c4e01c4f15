/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Copies of the last failures, with everything that they point to, so that the
 * user can browse those of a group.
 */
#ifndef AW_SCREEN_SAMPLES_H
#define AW_SCREEN_SAMPLES_H

#include <stdint.h>

#include "event/event.h"

#define AW_SAMPLES 256			/* of all groups together */
#define AW_SAMPLES_PER_GROUP 16
#define AW_SAMPLES_PER_SECOND 50	/* limits the copies made in a storm */

struct aw_samples;

struct aw_samples *aw_samples_new(void);		/* NULL: no memory */
void aw_samples_free(struct aw_samples *samples);	/* NULL allowed */
void aw_samples_clear(struct aw_samples *samples);

/* Copies the event; it replaces the oldest of its group or of all. */
void aw_samples_add(struct aw_samples *samples, uint64_t group_id, const struct aw_event *event);

/* Joins a page scan to the copies that it tells of. */
void aw_samples_join(struct aw_samples *samples, struct aw_scan *scan);

/* The samples of a group, newest first; valid until the next aw_samples_add().  Returns their number. */
unsigned int aw_samples_of(const struct aw_samples *samples, uint64_t group_id,
			   const struct aw_event *out[AW_SAMPLES_PER_GROUP]);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The last page scans of a run, to be joined to the failures that come after them.
 */
#ifndef AW_SESSION_JOINED_H
#define AW_SESSION_JOINED_H

#include "event/event.h"

#define AW_JOINED 16	/* orders and mobilities */

struct aw_joined {
	unsigned int count;
	struct aw_scan *scans[AW_JOINED];	/* held; the last of each order and mobility */
};

/* Zero it to begin. */
void aw_joined_add(struct aw_joined *joined, struct aw_scan *scan);
void aw_joined_clear(struct aw_joined *joined);

/* Joins the scan that tells of this failure, if there is one. */
void aw_joined_to(const struct aw_joined *joined, struct aw_event *failure);

#endif

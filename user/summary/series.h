/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Failures by the label sets that a metric shows: few, and for good.
 *
 * The first AW_MAX_SERIES sets get a row of their own and keep it, later sets
 * are counted in `other`, by class: no count ever goes down, a label that
 * varies without end costs nothing, and hard failures stay exact.
 */
#ifndef AW_SUMMARY_SERIES_H
#define AW_SUMMARY_SERIES_H

#include <stdint.h>

#include "base/intern.h"
#include "event/event.h"

#define AW_MAX_SERIES 64
#define AW_SERIES_TEXT 640	/* bytes of gfp or site with the NUL; what is longer is cut */

struct aw_series_row {
	unsigned int order;
	enum aw_class class;
	int cause, rule;	/* enum aw_cause, enum aw_rule */
	const char *gfp;
	const char *site;	/* "ioctx_alloc", "hog_rx [hog]", "unknown" */
	uint64_t count;
};

struct aw_series {
	unsigned int count;
	struct aw_series_row rows[AW_MAX_SERIES];	/* as they came */
	uint64_t other[AW_CLASSES];
};

/* Counts an AW_EVENT_FAILURE; the texts of new rows are kept in `texts`. */
void aw_series_add(struct aw_series *series, struct aw_intern *texts, const struct aw_event *event);

#endif

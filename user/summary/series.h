/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Failures by the label sets of a metric: a bounded number, and none is ever dropped.
 *
 * The first AW_MAX_SERIES sets get a row of their own and keep it.  Later sets
 * are counted in `other`, by class.  So counts never decrease, memory is bounded
 * even if a label takes ever new values, and hard failures stay exact.
 */
#ifndef AW_SUMMARY_SERIES_H
#define AW_SUMMARY_SERIES_H

#include <stdint.h>

#include "base/intern.h"
#include "event/event.h"

#define AW_MAX_SERIES 64
#define AW_SERIES_TEXT 640	/* bytes of gfp or site with the NUL; what is longer is cut */

/* Identifies a row; whole 64-bit words. */
struct aw_series_labels {
	uint32_t order;
	enum aw_class class;
	enum aw_cause cause;
	enum aw_rule rule;
	const char *gfp;	/* interned, as is the site */
	const char *site;	/* "ioctx_alloc", "hog_rx [hog]", "unknown" */
};

struct aw_series_row {
	struct aw_series_labels labels;
	uint64_t count;
};

#define AW_SERIES_SLOTS 256	/* a power of two, and most of them empty */

struct aw_series {
	unsigned int count;
	struct aw_series_row rows[AW_MAX_SERIES];	/* as they came */
	uint8_t slots[AW_SERIES_SLOTS];			/* row + 1, by the hash of the labels; 0: empty */
	uint64_t other[AW_CLASSES];
};

/* The labels of a mask and a site (NULL: not known), cut where too long, kept in `texts`. */
const char *aw_series_gfp(struct aw_intern *texts, const char *names);
const char *aw_series_site(struct aw_intern *texts, const struct aw_frame *site);

/* Counts a failure; `gfp` and `site` are its labels, always of the same pool. */
void aw_series_add(struct aw_series *series, const struct aw_failure *failure, const char *gfp, const char *site);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which kernel printed a report, and what its mask can mean.
 */
#ifndef AW_KLOG_ERA_H
#define AW_KLOG_ERA_H

#include "klog/klog.h"
#include "mm/gfp.h"

#define AW_KLOG_READINGS 6

/* What told the release. */
enum aw_klog_told_by {
	AW_KLOG_TOLD_BY_NOTHING,	/* only the wording and the function names */
	AW_KLOG_TOLD_BY_OPTION,		/* --kernel */
	AW_KLOG_TOLD_BY_REPORT,
	AW_KLOG_TOLD_BY_LOG,		/* other lines of the log */
	AW_KLOG_TOLD_BY_WORDS		/* prose around the log */
};

/* One meaning of the mask and the kernels that have it. */
struct aw_klog_reading {
	uint32_t first, last;	/* AW_VERSION of the first release with it, and of the first without; last 0: none */
	uint64_t flags, unknown;
	char names[192];
	bool odd;		/* unknown bits, or IO without reclaim: hardly what was meant */
};

struct aw_klog_era {
	enum aw_klog_told_by told_by;
	char release[65];	/* to treat it as; "" when nothing is known */
	uint32_t first, last;	/* releases that print and call things like this; last exclusive, 0: none */
	char contradicts[65];	/* the release that the report names, where bits of the mask mean nothing; "" none */
	bool names_differ;	/* the printed names are not those of that release's bits */
	unsigned int nr_readings;	/* more than 1: ambiguous; the first is the likeliest */
	struct aw_klog_reading readings[AW_KLOG_READINGS];
};

/* The era tables, made once. */
struct aw_klog_eras;

struct aw_klog_eras *aw_klog_eras_new(void);		/* NULL: no memory */
void aw_klog_eras_free(struct aw_klog_eras *eras);	/* NULL allowed */

/* Did memory run out while an era was looked for?  Something is missing from what was found then. */
bool aw_klog_eras_failed(const struct aw_klog_eras *eras);

/* `release`: --kernel; NULL or "" none. */
void aw_klog_era_find(struct aw_klog_eras *eras, const struct aw_klog_report *report,
		      const char *release, struct aw_klog_era *out);

/* What `mode` means on the kernels from first up to last (0: all): different readings only. */
unsigned int aw_klog_read_mode(struct aw_klog_eras *eras, uint64_t mode, uint32_t first,
			       uint32_t last, struct aw_klog_reading *out, unsigned int max);

/* "kernels 3.16 to 4.3", "kernels from 6.10 on", "kernels up to 4.3", "kernel 6.3", "any kernel". */
const char *aw_klog_releases(uint32_t first, uint32_t last, char *text, size_t size);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stacks with weights, as profilers keep them: frames of the same function are one.
 */
#ifndef AW_OUTPUT_PROFILE_PROFILE_H
#define AW_OUTPUT_PROFILE_PROFILE_H

#include <stdint.h>

#include "base/intern.h"
#include "output/report.h"

enum aw_weight {
	AW_WEIGHT_FAILURES,	/* requests that got nothing */
	AW_WEIGHT_BYTES,	/* that they asked for */
	AW_WEIGHT_STEALS,	/* blocks taken from another migratetype */
	AW_WEIGHTS
};

/* "failures", "bytes", "steals"; its unit is "bytes" or "count". */
const char *aw_weight_name(enum aw_weight weight);
const char *aw_weight_unit(enum aw_weight weight);

struct aw_profile_frame {
	const char *function;	/* "hog_get_buffer [hog]" */
	const char *module;	/* "" the kernel itself */
};

struct aw_profile_sample {
	uint64_t weights[AW_WEIGHTS];
	unsigned int nr_frames;
	uint32_t frames[AW_MAX_STACK];	/* indices, innermost first */
	const struct aw_group *group;	/* its failures; NULL: they are steals, or failures in no group */
};

struct aw_profile {
	struct aw_intern *texts;
	unsigned int nr_frames, nr_samples;
	struct aw_profile_frame *frames;
	struct aw_profile_sample *samples;	/* groups as the report sorts them, then steals */
};

/*
 * The groups and steals of the report; failures in no group are one sample
 * "[more groups]".  Texts and groups are borrowed from the report.  0 or -ENOMEM;
 * aw_profile_free() in any case.
 */
int aw_profile_make(const struct aw_report *report, struct aw_profile *out);
void aw_profile_free(struct aw_profile *profile);

#endif

// SPDX-License-Identifier: GPL-2.0
/*
 * Stacks with weights, from the groups and steals of a report.
 */
#include "output/profile/profile.h"

#include <errno.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "base/table.h"
#include "output/frame_text.h"

static const struct {
	const char *name, *unit;
} weights[AW_WEIGHTS] = {
	[AW_WEIGHT_FAILURES] = { "failures", "count" },
	[AW_WEIGHT_BYTES] = { "bytes", "bytes" },
	[AW_WEIGHT_STEALS] = { "steals", "count" },
};

const char *aw_weight_name(enum aw_weight weight)
{
	return weights[weight].name;
}

const char *aw_weight_unit(enum aw_weight weight)
{
	return weights[weight].unit;
}

/* Which index a function has; by the pointer, which the pool makes the same for equal texts. */
struct known {
	const char *function;
	uint32_t index;
	UT_hash_handle hh;
};

struct maker {
	const struct aw_report *report;
	struct aw_profile *profile;
	struct known *known;
	unsigned int room;	/* of frames */
};

static void free_known(struct maker *maker)
{
	struct known *known, *next;

	HASH_ITER(hh, maker->known, known, next) {
		HASH_DEL(maker->known, known);
		free(known);
	}
}

/* The frame of a function that was not seen yet.  0 or -ENOMEM. */
static int add_frame(struct maker *maker, const char *function, const char *module, uint32_t *index)
{
	struct aw_profile *profile = maker->profile;
	struct known *known = calloc(1, sizeof(*known));

	if (!known)
		return -ENOMEM;
	if (profile->nr_frames == maker->room) {
		unsigned int room = maker->room ? 2 * maker->room : 256;
		struct aw_profile_frame *more = realloc(profile->frames, room * sizeof(*more));

		if (!more) {
			free(known);
			return -ENOMEM;
		}
		profile->frames = more;
		maker->room = room;
	}
	known->function = function;
	known->index = *index = profile->nr_frames;
	HASH_ADD_PTR(maker->known, function, known);
	if (!aw_table_took(known)) {
		free(known);
		return -ENOMEM;
	}
	profile->frames[profile->nr_frames++] = (struct aw_profile_frame){ function, module };
	return 0;
}

static int find_frame(struct maker *maker, const char *text, const char *module, uint32_t *index)
{
	const char *function = aw_intern(maker->profile->texts, text);
	struct known *known;

	HASH_FIND_PTR(maker->known, &function, known);
	if (!known)
		return add_frame(maker, function, aw_intern(maker->profile->texts, module), index);
	*index = known->index;
	return 0;
}

static int set_stack(struct maker *maker, struct aw_profile_sample *sample, const struct aw_stack *stack)
{
	char text[AW_FRAME_TEXT];
	int err = 0;

	for (unsigned int i = 0; i < stack->count && !err; i++) {
		const struct aw_frame *frame = &stack->frames[i];

		aw_format_function(frame, maker->report->raw_addresses, text, sizeof(text));
		err = find_frame(maker, text, frame->module, &sample->frames[i]);
	}
	sample->nr_frames = stack->count;
	if (!err && !stack->count) {
		sample->nr_frames = 1;
		err = find_frame(maker, "[no stack]", "", &sample->frames[0]);
	}
	return err;
}

static int add_groups(struct maker *maker, const struct aw_group *const *sorted, unsigned int count)
{
	int err = 0;

	for (unsigned int i = 0; i < count && !err; i++) {
		struct aw_profile_sample *sample = &maker->profile->samples[maker->profile->nr_samples++];
		struct aw_sample_room room;
		const struct aw_event *event = aw_group_sample(sorted[i], &room);

		sample->group = sorted[i];
		sample->weights[AW_WEIGHT_FAILURES] = sorted[i]->count;
		sample->weights[AW_WEIGHT_BYTES] = sorted[i]->count * event->failure.bytes;
		err = set_stack(maker, sample, event->stack);
	}
	return err;
}

static int add_steals(struct maker *maker, const struct aw_steal *steals, unsigned int count)
{
	int err = 0;

	for (unsigned int i = 0; i < count && !err; i++) {
		struct aw_profile_sample *sample = &maker->profile->samples[maker->profile->nr_samples++];
		struct aw_stack stack;

		aw_kept_stack_get(steals[i].stack, &stack);
		sample->weights[AW_WEIGHT_STEALS] = steals[i].count;
		err = set_stack(maker, sample, &stack);
	}
	return err;
}

/* Failures that have no group because there were too many. */
static int add_other(struct maker *maker, uint64_t other)
{
	struct aw_profile_sample *sample = &maker->profile->samples[maker->profile->nr_samples];

	if (!other)
		return 0;
	maker->profile->nr_samples++;
	sample->weights[AW_WEIGHT_FAILURES] = other;
	sample->nr_frames = 1;
	return find_frame(maker, "[more groups]", "", &sample->frames[0]);
}

int aw_profile_make(const struct aw_report *report, struct aw_profile *out)
{
	const struct aw_groups *groups = aw_summary_groups(report->summary);
	unsigned int nr_steals, nr_groups = aw_groups_count(groups);
	AW_FREE const struct aw_group **sorted = aw_groups_sorted(groups, report->sort);
	AW_FREE struct aw_steal *steals = aw_summary_steals(report->summary, &nr_steals);
	struct maker maker = { .report = report, .profile = out };
	int err;

	*out = (struct aw_profile){ .texts = aw_intern_new() };
	if (!out->texts || (nr_groups && !sorted))
		return -ENOMEM;
	if (nr_groups > report->top)
		nr_groups = report->top;
	out->samples = calloc((size_t)nr_groups + nr_steals + 1, sizeof(*out->samples));
	if (!out->samples)
		return -ENOMEM;
	err = add_groups(&maker, sorted, nr_groups);
	if (!err)
		err = add_steals(&maker, steals, steals ? nr_steals : 0);
	if (!err)
		err = add_other(&maker, aw_groups_other(groups));
	free_known(&maker);
	return err || aw_intern_failed(out->texts) ? -ENOMEM : 0;
}

void aw_profile_free(struct aw_profile *profile)
{
	free(profile->frames);
	free(profile->samples);
	aw_intern_free(profile->texts);
}

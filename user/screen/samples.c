// SPDX-License-Identifier: GPL-2.0
/*
 * Copies of the last failures, with everything that they point to.
 */
#include "screen/samples.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"

#define SECOND 1000000000ull

struct slot {
	uint64_t number;	/* of the sample, counted from 1; 0: the slot is empty */
	uint64_t group_id;
	struct aw_event event;
	struct aw_stack stack;
	struct aw_zone zones[AW_MAX_ZONES];
};

struct aw_samples {
	struct aw_intern *texts;
	uint64_t taken;
	uint64_t second;	/* the current second; in_second: copies made in it */
	unsigned int in_second;
	struct slot slots[AW_SAMPLES];
};

struct aw_samples *aw_samples_new(void)
{
	struct aw_samples *samples = calloc(1, sizeof(*samples));

	if (!samples)
		return NULL;
	samples->texts = aw_intern_new();
	if (samples->texts)
		return samples;
	free(samples);
	return NULL;
}

void aw_samples_free(struct aw_samples *samples)
{
	if (!samples)
		return;
	for (unsigned int i = 0; i < AW_SAMPLES; i++)
		aw_scan_drop(samples->slots[i].event.scan);
	aw_intern_free(samples->texts);
	free(samples);
}

void aw_samples_join(struct aw_samples *samples, struct aw_scan *scan)
{
	for (unsigned int i = 0; i < AW_SAMPLES; i++) {
		struct aw_event *event = &samples->slots[i].event;

		if (!samples->slots[i].number || !aw_scan_tells_of(scan, event))
			continue;
		aw_scan_drop(event->scan);
		event->scan = aw_scan_hold(scan);
	}
}

void aw_samples_clear(struct aw_samples *samples)
{
	for (unsigned int i = 0; i < AW_SAMPLES; i++)
		samples->slots[i].number = 0;
}

/* The oldest sample of its group if the group has its share, else the oldest of all. */
static struct slot *choose(struct aw_samples *samples, uint64_t group_id)
{
	struct slot *oldest = &samples->slots[0], *own = NULL;
	unsigned int count = 0;

	for (unsigned int i = 0; i < AW_SAMPLES; i++) {
		struct slot *slot = &samples->slots[i];

		if (slot->number < oldest->number)
			oldest = slot;
		if (!slot->number || slot->group_id != group_id)
			continue;
		count++;
		if (!own || slot->number < own->number)
			own = slot;
	}
	return count < AW_SAMPLES_PER_GROUP ? oldest : own;
}

static void copy_stack(struct aw_samples *samples, struct slot *slot, const struct aw_event *event)
{
	slot->stack.id = event->stack->id;
	slot->stack.count = event->stack->count;
	slot->stack.groups = event->stack->groups;
	for (unsigned int i = 0; i < event->stack->count; i++) {
		slot->stack.frames[i] = event->stack->frames[i];
		slot->stack.frames[i].name = aw_intern(samples->texts, event->stack->frames[i].name);
		slot->stack.frames[i].suffix = aw_intern(samples->texts, aw_frame_suffix(&event->stack->frames[i]));
		slot->stack.frames[i].module = aw_intern(samples->texts, event->stack->frames[i].module);
	}
	slot->event.stack = &slot->stack;
	slot->event.site = event->site ? &slot->stack.frames[event->site - event->stack->frames] : NULL;
}

static bool over_budget(struct aw_samples *samples, uint64_t time_ns)
{
	if (time_ns / SECOND != samples->second) {
		samples->second = time_ns / SECOND;
		samples->in_second = 0;
	}
	return samples->in_second++ >= AW_SAMPLES_PER_SECOND;
}

void aw_samples_add(struct aw_samples *samples, uint64_t group_id, const struct aw_event *event)
{
	struct aw_failure *failure;
	struct slot *slot;

	if (over_budget(samples, event->time_ns))
		return;
	slot = choose(samples, group_id);
	slot->number = ++samples->taken;
	slot->group_id = group_id;
	aw_scan_drop(slot->event.scan);
	slot->event = *event;
	slot->event.texts = 0;
	aw_scan_hold(slot->event.scan);
	slot->event.task.cgroup = aw_intern(samples->texts, event->task.cgroup);
	copy_stack(samples, slot, event);
	failure = &slot->event.failure;
	failure->gfp.names = aw_intern(samples->texts, event->failure.gfp.names);
	if (failure->nr_zones > AW_MAX_ZONES)
		failure->nr_zones = AW_MAX_ZONES;
	if (failure->nr_zones)
		memcpy(slot->zones, event->failure.zones, failure->nr_zones * sizeof(slot->zones[0]));
	failure->zones = slot->zones;
}

unsigned int aw_samples_of(const struct aw_samples *samples, uint64_t group_id,
			   const struct aw_event *out[AW_SAMPLES_PER_GROUP])
{
	uint64_t numbers[AW_SAMPLES_PER_GROUP];
	unsigned int count = 0;

	for (unsigned int i = 0; i < AW_SAMPLES && count < AW_SAMPLES_PER_GROUP; i++) {
		const struct slot *slot = &samples->slots[i];
		unsigned int at = count;

		if (!slot->number || slot->group_id != group_id)
			continue;
		for (; at && numbers[at - 1] < slot->number; at--) {
			numbers[at] = numbers[at - 1];
			out[at] = out[at - 1];
		}
		numbers[at] = slot->number;
		out[at] = &slot->event;
		count++;
	}
	return count;
}

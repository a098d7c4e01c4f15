// SPDX-License-Identifier: GPL-2.0
/*
 * Failures that are kept as samples.
 */
#include "summary/sample.h"

#include <stdlib.h>
#include <string.h>

#include "base/pack.h"
#include "summary/kept_stacks.h"

#define FRESH 2048
#define NO_SITE 0xff

struct aw_fresh_sample {
	struct aw_sample *of;
	struct aw_event event;		/* stack and site are the sample's, zones its own */
};

struct aw_samples_kept {
	struct aw_intern *texts;
	struct aw_kept_stacks *stacks;
	unsigned int nr_fresh;
	struct aw_fresh_sample fresh[FRESH];
};

_Static_assert(sizeof(struct aw_event) % 8 == 0 && sizeof(struct aw_zone) % 8 == 0, "both are packed");
_Static_assert(AW_MAX_STACK < NO_SITE, "a frame is a byte");

struct aw_samples_kept *aw_samples_kept_new(struct aw_intern *texts)
{
	struct aw_samples_kept *kept = calloc(1, sizeof(*kept));

	if (!kept)
		return NULL;
	kept->texts = texts;
	kept->stacks = aw_kept_stacks_new(texts);
	if (kept->stacks)
		return kept;
	free(kept);
	return NULL;
}

void aw_samples_kept_free(struct aw_samples_kept *kept)
{
	if (kept)
		aw_kept_stacks_free(kept->stacks);
	free(kept);
}

/* The event, then its zones.  NULL: no memory. */
static uint8_t *pack(const struct aw_event *event)
{
	uint8_t packed[AW_PACKED_MAX(sizeof(*event) + AW_MAX_ZONES * sizeof(struct aw_zone))], *copy;
	size_t size = aw_pack(event, sizeof(*event), packed);

	for (unsigned int i = 0; i < event->failure.nr_zones; i++)
		size += aw_pack(&event->failure.zones[i], sizeof(struct aw_zone), packed + size);
	copy = malloc(size);
	if (copy)
		memcpy(copy, packed, size);
	return copy;
}

static void pack_all(struct aw_samples_kept *kept)
{
	for (unsigned int i = 0; i < kept->nr_fresh; i++) {
		struct aw_fresh_sample *fresh = &kept->fresh[i];

		fresh->of->packed = pack(&fresh->event);
		fresh->of->fresh = NULL;
		free((void *)fresh->event.failure.zones);
		fresh->event.failure.zones = NULL;
		fresh->event.failure.nr_zones = 0;
	}
	kept->nr_fresh = 0;
}

static void freshen(struct aw_samples_kept *kept, struct aw_sample *sample)
{
	if (sample->fresh)
		return;
	if (kept->nr_fresh == FRESH)
		pack_all(kept);
	sample->fresh = &kept->fresh[kept->nr_fresh++];
	sample->fresh->of = sample;
	free(sample->packed);
	sample->packed = NULL;
}

/* Which it holds already when it is the same. */
static void set_stack(struct aw_samples_kept *kept, struct aw_sample *sample, const struct aw_event *event)
{
	const struct aw_kept_stack *held = sample->stack;

	sample->site = event->site ? (uint8_t)(event->site - event->stack->frames) : NO_SITE;
	if (held && aw_kept_stack_id(held) == event->stack->id)
		return;
	sample->stack = aw_kept_stacks_hold(kept->stacks, event->stack);
	aw_kept_stacks_drop(kept->stacks, held);
}

/* Into the room that the zones of the last event have, when it is as large. */
static unsigned int copy_zones(const struct aw_failure *failure, struct aw_zone **room, unsigned int nr_room)
{
	unsigned int count = failure->nr_zones < AW_MAX_ZONES ? failure->nr_zones : AW_MAX_ZONES;

	if (count != nr_room) {
		free(*room);
		*room = count ? malloc(count * sizeof(**room)) : NULL;
	}
	if (!*room)
		return 0;
	memcpy(*room, failure->zones, count * sizeof(**room));
	return count;
}

void aw_sample_set(struct aw_samples_kept *kept, struct aw_sample *sample, const struct aw_event *event)
{
	struct aw_zone *zones;
	struct aw_event *copy;

	freshen(kept, sample);
	set_stack(kept, sample, event);
	copy = &sample->fresh->event;
	zones = (struct aw_zone *)copy->failure.zones;
	sample->nr_zones = (uint8_t)copy_zones(&event->failure, &zones, copy->failure.nr_zones);
	*copy = *event;
	copy->stack = NULL;
	copy->site = NULL;
	copy->task.cgroup = aw_intern(kept->texts, event->task.cgroup);
	copy->failure.gfp.names = aw_intern(kept->texts, event->failure.gfp.names);
	copy->failure.zones = zones;
	copy->failure.nr_zones = sample->nr_zones;
}

void aw_sample_clear(struct aw_sample *sample)
{
	if (sample->fresh)
		free((void *)sample->fresh->event.failure.zones);
	free(sample->packed);
	*sample = (struct aw_sample){ 0 };
}

static void unpack(const uint8_t *packed, struct aw_sample_room *room)
{
	const struct aw_failure *failure = &room->event.failure;

	packed = aw_unpack(packed, &room->event, sizeof(room->event));
	for (unsigned int i = 0; i < failure->nr_zones; i++)
		packed = aw_unpack(packed, &room->zones[i], sizeof(room->zones[i]));
}

static void copy_fresh(const struct aw_event *event, struct aw_sample_room *room)
{
	room->event = *event;
	if (event->failure.nr_zones)
		memcpy(room->zones, event->failure.zones, event->failure.nr_zones * sizeof(room->zones[0]));
}

/* What is left when there was no memory to pack it. */
static void nothing_known(struct aw_event *event)
{
	*event = (struct aw_event){ .type = AW_EVENT_FAILURE, .task.cgroup = "" };
	event->failure.gfp.names = event->failure.class_why = "";
}

const struct aw_event *aw_sample_get(const struct aw_sample *sample, struct aw_sample_room *room)
{
	struct aw_event *event = &room->event;

	if (sample->fresh)
		copy_fresh(&sample->fresh->event, room);
	else if (sample->packed)
		unpack(sample->packed, room);
	else
		nothing_known(event);
	aw_kept_stack_get(sample->stack, &room->stack);
	event->stack = &room->stack;
	event->site = sample->site < room->stack.count ? &room->stack.frames[sample->site] : NULL;
	event->failure.zones = event->failure.nr_zones ? room->zones : NULL;
	return event;
}

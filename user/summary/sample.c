// SPDX-License-Identifier: GPL-2.0
/*
 * Failures that are kept as samples.
 */
#include "summary/sample.h"

#include <stdlib.h>
#include <string.h>

#include "base/bulk.h"
#include "base/pack.h"
#include "summary/kept_stacks.h"

#define FRESH 2048
#define NO_SITE 0xff

struct aw_fresh_sample {
	struct aw_sample *of;
	struct aw_event event;		/* stack and site are the sample's, zones its own */
	uint32_t texts;			/* of the event that was copied; its texts were these */
	const char *names, *cgroup;
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
		if (!fresh->of->packed)
			aw_intern_note_failure(kept->texts);
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
	sample->fresh->texts = 0;
	free(sample->packed);
	sample->packed = NULL;
}

/* Keeps the stack that it holds if that is the same. */
static void set_stack(struct aw_samples_kept *kept, struct aw_sample *sample, const struct aw_event *event)
{
	const struct aw_kept_stack *held = sample->stack;

	sample->site = event->site ? (uint8_t)(event->site - event->stack->frames) : NO_SITE;
	if (held && aw_kept_stack_id(held) == event->stack->id)
		return;
	sample->stack = aw_kept_stacks_hold(kept->stacks, event->stack);
	aw_kept_stacks_drop(kept->stacks, held);
}

/* Reuses the memory of the last event's zones if the size is the same. */
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

static void set_origin(struct aw_sample *sample, const struct aw_event *event)
{
	struct aw_origin *held = sample->origin;

	sample->origin = aw_origin_hold(event->origin);
	aw_origin_drop(held);
}

void aw_sample_join(struct aw_sample *sample, struct aw_scan *scan)
{
	struct aw_scan *held = sample->scan;

	sample->scan = aw_scan_hold(scan);
	aw_scan_drop(held);
}

static const char *keep_text(struct aw_samples_kept *kept, const char *text)
{
	return text ? aw_intern(kept->texts, text) : NULL;
}

/* Those of the last event of this sample, if they are the same. */
static void keep_common_texts(struct aw_samples_kept *kept, struct aw_fresh_sample *fresh, const struct aw_event *event,
			      const char *names, const char *cgroup)
{
	struct aw_event *copy = &fresh->event;
	bool same = fresh->texts && fresh->texts == event->texts;

	copy->task.cgroup = same && fresh->cgroup == event->task.cgroup ? cgroup : keep_text(kept, event->task.cgroup);
	copy->failure.gfp.names = same && fresh->names == event->failure.gfp.names ? names :
				  keep_text(kept, event->failure.gfp.names);
	fresh->texts = event->texts;
	fresh->cgroup = event->task.cgroup;
	fresh->names = event->failure.gfp.names;
}

static void keep_texts(struct aw_samples_kept *kept, struct aw_event *copy)
{
	if (copy->type == AW_EVENT_OOM_KILL) {
		copy->oom.memcg_name = keep_text(kept, copy->oom.memcg_name);
	} else if (copy->type == AW_EVENT_CMA_FAILURE) {
		copy->cma.name = keep_text(kept, copy->cma.name);
	} else if (copy->type == AW_EVENT_WARNING) {
		copy->warning.gfp.names = keep_text(kept, copy->warning.gfp.names);
		copy->warning.format = keep_text(kept, copy->warning.format);
		copy->warning.pool.name = keep_text(kept, copy->warning.pool.name);
	}
}

void aw_sample_set(struct aw_samples_kept *kept, struct aw_sample *sample, const struct aw_event *event)
{
	const char *names, *cgroup;
	struct aw_zone *zones;
	struct aw_event *copy;

	freshen(kept, sample);
	set_stack(kept, sample, event);
	set_origin(sample, event);
	aw_sample_join(sample, event->scan);
	copy = &sample->fresh->event;
	zones = (struct aw_zone *)copy->failure.zones;
	sample->nr_zones = (uint8_t)copy_zones(&event->failure, &zones, copy->failure.nr_zones);
	if (!sample->nr_zones && event->failure.nr_zones)
		aw_intern_note_failure(kept->texts);
	names = copy->failure.gfp.names;
	cgroup = copy->task.cgroup;
	aw_bulk_copy(copy, event, sizeof(*copy));
	copy->texts = 0;
	copy->stack = NULL;
	copy->site = NULL;
	copy->scan = NULL;
	keep_common_texts(kept, sample->fresh, event, names, cgroup);
	keep_texts(kept, copy);
	copy->failure.zones = zones;
	copy->failure.nr_zones = sample->nr_zones;
}

void aw_sample_clear(struct aw_sample *sample)
{
	if (sample->fresh)
		free((void *)sample->fresh->event.failure.zones);
	free(sample->packed);
	aw_origin_drop(sample->origin);
	aw_scan_drop(sample->scan);
	*sample = (struct aw_sample){ 0 };
}

/* The last one fills its place. */
static void leave_fresh(struct aw_samples_kept *kept, struct aw_sample *sample)
{
	struct aw_fresh_sample *fresh = sample->fresh, *last = &kept->fresh[kept->nr_fresh - 1];

	free((void *)fresh->event.failure.zones);
	if (fresh != last) {
		*fresh = *last;
		fresh->of->fresh = fresh;
	}
	last->event.failure.zones = NULL;
	last->event.failure.nr_zones = 0;
	kept->nr_fresh--;
	sample->fresh = NULL;
}

void aw_sample_drop(struct aw_samples_kept *kept, struct aw_sample *sample)
{
	if (sample->fresh)
		leave_fresh(kept, sample);
	aw_kept_stacks_drop(kept->stacks, sample->stack);
	aw_sample_clear(sample);
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

/* The event, if there was no memory to pack it. */
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
	event->scan = sample->scan;
	return event;
}

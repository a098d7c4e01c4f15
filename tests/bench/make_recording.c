// SPDX-License-Identifier: GPL-2.0
/*
 * Makes a large recording of a storm of failures, to measure its readers.
 *
 * usage: make_recording FILE [EVENTS [PER_SECOND [STACKS]]]
 *
 * It has STACKS (500) different stacks of 14 frames, each with its order and one or two
 * of 12 masks, and 200 tasks.  Every failure has its effort, the first 100 of a
 * second have two zones, and one event in five is a steal.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "event/stacks.h"
#include "mm/site.h"
#include "recording/encode.h"

#define SHAPES 500	/* stacks that differ in more than the offset of a call */
#define FRAMES 14
#define OUTER 3		/* frames that differ, if there are more stacks than shapes */
#define NAMES 100000
#define TASKS 200
#define MASKS 12

struct storm {
	struct aw_kernel kernel;
	struct aw_stack stacks[SHAPES];
	const struct aw_frame *sites[SHAPES];
	uint64_t nr_stacks;
	const char *names[NAMES];
	struct aw_zone zones[2];
	uint64_t random;
};

static uint32_t next(struct storm *storm, uint32_t below)
{
	storm->random = storm->random * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(storm->random >> 33) % below;
}

static struct aw_intern *texts;

static const char *name(const char *form, unsigned int number)
{
	char text[64];

	snprintf(text, sizeof(text), form, number);
	return aw_intern(texts, text);
}

static void make_stacks(struct storm *storm)
{
	for (unsigned int i = 0; i < SHAPES; i++) {
		struct aw_stack *stack = &storm->stacks[i];

		stack->count = FRAMES;
		stack->frames[0] = (struct aw_frame){ .offset = 0x26c, .size = 0x300,
						       .name = "__alloc_pages", .module = "" };
		stack->frames[1] = (struct aw_frame){ .offset = 0x98, .size = 0xf0,
						       .name = "__kmalloc_large_node", .module = "" };
		for (unsigned int f = 2; f < FRAMES; f++)
			stack->frames[f] = (struct aw_frame){
				.offset = next(storm, 4096) * 4, .size = 0x4000,
				.name = name("driver_function_%u", (i * f) % 900),
				.module = i % 3 ? "" : name("module%u", i % 40) };
		stack->id = aw_stack_id(stack);
		storm->sites[i] = aw_site_of(stack);
	}
}

static void make_zones(struct storm *storm)
{
	for (unsigned int i = 0; i < 2; i++) {
		struct aw_zone *zone = &storm->zones[i];

		*zone = (struct aw_zone){ .index = (int)i, .known = 0x7f, .managed = 1000000, .free = 60000,
					  .free_cma = 100, .min = 4000, .low = 5000, .high = 6000,
					  .nr_reserves = 4, .nr_orders = 11 };
		snprintf(zone->name, sizeof(zone->name), "%s", i ? "Normal" : "DMA32");
		zone->type = aw_zone_type_from_name(zone->name);
		for (unsigned int order = 0; order < 4; order++) {
			zone->nr_free[order] = 20000 >> (2 * order);
			zone->types[order] = 7;
		}
	}
}

static void make_task(struct storm *storm, struct aw_event *event)
{
	uint32_t task = next(storm, TASKS);

	event->task = (struct aw_task){ .pid = 1000 + task, .tid = 1000 + task, .cgroup = "",
					.context = AW_IN_TASK, .known = AW_TASK_KNOWS_FLAGS };
	snprintf(event->task.comm, sizeof(event->task.comm), "worker/%u", task);
}

static void make_failure(struct storm *storm, struct aw_event *event, uint32_t stack, bool zones)
{
	static const uint64_t masks[MASKS] = { 0x40dc0, 0xcc0, 0xdc0, 0xa20, 0x40a20, 0x52dc0, 0x42cc0, 0x152cca,
					       0x40cc0, 0x400dc0, 0x440cc0, 0x1100cca };
	struct aw_failure *failure = &event->failure;
	uint32_t order = stack % 10;
	uint64_t mask = masks[(stack + !next(storm, 8)) % MASKS];

	event->type = AW_EVENT_FAILURE;
	*failure = (struct aw_failure){
		.order = order, .bytes = UINT64_C(4096) << order,
		.gfp = aw_gfp_decode(storm->kernel.gfp, mask),
		.log = next(storm, 50) ? AW_LOG_SUPPRESSED : AW_LOG_PRINTED, .class_why = "",
		.class = next(storm, 4) ? AW_CLASS_HARD : AW_CLASS_OPPORTUNISTIC, .saw = 3, .warn_watched = true,
		.effort = { .known = true, .knows_reclaim = true, .knows_compaction = true,
			    .total_ns = 1000000 + next(storm, 3000000), .reclaim_ns = next(storm, 1000000),
			    .compact_ns = next(storm, 1000000), .reclaim_calls = 1, .reclaim_declined = 1,
			    .compact_calls = 2, .nr_attempts = 2,
			    .attempts = { { AW_PRIO_ASYNC, AW_COMPACT_SKIPPED, next(storm, 900), 1, false },
					  { AW_PRIO_SYNC_LIGHT, AW_COMPACT_DEFERRED, next(storm, 900), 1, true } } },
		.zones_over_budget = !zones,
		.zones_when = zones ? AW_ZONES_AT_FAILURE : AW_ZONES_NONE,
		.nr_zones = zones ? 2 : 0, .zones = storm->zones,
	};
	storm->zones[1].free = 50000 + next(storm, 10000);
}

/* Other outermost functions, of as many as a kernel with its modules has. */
static void set_variant(struct storm *storm, struct aw_stack *stack, uint32_t variant)
{
	for (unsigned int i = 1; i <= OUTER; i++, variant /= NAMES) {
		stack->frames[FRAMES - i].name = storm->names[(variant + i) % NAMES];
		stack->frames[FRAMES - i].offset = variant % NAMES * 4;
	}
	stack->id = aw_stack_id(stack);
}

static void make_event(struct storm *storm, uint64_t number, uint64_t per_second, struct aw_event *event)
{
	uint32_t stack = next(storm, (uint32_t)storm->nr_stacks), shape = stack % SHAPES;

	memset(event, 0, sizeof(*event));
	event->time_ns = 1000000000 + number * (1000000000 / per_second);
	event->cpu = next(storm, 8);
	event->stack = &storm->stacks[shape];
	event->site = storm->sites[shape];
	if (storm->nr_stacks > SHAPES)
		set_variant(storm, &storm->stacks[shape], stack / SHAPES);
	make_task(storm, event);
	if (next(storm, 5)) {
		make_failure(storm, event, shape, number % per_second < 100);
		return;
	}
	event->type = AW_EVENT_EXTFRAG;
	event->extfrag = (struct aw_extfrag){ (int)next(storm, 4), 9, AW_MT_MOVABLE, AW_MT_UNMOVABLE, 1,
					      next(storm, 1u << 20) };
}

static int write_out(FILE *file, struct aw_bytes *bytes)
{
	size_t put = fwrite(bytes->data, 1, bytes->used, file);

	if (put != bytes->used)
		return -1;
	bytes->used = 0;
	return 0;
}

static int make(struct storm *storm, FILE *file, uint64_t events, uint64_t per_second)
{
	const struct aw_recording_facts facts = { .kernel = &storm->kernel, .source = "bpf" };
	struct aw_recording_encoder *encoder = aw_recording_encoder_new(&facts);
	struct aw_bytes out = { 0 };
	int err = aw_recording_begin(encoder, 1000000000, &out);

	for (uint64_t i = 0; !err && i < events; i++) {
		struct aw_event event;

		make_event(storm, i, per_second, &event);
		err = aw_recording_event(encoder, &event);
		if (!err && aw_recording_pending(encoder) >= 32u << 10)
			err = aw_recording_flush(encoder, &out) || write_out(file, &out);
	}
	if (!err)
		err = aw_recording_losses(encoder, AW_RECORD_END, 1000000000 + events * (1000000000 / per_second),
					  NULL, 0) || aw_recording_flush(encoder, &out) || write_out(file, &out);
	aw_recording_encoder_free(encoder);
	aw_bytes_free(&out);
	return err;
}

int main(int argc, char **argv)
{
	static struct storm storm = { .random = 42 };
	uint64_t events = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000000;
	uint64_t per_second = argc > 3 ? strtoull(argv[3], NULL, 10) : 20000;
	uint64_t nr_stacks = argc > 4 ? strtoull(argv[4], NULL, 10) : SHAPES;
	FILE *file = argc > 1 ? fopen(argv[1], "w") : NULL;
	int err;

	if (!file || !per_second || !nr_stacks || nr_stacks > UINT32_MAX || aw_kernel_for_release("6.1.0", 4096, &storm.kernel)) {
		fprintf(stderr, "usage: make_recording FILE [EVENTS [PER_SECOND [STACKS]]]\n");
		return 2;
	}
	texts = aw_intern_new();
	if (!texts)
		return 1;
	storm.nr_stacks = nr_stacks;
	for (unsigned int i = 0; i < NAMES; i++)
		storm.names[i] = name("outer_function_%u", i);
	make_stacks(&storm);
	make_zones(&storm);
	err = make(&storm, file, events, per_second);
	if (fclose(file) || err) {
		fprintf(stderr, "make_recording: can't write %s\n", argv[1]);
		return 1;
	}
	aw_intern_free(texts);
	return 0;
}

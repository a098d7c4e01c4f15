/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An event of every type with all fields set, and a recording of them in memory.
 */
#ifndef AW_TESTS_RECORDING_BUILDER_H
#define AW_TESTS_RECORDING_BUILDER_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "event_builder.h"
#include "event/stacks.h"
#include "recording/block.h"
#include "recording/decode.h"
#include "recording/encode.h"
#include "source/source.h"

#define BUILT_EVENTS 11
#define BUILT_GROUP 3	/* events of a group */

/* Events, what they point to, and their kernel. */
struct recorded {
	struct built built;		/* a failure, by event_builder.h */
	struct aw_event events[BUILT_EVENTS];
	struct aw_missing missing;
	struct aw_scan scan, cma_scan;	/* borrowed by the last events: nobody drops them */
	struct aw_holder holders[2];	/* of cma_scan */
	struct aw_cell cells[3];
};

static inline void fill_task(struct aw_task *task)
{
	*task = (struct aw_task){
		.pid = 89, .tid = 90, .comm = "a\"},{\x1b[2J<b>", .cgroup_id = 77, .cgroup = "/user.slice",
		.context = AW_IN_SOFTIRQ, .known = 0x1f, .memalloc_noio = true, .memalloc_pin = true, .exiting = true,
		.oom_victim = true, .realtime = true, .mems_allowed = 5,
	};
}

static inline void fill_effort(struct aw_effort *effort)
{
	*effort = (struct aw_effort){
		.known = true, .knows_reclaim = true, .knows_compaction = true, .knows_retry = true,
		.lower_bound = true, .total_ns = 3100000, .reclaim_ns = 1, .compact_ns = 2, .reclaim_pages = 3,
		.reclaim_calls = 4, .reclaim_declined = 1, .compact_calls = 9, .nr_attempts = 2,
		.attempts = { { AW_PRIO_ASYNC, AW_COMPACT_SKIPPED, 5, 6, true },
			      { AW_PRIO_SYNC_LIGHT, AW_COMPACT_SUCCESS, 7, 8, false } },
		.reclaim_retries = 3, .retry_no_progress = -1, .retry_wmark_ok = true, .retry_available = 10,
		.retry_min_wmark = 11, .retry_reclaimable = 12, .compact_retries = 13, .compact_retry_loops = -14,
		.compact_retry_max = 15, .compact_retry_again = true, .compact_retry_result = AW_COMPACT_CONTENDED,
		.knows_pages = true, .knows_zones = true, .scanned = 16, .taken = 17, .moved = 18, .failed = 19,
		.free_scanned = 20, .free_taken = 21,
	};
}

static inline void fill_stack(struct aw_stack *stack)
{
	*stack = (struct aw_stack){
		.count = 3,
		.frames = { { 0xffff800008123456, 0x26c, 0x300, "__alloc_pages", "" },
			    { 0xffff800008123999, 0x24, 0, "hog_get_buffer", "hog", ".isra.0.cold" },
			    { 0xffff80000a654321, 0, 0, "", "" } },
	};
	stack->id = aw_stack_id(stack);
}

static inline void fill_failure(struct recorded *r, struct aw_event *event)
{
	struct aw_failure *failure = &event->failure;
	struct aw_zone *zone;

	*event = r->built.event;
	zone = build_zone_3_18_20(&r->built);
	zone->lowmem_reserve[1] = -7;
	zone->node = 1;
	zone->known |= AW_ZONE_NAMED;
	build_zone(&r->built, "Movable", 5, 6, 7);
	failure->nr_zones = r->built.event.failure.nr_zones;
	failure->zones_when = AW_ZONES_READ_LATER;
	failure->zones_late_ns = 5000000;
	failure->zones_over_budget = true;
	failure->before_start = true;
	failure->class = AW_CLASS_OPPORTUNISTIC;
	failure->class_why = "the caller falls back";
	fill_effort(&failure->effort);
}

static inline void fill_others(struct recorded *r)
{
	r->events[2].type = AW_EVENT_EXTFRAG;
	r->events[2].extfrag = (struct aw_extfrag){ 3, 9, AW_MT_MOVABLE, AW_MT_UNMOVABLE, -1, UINT64_MAX };
	r->events[3].type = AW_EVENT_WARNING;
	r->events[3].warning.gfp = r->events[0].failure.gfp;
	r->events[3].warning.format = "vmalloc error: size %lu";
	r->events[4].type = AW_EVENT_OOM_KILL;
	r->events[4].oom = (struct aw_oom_kill){ .victim_pid = 4242, .victim_comm = "victim", .order = -1 };
	r->events[5].type = AW_EVENT_CMA_FAILURE;
	r->events[5].cma = (struct aw_cma_failure){ .count = 512, .align = 4, .error = -16, .name = "reserved" };
}

static inline void fill_scan_zone(struct recorded *r, struct aw_blockers_zone *zone)
{
	*zone = (struct aw_blockers_zone){
		.span = { 1, "DMA32", 0x40000, 0x20000 },
		.windows = { .total = 8192, .free = 1, .closed = 2, .movable = 300, .blocked = 7889, .blocked_roomy = 7000 },
		.makeable = 250, .makeable_most = 260, .simulated = { 4711, true }, .unknown_blocks = 5,
		.cells = { 3, 2, r->cells },
	};
	zone->windows.class[AW_PAGE_FREE] = (struct aw_window_class){ 0, 0, 9000 };
	zone->windows.class[AW_PAGE_SLAB] = (struct aw_window_class){ 6000, 5000, 12000 };
	zone->windows.class[AW_PAGE_KERNEL] = (struct aw_window_class){ 2889, 1889, 31000 };
	r->cells[0] = (struct aw_cell){ AW_CELL_FREE, AW_PAGE_NONE, 0x40000, 1024, 1024, 0, 0, { 0 } };
	r->cells[1] = (struct aw_cell){ AW_CELL_PART, AW_PAGE_SLAB, 0x40400, 1024, 512, 12, 500, { 0 } };
	r->cells[2] = (struct aw_cell){ AW_CELL_BLOCKED, AW_PAGE_KERNEL, 0x40800, 1023, 0, 23, 1000, { 0 } };
}

static inline void fill_scan(struct recorded *r, struct aw_event *event)
{
	struct aw_blockers *found = &r->scan.found;

	*event = (struct aw_event){ .type = AW_EVENT_SCAN, .scan = &r->scan };
	event->failure.order = 4;
	event->failure.gfp = r->events[0].failure.gfp;
	event->failure.migratetype = AW_MT_MOVABLE;
	event->failure.class = AW_CLASS_HARD;
	r->scan = (struct aw_scan){ .holders = 1, .failed_ns = 1000000007 };
	found->source = AW_PAGES_KPAGEFLAGS;
	found->request = (struct aw_window_request){ 4, true, true, false };
	found->cost = (struct aw_scan_cost){ .pages = 131072, .ns = 3000000, .longest_ns = 60000, .unread = 17 };
	found->nr_zones = 2;
	fill_scan_zone(r, &found->zones[0]);
	fill_scan_zone(r, &found->zones[1]);
	snprintf(found->zones[1].span.name, sizeof(found->zones[1].span.name), "Normal");
	found->zones[1].cells = (struct aw_cells){ 0, 0, NULL };
	found->taken = (struct aw_taken_by){ .windows = 840, .count = 2, .sites = { { "ion_alloc [ion]", 812 }, { "", 3 } } };
	aw_blockers_sum_up(found);
}

static inline void fill_cma_scan(struct recorded *r, struct aw_event *event)
{
	struct aw_blockers *found = &r->cma_scan.found;

	*event = (struct aw_event){ .type = AW_EVENT_SCAN, .scan = &r->cma_scan };
	event->failure.order = 9;
	event->failure.gfp.names = "";
	event->failure.migratetype = AW_MT_MOVABLE;
	r->cma_scan = r->scan;
	found->taken = (struct aw_taken_by){ .windows = 0 };
	r->cma_scan.cma = (struct aw_scan_cma){ .count = 10240, .align = 8, .name = "reserved" };
	found->source = AW_PAGES_BPF;
	found->request = (struct aw_window_request){ 9, true, true, true };
	found->cma.count = 2;
	found->cma.areas[0] = (struct aw_cma_area){ "cma-reserved", 0x48000, 16384, 4810, 8320, 260, 2994, 384, 12000 };
	found->cma.areas[1] = (struct aw_cma_area){ "", 0x58000, 1024, 1024, 0, 0, 0, 1024, 1024 };
	r->holders[0] = (struct aw_holder){ .type = AW_HOLDER_PROCESS, .class = AW_PAGE_PINNED, .key = 311, .name = "camera\x1b",
					    .cma_pages = 2993 };
	r->holders[1] = (struct aw_holder){ .type = AW_HOLDER_FILE, .class = AW_PAGE_PINNED, .name = "sda1: a", .cma_pages = 1 };
	found->holders = (struct aw_holders){ .list = r->holders, .count = 2 };
}

static inline void recorded_build(struct recorded *r)
{
	memset(r, 0, sizeof(*r));
	build(&r->built, "6.1.0", 4, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	snprintf(r->built.kernel.arch, sizeof(r->built.kernel.arch), "aarch64");
	snprintf(r->built.kernel.host, sizeof(r->built.kernel.host), "phone");
	r->built.kernel.wall_offset_ns = 1700000000000000000;
	aw_migratetypes_for_release("6.1.0", false, &r->built.kernel.migratetypes);
	fill_stack(&r->built.stack);
	r->missing = (struct aw_missing){ "kprobes", "there are none", "no log state" };
	fill_failure(r, &r->events[0]);
	r->events[1] = r->events[0];
	r->events[1].type = AW_EVENT_STALL;
	fill_others(r);
	r->events[6] = r->built.event;	/* the plainest failure */
	r->events[6].failure.nr_zones = 0;
	r->events[6].failure.unsampled = 4711;
	r->events[7].type = AW_EVENT_ALLOCATIONS;
	r->events[7].allocations = (struct aw_allocations){ 3, 123456789012 };
	fill_scan(r, &r->events[8]);
	fill_cma_scan(r, &r->events[9]);
	r->events[10].type = AW_EVENT_HELD;
	r->events[10].held = (struct aw_held){ .order = 2, .migratetype = AW_MT_UNMOVABLE, .shift = 6, .rest = true, .blocks = 40,
					       .pages = 160, .oldest_ns = 5000, .newest_ns = 900000000 };
	for (unsigned int i = 0; i < BUILT_EVENTS; i++) {
		r->events[i].time_ns = 1000000000 + i * 1000;
		r->events[i].cpu = i;
		r->events[i].stack = &r->built.stack;
		r->events[i].site = i % 2 ? &r->built.stack.frames[1] : NULL;
		fill_task(&r->events[i].task);
	}
}

static inline struct aw_recording_encoder *recorded_encoder(const struct recorded *r, bool raw)
{
	struct aw_recording_facts facts = {
		.kernel = &r->built.kernel, .source = "bpf", .raw_addresses = raw,
		.nr_missing = 1, .missing = &r->missing,
	};
	struct aw_recording_encoder *encoder = aw_recording_encoder_new(&facts);

	assert_non_null(encoder);
	return encoder;
}

/* A whole file, one block per event, in groups; ends[i] is the end of the block of event i. */
static inline void recorded_file(const struct recorded *r, bool raw, struct aw_bytes *out, size_t ends[BUILT_EVENTS])
{
	struct aw_recording_encoder *encoder = recorded_encoder(r, raw);
	struct aw_loss loss = AW_LOSS(ring_full_failures, "failures: the ring buffer was full", 3);

	assert_int_equal(aw_recording_begin(encoder, 999, out), 0);
	for (unsigned int i = 0; i < BUILT_EVENTS; i++) {
		if (i && i % BUILT_GROUP == 0)
			assert_int_equal(aw_recording_group(encoder, r->events[i].time_ns), 0);
		assert_int_equal(aw_recording_event(encoder, &r->events[i]), 0);
		assert_int_equal(aw_recording_flush(encoder, out), 0);
		ends[i] = out->used;
	}
	assert_int_equal(aw_recording_group(encoder, 2000000000), 0);
	assert_int_equal(aw_recording_losses(encoder, AW_RECORD_END, 2000000000, &loss, 1), 0);
	assert_int_equal(aw_recording_flush(encoder, out), 0);
	aw_recording_encoder_free(encoder);
}

/* A file in memory, for the source to open. */
static inline int memory_file(const void *data, size_t size)
{
	int fd = memfd_create("recording", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, data, size), size);
	return fd;
}

static inline int memory_open(int fd, struct aw_source **source, struct aw_error *error)
{
	struct aw_capture capture = { 0 };
	struct aw_choice choice;
	char name[64];

	snprintf(name, sizeof(name), "recording:/proc/self/fd/%d", fd);
	return aw_source_open(name, &capture, &choice, source, error);
}

/* Reads all remaining events.  0 or -errno of the source. */
static inline int drain(struct aw_source *source, aw_event_fn deliver, void *arg)
{
	int got;

	do
		got = source->ops->poll(source, 0, deliver, arg);
	while (got >= 0);
	return got == -ENODATA ? 0 : got;
}

/* The records of all blocks, concatenated. */
static inline void unpack_all(const struct aw_bytes *file, struct aw_bytes *records)
{
	for (size_t at = AW_RECORDING_HEADER; at < file->used;) {
		struct aw_block_header header;
		uint8_t *out;

		assert_int_equal(aw_recording_get_block(file->data + at, &header), 0);
		at += AW_RECORDING_BLOCK_HEADER;
		out = aw_bytes_grow(records, header.size);
		assert_int_equal(aw_recording_unpack(&header, file->data + at, out, NULL), 0);
		at += header.stored;
	}
}

#endif

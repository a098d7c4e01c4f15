/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A recording for tests of the commands that read one: every type of event,
 * names with every byte, and their true number.  A test that includes this
 * defines `aw_sources` instead of session/sources.c.
 */
#ifndef AW_TESTS_SCRIPTED_RECORDING_H
#define AW_TESTS_SCRIPTED_RECORDING_H

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "events.h"
#include "source/source.h"

#define RECORDING_EVENTS 128
#define RECORDING_SECOND UINT64_C(1000000000)

struct recording {
	struct aw_source source;
	struct aw_kernel kernel;
	struct aw_recorded recorded;
	struct test_event tests[RECORDING_EVENTS];
	unsigned int count, next;
	int poll_error;			/* -errno after the last event; 0: -ENODATA */
	bool interrupt;			/* SIGINT at the first event */
	uint64_t lost;
	unsigned int closes;
	char names[RECORDING_EVENTS][2][24];	/* of symbols and modules */
};

static inline struct aw_event *recording_add(struct recording *recording, enum aw_event_type type)
{
	struct test_event *test = &recording->tests[recording->count++];
	struct aw_event *event = type == AW_EVENT_EXTFRAG ? event_extfrag(test) : event_failure(test);

	event->type = type;
	event->time_ns = recording->count * RECORDING_SECOND / 4 + 123456789;
	return event;
}

static inline int recording_poll(struct aw_source *source, int timeout_ms, aw_event_fn deliver, void *arg)
{
	struct recording *recording = (struct recording *)source;
	int count = 0;

	(void)timeout_ms;
	if (recording->interrupt && !recording->next)
		raise(SIGINT);
	for (; recording->next < recording->count && count < 7; count++)
		deliver(arg, &recording->tests[recording->next++].event);
	if (count)
		return count;
	return recording->poll_error ? recording->poll_error : -ENODATA;
}

static inline const struct aw_kernel *recording_kernel(const struct aw_source *source)
{
	return &((const struct recording *)source)->kernel;
}

static inline unsigned int recording_missing(const struct aw_source *source,
					     struct aw_missing out[AW_MAX_MISSING_FEATURES])
{
	(void)source;
	out[0] = (struct aw_missing){ "warn_alloc kprobe", "no \"kprobes\" here\n", "the log state is not known" };
	return 1;
}

static inline unsigned int recording_losses(struct aw_source *source, struct aw_loss out[AW_MAX_LOSSES])
{
	out[0] = (struct aw_loss)AW_LOSS(ring_full_failures, "failures: the ring was full", ((struct recording *)source)->lost);
	return 1;
}

static inline void recording_stop(struct aw_source *source)
{
	(void)source;
}

static inline void recording_close(struct aw_source *source)
{
	((struct recording *)source)->closes++;
}

static inline const struct aw_recorded *recording_recorded(const struct aw_source *source)
{
	return &((const struct recording *)source)->recorded;
}

#define RECORDING_OPS(open_function) { \
	.name = "recording", .summary = "for tests", .takes_argument = true, .needs_argument = true, .open = open_function, .poll = recording_poll, \
	.kernel = recording_kernel, .missing = recording_missing, .losses = recording_losses, \
	.stop = recording_stop, .close = recording_close, .recorded = recording_recorded, \
}

static inline void recording_init(struct recording *recording, const struct aw_source_ops *ops)
{
	memset(recording, 0, sizeof(*recording));
	recording->source.ops = ops;
	if (aw_kernel_for_release("6.1.0-51-arm64", 4096, &recording->kernel))
		abort();
	strcpy(recording->kernel.arch, "aarch64");
	strcpy(recording->kernel.host, "board\xff");
	recording->kernel.wall_offset_ns = INT64_C(1767934522878000000);
	recording->recorded = (struct aw_recorded){
		.source = "bpf", .start_ns = RECORDING_SECOND, .end_ns = 61 * RECORDING_SECOND,
	};
}

static inline void recording_clear(struct recording *recording)
{
	aw_kernel_clear(&recording->kernel);
}

/* ---- the events ---- */

static inline void recording_add_zones(struct recording *recording, struct aw_event *event)
{
	struct aw_zone *zone = recording->tests[recording->count - 1].zones;

	*zone = (struct aw_zone){
		.index = 0, .type = AW_ZONE_TYPE_DMA, .name = "DMA", .managed = 60000, .free = 34064,
		.free_cma = 16384, .min = 491, .low = 613, .high = 736, .nr_reserves = 4,
		.nr_orders = 11, .nr_free = { 17664, 4, 1, 2 }, .types = { 0x7, 0x1, 0x1, 0x1 },
		.known = AW_ZONE_KNOWS_CMA | AW_ZONE_KNOWS_TYPES | AW_ZONE_KNOWS_WATERMARKS |
			 AW_ZONE_KNOWS_MANAGED | AW_ZONE_KNOWS_LRU | AW_ZONE_KNOWS_PENDING |
			 AW_ZONE_KNOWS_HUGE,
		.lru_anon = 1100, .lru_file = 200, .unevictable = 7, .write_pending = 30, .node_huge = 512,
	};
	zone->nr_free[10] = 16;
	zone->types[10] = 1u << AW_MT_CMA;
	event->failure.zones = zone;
	event->failure.nr_zones = 1;
	event->failure.zones_when = AW_ZONES_AT_FAILURE;
	event->failure.knows_nodemask = true;
	event->failure.nodemask = 5;
}

static inline void recording_add_effort(struct aw_event *event)
{
	event->failure.effort = (struct aw_effort){
		.known = true, .knows_reclaim = true, .knows_compaction = true, .total_ns = 3100000,
		.reclaim_calls = 1, .reclaim_declined = 1, .compact_calls = 2, .nr_attempts = 2,
		.attempts = { { .prio = AW_PRIO_ASYNC, .result = AW_COMPACT_SKIPPED, .us = 12 },
			      { .prio = AW_PRIO_SYNC_LIGHT, .result = AW_COMPACT_DEFERRED, .deferred = true } },
	};
}

/* Names with the 16 bytes from `first` on (without NUL), for task, symbol and module. */
static inline void recording_add_hostile(struct recording *recording, unsigned int first)
{
	unsigned int index = recording->count, used = 0;
	struct aw_event *event = recording_add(recording, AW_EVENT_FAILURE);
	struct test_stack *stack = &recording->tests[index].stack;
	char (*names)[24] = recording->names[index];

	for (unsigned int byte = first; byte < first + 16; byte++)
		if (byte)
			event->task.comm[used++] = (char)byte;
	event->task.comm[used] = '\0';
	strcpy(names[0], event->task.comm);
	strcpy(names[1], event->task.comm);
	for (unsigned int i = 0; i < stack->stack.count; i++) {
		if (&stack->stack.frames[i] != event->site)
			continue;
		stack->stack.frames[i].name = names[0];
		stack->stack.frames[i].module = names[1];
	}
	stack->stack.id += first + 1;
	/* Addresses must not be shown, even if a frame has one. */
	stack->stack.frames[0].name = "";
	stack->stack.frames[0].addr = 0xffff800010203040;
}

static inline void recording_add_named(struct recording *recording, const char *comm)
{
	struct aw_event *event = recording_add(recording, AW_EVENT_FAILURE);

	memset(event->task.comm, 0, sizeof(event->task.comm));
	strncpy(event->task.comm, comm, AW_COMM_LEN);
	event->failure.order = 9;
	event->failure.bytes = 4096 << 9;
	event->failure.class = AW_CLASS_OPPORTUNISTIC;
	event->failure.log = AW_LOG_NOWARN;
}

static inline void recording_add_others(struct recording *recording)
{
	struct aw_event *event;

	for (unsigned int i = 0; i < 5; i++) {
		event = recording_add(recording, AW_EVENT_STALL);
		recording_add_effort(event);
		event->failure.effort.total_ns = UINT64_C(1500000) << i;
	}
	for (unsigned int i = 0; i < 3; i++)
		recording_add(recording, AW_EVENT_EXTFRAG);
	event = recording_add(recording, AW_EVENT_OOM_KILL);
	event->oom = (struct aw_oom_kill){ .victim_pid = 12, .victim_comm = "\"},{<script>", .order = 3 };
	event = recording_add(recording, AW_EVENT_CMA_FAILURE);
	event->cma = (struct aw_cma_failure){ .count = 16, .align = 4, .error = -16, .name = "linux,cma" };
	event = recording_add(recording, AW_EVENT_WARNING);
	event->warning = (struct aw_warning){ .gfp = { .names = "GFP_KERNEL" }, .format = "vmalloc error: size %lu" };
}

/* Failures that were counted only: the task is not known, even if the stack is that of a softirq. */
static inline struct aw_event *recording_add_counted(struct recording *recording, uint64_t unsampled)
{
	struct aw_event *event = recording_add(recording, AW_EVENT_FAILURE);
	enum aw_context context = event->task.context;

	event->task = (struct aw_task){ .cgroup = "", .context = context };
	event->cpu = 0;
	event->failure.unsampled = unsampled;
	return event;
}

static inline void recording_add_allocations(struct recording *recording, unsigned int order, uint64_t count)
{
	recording_add(recording, AW_EVENT_ALLOCATIONS)->allocations = (struct aw_allocations){ order, count };
}

/* Counted only: like the plain ones, like the softirq's, and with mixed signatures; and successes. */
static inline void recording_add_storm(struct recording *recording)
{
	struct aw_event *event;

	recording_add_counted(recording, 4711);
	recording_add_counted(recording, 289);
	recording_add_counted(recording, 12)->task.context = AW_IN_SOFTIRQ;
	event = recording_add_counted(recording, 3);
	event->failure.order = 2;
	event->failure.bytes = 4096 << 2;
	event->failure.gfp = (struct aw_gfp)AW_GFP_SEVERAL;
	event->failure.migratetype = AW_MT_UNKNOWN;
	event->failure.log = AW_LOG_UNKNOWN;
	recording->tests[recording->count - 1].stack.stack.count = 0;
	recording->tests[recording->count - 1].stack.stack.id = 0;
	event->site = NULL;
	recording_add_allocations(recording, 0, 1234567);
	recording_add_allocations(recording, 3, 89);
	recording_add_allocations(recording, 0, 1000);
}

/* 12 plain failures with zones and effort, one from a softirq, 16 with all bytes, 6 with hostile names. */
static inline void recording_fill(struct recording *recording)
{
	static const char *const names[] = {
		"\"},{<script>", "\x1b[2J", "=1+1", "a,b\r\nc", "\xc3\xa9t\xc3\xa9\xc3", "-x\\x41",
	};

	for (unsigned int i = 0; i < 12; i++) {
		struct aw_event *event = recording_add(recording, AW_EVENT_FAILURE);

		recording_add_zones(recording, event);
		recording_add_effort(event);
	}
	recording_add(recording, AW_EVENT_FAILURE)->task.context = AW_IN_SOFTIRQ;
	for (unsigned int first = 0; first < 256; first += 16)
		recording_add_hostile(recording, first);
	for (unsigned int i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		recording_add_named(recording, names[i]);
	recording_add_others(recording);
	recording_add_storm(recording);
}

#endif

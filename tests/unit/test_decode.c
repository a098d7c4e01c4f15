// SPDX-License-Identifier: GPL-2.0
/*
 * Tests decoding wire records: each type field by field, then invalid records.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>

#include <cmocka.h>

#include "../bpf/wire.h"
#include "event/decode.h"
#include "event/wire_read.h"
#include "temp.h"

#define ALLOC_PAGES	0xffff800008002000u
#define POLICY_PAGES	0xffff800008003000u
#define IOCTX_ALLOC	0xffff800008004000u
#define DO_SOFTIRQ	0xffff800008005000u
#define HANDLE_IRQ	0xffff800008006000u
#define SLOWPATH	0xffff800008007000u
#define WARN_ALLOC	0xffff800008008000u

static const char kallsyms[] =
	"ffff800008002000 T __alloc_pages\nffff800008003000 T alloc_pages\nffff800008004000 t ioctx_alloc\n"
	"ffff800008005000 T __do_softirq\nffff800008006000 T handle_irq_event\n"
	"ffff800008007000 t __alloc_pages_slowpath\nffff800008008000 T warn_alloc\n"
	"ffff800008009000 T _etext\n";

/* Bits of 6.1. */
#define GFP_KERNEL	0xcc0u
#define GFP_NOWARN	0x2000u
#define GFP_COMP	0x40000u

struct fixture {
	char path[TEMP_PATH];
	struct aw_kernel kernel;
	struct aw_symbols *symbols;
	struct aw_stacks *stacks;
	struct aw_decoder *decoder;
	struct aw_event event;
};

static int set_up_release(void **state, const char *release)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	temp_make(fixture->path, kallsyms, sizeof(kallsyms) - 1);
	assert_int_equal(aw_kernel_for_release(release, 4096, &fixture->kernel), 0);
	fixture->symbols = aw_symbols_new(fixture->path);
	fixture->stacks = aw_stacks_new(fixture->symbols);
	fixture->decoder = aw_decoder_new(&fixture->kernel, fixture->stacks);
	*state = fixture;
	return 0;
}

static int set_up(void **state)
{
	return set_up_release(state, "6.1.0-51-arm64");
}

static int set_up_3_18(void **state)
{
	return set_up_release(state, "3.18.20");
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	aw_decoder_free(fixture->decoder);
	aw_stacks_free(fixture->stacks);
	aw_symbols_free(fixture->symbols);
	aw_kernel_clear(&fixture->kernel);
	unlink(fixture->path);
	free(fixture);
	return 0;
}

static int decode(struct fixture *fixture, const void *data, size_t size)
{
	/* Nothing of the previous event may remain. */
	memset(&fixture->event, 0x5a, sizeof(fixture->event));
	return aw_decode(fixture->decoder, data, size, &fixture->event);
}

static void check_losses(const struct fixture *fixture, uint64_t damaged, uint64_t unknown, uint64_t zones)
{
	struct aw_decoder_losses losses = aw_decoder_losses(fixture->decoder);

	assert_int_equal(losses.damaged, damaged);
	assert_int_equal(losses.unknown, unknown);
	assert_int_equal(losses.zones, zones);
}

#define HEAD(record, wire_type) { \
	.size = sizeof(struct record), .version = AW_WIRE_VERSION, .type = wire_type, \
	.time_ns = 5000000000, .cpu = 3, .head_size = sizeof(struct aw_wire_head), \
}

static struct aw_wire_failure wire_failure(void)
{
	return (struct aw_wire_failure){
		.head = HEAD(aw_wire_failure, AW_WIRE_FAILURE),
		.task = {
			.pid = 89, .tid = 90, .comm = "repro", .cgroup_id = 77, .context = AW_CONTEXT_TASK,
			.known = AW_TASK_CGROUP,
		},
		.request = {
			.gfp = GFP_KERNEL | GFP_COMP | 0x100, .order = 4, .migratetype = 0,
			.seen = AW_SEEN_TRACEPOINT | AW_SEEN_WARN | AW_SEEN_PRINTED | AW_SEEN_WARN_WATCHED |
				AW_SEEN_PRINT_WATCHED,
		},
		.stack = { .nr_frames = 2, .frames = { ALLOC_PAGES + 0x20, IOCTX_ALLOC + 0x1c } },
	};
}

static const struct aw_event *decode_failure(struct fixture *fixture, const struct aw_wire_failure *filled)
{
	struct aw_wire_failure wire = *filled;

	aw_wire_size_failure(&wire);
	assert_int_equal(decode(fixture, &wire, sizeof(wire)), 1);
	return &fixture->event;
}

static void failure(void **state)
{
	struct aw_wire_failure wire = wire_failure();
	const struct aw_event *event = decode_failure(*state, &wire);

	assert_int_equal(event->type, AW_EVENT_FAILURE);
	assert_int_equal(event->time_ns, 5000000000);
	assert_int_equal(event->cpu, 3);
	assert_int_equal(event->task.pid, 89);
	assert_int_equal(event->task.tid, 90);
	assert_string_equal(event->task.comm, "repro");
	assert_string_equal(event->task.cgroup, "");
	assert_int_equal(event->task.cgroup_id, 77);
	assert_int_equal(event->task.known, AW_TASK_KNOWS_CGROUP);
	assert_int_equal(event->task.context, AW_IN_TASK);
	assert_int_equal(event->stack->count, 2);
	assert_string_equal(event->site->name, "ioctx_alloc");
	assert_int_equal(event->failure.order, 4);
	assert_int_equal(event->failure.bytes, 65536);
	assert_string_equal(event->failure.gfp.names, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	assert_int_equal(event->failure.gfp.raw, wire.request.gfp);
	assert_int_equal(event->failure.migratetype, AW_MT_UNMOVABLE);
	assert_int_equal(event->failure.log, AW_LOG_PRINTED);
	assert_int_equal(event->failure.class, AW_CLASS_HARD);
	assert_true(strlen(event->failure.class_why) > 0);
	assert_int_equal(event->failure.saw, AW_SAW_TRACEPOINT | AW_SAW_WARN);
	assert_true(event->failure.warn_watched);
	assert_false(event->failure.before_start);
	assert_int_equal(event->failure.zones_when, AW_ZONES_NONE);
	assert_int_equal(event->failure.nr_zones, 0);
	assert_false(event->failure.zones_over_budget);
	assert_false(event->failure.effort.known);
	check_losses(*state, 0, 0, 0);
}

/* Failures that were counted only have no task. */
static void unsampled(void **state)
{
	struct aw_wire_failure wire = wire_failure();
	const struct aw_event *event;

	memset(&wire.task, 0, sizeof(wire.task));
	wire.request.unsampled = 4711;
	event = decode_failure(*state, &wire);
	assert_int_equal(event->failure.unsampled, 4711);
	assert_int_equal(event->failure.order, 4);
	assert_string_equal(event->failure.gfp.names, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	assert_string_equal(event->site->name, "ioctx_alloc");
	assert_int_equal(event->failure.log, AW_LOG_PRINTED);
	assert_int_equal(event->failure.class, AW_CLASS_HARD);
	assert_int_equal(event->task.context, AW_IN_TASK);
	wire.request.gfp = ~UINT64_C(0);
	wire.stack.nr_frames = 0;
	event = decode_failure(*state, &wire);
	assert_string_equal(event->failure.gfp.names, "(of several kinds)");
	assert_int_equal(event->failure.order, 4);
	assert_null(event->site);
}

static void failure_details(void **state)
{
	struct aw_wire_failure wire = wire_failure();
	const struct aw_event *event;

	wire.head.type = AW_WIRE_STALL;
	wire.request.migratetype = -1;
	wire.request.order = 40;
	wire.request.seen = AW_SEEN_TRACEPOINT | AW_SEEN_ZONES_BUDGET;
	event = decode_failure(*state, &wire);
	assert_int_equal(event->type, AW_EVENT_STALL);
	assert_int_equal(event->failure.migratetype, AW_MT_UNKNOWN);
	assert_int_equal(event->failure.order, 40);
	assert_int_equal(event->failure.bytes, 0);
	assert_int_equal(event->failure.saw, AW_SAW_TRACEPOINT);
	assert_false(event->failure.warn_watched);
	assert_true(event->failure.zones_over_budget);
}

static void class_comes_from_mask_and_stack(void **state)
{
	struct aw_wire_failure wire = wire_failure();

	wire.request.gfp = GFP_KERNEL | GFP_NOWARN | 0x10000;	/* NORETRY */
	assert_int_equal(decode_failure(*state, &wire)->failure.class, AW_CLASS_OPPORTUNISTIC);
}

/* The first try of MPOL_PREFERRED_MANY, not a mask that its caller made: 5.15 on, with a nodemask where that is known. */
static void class_comes_from_the_nodemask(void **state)
{
	struct fixture *fixture = *state;
	struct aw_wire_failure wire = wire_failure();

	wire.request.gfp = (GFP_KERNEL & ~0x400u) | GFP_NOWARN;	/* DIRECT_RECLAIM */
	wire.stack.nr_frames = 3;
	wire.stack.frames[1] = POLICY_PAGES + 0x10;
	wire.stack.frames[2] = IOCTX_ALLOC + 0x1c;
	assert_int_equal(decode_failure(fixture, &wire)->failure.class, AW_CLASS_OPPORTUNISTIC);
	wire.request.seen |= AW_SEEN_NODEMASK;
	assert_int_equal(decode_failure(fixture, &wire)->failure.class, AW_CLASS_HARD);
	wire.request.nodemask = 2;
	assert_int_equal(decode_failure(fixture, &wire)->failure.class, AW_CLASS_OPPORTUNISTIC);
	fixture->kernel.version = AW_VERSION(5, 10, 0);
	assert_int_equal(decode_failure(fixture, &wire)->failure.class, AW_CLASS_HARD);
}

static void log_states(void **state)
{
	static const struct { uint32_t seen; uint64_t gfp; enum aw_log log; } cases[] = {
		{ AW_SEEN_WARN | AW_SEEN_PRINTED, 0, AW_LOG_PRINTED },
		{ AW_SEEN_WARN | AW_SEEN_PRINTED | AW_SEEN_PRINT_WATCHED, 0, AW_LOG_PRINTED },
		{ AW_SEEN_WARN | AW_SEEN_PRINT_WATCHED, 0, AW_LOG_SUPPRESSED },
		{ AW_SEEN_WARN, 0, AW_LOG_UNKNOWN },
		{ AW_SEEN_WARN | AW_SEEN_PRINT_WATCHED, GFP_NOWARN, AW_LOG_NOWARN },
		{ AW_SEEN_WARN, GFP_NOWARN, AW_LOG_NOWARN },
		{ AW_SEEN_TRACEPOINT | AW_SEEN_WARN_WATCHED, 0, AW_LOG_NONE },
		{ AW_SEEN_TRACEPOINT | AW_SEEN_WARN_WATCHED, GFP_NOWARN, AW_LOG_NONE },
		{ AW_SEEN_TRACEPOINT, 0, AW_LOG_UNKNOWN },
		{ AW_SEEN_TRACEPOINT, GFP_NOWARN, AW_LOG_NOWARN },
		{ 0, 0, AW_LOG_UNKNOWN },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct aw_wire_failure wire = wire_failure();
		enum aw_log log;

		wire.request.seen = cases[i].seen;
		wire.request.gfp = GFP_KERNEL | cases[i].gfp;
		log = decode_failure(*state, &wire)->failure.log;
		if (log != cases[i].log)
			print_error("row %zu\n", i);
		assert_int_equal(log, cases[i].log);
	}
}

/* PF_* of the release: KSWAPD moved in 4.12, when MEMALLOC_NOFS took its bit. */
static void check_task_flags(struct fixture *fixture, uint32_t kswapd, uint32_t nofs)
{
	struct aw_wire_failure wire = wire_failure();
	const struct aw_task *task = &fixture->event.task;

	wire.task.known = AW_TASK_FLAGS;
	wire.task.task_flags = 0;
	decode_failure(fixture, &wire);
	assert_int_equal(task->known, AW_TASK_KNOWS_FLAGS);
	assert_false(task->memalloc || task->memalloc_noio || task->memalloc_nofs || task->exiting ||
		     task->dumping_core || task->kswapd);
	wire.task.task_flags = 0x4 | 0x800;
	decode_failure(fixture, &wire);
	assert_true(task->exiting && task->memalloc);
	assert_false(task->dumping_core || task->memalloc_noio);
	wire.task.task_flags = 0x200 | 0x80000;
	decode_failure(fixture, &wire);
	assert_true(task->dumping_core && task->memalloc_noio);
	assert_false(task->exiting || task->memalloc || task->kswapd);
	wire.task.task_flags = 0x10000000;
	decode_failure(fixture, &wire);
	assert_int_equal(task->memalloc_pin, nofs != 0);
	wire.task.task_flags = kswapd;
	decode_failure(fixture, &wire);
	assert_true(task->kswapd);
	assert_false(task->memalloc_nofs);
	wire.task.task_flags = nofs;
	decode_failure(fixture, &wire);
	assert_false(task->kswapd);
	assert_int_equal(task->memalloc_nofs, nofs != 0);
}

static void task_flags_6_1(void **state)
{
	check_task_flags(*state, 0x20000, 0x40000);
}

static void task_flags_3_18(void **state)
{
	check_task_flags(*state, 0x40000, 0);
}

static void masks_and_types_of_3_18(void **state)
{
	struct aw_wire_failure wire = wire_failure();
	const struct aw_event *event;

	wire.request.gfp = 0xc0d0;
	wire.request.migratetype = 1;
	event = decode_failure(*state, &wire);
	assert_string_equal(event->failure.gfp.names, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	assert_int_equal(event->failure.migratetype, AW_MT_RECLAIMABLE);
}

static void task_facts(void **state)
{
	static const struct { uint8_t policy; bool realtime; } policies[] = {
		{ 0, false }, { 1, true }, { 2, true }, { 3, false }, { 5, false }, { 6, true }, { 7, false },
	};
	struct aw_wire_failure wire = wire_failure();
	const struct aw_event *event;

	wire.task.known = AW_TASK_OOM_VICTIM | AW_TASK_POLICY | AW_TASK_MEMS_ALLOWED;
	wire.task.oom_victim = 1;
	wire.task.mems_allowed = 0x8000000000000001;
	event = decode_failure(*state, &wire);
	assert_int_equal(event->task.known,
			 AW_TASK_KNOWS_VICTIM | AW_TASK_KNOWS_POLICY | AW_TASK_KNOWS_MEMS);
	assert_true(event->task.oom_victim);
	assert_true(event->task.mems_allowed == 0x8000000000000001);
	for (size_t i = 0; i < sizeof(policies) / sizeof(policies[0]); i++) {
		wire.task.policy = policies[i].policy;
		assert_int_equal(decode_failure(*state, &wire)->task.realtime, policies[i].realtime);
	}
	/* bits of newer writers */
	wire.task.known = 0xffffff00;
	assert_int_equal(decode_failure(*state, &wire)->task.known, 0);
}

static void comm_holds_any_byte(void **state)
{
	struct aw_wire_failure wire = wire_failure();
	const struct aw_event *event;

	for (int byte = 0; byte < 256; byte++) {
		memset(wire.task.comm, byte, sizeof(wire.task.comm));
		event = decode_failure(*state, &wire);
		assert_int_equal(strlen(event->task.comm), byte ? AW_COMM_LEN : 0);
		assert_memory_equal(event->task.comm, wire.task.comm, AW_COMM_LEN);
		assert_int_equal(event->task.comm[AW_COMM_LEN], '\0');
	}
}

static void context_as_the_kernel_side_says(void **state)
{
	static const struct { uint8_t wire; enum aw_context context; } cases[] = {
		{ AW_CONTEXT_TASK, AW_IN_TASK }, { AW_CONTEXT_SOFTIRQ, AW_IN_SOFTIRQ },
		{ AW_CONTEXT_HARDIRQ, AW_IN_HARDIRQ }, { AW_CONTEXT_NMI, AW_IN_NMI },
		/* not known: the stack decides; here it is that of a task */
		{ AW_CONTEXT_UNKNOWN, AW_IN_TASK }, { 5, AW_IN_TASK }, { 255, AW_IN_TASK },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct aw_wire_failure wire = wire_failure();

		wire.task.context = cases[i].wire;
		assert_int_equal(decode_failure(*state, &wire)->task.context, cases[i].context);
	}
}

static enum aw_context context_of(struct fixture *fixture, uint8_t context, uint64_t inner, uint64_t outer)
{
	struct aw_wire_failure wire = wire_failure();

	wire.task.context = context;
	wire.stack.nr_frames = 4;
	wire.stack.frames[1] = inner;
	wire.stack.frames[2] = outer;
	wire.stack.frames[3] = IOCTX_ALLOC + 0x1c;
	return decode_failure(fixture, &wire)->task.context;
}

static void context_from_the_stack(void **state)
{
	struct aw_wire_failure wire = wire_failure();

	assert_int_equal(context_of(*state, 0, DO_SOFTIRQ + 4, ALLOC_PAGES), AW_IN_SOFTIRQ);
	assert_int_equal(context_of(*state, 0, HANDLE_IRQ + 4, ALLOC_PAGES), AW_IN_HARDIRQ);
	/* a softirq on exit of an interrupt; an interrupt in a softirq */
	assert_int_equal(context_of(*state, 0, DO_SOFTIRQ + 4, HANDLE_IRQ + 4), AW_IN_SOFTIRQ);
	assert_int_equal(context_of(*state, 0, HANDLE_IRQ + 4, DO_SOFTIRQ + 4), AW_IN_HARDIRQ);
	/* the context from the kernel side takes precedence */
	assert_int_equal(context_of(*state, AW_CONTEXT_TASK, HANDLE_IRQ + 4, DO_SOFTIRQ + 4), AW_IN_TASK);
	wire.task.context = AW_CONTEXT_UNKNOWN;
	wire.stack.nr_frames = 0;
	assert_int_equal(decode_failure(*state, &wire)->task.context, AW_IN_UNKNOWN);
}

static void caller_only_where_the_stack_lacks_it(void **state)
{
	struct aw_wire_failure wire = wire_failure();
	const struct aw_event *event;

	wire.request.caller = SLOWPATH + 0x40;
	assert_int_equal(decode_failure(*state, &wire)->stack->count, 2);
	wire.request.seen = AW_SEEN_WARN;
	wire.stack.frames[0] = WARN_ALLOC;
	event = decode_failure(*state, &wire);
	assert_int_equal(event->stack->count, 3);
	assert_string_equal(event->stack->frames[0].name, "warn_alloc");
	assert_string_equal(event->stack->frames[1].name, "__alloc_pages_slowpath");
}

static void effort_not_watched(void **state)
{
	struct aw_wire_failure wire = wire_failure();
	const struct aw_effort *effort;

	wire.effort.known = AW_EFFORT_NESTED;
	effort = &decode_failure(*state, &wire)->failure.effort;
	assert_false(effort->known || effort->knows_reclaim || effort->knows_compaction || effort->knows_retry);
	assert_int_equal(effort->total_ns, 0);
	assert_int_equal(effort->nr_attempts, 0);
}

/* The effort of a real failure on 6.1: async skipped, one declined reclaim, then deferred. */
static void effort(void **state)
{
	struct aw_wire_failure wire = wire_failure();
	const struct aw_effort *effort;

	wire.effort = (struct aw_wire_effort){
		.begin_ns = 5000000000 - 3100000, .reclaim_ns = 1000, .compact_ns = 2000, .reclaim_pages = 33,
		.reclaim_calls = 2, .reclaim_declined = 1, .compact_calls = 2,
		.known = AW_EFFORT_RECLAIM | AW_EFFORT_COMPACTION | AW_EFFORT_RETRY | AW_EFFORT_NESTED,
		.retry_reclaimable = 11, .retry_available = 12, .retry_min_wmark = 13, .reclaim_retries = 2,
		.retry_no_progress = 16, .retry_wmark_ok = 1, .compact_retries = 3,
		.compact_retry_result = 2, .compact_retry_loops = 4, .compact_retry_max = 5,
		.compact_retry_ret = 1, .compact_scanned = 21, .compact_taken = 22, .compact_moved = 23, .compact_failed = 24,
		.compact_free_scanned = 25, .compact_free_taken = 26,
	};
	wire.attempts.attempt[0] = (struct aw_wire_attempt){ .us = 700, .prio = 2, .result = 1, .zones = 1 };
	wire.attempts.attempt[1] = (struct aw_wire_attempt){ .us = 3, .prio = 1, .result = 2,
							     .flags = AW_ATTEMPT_DEFERRED };
	effort = &decode_failure(*state, &wire)->failure.effort;
	assert_true(effort->known && effort->knows_reclaim && effort->knows_compaction &&
		    effort->knows_retry && effort->lower_bound);
	assert_int_equal(effort->total_ns, 3100000);
	assert_int_equal(effort->reclaim_ns, 1000);
	assert_int_equal(effort->compact_ns, 2000);
	assert_int_equal(effort->reclaim_pages, 32);	/* without the sentinel */
	assert_int_equal(effort->reclaim_calls, 2);
	assert_int_equal(effort->reclaim_declined, 1);
	assert_int_equal(effort->compact_calls, 2);
	assert_int_equal(effort->nr_attempts, 2);
	assert_int_equal(effort->attempts[0].us, 700);
	assert_int_equal(effort->attempts[0].prio, AW_PRIO_ASYNC);
	assert_int_equal(effort->attempts[0].result, AW_COMPACT_SKIPPED);
	assert_int_equal(effort->attempts[0].zones, 1);
	assert_false(effort->attempts[0].deferred);
	assert_int_equal(effort->attempts[1].prio, AW_PRIO_SYNC_LIGHT);
	assert_int_equal(effort->attempts[1].result, AW_COMPACT_DEFERRED);
	assert_true(effort->attempts[1].deferred);
	assert_int_equal(effort->reclaim_retries, 2);
	assert_int_equal(effort->retry_no_progress, 16);
	assert_true(effort->retry_wmark_ok);
	assert_int_equal(effort->retry_available, 12);
	assert_int_equal(effort->retry_min_wmark, 13);
	assert_int_equal(effort->retry_reclaimable, 11);
	assert_int_equal(effort->compact_retries, 3);
	assert_int_equal(effort->compact_retry_loops, 4);
	assert_int_equal(effort->compact_retry_max, 5);
	assert_true(effort->compact_retry_again);
	assert_int_equal(effort->compact_retry_result, AW_COMPACT_DEFERRED);
	assert_false(effort->knows_pages || effort->knows_zones);
	wire.effort.known |= AW_EFFORT_PAGES | AW_EFFORT_ZONES;
	effort = &decode_failure(*state, &wire)->failure.effort;
	assert_true(effort->knows_pages && effort->knows_zones);
	assert_int_equal(effort->scanned, 21);
	assert_int_equal(effort->taken, 22);
	assert_int_equal(effort->moved, 23);
	assert_int_equal(effort->failed, 24);
	assert_int_equal(effort->free_scanned, 25);
	assert_int_equal(effort->free_taken, 26);
	/* no retry decision was made, so 0 is not a result */
	wire.effort.compact_retries = 0;
	wire.effort.compact_retry_result = 0;
	assert_int_equal(decode_failure(*state, &wire)->failure.effort.compact_retry_result, AW_COMPACT_UNKNOWN);
}

static void effort_is_not_trusted(void **state)
{
	struct aw_wire_failure wire = wire_failure();
	const struct aw_effort *effort;

	wire.effort.known = AW_EFFORT_COMPACTION;
	wire.effort.begin_ns = wire.head.time_ns + 1;
	wire.effort.reclaim_declined = 5;
	wire.effort.reclaim_pages = 3;
	wire.effort.compact_calls = UINT32_MAX;
	wire.attempts.attempt[7].result = 127;
	wire.attempts.attempt[7].prio = -1;
	effort = &decode_failure(*state, &wire)->failure.effort;
	assert_int_equal(effort->total_ns, 0);
	assert_int_equal(effort->reclaim_pages, 0);
	assert_int_equal(effort->compact_calls, UINT32_MAX);
	assert_int_equal(effort->nr_attempts, AW_MAX_ATTEMPTS);
	assert_int_equal(effort->attempts[7].result, AW_COMPACT_UNKNOWN);
	assert_int_equal(effort->attempts[7].prio, AW_PRIO_UNKNOWN);
}

static void frame_counts_are_not_trusted(void **state)
{
	struct aw_wire_failure wire = wire_failure();
	const struct aw_event *event;

	for (unsigned int i = 0; i < AW_WIRE_STACK; i++)
		wire.stack.frames[i] = ALLOC_PAGES + i + 1;
	wire.stack.nr_frames = UINT32_MAX;
	assert_int_equal(decode_failure(*state, &wire)->stack->count, AW_WIRE_STACK);
	wire.stack.nr_frames = 0;
	event = decode_failure(*state, &wire);
	assert_int_equal(event->stack->count, 0);
	assert_null(event->site);
}

static struct aw_wire_zone wire_zone(uint64_t id, const char *name)
{
	struct aw_wire_zone wire = {
		.head = HEAD(aw_wire_zone, AW_WIRE_ZONE),
		.snapshot = {
			.node = 1, .index = 2, .managed = 1000, .free = 500, .free_cma = 40,
			.reserved_highatomic = 30, .free_highatomic = 20, .wmark_min = 10, .wmark_low = 12,
			.wmark_high = 14, .wmark_boost = 5, .lowmem_reserve = { 0, -1, 2, 3, 4, 5 },
			.nr_orders = 11, .nr_free = { 17664, 4, 1, 2 }, .types = { 0x7, 0x1, 0x10, 0x2 },
			.lru_anon = 60, .lru_file = 70, .unevictable = 8, .write_pending = 9, .huge = 2,
		},
	};

	aw_wire_size_zone(&wire);
	wire.head.id = id;
	strcpy(wire.snapshot.name, name);
	return wire;
}

static void send_zone(struct fixture *fixture, uint64_t id, const char *name)
{
	struct aw_wire_zone wire = wire_zone(id, name);

	assert_int_equal(decode(fixture, &wire, sizeof(wire)), 0);
}

static const struct aw_failure *send_failure(struct fixture *fixture, uint64_t id)
{
	struct aw_wire_failure wire = wire_failure();

	wire.head.id = id;
	return &decode_failure(fixture, &wire)->failure;
}

static void zone_fields(void **state)
{
	struct aw_wire_zone wire = wire_zone(5, "DMA32");
	const struct aw_zone *zone;

	assert_int_equal(decode(*state, &wire, sizeof(wire)), 0);
	zone = send_failure(*state, 5)->zones;
	assert_int_equal(zone->node, 1);
	assert_int_equal(zone->index, 2);
	assert_int_equal(zone->type, AW_ZONE_TYPE_DMA32);
	assert_string_equal(zone->name, "DMA32");
	assert_int_equal(zone->known, AW_ZONE_KNOWS_WATERMARKS | AW_ZONE_KNOWS_MANAGED);
	assert_int_equal(zone->managed, 1000);
	assert_int_equal(zone->free, 500);
	assert_int_equal(zone->free_cma, 40);
	assert_int_equal(zone->reserved_highatomic, 30);
	assert_int_equal(zone->free_highatomic, 20);
	assert_int_equal(zone->min, 10);
	assert_int_equal(zone->low, 12);
	assert_int_equal(zone->high, 14);
	assert_int_equal(zone->boost, 5);
	assert_int_equal(zone->lru_anon, 60);
	assert_int_equal(zone->lru_file, 70);
	assert_int_equal(zone->unevictable, 8);
	assert_int_equal(zone->write_pending, 9);
	assert_int_equal(zone->nr_reserves, AW_MAX_RESERVES);
	assert_int_equal(zone->lowmem_reserve[1], -1);
	assert_int_equal(zone->lowmem_reserve[5], 5);
	assert_int_equal(zone->nr_orders, 11);
	assert_int_equal(zone->nr_free[0], 17664);
	assert_int_equal(zone->nr_free[3], 2);
	assert_int_equal(zone->nr_free[4], 0);
	assert_int_equal(zone->types[0], 1u << AW_MT_UNMOVABLE | 1u << AW_MT_MOVABLE | 1u << AW_MT_RECLAIMABLE);
	assert_int_equal(zone->types[2], 1u << AW_MT_CMA);
}

/* An empty list points to itself. */
static void zone_with_the_lists_of_the_kernel(void **state)
{
	struct aw_wire_zone wire = wire_zone(5, "DMA32");
	const uint64_t page = 0xfffffc0000123448;
	const struct aw_zone *zone;

	/* struct free_area of three lists, in three orders */
	wire.area.stride = 7 * sizeof(uint64_t);
	wire.area.nr_free_at = 6 * sizeof(uint64_t);
	wire.area.address = 0xffff000012345678;
	wire.area.size = AW_WIRE_AREA_SIZE + 3 * wire.area.stride;
	for (unsigned int i = 0; i < 21; i++)
		wire.area.words[i] = wire.area.address + i * sizeof(uint64_t);
	wire.area.words[2] = page;		/* order 0: movable and reclaimable */
	wire.area.words[4] = page;
	wire.area.words[6] = 12;
	wire.area.words[7] = page;		/* order 1: in between, the last block went */
	wire.area.words[13] = 0;
	wire.area.words[14] = page;		/* order 2: unmovable */
	wire.area.words[20] = 3;
	assert_int_equal(decode(*state, &wire, sizeof(wire)), 0);
	zone = send_failure(*state, 5)->zones;
	assert_true(zone->known & AW_ZONE_KNOWS_TYPES);
	assert_int_equal(zone->nr_orders, 3);
	assert_int_equal(zone->nr_free[0], 12);
	assert_int_equal(zone->nr_free[1], 0);
	assert_int_equal(zone->nr_free[2], 3);
	assert_int_equal(zone->types[0], 1u << AW_MT_MOVABLE | 1u << AW_MT_RECLAIMABLE);
	assert_int_equal(zone->types[1], 0);
	assert_int_equal(zone->types[2], 1u << AW_MT_UNMOVABLE);
	assert_int_equal(zone->free, 500);
}

static void lists_of_the_kernel_are_not_trusted(void **state)
{
	static const struct { uint32_t size, stride, nr_free_at; unsigned int orders; } cases[] = {
		{ UINT32_MAX, 8, 0, AW_MAX_ORDERS }, { UINT32_MAX, UINT32_MAX, 0, 0 }, { 4, 56, 48, 11 }, { 24, 56, 48, 0 },
		{ 24 + 56 + 8, 56, 48, 1 }, { sizeof(struct aw_wire_area), 56, 56, 0 }, { sizeof(struct aw_wire_area), 7, 0, 0 },
		{ sizeof(struct aw_wire_area), 1000, 992, 0 }, { sizeof(struct aw_wire_area), 104, UINT32_MAX, 0 },
		{ sizeof(struct aw_wire_area), 8 * AW_WIRE_AREA_WORDS, 0, 1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct aw_wire_zone wire = wire_zone(9, "Normal");
		int whole = cases[i].size > sizeof(wire.area);

		wire.area.size = whole ? sizeof(wire.area) : cases[i].size;
		wire.area.stride = cases[i].stride;
		wire.area.nr_free_at = cases[i].nr_free_at;
		assert_int_equal(decode(*state, &wire, sizeof(wire)), 0);
		assert_int_equal(send_failure(*state, 9)->zones[0].nr_orders, cases[i].orders);
	}
}

/* x86_64 has five types of zones, most arm64 kernels four; the rest of the array is unused. */
static void zone_has_the_columns_of_its_kernel(void **state)
{
	struct aw_wire_zone wire = wire_zone(6, "DMA");

	memcpy(wire.snapshot.lowmem_reserve, (int64_t[]){ 0, 301, 301, 301, 301, 0 }, sizeof(wire.snapshot.lowmem_reserve));
	assert_int_equal(decode(*state, &wire, sizeof(wire)), 0);
	assert_int_equal(send_failure(*state, 6)->zones->nr_reserves, 5);
	wire.head.id = 7;
	memset(wire.snapshot.lowmem_reserve, 0, sizeof(wire.snapshot.lowmem_reserve));
	assert_int_equal(decode(*state, &wire, sizeof(wire)), 0);
	assert_int_equal(send_failure(*state, 7)->zones->nr_reserves, 1);
}

static void zone_facts_are_marked(void **state)
{
	static const struct { uint32_t wire, model; } cases[] = {
		{ AW_ZONE_CMA, AW_ZONE_KNOWS_CMA }, { AW_ZONE_HIGHATOMIC, AW_ZONE_KNOWS_HIGHATOMIC },
		{ AW_ZONE_FREE_HIGHATOMIC, AW_ZONE_KNOWS_FREE_HIGHATOMIC },
		{ AW_ZONE_LRU, AW_ZONE_KNOWS_LRU }, { AW_ZONE_PENDING, AW_ZONE_KNOWS_PENDING }, { AW_ZONE_HUGE, AW_ZONE_KNOWS_HUGE },
		{ AW_ZONE_BOOST, AW_ZONE_KNOWS_BOOST }, { AW_ZONE_TYPES, AW_ZONE_KNOWS_TYPES },
		{ 0xffffff00, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct aw_wire_zone wire = wire_zone(9, "Normal");

		wire.snapshot.known = cases[i].wire;
		assert_int_equal(decode(*state, &wire, sizeof(wire)), 0);
		assert_int_equal(send_failure(*state, 9)->zones[0].known,
				 cases[i].model | AW_ZONE_KNOWS_WATERMARKS | AW_ZONE_KNOWS_MANAGED);
	}
}

static void zone_numbers_are_not_trusted(void **state)
{
	struct aw_wire_zone wire = wire_zone(9, "Odd");
	const struct aw_zone *zone;

	wire.snapshot.nr_orders = UINT32_MAX;
	wire.snapshot.types[15] = UINT32_MAX;
	memset(wire.snapshot.name, 'z', sizeof(wire.snapshot.name));
	assert_int_equal(decode(*state, &wire, sizeof(wire)), 0);
	zone = send_failure(*state, 9)->zones;
	assert_int_equal(zone->nr_orders, AW_MAX_ORDERS);
	assert_true(zone->types[15] & 1u << AW_MT_UNKNOWN);
	assert_int_equal(strlen(zone->name), AW_COMM_LEN);
	assert_int_equal(zone->type, AW_ZONE_TYPE_UNKNOWN);
}

static void zones_join_their_failure(void **state)
{
	const struct aw_failure *failed;

	/* records of two cpus interleave */
	send_zone(*state, 100, "DMA");
	send_zone(*state, 200, "HighMem");
	send_zone(*state, 100, "Normal");
	assert_int_equal(send_failure(*state, 300)->nr_zones, 0);
	assert_int_equal(send_failure(*state, 0)->nr_zones, 0);
	failed = send_failure(*state, 100);
	assert_int_equal(failed->nr_zones, 2);
	assert_string_equal(failed->zones[0].name, "DMA");
	assert_string_equal(failed->zones[1].name, "Normal");
	assert_int_equal(failed->zones_when, AW_ZONES_AT_FAILURE);
	/* zones belong to just one failure */
	assert_int_equal(send_failure(*state, 100)->nr_zones, 0);
	failed = send_failure(*state, 200);
	assert_int_equal(failed->nr_zones, 1);
	assert_string_equal(failed->zones[0].name, "HighMem");
	send_zone(*state, 200, "DMA");
	assert_int_equal(send_failure(*state, 200)->nr_zones, 1);
	check_losses(*state, 0, 0, 0);
}

/* A bit of the effort for each zone, by the number that its snapshot has. */
static void zones_that_events_named(void **state)
{
	struct aw_wire_failure wire = wire_failure();
	struct aw_wire_zone zone = wire_zone(7, "DMA");
	const struct aw_failure *failed;

	wire.head.id = 7;
	wire.effort.zones = 1u << 4;
	wire.effort.known = AW_EFFORT_ZONES;
	for (zone.snapshot.number = 4; zone.snapshot.number <= 6; zone.snapshot.number++)
		assert_int_equal(decode(*state, &zone, sizeof(zone)), 0);
	zone.snapshot.number = 1000;	/* not one of them */
	assert_int_equal(decode(*state, &zone, sizeof(zone)), 0);
	failed = &decode_failure(*state, &wire)->failure;
	assert_true(failed->effort.knows_zones);
	assert_int_equal(failed->nr_zones, 4);
	for (unsigned int i = 0; i < 4; i++)
		assert_int_equal(failed->zones[i].known & AW_ZONE_NAMED, i == 1 ? AW_ZONE_NAMED : 0);
	/* another kernel side: the bits mean nothing */
	wire.effort.known = 0;
	zone.snapshot.number = 5;
	assert_int_equal(decode(*state, &zone, sizeof(zone)), 0);
	failed = &decode_failure(*state, &wire)->failure;
	assert_int_equal(failed->zones[0].known & AW_ZONE_NAMED, 0);
}

static void part_of_the_zones_is_none(void **state)
{
	struct aw_wire_failure wire = wire_failure();
	const struct aw_failure *failed;

	wire.head.id = 7;
	wire.request.nr_zones = 3;
	send_zone(*state, 7, "DMA");
	send_zone(*state, 7, "Normal");
	failed = &decode_failure(*state, &wire)->failure;
	assert_int_equal(failed->nr_zones, 0);
	assert_int_equal(failed->zones_when, AW_ZONES_NONE);
	check_losses(*state, 0, 0, 1);
	/* the next set is complete again */
	wire.request.nr_zones = 1;
	send_zone(*state, 7, "DMA");
	assert_int_equal(decode_failure(*state, &wire)->failure.nr_zones, 1);
	check_losses(*state, 0, 0, 1);
}

static void zones_taken_late_are_marked(void **state)
{
	struct aw_wire_failure wire = wire_failure();

	send_zone(*state, 5, "DMA");
	wire.head.id = 5;
	assert_int_equal(decode_failure(*state, &wire)->failure.zones_when, AW_ZONES_AT_FAILURE);
	assert_int_equal(decode_failure(*state, &wire)->failure.zones_when, AW_ZONES_NONE);
	/* warn_alloc() was not seen: the report may have been printed before. */
	wire.request.seen = AW_SEEN_TRACEPOINT;
	send_zone(*state, 5, "DMA");
	assert_int_equal(decode_failure(*state, &wire)->failure.zones_when, AW_ZONES_AFTER_PRINT);
	wire.request.gfp |= GFP_NOWARN;
	send_zone(*state, 5, "DMA");
	assert_int_equal(decode_failure(*state, &wire)->failure.zones_when, AW_ZONES_AT_FAILURE);
}

static void zones_beyond_the_model_are_left_out(void **state)
{
	for (int i = 0; i < AW_MAX_ZONES + 5; i++)
		send_zone(*state, 5, "Normal");
	assert_int_equal(send_failure(*state, 5)->nr_zones, AW_MAX_ZONES);
}

static void zones_without_a_failure_are_counted(void **state)
{
	for (uint64_t id = 1; id <= 8; id++) {
		send_zone(*state, id, "DMA");
		send_zone(*state, id, "Normal");
	}
	check_losses(*state, 0, 0, 0);
	send_zone(*state, 9, "Movable");
	check_losses(*state, 0, 0, 2);
	send_zone(*state, 9, "Movable");
	check_losses(*state, 0, 0, 2);
	assert_int_equal(send_failure(*state, 1)->nr_zones, 0);
	assert_int_equal(send_failure(*state, 2)->nr_zones, 2);
	assert_int_equal(send_failure(*state, 9)->nr_zones, 2);
	assert_string_equal(send_failure(*state, 8)->zones[1].name, "Normal");
}

static void zone_without_id_is_damaged(void **state)
{
	struct aw_wire_zone wire = wire_zone(0, "DMA");

	assert_int_equal(decode(*state, &wire, sizeof(wire)), -EINVAL);
	check_losses(*state, 1, 0, 0);
	assert_int_equal(send_failure(*state, 0)->nr_zones, 0);
}

static void extfrag(void **state)
{
	struct fixture *fixture = *state;
	struct aw_wire_extfrag wire = {
		.head = HEAD(aw_wire_extfrag, AW_WIRE_EXTFRAG),
		.task = { .pid = 7, .comm = "pipes" },
		.steal = {
			.pfn = 0x1234, .alloc_order = 3, .fallback_order = 9, .alloc_migratetype = 0,
			.fallback_migratetype = 1, .change_ownership = 1,
		},
		.stack = { .nr_frames = 2, .frames = { ALLOC_PAGES + 0x20, IOCTX_ALLOC + 0x1c } },
	};
	const struct aw_event *event = &fixture->event;

	aw_wire_size_extfrag(&wire);
	assert_int_equal(decode(fixture, &wire, sizeof(wire)), 1);
	assert_int_equal(event->type, AW_EVENT_EXTFRAG);
	assert_int_equal(event->time_ns, 5000000000);
	assert_string_equal(event->task.comm, "pipes");
	assert_string_equal(event->site->name, "ioctx_alloc");
	assert_int_equal(event->extfrag.alloc_order, 3);
	assert_int_equal(event->extfrag.fallback_order, 9);
	assert_int_equal(event->extfrag.from, AW_MT_MOVABLE);
	assert_int_equal(event->extfrag.to, AW_MT_UNMOVABLE);
	assert_int_equal(event->extfrag.change_ownership, 1);
	assert_int_equal(event->extfrag.pfn, 0x1234);
	wire.steal.change_ownership = -1;
	wire.steal.fallback_migratetype = 77;
	wire.stack.nr_frames = UINT32_MAX;
	assert_int_equal(decode(fixture, &wire, sizeof(wire)), 1);
	assert_int_equal(event->extfrag.change_ownership, -1);
	assert_int_equal(event->extfrag.from, AW_MT_UNKNOWN);
}

static void warning(void **state)
{
	struct fixture *fixture = *state;
	struct aw_wire_warning wire = {
		.head = HEAD(aw_wire_warning, AW_WIRE_WARNING),
		.call = { .gfp = GFP_KERNEL, .format = "vmalloc error: size %lu", .caller = IOCTX_ALLOC + 0x1c },
		.stack = { .nr_frames = 2, .frames = { WARN_ALLOC, ALLOC_PAGES + 0x20 } },
	};
	const struct aw_event *event = &fixture->event;

	aw_wire_size_warning(&wire);
	assert_int_equal(decode(fixture, &wire, sizeof(wire)), 1);
	assert_int_equal(event->type, AW_EVENT_WARNING);
	assert_string_equal(event->warning.format, "vmalloc error: size %lu");
	assert_string_equal(event->warning.gfp.names, "GFP_KERNEL");
	assert_int_equal(event->stack->count, 3);
	assert_string_equal(event->stack->frames[1].name, "ioctx_alloc");
	memset(wire.call.format, 'f', sizeof(wire.call.format));
	assert_int_equal(decode(fixture, &wire, sizeof(wire)), 1);
	assert_int_equal(strlen(event->warning.format), AW_WIRE_TEXT - 1);
}

static void oom_kill(void **state)
{
	struct fixture *fixture = *state;
	struct aw_wire_oom wire = {
		.head = HEAD(aw_wire_oom, AW_WIRE_OOM_KILL), .task = { .pid = 89, .comm = "asks" },
		.kill = { .victim_pid = 4711, .order = -1 },
	};
	const struct aw_event *event = &fixture->event;

	aw_wire_size_oom(&wire);
	memset(wire.kill.victim_comm, 'v', sizeof(wire.kill.victim_comm));
	assert_int_equal(decode(fixture, &wire, sizeof(wire)), 1);
	assert_int_equal(event->type, AW_EVENT_OOM_KILL);
	assert_string_equal(event->task.comm, "asks");
	assert_int_equal(event->oom.victim_pid, 4711);
	assert_int_equal(event->oom.order, -1);
	assert_string_equal(event->oom.victim_comm, "vvvvvvvvvvvvvvvv");
	assert_non_null(event->stack);
	assert_int_equal(event->stack->count, 0);
	assert_null(event->site);
}

static void cma_failure(void **state)
{
	struct fixture *fixture = *state;
	struct aw_wire_cma wire = {
		.head = HEAD(aw_wire_cma, AW_WIRE_CMA_FAILURE),
		.request = { .count = 256, .align = 8, .error = -EBUSY, .name = "linux,cma" },
		.stack = { .nr_frames = 1, .frames = { IOCTX_ALLOC + 0x1c } },
	};
	const struct aw_event *event = &fixture->event;

	aw_wire_size_cma(&wire);
	assert_int_equal(decode(fixture, &wire, sizeof(wire)), 1);
	assert_int_equal(event->type, AW_EVENT_CMA_FAILURE);
	assert_int_equal(event->cma.count, 256);
	assert_int_equal(event->cma.align, 8);
	assert_int_equal(event->cma.error, -EBUSY);
	assert_string_equal(event->cma.name, "linux,cma");
	assert_string_equal(event->site->name, "ioctx_alloc");
	memset(wire.request.name, 'c', sizeof(wire.request.name));
	assert_int_equal(decode(fixture, &wire, sizeof(wire)), 1);
	assert_int_equal(strlen(event->cma.name), AW_WIRE_TEXT - 1);
}

#define FAILURE_ENDS { offsetof(struct aw_wire_failure, effort), offsetof(struct aw_wire_failure, attempts), \
		       offsetof(struct aw_wire_failure, stack) }

/* And where a record may end early: after its mandatory parts. */
static const struct { uint16_t type; uint32_t size, ends[3]; } types[] = {
	{ AW_WIRE_FAILURE, sizeof(struct aw_wire_failure), FAILURE_ENDS },
	{ AW_WIRE_EXTFRAG, sizeof(struct aw_wire_extfrag), { offsetof(struct aw_wire_extfrag, stack) } },
	{ AW_WIRE_ZONE, AW_WIRE_ZONE_SIZE, { offsetof(struct aw_wire_zone, area) } },
	{ AW_WIRE_STALL, sizeof(struct aw_wire_failure), FAILURE_ENDS },
	{ AW_WIRE_WARNING, sizeof(struct aw_wire_warning), { offsetof(struct aw_wire_warning, stack) } },
	{ AW_WIRE_OOM_KILL, sizeof(struct aw_wire_oom), { 0 } },
	{ AW_WIRE_CMA_FAILURE, sizeof(struct aw_wire_cma), { offsetof(struct aw_wire_cma, stack) } },
};

#define NR_TYPES (sizeof(types) / sizeof(types[0]))

static void size_parts(union aw_wire_record *record)
{
	switch (record->head.type) {
	case AW_WIRE_FAILURE:
	case AW_WIRE_STALL: aw_wire_size_failure(&record->failure); break;
	case AW_WIRE_EXTFRAG: aw_wire_size_extfrag(&record->extfrag); break;
	case AW_WIRE_ZONE: aw_wire_size_zone(&record->zone); break;
	case AW_WIRE_WARNING: aw_wire_size_warning(&record->warning); break;
	case AW_WIRE_OOM_KILL: aw_wire_size_oom(&record->oom); break;
	case AW_WIRE_CMA_FAILURE: aw_wire_size_cma(&record->cma); break;
	}
}

/* A record in memory of its exact size, so that a sanitizer detects every read beyond it. */
static int decode_sized(struct fixture *fixture, uint16_t type, uint16_t version, uint32_t says, size_t size)
{
	union aw_wire_record whole = {
		.head = { .size = says, .version = version, .type = type, .id = 1, .head_size = sizeof(whole.head) },
	};
	void *record = calloc(1, size + !size);
	int result;

	size_parts(&whole);
	memcpy(record, &whole, size < sizeof(whole) ? size : sizeof(whole));
	result = decode(fixture, record, size);
	free(record);
	return result;
}

static void short_records(void **state)
{
	struct fixture *fixture = *state;
	uint64_t refused = 0;

	for (size_t t = 0; t < NR_TYPES; t++)
		for (uint32_t size = 0; size < types[t].size; size++) {
			if (size && (size == types[t].ends[0] || size == types[t].ends[1] || size == types[t].ends[2]))
				continue;
			/* the true size; a size that is too large */
			assert_int_equal(decode_sized(fixture, types[t].type, AW_WIRE_VERSION, size, size),
					 -EINVAL);
			assert_int_equal(decode_sized(fixture, types[t].type, AW_WIRE_VERSION, types[t].size,
						      size), -EINVAL);
			refused += 2;
		}
	check_losses(fixture, refused, 0, 0);
}

static void wrong_sizes(void **state)
{
	struct fixture *fixture = *state;

	for (size_t t = 0; t < NR_TYPES; t++) {
		static const uint32_t sizes[] = { 0, 1, sizeof(struct aw_wire_head) - 1, UINT32_MAX };

		for (size_t i = 0; i < 4; i++)
			assert_int_equal(decode_sized(fixture, types[t].type, AW_WIRE_VERSION, sizes[i],
						      types[t].size), -EINVAL);
		assert_int_equal(decode_sized(fixture, types[t].type, AW_WIRE_VERSION, types[t].size - 1,
					      types[t].size), -EINVAL);
		assert_int_equal(decode_sized(fixture, types[t].type, AW_WIRE_VERSION, types[t].size + 1,
					      types[t].size), -EINVAL);
	}
	check_losses(fixture, 6 * NR_TYPES, 0, 0);
}

/* Newer writers append parts, and the ring buffer rounds sizes up. */
static void longer_records(void **state)
{
	struct fixture *fixture = *state;

	for (size_t t = 0; t < NR_TYPES; t++) {
		int expected = types[t].type == AW_WIRE_ZONE ? 0 : 1;

		assert_int_equal(decode_sized(fixture, types[t].type, AW_WIRE_VERSION, types[t].size + 64,
					      types[t].size + 64), expected);
		assert_int_equal(decode_sized(fixture, types[t].type, AW_WIRE_VERSION, types[t].size,
					      types[t].size + 7), expected);
	}
	check_losses(fixture, 0, 0, 0);
}

static void unknown_records(void **state)
{
	struct fixture *fixture = *state;
	size_t head = sizeof(struct aw_wire_head);

	assert_int_equal(decode_sized(fixture, 0, AW_WIRE_VERSION, 4096, 4096), -ENOTSUP);
	assert_int_equal(decode_sized(fixture, AW_WIRE_CMA_FAILURE + 1, AW_WIRE_VERSION, 4096, 4096), -ENOTSUP);
	assert_int_equal(decode_sized(fixture, UINT16_MAX, AW_WIRE_VERSION, head, head), -ENOTSUP);
	assert_int_equal(decode_sized(fixture, AW_WIRE_FAILURE, AW_WIRE_VERSION + 1, 4096, 4096), -ENOTSUP);
	assert_int_equal(decode_sized(fixture, AW_WIRE_FAILURE, 0, 4096, 4096), -ENOTSUP);
	check_losses(fixture, 0, 5, 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
#define TEST_3_18(function) cmocka_unit_test_setup_teardown(function, set_up_3_18, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(failure),
		TEST(unsampled),
		TEST(failure_details),
		TEST(class_comes_from_mask_and_stack),
		TEST(class_comes_from_the_nodemask),
		TEST(log_states),
		TEST(task_flags_6_1),
		TEST_3_18(task_flags_3_18),
		TEST_3_18(masks_and_types_of_3_18),
		TEST(task_facts),
		TEST(comm_holds_any_byte),
		TEST(context_as_the_kernel_side_says),
		TEST(context_from_the_stack),
		TEST(caller_only_where_the_stack_lacks_it),
		TEST(effort_not_watched),
		TEST(effort),
		TEST(effort_is_not_trusted),
		TEST(frame_counts_are_not_trusted),
		TEST(zone_fields),
		TEST(zone_with_the_lists_of_the_kernel),
		TEST(lists_of_the_kernel_are_not_trusted),
		TEST(zone_has_the_columns_of_its_kernel),
		TEST(zone_facts_are_marked),
		TEST(zone_numbers_are_not_trusted),
		TEST(zones_join_their_failure),
		TEST(zones_that_events_named),
		TEST(part_of_the_zones_is_none),
		TEST(zones_taken_late_are_marked),
		TEST(zones_beyond_the_model_are_left_out),
		TEST(zones_without_a_failure_are_counted),
		TEST(zone_without_id_is_damaged),
		TEST(extfrag),
		TEST(warning),
		TEST(oom_kill),
		TEST(cma_failure),
		TEST(short_records),
		TEST(wrong_sizes),
		TEST(longer_records),
		TEST(unknown_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

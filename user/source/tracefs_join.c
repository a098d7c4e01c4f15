// SPDX-License-Identifier: GPL-2.0
/*
 * Trace records of one request, joined.
 */
#include "source/tracefs_join.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#define MAX_FLOWS 1024
#define EXPIRE_NS (60ull * 1000000000)

/* Room for the larger of the two records that carry a stack. */
union waiting {
	struct aw_wire_head head;
	struct aw_wire_failure failure;
	struct aw_wire_extfrag extfrag;
};

/* What runs in one context: a thread, or an interrupt level of a cpu. */
struct flow {
	uint64_t key;
	struct aw_trace_effort effort;
	bool waits;		/* for the stack of what is in `waiting` */
	union waiting waiting;
	UT_hash_handle hh;
};

struct aw_trace_join {
	struct aw_trace_join_config config;
	aw_trace_join_fn fn;
	void *arg;
	struct flow *flows;
	uint64_t full;
};

struct aw_trace_join *aw_trace_join_new(const struct aw_trace_join_config *config, aw_trace_join_fn fn, void *arg)
{
	struct aw_trace_join *join = calloc(1, sizeof(*join));

	if (!join)
		return NULL;
	join->config = *config;
	join->fn = fn;
	join->arg = arg;
	return join;
}

static void forget(struct aw_trace_join *join, struct flow *flow)
{
	HASH_DEL(join->flows, flow);
	free(flow);
}

void aw_trace_join_free(struct aw_trace_join *join)
{
	struct flow *flow, *next;

	if (!join)
		return;
	HASH_ITER(hh, join->flows, flow, next)
		forget(join, flow);
	free(join);
}

uint64_t aw_trace_join_full(const struct aw_trace_join *join)
{
	return join->full;
}

static enum aw_wire_context context_of(const struct aw_trace_join *join, const struct aw_trace_record *record)
{
	if (record->flags & AW_TRACE_FLAG_NMI)
		return AW_CONTEXT_NMI;
	if (record->flags & AW_TRACE_FLAG_HARDIRQ)
		return AW_CONTEXT_HARDIRQ;
	if (!(record->flags & AW_TRACE_FLAG_SOFTIRQ))
		return AW_CONTEXT_TASK;
	/* Unknown: the stack will tell. */
	return join->config.softirq_is_disabled ? AW_CONTEXT_UNKNOWN : AW_CONTEXT_SOFTIRQ;
}

/* All idle cpus share thread 0, and an interrupt runs on whatever thread it met. */
static uint64_t key_of(const struct aw_trace_record *record)
{
	uint64_t level = record->flags & (AW_TRACE_FLAG_HARDIRQ | AW_TRACE_FLAG_SOFTIRQ | AW_TRACE_FLAG_NMI);

	if (level || !record->tid)
		return (uint64_t)record->cpu << 32 | level << 8 | 0x80000000ull;
	return record->tid;
}

static struct flow *find_flow(struct aw_trace_join *join, uint64_t key)
{
	struct flow *flow;

	HASH_FIND(hh, join->flows, &key, sizeof(key), flow);
	return flow;
}

static struct flow *make_flow(struct aw_trace_join *join, uint64_t key)
{
	struct flow *flow;

	if (HASH_COUNT(join->flows) >= MAX_FLOWS || !(flow = calloc(1, sizeof(*flow)))) {
		join->full++;
		return NULL;
	}
	flow->key = key;
	aw_trace_effort_clear(&flow->effort);
	HASH_ADD(hh, join->flows, key, sizeof(flow->key), flow);
	return flow;
}

/* Hands out what waits; nothing is left of a failed request. */
static void hand_out(struct aw_trace_join *join, struct flow *flow)
{
	if (!flow->waits)
		return;
	flow->waits = false;
	join->fn(join->arg, &flow->waiting.head);
}

static void fill_head(const struct aw_trace_join *join, const struct aw_trace_record *record, uint16_t type,
		      uint32_t size, struct aw_wire_head *head, struct aw_wire_task *task)
{
	*head = (struct aw_wire_head){
		.size = size, .version = AW_WIRE_VERSION, .type = type, .time_ns = record->time_ns, .cpu = record->cpu,
	};
	task->tid = record->tid;
	task->context = context_of(join, record);
}

/* The effort belongs to this failure: not to one that an interrupt or an atomic request had. */
static bool is_end(const struct aw_trace_join *join, const struct aw_trace_effort *effort,
		   const struct aw_trace_record *record)
{
	uint32_t direct = join->config.rules.direct_reclaim;

	if (direct && !(record->value[AW_ALLOC_GFP] & direct))
		return false;
	return aw_trace_effort_ends(effort, (unsigned int)record->value[AW_ALLOC_ORDER], record->time_ns);
}

static void add_failure(struct aw_trace_join *join, struct flow *flow, const struct aw_trace_record *record)
{
	struct aw_wire_failure *failure = &flow->waiting.failure;

	memset(failure, 0, sizeof(*failure));
	fill_head(join, record, AW_WIRE_FAILURE, sizeof(*failure), &failure->head, &failure->task);
	failure->end_ns = record->time_ns;
	failure->gfp = record->value[AW_ALLOC_GFP];
	failure->order = (uint32_t)record->value[AW_ALLOC_ORDER];
	failure->migratetype = (int32_t)record->value[AW_ALLOC_MIGRATETYPE];
	failure->seen = AW_SEEN_TRACEPOINT;
	if (is_end(join, &flow->effort, record)) {
		aw_trace_effort_end(&flow->effort, record->time_ns);
		failure->effort = flow->effort.wire;
		aw_trace_effort_clear(&flow->effort);
	}
	failure->effort.known = join->config.rules.watched;
	flow->waits = true;
}

static void add_extfrag(struct aw_trace_join *join, struct flow *flow, const struct aw_trace_record *record)
{
	struct aw_wire_extfrag *extfrag = &flow->waiting.extfrag;

	memset(extfrag, 0, sizeof(*extfrag));
	fill_head(join, record, AW_WIRE_EXTFRAG, sizeof(*extfrag), &extfrag->head, &extfrag->task);
	/* Up to 4.0 the record has a pointer, which is no number of a page. */
	extfrag->pfn = join->config.pages_are_pointers ? UINT64_MAX : record->value[AW_EXTFRAG_PAGE];
	extfrag->alloc_order = (int32_t)record->value[AW_EXTFRAG_ALLOC_ORDER];
	extfrag->fallback_order = (int32_t)record->value[AW_EXTFRAG_FALLBACK_ORDER];
	extfrag->alloc_migratetype = (int32_t)record->value[AW_EXTFRAG_ALLOC_TYPE];
	extfrag->fallback_migratetype = (int32_t)record->value[AW_EXTFRAG_FALLBACK_TYPE];
	extfrag->change_ownership = join->config.knows_ownership ? (int32_t)record->value[AW_EXTFRAG_OWNERSHIP] : -1;
	flow->waits = true;
}

static void add_stack(struct aw_trace_join *join, struct flow *flow, const struct aw_trace_record *record)
{
	bool failed = flow->waiting.head.type == AW_WIRE_FAILURE;
	__u64 *stack = failed ? flow->waiting.failure.stack : flow->waiting.extfrag.stack;

	if (!flow->waits)
		return;
	memcpy(stack, record->stack, record->nr_frames * sizeof(*stack));
	*(failed ? &flow->waiting.failure.nr_frames : &flow->waiting.extfrag.nr_frames) = record->nr_frames;
	hand_out(join, flow);
}

/* Other events than these two are only noted in a request that was seen to begin. */
static bool begins(enum aw_trace_kind kind)
{
	return kind <= AW_TRACE_EXTFRAG || kind == AW_TRACE_RECLAIM_BEGIN || kind == AW_TRACE_COMPACT_TRY;
}

void aw_trace_join_add(struct aw_trace_join *join, const struct aw_trace_record *record)
{
	uint64_t key = key_of(record);
	struct flow *flow = find_flow(join, key);

	if (!flow && begins(record->kind))
		flow = make_flow(join, key);
	if (!flow)
		return;
	if (record->kind == AW_TRACE_STACK) {
		add_stack(join, flow, record);
		return;
	}
	hand_out(join, flow);
	if (record->kind == AW_TRACE_ALLOC)
		add_failure(join, flow, record);
	else if (record->kind == AW_TRACE_EXTFRAG)
		add_extfrag(join, flow, record);
	else
		aw_trace_effort_add(&flow->effort, &join->config.rules, record);
}

void aw_trace_join_flush(struct aw_trace_join *join, uint64_t before_ns)
{
	struct flow *flow, *next;

	HASH_ITER(hh, join->flows, flow, next) {
		if (flow->waits && flow->waiting.head.time_ns < before_ns)
			hand_out(join, flow);
		if (!flow->waits && (flow->effort.order < 0 || before_ns > flow->effort.last_ns + EXPIRE_NS))
			forget(join, flow);
	}
}

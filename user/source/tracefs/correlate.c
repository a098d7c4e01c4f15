// SPDX-License-Identifier: GPL-2.0
/*
 * Correlates the trace records of each request.
 */
#include "source/tracefs/correlate.h"

#include <stdlib.h>
#include <string.h>

#include "base/table.h"

#define MAX_FLOWS 1024
#define EXPIRE_NS (60ull * 1000000000)

/* Room for the larger of the two records that carry a stack. */
union waiting {
	struct aw_wire_head head;
	struct aw_wire_failure failure;
	struct aw_wire_extfrag extfrag;
};

/* Of one context: a thread, or an interrupt level of a cpu. */
struct flow {
	uint64_t key;
	struct aw_trace_effort effort;
	bool waits;		/* for the stack of what is in `waiting` */
	union waiting waiting;
	UT_hash_handle hh;
};

struct aw_trace_correlator {
	struct aw_trace_correlator_config config;
	aw_trace_correlator_fn fn;
	void *arg;
	struct flow *flows;
	uint64_t full;
};

struct aw_trace_correlator *aw_trace_correlate_new(const struct aw_trace_correlator_config *config, aw_trace_correlator_fn fn, void *arg)
{
	struct aw_trace_correlator *correlator = calloc(1, sizeof(*correlator));

	if (!correlator)
		return NULL;
	correlator->config = *config;
	correlator->fn = fn;
	correlator->arg = arg;
	return correlator;
}

static void forget(struct aw_trace_correlator *correlator, struct flow *flow)
{
	HASH_DEL(correlator->flows, flow);
	free(flow);
}

void aw_trace_correlate_free(struct aw_trace_correlator *correlator)
{
	struct flow *flow, *next;

	if (!correlator)
		return;
	HASH_ITER(hh, correlator->flows, flow, next)
		forget(correlator, flow);
	free(correlator);
}

uint64_t aw_trace_correlate_full(const struct aw_trace_correlator *correlator)
{
	return correlator->full;
}

static enum aw_wire_context context_of(const struct aw_trace_correlator *correlator, const struct aw_trace_record *record)
{
	if (record->flags & AW_TRACE_FLAG_NMI)
		return AW_CONTEXT_NMI;
	if (record->flags & AW_TRACE_FLAG_HARDIRQ)
		return AW_CONTEXT_HARDIRQ;
	if (!(record->flags & AW_TRACE_FLAG_SOFTIRQ))
		return AW_CONTEXT_TASK;
	/* Unknown: it is derived from the stack. */
	return correlator->config.softirq_is_disabled ? AW_CONTEXT_UNKNOWN : AW_CONTEXT_SOFTIRQ;
}

/* All idle tasks have tid 0, and an interrupt has the tid of the thread that it interrupted. */
static uint64_t key_of(const struct aw_trace_record *record)
{
	uint64_t level = record->flags & (AW_TRACE_FLAG_HARDIRQ | AW_TRACE_FLAG_SOFTIRQ | AW_TRACE_FLAG_NMI);

	if (level || !record->tid)
		return (uint64_t)record->cpu << 32 | level << 8 | 0x80000000ull;
	return record->tid;
}

static struct flow *find_flow(struct aw_trace_correlator *correlator, uint64_t key)
{
	struct flow *flow;

	HASH_FIND(hh, correlator->flows, &key, sizeof(key), flow);
	return flow;
}

static struct flow *make_flow(struct aw_trace_correlator *correlator, uint64_t key)
{
	struct flow *flow;

	flow = HASH_COUNT(correlator->flows) < MAX_FLOWS ? calloc(1, sizeof(*flow)) : NULL;
	if (flow) {
		flow->key = key;
		aw_trace_effort_clear(&flow->effort);
		HASH_ADD(hh, correlator->flows, key, sizeof(flow->key), flow);
		if (aw_table_took(flow))
			return flow;
	}
	free(flow);
	correlator->full++;
	return NULL;
}

/* Delivers the record that waits. */
static void deliver(struct aw_trace_correlator *correlator, struct flow *flow)
{
	if (!flow->waits)
		return;
	flow->waits = false;
	correlator->fn(correlator->arg, &flow->waiting.head);
}

static void fill_head(const struct aw_trace_correlator *correlator, const struct aw_trace_record *record, enum aw_wire_type type,
		      uint32_t size, struct aw_wire_head *head, struct aw_wire_task *task)
{
	aw_wire_start(head, size, type, record->time_ns);
	head->cpu = record->cpu;
	task->tid = record->tid;
	task->context = context_of(correlator, record);
}

static void add_failure(struct aw_trace_correlator *correlator, struct flow *flow, const struct aw_trace_record *record)
{
	struct aw_wire_failure *failure = &flow->waiting.failure;

	memset(failure, 0, sizeof(*failure));
	fill_head(correlator, record, AW_WIRE_FAILURE, sizeof(*failure), &failure->head, &failure->task);
	failure->request.gfp = record->value[AW_ALLOC_GFP];
	failure->request.order = (uint32_t)record->value[AW_ALLOC_ORDER];
	failure->request.migratetype = (int32_t)record->value[AW_ALLOC_MIGRATETYPE];
	failure->request.seen = AW_SEEN_TRACEPOINT;
	aw_trace_effort_take(&flow->effort, &correlator->config.rules, record, failure);
	aw_wire_size_failure(failure);
	flow->waits = true;
}

static void add_extfrag(struct aw_trace_correlator *correlator, struct flow *flow, const struct aw_trace_record *record)
{
	struct aw_wire_extfrag *extfrag = &flow->waiting.extfrag;

	memset(extfrag, 0, sizeof(*extfrag));
	fill_head(correlator, record, AW_WIRE_EXTFRAG, sizeof(*extfrag), &extfrag->head, &extfrag->task);
	/* Up to 4.0 the record has a struct page pointer instead. */
	extfrag->steal.pfn = correlator->config.pages_are_pointers ? UINT64_MAX : record->value[AW_EXTFRAG_PAGE];
	extfrag->steal.alloc_order = (int32_t)record->value[AW_EXTFRAG_ALLOC_ORDER];
	extfrag->steal.fallback_order = (int32_t)record->value[AW_EXTFRAG_FALLBACK_ORDER];
	extfrag->steal.alloc_migratetype = (int32_t)record->value[AW_EXTFRAG_ALLOC_TYPE];
	extfrag->steal.fallback_migratetype = (int32_t)record->value[AW_EXTFRAG_FALLBACK_TYPE];
	extfrag->steal.change_ownership = correlator->config.knows_ownership ? (int32_t)record->value[AW_EXTFRAG_OWNERSHIP] : -1;
	aw_wire_size_extfrag(extfrag);
	flow->waits = true;
}

static void add_stack(struct aw_trace_correlator *correlator, struct flow *flow, const struct aw_trace_record *record)
{
	struct aw_wire_stack *stack = flow->waiting.head.type == AW_WIRE_FAILURE ?
				      &flow->waiting.failure.stack : &flow->waiting.extfrag.stack;

	if (!flow->waits)
		return;
	memcpy(stack->frames, record->stack, record->nr_frames * sizeof(stack->frames[0]));
	stack->nr_frames = record->nr_frames;
	deliver(correlator, flow);
}

/* Other events of the slow path are ignored unless it was seen to begin. */
static bool begins(enum aw_trace_type type)
{
	return type <= AW_TRACE_EXTFRAG || type == AW_TRACE_RECLAIM_BEGIN || type == AW_TRACE_COMPACT_TRY;
}

void aw_trace_correlate_add(struct aw_trace_correlator *correlator, const struct aw_trace_record *record)
{
	uint64_t key = key_of(record);
	struct flow *flow = find_flow(correlator, key);

	if (!flow && begins(record->type))
		flow = make_flow(correlator, key);
	if (!flow)
		return;
	if (record->type == AW_TRACE_STACK) {
		add_stack(correlator, flow, record);
		return;
	}
	deliver(correlator, flow);
	if (record->type == AW_TRACE_ALLOC)
		add_failure(correlator, flow, record);
	else if (record->type == AW_TRACE_EXTFRAG)
		add_extfrag(correlator, flow, record);
	else
		aw_trace_effort_add(&flow->effort, &correlator->config.rules, record);
}

void aw_trace_correlate_settle(struct aw_trace_correlator *correlator, const struct aw_trace_record *record)
{
	struct flow *flow = find_flow(correlator, key_of(record));

	if (flow)
		deliver(correlator, flow);
}

void aw_trace_correlate_watches(struct aw_trace_correlator *correlator, uint32_t watched)
{
	correlator->config.rules.watched |= watched;
}

void aw_trace_correlate_flush(struct aw_trace_correlator *correlator, uint64_t before_ns)
{
	struct flow *flow, *next;

	HASH_ITER(hh, correlator->flows, flow, next) {
		if (flow->waits && flow->waiting.head.time_ns < before_ns)
			deliver(correlator, flow);
		if (!flow->waits && (flow->effort.state.now.order < 0 || before_ns > flow->effort.last_ns + EXPIRE_NS))
			forget(correlator, flow);
	}
}

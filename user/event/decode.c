// SPDX-License-Identifier: GPL-2.0
/*
 * Wire records into events.
 */
#include "event/decode.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../bpf/wire.h"
#include "kernel/class.h"

/* Zone pictures wait here for their failure, which follows at once: 8 cpus may interleave. */
#define WAITING 8

struct pictures {
	uint64_t id;		/* 0: free */
	unsigned int count;
	struct aw_zone zones[AW_MAX_ZONES];
};

struct aw_decoder {
	const struct aw_kernel *kernel;
	struct aw_stacks *stacks;
	struct aw_decoder_losses losses;
	struct pictures waiting[WAITING];
	unsigned int next;	/* which of them is taken when all are used */
	char text[AW_WIRE_TEXT];
};

struct aw_decoder *aw_decoder_new(const struct aw_kernel *kernel, struct aw_stacks *stacks)
{
	struct aw_decoder *decoder = calloc(1, sizeof(*decoder));

	if (!decoder)
		return NULL;
	decoder->kernel = kernel;
	decoder->stacks = stacks;
	return decoder;
}

void aw_decoder_free(struct aw_decoder *decoder)
{
	free(decoder);
}

struct aw_decoder_losses aw_decoder_losses(const struct aw_decoder *decoder)
{
	return decoder->losses;
}

/*
 * task_struct::flags by meaning.  PF_EXITING 0x4, PF_DUMPCORE 0x200,
 * PF_MEMALLOC 0x800 and PF_KTHREAD 0x200000 are the same in every kernel from
 * 3.10 to 7.1; PF_MEMALLOC_NOIO is 0x80000 since 3.9 and PF_MEMALLOC_NOFS
 * 0x40000 since 4.12 (7dea19f9ee63); PF_KSWAPD moved from 0x40000 to 0x20000
 * with it.
 */
#define TASK_EXITING		0x00000004u
#define TASK_DUMPCORE		0x00000200u
#define TASK_MEMALLOC		0x00000800u
#define TASK_KTHREAD		0x00200000u
#define TASK_MEMALLOC_NOIO	0x00080000u
#define TASK_MEMALLOC_NOFS	0x00040000u
#define TASK_KSWAPD		0x00020000u
#define TASK_OLD_KSWAPD		0x00040000u

static void decode_task_flags(uint32_t version, uint32_t flags, struct aw_task *task)
{
	bool scopes = version >= AW_VERSION(4, 12, 0);

	task->exiting = flags & TASK_EXITING;
	task->dumping_core = flags & TASK_DUMPCORE;
	task->memalloc = flags & TASK_MEMALLOC;
	task->kernel_thread = flags & TASK_KTHREAD;
	task->memalloc_noio = flags & TASK_MEMALLOC_NOIO;
	task->memalloc_nofs = scopes && flags & TASK_MEMALLOC_NOFS;
	task->kswapd = flags & (scopes ? TASK_KSWAPD : TASK_OLD_KSWAPD);
}

static enum aw_context decode_context(uint8_t context)
{
	static const enum aw_context contexts[] = {
		[AW_CONTEXT_UNKNOWN] = AW_IN_UNKNOWN, [AW_CONTEXT_TASK] = AW_IN_TASK,
		[AW_CONTEXT_SOFTIRQ] = AW_IN_SOFTIRQ, [AW_CONTEXT_HARDIRQ] = AW_IN_HARDIRQ,
		[AW_CONTEXT_NMI] = AW_IN_NMI,
	};

	return context < sizeof(contexts) / sizeof(contexts[0]) ? contexts[context] : AW_IN_UNKNOWN;
}

static void decode_task(const struct aw_decoder *decoder, const struct aw_wire_task *wire,
			struct aw_task *task)
{
	static const struct { uint32_t wire, model; } known[] = {
		{ AW_TASK_FLAGS, AW_TASK_KNOWS_FLAGS },
		{ AW_TASK_OOM_VICTIM, AW_TASK_KNOWS_VICTIM },
		{ AW_TASK_POLICY, AW_TASK_KNOWS_POLICY },
		{ AW_TASK_MEMS_ALLOWED, AW_TASK_KNOWS_MEMS },
		{ AW_TASK_CGROUP, AW_TASK_KNOWS_CGROUP },
	};

	task->pid = wire->pid;
	task->tid = wire->tid;
	memcpy(task->comm, wire->comm, AW_COMM_LEN);
	task->comm[AW_COMM_LEN] = '\0';
	task->cgroup_id = wire->cgroup_id;
	task->cgroup = "";
	task->context = decode_context(wire->context);
	for (unsigned int i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (wire->known & known[i].wire)
			task->known |= known[i].model;
	decode_task_flags(decoder->kernel->version, wire->task_flags, task);
	task->oom_victim = wire->oom_victim;
	task->realtime = wire->policy == 1 || wire->policy == 2 || wire->policy == 6;
	task->mems_allowed = wire->mems_allowed;
}

/*
 * Interrupts by their entry functions, where the kernel side could not read
 * preempt_count: the one that runs is the innermost in the stack.
 */
static enum aw_context context_of_stack(const struct aw_stack *stack)
{
	static const struct { const char *name; enum aw_context context; } entries[] = {
		{ "__do_softirq", AW_IN_SOFTIRQ }, { "handle_softirqs", AW_IN_SOFTIRQ },
		{ "__softirqentry_text_start", AW_IN_SOFTIRQ },	/* the same address, on some builds the name */
		{ "do_softirq", AW_IN_SOFTIRQ }, { "run_ksoftirqd", AW_IN_SOFTIRQ },
		{ "__handle_irq_event_percpu", AW_IN_HARDIRQ },
		{ "handle_irq_event", AW_IN_HARDIRQ }, { "handle_irq_event_percpu", AW_IN_HARDIRQ },
		{ "handle_percpu_devid_irq", AW_IN_HARDIRQ }, { "gic_handle_irq", AW_IN_HARDIRQ },
		{ "__common_interrupt", AW_IN_HARDIRQ },
		{ "__sysvec_apic_timer_interrupt", AW_IN_HARDIRQ },
		{ "exc_nmi", AW_IN_NMI },
	};

	for (unsigned int i = 0; i < stack->count; i++)
		for (unsigned int e = 0; e < sizeof(entries) / sizeof(entries[0]); e++)
			if (!strcmp(stack->frames[i].name, entries[e].name))
				return entries[e].context;
	return stack->count ? AW_IN_TASK : AW_IN_UNKNOWN;
}

static void decode_stack(struct aw_decoder *decoder, const __u64 wire[AW_WIRE_STACK], uint32_t count,
			 uint64_t caller, struct aw_event *event)
{
	const struct aw_known_stack *known;
	uint64_t addresses[AW_WIRE_STACK];

	if (count > AW_WIRE_STACK)
		count = AW_WIRE_STACK;
	for (uint32_t i = 0; i < count; i++)
		addresses[i] = wire[i];
	known = aw_stacks_get(decoder->stacks, addresses, count, caller);
	event->stack = &known->stack;
	event->site = known->site;
	if (event->task.context == AW_IN_UNKNOWN)
		event->task.context = context_of_stack(event->stack);
}

/*
 * warn_alloc prints unless the mask says NOWARN or the rate limit is used up
 * (or the mask asks for a DMA zone that the machine lacks: counted with the
 * latter).
 */
static enum aw_log decode_log(const struct aw_wire_failure *wire, const struct aw_gfp *gfp)
{
	if (!(wire->seen & AW_SEEN_WARN)) {
		if (wire->seen & AW_SEEN_WARN_WATCHED)
			return AW_LOG_NONE;
		return aw_gfp_has(gfp, AW_GFP_NOWARN) ? AW_LOG_NOWARN : AW_LOG_UNKNOWN;
	}
	if (aw_gfp_has(gfp, AW_GFP_NOWARN))
		return AW_LOG_NOWARN;
	if (wire->seen & AW_SEEN_PRINTED)
		return AW_LOG_PRINTED;
	return wire->seen & AW_SEEN_PRINT_WATCHED ? AW_LOG_SUPPRESSED : AW_LOG_UNKNOWN;
}

static struct pictures *find_pictures(struct aw_decoder *decoder, uint64_t id)
{
	for (unsigned int i = 0; i < WAITING; i++)
		if (decoder->waiting[i].id == id)
			return &decoder->waiting[i];
	return NULL;
}

/* Where warn_alloc can't be seen, its report may have been printed before mm_page_alloc fired. */
static bool taken_after_print(const struct aw_wire_failure *wire, const struct aw_gfp *gfp)
{
	return wire->seen & AW_SEEN_ZONES_LATE ||
	       (!(wire->seen & AW_SEEN_WARN_WATCHED) && !aw_gfp_has(gfp, AW_GFP_NOWARN));
}

static void decode_zones(struct aw_decoder *decoder, const struct aw_wire_failure *wire,
			 struct aw_failure *failure)
{
	struct pictures *pictures = wire->head.id ? find_pictures(decoder, wire->head.id) : NULL;

	failure->zones_over_budget = wire->seen & AW_SEEN_ZONES_BUDGET;
	if (!pictures)
		return;
	/* Still readable until the next record; the place is free again. */
	pictures->id = 0;
	/* Some were lost on the way: a part would look like the whole. */
	if (pictures->count < wire->nr_zones) {
		decoder->losses.zones += wire->nr_zones - pictures->count;
		return;
	}
	failure->zones = pictures->zones;
	failure->nr_zones = pictures->count;
	failure->zones_when = taken_after_print(wire, &failure->gfp) ? AW_ZONES_AFTER_PRINT
								    : AW_ZONES_AT_FAILURE;
}

static void decode_attempts(const struct aw_compact_numbers *numbers, const struct aw_wire_effort *wire,
			    struct aw_effort *effort)
{
	effort->nr_attempts = wire->compact_calls < AW_WIRE_ATTEMPTS ? wire->compact_calls : AW_WIRE_ATTEMPTS;
	for (unsigned int i = 0; i < effort->nr_attempts; i++) {
		const struct aw_wire_attempt *attempt = &wire->attempts[i];

		effort->attempts[i] = (struct aw_attempt){
			.prio = aw_compact_prio_decode(attempt->prio),
			.result = aw_compact_result_decode(numbers, attempt->result),
			.us = attempt->us,
			.zones = attempt->zones,
			.deferred = attempt->flags & AW_ATTEMPT_DEFERRED,
		};
	}
}

/* Each declined reclaim returned the sentinel 1, which is no page. */
static uint64_t really_reclaimed(const struct aw_wire_effort *wire)
{
	return wire->reclaim_pages > wire->reclaim_declined ? wire->reclaim_pages - wire->reclaim_declined : 0;
}

static void decode_effort(const struct aw_compact_numbers *numbers, const struct aw_wire_effort *wire,
			  uint64_t end_ns, struct aw_effort *effort)
{
	*effort = (struct aw_effort){
		.known = wire->known & (AW_EFFORT_RECLAIM | AW_EFFORT_COMPACTION | AW_EFFORT_RETRY),
		.knows_reclaim = wire->known & AW_EFFORT_RECLAIM,
		.knows_compaction = wire->known & AW_EFFORT_COMPACTION,
		.knows_retry = wire->known & AW_EFFORT_RETRY,
		.lower_bound = wire->known & AW_EFFORT_NESTED,
		.total_ns = wire->begin_ns && end_ns > wire->begin_ns ? end_ns - wire->begin_ns : 0,
		.reclaim_ns = wire->reclaim_ns,
		.compact_ns = wire->compact_ns,
		.reclaim_pages = really_reclaimed(wire),
		.reclaim_calls = wire->reclaim_calls,
		.reclaim_declined = wire->reclaim_declined,
		.compact_calls = wire->compact_calls,
		.reclaim_retries = wire->reclaim_retries,
		.retry_no_progress = wire->retry_no_progress,
		.retry_wmark_ok = wire->retry_wmark_ok,
		.retry_available = wire->retry_available,
		.retry_min_wmark = wire->retry_min_wmark,
		.retry_reclaimable = wire->retry_reclaimable,
		.compact_retries = wire->compact_retries,
		.compact_retry_loops = wire->compact_retry_loops,
		.compact_retry_max = wire->compact_retry_max,
		.compact_retry_again = wire->compact_retry_ret,
		.compact_retry_result = aw_compact_result_decode(numbers, wire->compact_retry_result),
	};
	decode_attempts(numbers, wire, effort);
}

static struct aw_gfp decode_gfp(const struct aw_decoder *decoder, const struct aw_wire_failure *wire)
{
	if (wire->unsampled && wire->gfp == ~UINT64_C(0))
		return (struct aw_gfp){ .names = AW_GFP_SEVERAL };
	return aw_gfp_decode(decoder->kernel->gfp, wire->gfp);
}

static int decode_failure(struct aw_decoder *decoder, const void *data, struct aw_event *event)
{
	const struct aw_wire_failure *wire = data;
	struct aw_failure *failure = &event->failure;

	event->type = wire->head.type == AW_WIRE_STALL ? AW_EVENT_STALL : AW_EVENT_FAILURE;
	decode_task(decoder, &wire->task, &event->task);
	decode_stack(decoder, wire->stack, wire->nr_frames,
		     wire->seen & AW_SEEN_TRACEPOINT ? 0 : wire->caller, event);
	failure->order = wire->order;
	failure->bytes = aw_order_bytes(decoder->kernel, wire->order);
	failure->gfp = decode_gfp(decoder, wire);
	failure->migratetype = aw_migratetype_decode(&decoder->kernel->migratetypes, wire->migratetype);
	failure->log = decode_log(wire, &failure->gfp);
	failure->class = aw_class_of(&failure->gfp, failure->order, event->stack, &failure->class_why);
	failure->saw = (wire->seen & AW_SEEN_TRACEPOINT ? AW_SAW_TRACEPOINT : 0) |
		       (wire->seen & AW_SEEN_WARN ? AW_SAW_WARN : 0);
	failure->warn_watched = wire->seen & AW_SEEN_WARN_WATCHED;
	failure->end_ns = wire->end_ns;
	failure->unsampled = wire->unsampled;
	decode_effort(&decoder->kernel->compact_numbers, &wire->effort, wire->head.time_ns, &failure->effort);
	decode_zones(decoder, wire, failure);
	return 1;
}

static int decode_extfrag(struct aw_decoder *decoder, const void *data, struct aw_event *event)
{
	const struct aw_wire_extfrag *wire = data;
	const struct aw_migratetypes *types = &decoder->kernel->migratetypes;

	event->type = AW_EVENT_EXTFRAG;
	decode_task(decoder, &wire->task, &event->task);
	decode_stack(decoder, wire->stack, wire->nr_frames, 0, event);
	event->extfrag = (struct aw_extfrag){
		.alloc_order = wire->alloc_order,
		.fallback_order = wire->fallback_order,
		.from = aw_migratetype_decode(types, wire->fallback_migratetype),
		.to = aw_migratetype_decode(types, wire->alloc_migratetype),
		.change_ownership = wire->change_ownership,
		.pfn = wire->pfn,
	};
	return 1;
}

static int decode_warning(struct aw_decoder *decoder, const void *data, struct aw_event *event)
{
	const struct aw_wire_warning *wire = data;

	event->type = AW_EVENT_WARNING;
	decode_task(decoder, &wire->task, &event->task);
	decode_stack(decoder, wire->stack, wire->nr_frames, wire->caller, event);
	memcpy(decoder->text, wire->format, sizeof(decoder->text));
	decoder->text[sizeof(decoder->text) - 1] = '\0';
	event->warning.gfp = aw_gfp_decode(decoder->kernel->gfp, wire->gfp);
	event->warning.format = decoder->text;
	return 1;
}

static uint16_t decode_types(const struct aw_migratetypes *types, uint32_t mask)
{
	uint16_t meaning = 0;

	for (int number = 0; number < AW_MT_NUMBERS; number++)
		if (mask >> number & 1)
			meaning |= 1u << aw_migratetype_decode(types, number);
	return meaning;
}

static uint32_t decode_zone_known(uint32_t wire)
{
	return AW_ZONE_KNOWS_WATERMARKS | AW_ZONE_KNOWS_MANAGED |
	       (wire & AW_ZONE_CMA ? AW_ZONE_KNOWS_CMA : 0) |
	       (wire & AW_ZONE_HIGHATOMIC ? AW_ZONE_KNOWS_HIGHATOMIC : 0) |
	       (wire & AW_ZONE_FREE_HIGHATOMIC ? AW_ZONE_KNOWS_FREE_HIGHATOMIC : 0) |
	       (wire & AW_ZONE_BOOST ? AW_ZONE_KNOWS_BOOST : 0) |
	       (wire & AW_ZONE_TYPES ? AW_ZONE_KNOWS_TYPES : 0);
}

/*
 * The record has room for more columns than most kernels have types of zones.  A zone keeps no less from a
 * higher type than from a lower one (setup_per_zone_lowmem_reserve()): zeros at the end are that room.
 */
static unsigned int count_reserves(const struct aw_wire_zone *wire)
{
	unsigned int count = AW_MAX_RESERVES;

	while (count && !wire->lowmem_reserve[count - 1])
		count--;
	return count;
}

static void fill_zone(const struct aw_decoder *decoder, const struct aw_wire_zone *wire,
		      struct aw_zone *zone)
{
	*zone = (struct aw_zone){
		.node = wire->node, .index = wire->index, .known = decode_zone_known(wire->known),
		.managed = wire->managed, .free = wire->free, .free_cma = wire->free_cma,
		.reserved_highatomic = wire->reserved_highatomic,
		.free_highatomic = wire->free_highatomic,
		.min = wire->wmark_min, .low = wire->wmark_low, .high = wire->wmark_high,
		.boost = wire->wmark_boost, .nr_reserves = count_reserves(wire),
	};
	memcpy(zone->name, wire->name, AW_COMM_LEN);
	zone->type = aw_zone_type_from_name(zone->name);
	for (int i = 0; i < AW_MAX_RESERVES; i++)
		zone->lowmem_reserve[i] = wire->lowmem_reserve[i];
	zone->nr_orders = wire->nr_orders < AW_MAX_ORDERS ? wire->nr_orders : AW_MAX_ORDERS;
	for (unsigned int order = 0; order < zone->nr_orders; order++) {
		zone->nr_free[order] = wire->nr_free[order];
		zone->types[order] = decode_types(&decoder->kernel->migratetypes, wire->types[order]);
	}
}

static int refuse(uint64_t *counter, int err)
{
	++*counter;
	return err;
}

static int decode_zone(struct aw_decoder *decoder, const void *data, struct aw_event *event)
{
	const struct aw_wire_zone *wire = data;
	struct pictures *pictures = find_pictures(decoder, wire->head.id);

	(void)event;
	if (!wire->head.id)
		return refuse(&decoder->losses.damaged, -EINVAL);
	if (!pictures)
		pictures = find_pictures(decoder, 0);
	if (!pictures) {
		pictures = &decoder->waiting[decoder->next++ % WAITING];
		decoder->losses.zones += pictures->count;
		pictures->id = 0;
	}
	if (pictures->id != wire->head.id) {
		pictures->id = wire->head.id;
		pictures->count = 0;
	}
	if (pictures->count < AW_MAX_ZONES)
		fill_zone(decoder, wire, &pictures->zones[pictures->count++]);
	return 0;
}

static int decode_oom(struct aw_decoder *decoder, const void *data, struct aw_event *event)
{
	static const struct aw_stack none;
	const struct aw_wire_oom *wire = data;

	event->type = AW_EVENT_OOM_KILL;
	decode_task(decoder, &wire->task, &event->task);
	event->stack = &none;
	event->oom.victim_pid = wire->victim_pid;
	event->oom.order = wire->order;
	memcpy(event->oom.victim_comm, wire->victim_comm, AW_COMM_LEN);
	event->oom.victim_comm[AW_COMM_LEN] = '\0';
	return 1;
}

static int decode_cma(struct aw_decoder *decoder, const void *data, struct aw_event *event)
{
	const struct aw_wire_cma *wire = data;

	event->type = AW_EVENT_CMA_FAILURE;
	decode_task(decoder, &wire->task, &event->task);
	decode_stack(decoder, wire->stack, wire->nr_frames, 0, event);
	memcpy(decoder->text, wire->name, sizeof(decoder->text));
	decoder->text[sizeof(decoder->text) - 1] = '\0';
	event->cma.count = wire->count;
	event->cma.align = wire->align;
	event->cma.error = wire->error;
	event->cma.name = decoder->text;
	return 1;
}

static const struct {
	size_t size;
	int (*decode)(struct aw_decoder *, const void *, struct aw_event *);
} records[] = {
	[AW_WIRE_FAILURE] = { sizeof(struct aw_wire_failure), decode_failure },
	[AW_WIRE_EXTFRAG] = { sizeof(struct aw_wire_extfrag), decode_extfrag },
	[AW_WIRE_ZONE] = { sizeof(struct aw_wire_zone), decode_zone },
	[AW_WIRE_STALL] = { sizeof(struct aw_wire_failure), decode_failure },
	[AW_WIRE_WARNING] = { sizeof(struct aw_wire_warning), decode_warning },
	[AW_WIRE_OOM_KILL] = { sizeof(struct aw_wire_oom), decode_oom },
	[AW_WIRE_CMA_FAILURE] = { sizeof(struct aw_wire_cma), decode_cma },
};

int aw_decode(struct aw_decoder *decoder, const void *data, size_t size, struct aw_event *event)
{
	struct aw_wire_head head;

	if (size < sizeof(head))
		return refuse(&decoder->losses.damaged, -EINVAL);
	memcpy(&head, data, sizeof(head));
	if (head.size < sizeof(head) || head.size > size)
		return refuse(&decoder->losses.damaged, -EINVAL);
	if (head.version != AW_WIRE_VERSION || !head.type ||
	    head.type >= sizeof(records) / sizeof(records[0]))
		return refuse(&decoder->losses.unknown, -ENOTSUP);
	if (head.size < records[head.type].size)
		return refuse(&decoder->losses.damaged, -EINVAL);
	memset(event, 0, sizeof(*event));
	event->time_ns = head.time_ns;
	event->cpu = head.cpu;
	return records[head.type].decode(decoder, data, event);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Wire records into events.
 */
#include "event/decode.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "event/decode_internal.h"
#include "event/wire_read.h"
#include "mm/class.h"

/* Zone snapshots wait here for their failure, which follows at once.  Those of 8 cpus may interleave. */
#define WAITING 8

struct snapshots {
	uint64_t id;		/* 0: free */
	unsigned int count;
	struct aw_zone zones[AW_MAX_ZONES];
	uint32_t numbers[AW_MAX_ZONES];	/* theirs in aw_wire_effort.zones; 0: none */
};

struct aw_decoder {
	const struct aw_kernel *kernel;
	struct aw_stacks *stacks;
	struct aw_decoder_losses losses;
	struct snapshots waiting[WAITING];
	unsigned int next;	/* the one to reuse when none is free */
	union aw_wire_record record;	/* the one that is being decoded */
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

static void decode_stack(struct aw_decoder *decoder, const struct aw_wire_stack *wire, uint64_t caller,
			 struct aw_event *event)
{
	uint32_t count = wire->nr_frames < AW_WIRE_STACK ? wire->nr_frames : AW_WIRE_STACK;
	const struct aw_known_stack *known;
	uint64_t addresses[AW_WIRE_STACK];

	for (uint32_t i = 0; i < count; i++)
		addresses[i] = wire->frames[i];
	known = aw_stacks_get(decoder->stacks, addresses, count, caller);
	event->stack = &known->stack;
	event->site = known->site;
	if (event->task.context == AW_IN_UNKNOWN)
		event->task.context = aw_decode_context(event->stack);
}

/*
 * warn_alloc prints unless the mask has NOWARN or the rate limit is used up.  It
 * does not print either if the mask asks for a DMA zone that the machine does not
 * have; this counts as rate-limited.
 */
static enum aw_log decode_log(const struct aw_wire_request *request, const struct aw_gfp *gfp)
{
	if (!(request->seen & AW_SEEN_WARN)) {
		if (request->seen & AW_SEEN_WARN_WATCHED)
			return AW_LOG_NONE;
		return aw_gfp_has(gfp, AW_GFP_NOWARN) ? AW_LOG_NOWARN : AW_LOG_UNKNOWN;
	}
	if (aw_gfp_has(gfp, AW_GFP_NOWARN))
		return AW_LOG_NOWARN;
	if (request->seen & AW_SEEN_PRINTED)
		return AW_LOG_PRINTED;
	return request->seen & AW_SEEN_PRINT_WATCHED ? AW_LOG_SUPPRESSED : AW_LOG_UNKNOWN;
}

static struct snapshots *find_snapshots(struct aw_decoder *decoder, uint64_t id)
{
	for (unsigned int i = 0; i < WAITING; i++)
		if (decoder->waiting[i].id == id)
			return &decoder->waiting[i];
	return NULL;
}

/* If warn_alloc is not watched, it may have printed its report before mm_page_alloc fired. */
static bool taken_after_print(const struct aw_wire_request *request, const struct aw_gfp *gfp)
{
	return !(request->seen & AW_SEEN_WARN_WATCHED) && !aw_gfp_has(gfp, AW_GFP_NOWARN);
}

static void decode_zones(struct aw_decoder *decoder, const struct aw_wire_failure *wire,
			 struct aw_failure *failure)
{
	struct snapshots *snapshots = wire->head.id ? find_snapshots(decoder, wire->head.id) : NULL;

	failure->zones_over_budget = wire->request.seen & AW_SEEN_ZONES_BUDGET;
	if (!snapshots)
		return;
	/* The slot is free again; its zones can be read until the next record. */
	snapshots->id = 0;
	/* Some were lost.  A part of the zones must not look like all of them. */
	if (snapshots->count < wire->request.nr_zones) {
		decoder->losses.zones += wire->request.nr_zones - snapshots->count;
		return;
	}
	for (unsigned int i = 0; failure->effort.knows_zones && i < snapshots->count; i++)
		if (snapshots->numbers[i] && (uint32_t)wire->effort.zones >> (snapshots->numbers[i] - 1) & 1)
			snapshots->zones[i].known |= AW_ZONE_NAMED;
	failure->zones = snapshots->zones;
	failure->nr_zones = snapshots->count;
	failure->zones_when = taken_after_print(&wire->request, &failure->gfp) ? AW_ZONES_AFTER_PRINT
								    : AW_ZONES_AT_FAILURE;
}

static struct aw_gfp decode_gfp(const struct aw_decoder *decoder, const struct aw_wire_request *request)
{
	if (request->unsampled && request->gfp == ~UINT64_C(0))
		return (struct aw_gfp)AW_GFP_SEVERAL;
	return aw_gfp_decode(decoder->kernel->gfp, request->gfp);
}

/* MPOL_PREFERRED_MANY, 5.15 on: its first try has the preferred nodes as nodemask. */
static bool may_prefer_nodes(const struct aw_failure *failure, uint32_t version)
{
	return version >= AW_VERSION(5, 15, 0) && (failure->nodemask || !failure->knows_nodemask);
}

static int decode_failure(struct aw_decoder *decoder, struct aw_event *event)
{
	const struct aw_wire_failure *wire = &decoder->record.failure;
	const struct aw_wire_request *request = &wire->request;
	struct aw_failure *failure = &event->failure;

	event->type = wire->head.type == AW_WIRE_STALL ? AW_EVENT_STALL : AW_EVENT_FAILURE;
	aw_decode_task(&wire->task, decoder->kernel->version, &event->task);
	decode_stack(decoder, &wire->stack, request->seen & AW_SEEN_TRACEPOINT ? 0 : request->caller, event);
	failure->order = request->order;
	failure->bytes = aw_order_bytes(decoder->kernel, request->order);
	failure->gfp = decode_gfp(decoder, request);
	failure->migratetype = aw_migratetype_decode(&decoder->kernel->migratetypes, request->migratetype);
	failure->log = decode_log(request, &failure->gfp);
	failure->saw = (request->seen & AW_SEEN_TRACEPOINT ? AW_SAW_TRACEPOINT : 0) |
		       (request->seen & AW_SEEN_WARN ? AW_SAW_WARN : 0);
	failure->warn_watched = request->seen & AW_SEEN_WARN_WATCHED;
	failure->unsampled = request->unsampled;
	failure->knows_nodemask = request->seen & AW_SEEN_NODEMASK;
	failure->nodemask = request->nodemask;
	failure->class = aw_class_of(&failure->gfp, failure->order, event->stack,
				     may_prefer_nodes(failure, decoder->kernel->version), &failure->class_why);
	aw_decode_effort(&decoder->kernel->compact_numbers, wire, &failure->effort);
	decode_zones(decoder, wire, failure);
	return 1;
}

static int decode_extfrag(struct aw_decoder *decoder, struct aw_event *event)
{
	const struct aw_wire_extfrag *wire = &decoder->record.extfrag;
	const struct aw_migratetypes *types = &decoder->kernel->migratetypes;

	event->type = AW_EVENT_EXTFRAG;
	aw_decode_task(&wire->task, decoder->kernel->version, &event->task);
	decode_stack(decoder, &wire->stack, 0, event);
	event->extfrag = (struct aw_extfrag){
		.alloc_order = wire->steal.alloc_order,
		.fallback_order = wire->steal.fallback_order,
		.from = aw_migratetype_decode(types, wire->steal.fallback_migratetype),
		.to = aw_migratetype_decode(types, wire->steal.alloc_migratetype),
		.change_ownership = wire->steal.change_ownership,
		.pfn = wire->steal.pfn,
	};
	return 1;
}

static int decode_warning(struct aw_decoder *decoder, struct aw_event *event)
{
	const struct aw_wire_warning *wire = &decoder->record.warning;

	event->type = AW_EVENT_WARNING;
	aw_decode_task(&wire->task, decoder->kernel->version, &event->task);
	decode_stack(decoder, &wire->stack, wire->call.caller, event);
	memcpy(decoder->text, wire->call.format, sizeof(decoder->text));
	decoder->text[sizeof(decoder->text) - 1] = '\0';
	event->warning.gfp = aw_gfp_decode(decoder->kernel->gfp, wire->call.gfp);
	event->warning.format = decoder->text;
	return 1;
}

static int refuse(uint64_t *counter, int err)
{
	++*counter;
	return err;
}

static int decode_zone(struct aw_decoder *decoder, struct aw_event *event)
{
	const struct aw_wire_zone *wire = &decoder->record.zone;
	struct snapshots *snapshots = find_snapshots(decoder, wire->head.id);

	(void)event;
	if (!wire->head.id)
		return refuse(&decoder->losses.damaged, -EINVAL);
	if (!snapshots)
		snapshots = find_snapshots(decoder, 0);
	if (!snapshots) {
		snapshots = &decoder->waiting[decoder->next++ % WAITING];
		decoder->losses.zones += snapshots->count;
		snapshots->id = 0;
	}
	if (snapshots->id != wire->head.id) {
		snapshots->id = wire->head.id;
		snapshots->count = 0;
	}
	if (snapshots->count == AW_MAX_ZONES)
		return 0;
	aw_decode_zone(decoder->kernel, wire, &snapshots->zones[snapshots->count]);
	snapshots->numbers[snapshots->count++] = wire->snapshot.number <= AW_WIRE_ZONES ? wire->snapshot.number : 0;
	return 0;
}

static int decode_oom(struct aw_decoder *decoder, struct aw_event *event)
{
	static const struct aw_stack none;
	const struct aw_wire_oom *wire = &decoder->record.oom;

	event->type = AW_EVENT_OOM_KILL;
	aw_decode_task(&wire->task, decoder->kernel->version, &event->task);
	event->stack = &none;
	event->oom.victim_pid = wire->kill.victim_pid;
	event->oom.order = wire->kill.order;
	memcpy(event->oom.victim_comm, wire->kill.victim_comm, AW_COMM_LEN);
	event->oom.victim_comm[AW_COMM_LEN] = '\0';
	return 1;
}

static int decode_cma(struct aw_decoder *decoder, struct aw_event *event)
{
	const struct aw_wire_cma *wire = &decoder->record.cma;

	event->type = AW_EVENT_CMA_FAILURE;
	aw_decode_task(&wire->task, decoder->kernel->version, &event->task);
	decode_stack(decoder, &wire->stack, 0, event);
	memcpy(decoder->text, wire->request.name, sizeof(decoder->text));
	decoder->text[sizeof(decoder->text) - 1] = '\0';
	event->cma.count = wire->request.count;
	event->cma.align = wire->request.align;
	event->cma.error = wire->request.error;
	event->cma.name = decoder->text;
	return 1;
}

static int (*const decoders[])(struct aw_decoder *, struct aw_event *) = {
	[AW_WIRE_FAILURE] = decode_failure, [AW_WIRE_EXTFRAG] = decode_extfrag, [AW_WIRE_ZONE] = decode_zone,
	[AW_WIRE_STALL] = decode_failure, [AW_WIRE_WARNING] = decode_warning, [AW_WIRE_OOM_KILL] = decode_oom,
	[AW_WIRE_CMA_FAILURE] = decode_cma,
};

int aw_decode(struct aw_decoder *decoder, const void *data, size_t size, struct aw_event *event)
{
	const struct aw_wire_head *head = &decoder->record.head;
	int err = aw_wire_read(data, size, &decoder->record);

	if (err)
		return refuse(err == -ENOTSUP ? &decoder->losses.unknown : &decoder->losses.damaged, err);
	memset(event, 0, sizeof(*event));
	event->time_ns = head->time_ns;
	event->cpu = head->cpu;
	return decoders[head->type](decoder, event);
}

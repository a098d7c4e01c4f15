// SPDX-License-Identifier: GPL-2.0
/*
 * Wire records into events.
 */
#include "event/decode.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "event/decode_parts.h"
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
		event->task.context = aw_decode_context(event->stack);
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
	aw_decode_task(&wire->task, decoder->kernel->version, &event->task);
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
	aw_decode_effort(&decoder->kernel->compact_numbers, &wire->effort, wire->head.time_ns, &failure->effort);
	decode_zones(decoder, wire, failure);
	return 1;
}

static int decode_extfrag(struct aw_decoder *decoder, const void *data, struct aw_event *event)
{
	const struct aw_wire_extfrag *wire = data;
	const struct aw_migratetypes *types = &decoder->kernel->migratetypes;

	event->type = AW_EVENT_EXTFRAG;
	aw_decode_task(&wire->task, decoder->kernel->version, &event->task);
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
	aw_decode_task(&wire->task, decoder->kernel->version, &event->task);
	decode_stack(decoder, wire->stack, wire->nr_frames, wire->caller, event);
	memcpy(decoder->text, wire->format, sizeof(decoder->text));
	decoder->text[sizeof(decoder->text) - 1] = '\0';
	event->warning.gfp = aw_gfp_decode(decoder->kernel->gfp, wire->gfp);
	event->warning.format = decoder->text;
	return 1;
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
		aw_decode_zone(&decoder->kernel->migratetypes, wire, &pictures->zones[pictures->count++]);
	return 0;
}

static int decode_oom(struct aw_decoder *decoder, const void *data, struct aw_event *event)
{
	static const struct aw_stack none;
	const struct aw_wire_oom *wire = data;

	event->type = AW_EVENT_OOM_KILL;
	aw_decode_task(&wire->task, decoder->kernel->version, &event->task);
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
	aw_decode_task(&wire->task, decoder->kernel->version, &event->task);
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

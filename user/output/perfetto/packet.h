/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Packets of a Perfetto trace: the messages and fields of protos/perfetto/trace/
 * that are written here, by their published numbers.
 */
#ifndef AW_OUTPUT_PERFETTO_PACKET_H
#define AW_OUTPUT_PERFETTO_PACKET_H

#include "base/protobuf.h"
#include "event/event.h"

/* TrackEvent.Type */
enum aw_track_event { AW_SLICE_BEGIN = 1, AW_SLICE_END = 2, AW_INSTANT = 3, AW_COUNTER = 4 };

/* CounterDescriptor.Unit */
enum aw_track_unit { AW_UNIT_COUNT = 2, AW_UNIT_BYTES = 3 };

/* A packet that is being made; all zero to begin, aw_packet_free() ends its life. */
struct aw_packet {
	struct aw_proto trace;		/* complete packets that were not flushed yet */
	struct aw_proto packet, event, nested, inner;
};

void aw_packet_free(struct aw_packet *packet);
#define AW_PACKET __attribute__((cleanup(aw_packet_free)))

/* The clocks at `mono_ns`; wall_ns 0: not known. */
void aw_packet_clocks(struct aw_packet *packet, uint64_t mono_ns, uint64_t wall_ns);

/*
 * Tracks, by a number of ours.  To say it again is allowed, so nobody needs to
 * remember which there are.  The track of what an interrupt asked for is its cpu's.
 */
uint64_t aw_packet_task_track(struct aw_packet *packet, const struct aw_event *event);
uint64_t aw_packet_plain_track(struct aw_packet *packet, uint64_t id, const char *name);
uint64_t aw_packet_counter_track(struct aw_packet *packet, uint64_t id, const char *name, enum aw_track_unit unit);

/* An event on a track: begin, any number of arguments, end.  `name` NULL: of the end of a slice. */
void aw_packet_begin(struct aw_packet *packet, enum aw_track_event type, uint64_t track, const char *name,
		     const char *category);
void aw_packet_text(struct aw_packet *packet, const char *name, const char *value);	/* "" and NULL: nothing */
void aw_packet_number(struct aw_packet *packet, const char *name, uint64_t value);
void aw_packet_stack(struct aw_packet *packet, const struct aw_stack *stack, bool raw);	/* innermost first */
void aw_packet_end(struct aw_packet *packet, uint64_t mono_ns);

void aw_packet_count(struct aw_packet *packet, uint64_t track, uint64_t mono_ns, uint64_t value);

/* 0 or -ENOMEM */
int aw_packet_flush(struct aw_packet *packet, FILE *out);

#endif

// SPDX-License-Identifier: GPL-2.0
/*
 * Packets of a Perfetto trace.
 */
#include "output/perfetto/packet.h"

#include <inttypes.h>
#include <stdio.h>

#include "output/frame_text.h"

enum { TRACE_PACKET = 1 };
enum { PACKET_CLOCK_SNAPSHOT = 6, PACKET_TIMESTAMP = 8, PACKET_SEQUENCE = 10, PACKET_TRACK_EVENT = 11,
       PACKET_CLOCK_ID = 58, PACKET_TRACK_DESCRIPTOR = 60 };
enum { CLOCKS = 1, CLOCKS_PRIMARY = 2, CLOCK_ID = 1, CLOCK_TIMESTAMP = 2 };
enum { TRACK_UUID = 1, TRACK_NAME = 2, TRACK_PROCESS = 3, TRACK_THREAD = 4, TRACK_PARENT = 5, TRACK_COUNTER = 8 };
enum { PROCESS_PID = 1, PROCESS_NAME = 6 };
enum { THREAD_PID = 1, THREAD_TID = 2, THREAD_NAME = 5 };
enum { COUNTER_UNIT = 3 };
enum { EVENT_ANNOTATION = 4, EVENT_TYPE = 9, EVENT_TRACK = 11, EVENT_CATEGORY = 22, EVENT_NAME = 23,
       EVENT_COUNTER = 30, EVENT_CALLSTACK = 55 };
enum { ANNOTATION_UINT = 3, ANNOTATION_STRING = 6, ANNOTATION_NAME = 10 };
enum { CALLSTACK_FRAME = 1, FRAME_FUNCTION = 1, FRAME_FILE = 2 };

/* protos/perfetto/common/builtin_clock.proto */
enum { CLOCK_REALTIME_ID = 1, CLOCK_MONOTONIC_ID = 3 };

/* All packets are of one writer. */
#define SEQUENCE 0x616c6c6fu

/* Numbers of tracks: 2^40 and what it is of. */
#define TRACK_OF_THREAD (UINT64_C(1) << 40)
#define TRACK_OF_CPU (UINT64_C(2) << 40)
#define TRACK_PLAIN (UINT64_C(3) << 40)
#define TRACK_OF_COUNTER (UINT64_C(4) << 40)

void aw_packet_free(struct aw_packet *packet)
{
	aw_proto_free(&packet->trace);
	aw_proto_free(&packet->packet);
	aw_proto_free(&packet->event);
	aw_proto_free(&packet->nested);
	aw_proto_free(&packet->inner);
}

static void end_packet(struct aw_packet *packet)
{
	aw_proto_number(&packet->packet, PACKET_SEQUENCE, SEQUENCE);
	aw_proto_message(&packet->trace, TRACE_PACKET, &packet->packet);
}

static void put_clock(struct aw_packet *packet, unsigned int id, uint64_t ns)
{
	aw_proto_number(&packet->nested, CLOCK_ID, id);
	aw_proto_number(&packet->nested, CLOCK_TIMESTAMP, ns);
	aw_proto_message(&packet->event, CLOCKS, &packet->nested);
}

void aw_packet_clocks(struct aw_packet *packet, uint64_t mono_ns, uint64_t wall_ns)
{
	put_clock(packet, CLOCK_MONOTONIC_ID, mono_ns);
	if (wall_ns)
		put_clock(packet, CLOCK_REALTIME_ID, wall_ns);
	aw_proto_number(&packet->event, CLOCKS_PRIMARY, CLOCK_MONOTONIC_ID);
	aw_proto_message(&packet->packet, PACKET_CLOCK_SNAPSHOT, &packet->event);
	end_packet(packet);
}

/* The members of packet->event so far are those of the descriptor. */
static uint64_t end_track(struct aw_packet *packet, uint64_t uuid)
{
	aw_proto_number(&packet->event, TRACK_UUID, uuid);
	aw_proto_message(&packet->packet, PACKET_TRACK_DESCRIPTOR, &packet->event);
	end_packet(packet);
	return uuid;
}

uint64_t aw_packet_task_track(struct aw_packet *packet, const struct aw_event *event)
{
	const struct aw_task *task = &event->task;
	char name[48];

	if (task->context > AW_IN_TASK || !task->tid) {
		snprintf(name, sizeof(name), "interrupts of cpu %" PRIu32, event->cpu);
		aw_proto_text(&packet->event, TRACK_NAME, name);
		return end_track(packet, TRACK_OF_CPU | event->cpu);
	}
	aw_proto_number(&packet->nested, THREAD_PID, task->pid);
	aw_proto_number(&packet->nested, THREAD_TID, task->tid);
	aw_proto_text(&packet->nested, THREAD_NAME, task->comm);
	aw_proto_message(&packet->event, TRACK_THREAD, &packet->nested);
	return end_track(packet, TRACK_OF_THREAD | task->tid);
}

uint64_t aw_packet_plain_track(struct aw_packet *packet, uint64_t id, const char *name)
{
	aw_proto_text(&packet->event, TRACK_NAME, name);
	return end_track(packet, TRACK_PLAIN | id);
}

uint64_t aw_packet_counter_track(struct aw_packet *packet, uint64_t id, const char *name, enum aw_track_unit unit)
{
	aw_proto_text(&packet->event, TRACK_NAME, name);
	aw_proto_number(&packet->nested, COUNTER_UNIT, unit);
	aw_proto_message(&packet->event, TRACK_COUNTER, &packet->nested);
	return end_track(packet, TRACK_OF_COUNTER | id);
}

void aw_packet_begin(struct aw_packet *packet, enum aw_track_event type, uint64_t track, const char *name,
		     const char *category)
{
	aw_proto_number(&packet->event, EVENT_TYPE, type);
	aw_proto_number(&packet->event, EVENT_TRACK, track);
	if (!name)
		return;
	aw_proto_text(&packet->event, EVENT_NAME, name);
	aw_proto_text(&packet->event, EVENT_CATEGORY, category);
}

void aw_packet_text(struct aw_packet *packet, const char *name, const char *value)
{
	if (!value || !value[0])
		return;
	aw_proto_text(&packet->nested, ANNOTATION_NAME, name);
	aw_proto_text(&packet->nested, ANNOTATION_STRING, value);
	aw_proto_message(&packet->event, EVENT_ANNOTATION, &packet->nested);
}

void aw_packet_number(struct aw_packet *packet, const char *name, uint64_t value)
{
	aw_proto_text(&packet->nested, ANNOTATION_NAME, name);
	aw_proto_number(&packet->nested, ANNOTATION_UINT, value);
	aw_proto_message(&packet->event, EVENT_ANNOTATION, &packet->nested);
}

/* As a call stack, outermost first, and as text for versions of the UI that do not know those. */
void aw_packet_stack(struct aw_packet *packet, const struct aw_stack *stack, bool raw)
{
	char frame[AW_FRAME_TEXT], text[1000] = "";
	size_t used = 0;

	for (unsigned int i = stack->count; i-- > 0;) {
		aw_format_frame(&stack->frames[i], raw, frame, sizeof(frame));
		aw_proto_text(&packet->inner, FRAME_FUNCTION, frame);
		if (stack->frames[i].module[0])
			aw_proto_text(&packet->inner, FRAME_FILE, stack->frames[i].module);
		aw_proto_message(&packet->nested, CALLSTACK_FRAME, &packet->inner);
	}
	if (stack->count)
		aw_proto_message(&packet->event, EVENT_CALLSTACK, &packet->nested);
	for (unsigned int i = 0; i < stack->count && used < sizeof(text); i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s", i ? " < " : "",
					 aw_format_function(&stack->frames[i], raw, frame, sizeof(frame)));
	aw_packet_text(packet, "stack", text);
}

void aw_packet_end(struct aw_packet *packet, uint64_t mono_ns)
{
	aw_proto_number(&packet->packet, PACKET_TIMESTAMP, mono_ns);
	aw_proto_number(&packet->packet, PACKET_CLOCK_ID, CLOCK_MONOTONIC_ID);
	aw_proto_message(&packet->packet, PACKET_TRACK_EVENT, &packet->event);
	end_packet(packet);
}

void aw_packet_count(struct aw_packet *packet, uint64_t track, uint64_t mono_ns, uint64_t value)
{
	aw_packet_begin(packet, AW_COUNTER, track, NULL, NULL);
	aw_proto_integer(&packet->event, EVENT_COUNTER, (int64_t)value);
	aw_packet_end(packet, mono_ns);
}

int aw_packet_flush(struct aw_packet *packet, FILE *out)
{
	return aw_proto_flush(&packet->trace, out);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Samples of perf.data: PERF_RECORD_SAMPLE in include/uapi/linux/perf_event.h.
 */
#include "import/perf_sample.h"

#include <errno.h>

#define MOST_CHAIN 4096u

/* Marks in a call chain: which part of the machine the addresses behind them are of. */
#define CONTEXT_KERNEL ((uint64_t)-128)
#define CONTEXT_MAX ((uint64_t)-4095)

#define READ_TIMES 3u	/* PERF_FORMAT_TOTAL_TIME_ENABLED, _RUNNING */
#define READ_ID 4u
#define READ_GROUP 8u
#define READ_LOST 16u

/* The event of an id; the first one if it is not known: perf writes ids only where events differ. */
static const struct aw_perf_event *event_of(const struct aw_perf_head *head, uint64_t id)
{
	for (unsigned int i = 0; id && i < head->nr_ids; i++)
		if (head->ids[i].id == id)
			return &head->events[head->ids[i].event];
	return head->nr_events ? &head->events[0] : NULL;
}

static void skip_read(struct aw_cursor *data, uint64_t format)
{
	uint64_t times = __builtin_popcountll(format & READ_TIMES), each = 1 + !!(format & READ_ID) + !!(format & READ_LOST);
	uint64_t count = 1;

	if (format & READ_GROUP)
		count = aw_get_u64(data);
	if (count > MOST_CHAIN)
		data->failed = true;
	else
		aw_get_bytes(data, 8 * (times + count * each));
}

static void read_chain(struct aw_cursor *data, struct aw_trace_record *record)
{
	uint64_t count = aw_get_u64(data);
	bool kernel = true;

	if (count > MOST_CHAIN) {
		data->failed = true;
		return;
	}
	while (count-- && !data->failed) {
		uint64_t address = aw_get_u64(data);

		if (address >= CONTEXT_MAX)
			kernel = address == CONTEXT_KERNEL;
		else if (kernel && address && record->nr_frames < AW_TRACE_STACK_FRAMES)
			record->stack[record->nr_frames++] = address;
	}
}

/* Of a sample, up to its raw data. */
struct sample {
	uint32_t pid, tid, cpu;
	uint64_t time;
	struct aw_cursor raw;
};

static void read_sample(const struct aw_perf_event *event, struct aw_cursor *data, struct sample *out,
			struct aw_trace_record *stack)
{
	uint64_t type = event->sample_type;
	uint32_t size;

	aw_get_bytes(data, 8 * (!!(type & AW_PERF_IDENTIFIER) + !!(type & AW_PERF_IP)));
	if (type & AW_PERF_TID) {
		out->pid = aw_get_u32(data);
		out->tid = aw_get_u32(data);
	}
	out->time = type & AW_PERF_TIME ? aw_get_u64(data) : 0;
	aw_get_bytes(data, 8 * (!!(type & AW_PERF_ADDR) + !!(type & AW_PERF_ID) + !!(type & AW_PERF_STREAM_ID)));
	if (type & AW_PERF_CPU) {
		out->cpu = aw_get_u32(data);
		aw_get_u32(data);
	}
	aw_get_bytes(data, type & AW_PERF_PERIOD ? 8 : 0);
	if (type & AW_PERF_READ)
		skip_read(data, event->read_format);
	if (type & AW_PERF_CALLCHAIN)
		read_chain(data, stack);
	size = aw_get_u32(data);
	out->raw.at = aw_get_bytes(data, size);
	out->raw.end = out->raw.at ? out->raw.at + size : NULL;
}

/* The id stands first with IDENTIFIER; without, events have the same layout or only one event is there. */
static uint64_t id_of(const struct aw_perf_head *head, struct aw_cursor data)
{
	return head->nr_events && head->events[0].sample_type & AW_PERF_IDENTIFIER ? aw_get_u64(&data) : 0;
}

int aw_perf_sample_decode(const struct aw_perf_head *head, const struct aw_trace_formats *formats,
			  struct aw_cursor data, struct aw_import_item *out)
{
	const struct aw_perf_event *event = event_of(head, id_of(head, data));
	struct aw_trace_record stack = { .nr_frames = 0 };
	struct sample sample = { .pid = 0 };
	int err;

	out->success = false;
	if (!event || !event->tracepoint || !(event->sample_type & AW_PERF_RAW))
		return 0;
	read_sample(event, &data, &sample, &stack);
	if (data.failed)
		return -EBADMSG;
	err = aw_trace_record_decode(formats, sample.raw.at, (size_t)(sample.raw.end - sample.raw.at), &out->record);
	if (err || out->record.type == AW_TRACE_STACK)
		return err == -EINVAL ? -EBADMSG : 0;
	out->record.time_ns = sample.time;
	out->success = out->record.type == AW_TRACE_ALLOC && !aw_trace_no_page(formats, &out->record);
	if (out->success)
		return 0;
	out->record.cpu = sample.cpu;
	out->record.tid = event->sample_type & AW_PERF_TID ? sample.tid : out->record.tid;
	out->record.nr_frames = stack.nr_frames;
	for (unsigned int i = 0; i < stack.nr_frames; i++)
		out->record.stack[i] = stack.stack[i];
	out->pid = sample.pid;
	out->comm[0] = '\0';
	return 1;
}

uint64_t aw_perf_record_time(const struct aw_perf_head *head, const struct aw_cursor *data)
{
	const struct aw_perf_event *event = head->nr_events ? &head->events[0] : NULL;
	uint64_t type = event && event->id_all ? event->sample_type : 0;
	size_t size = 8 * (size_t)__builtin_popcountll(type & (AW_PERF_TID | AW_PERF_TIME | AW_PERF_ID | AW_PERF_STREAM_ID |
							       AW_PERF_CPU | AW_PERF_IDENTIFIER));
	struct aw_cursor tail = *data;

	if (!(type & AW_PERF_TIME) || aw_cursor_left(data) < size)
		return 0;
	tail.at = tail.end - size;
	aw_get_bytes(&tail, type & AW_PERF_TID ? 8 : 0);
	return aw_get_u64(&tail);
}

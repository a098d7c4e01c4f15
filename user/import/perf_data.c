// SPDX-License-Identifier: GPL-2.0
/*
 * perf.data, the file of perf record: its records, in the order of their times.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/cursor.h"
#include "import/perf_names.h"
#include "import/perf_queue.h"
#include "import/perf_sample.h"
#include "import/unpack.h"

#define ROOM_FOR_UNPACKED (1u << 20)
#define MOST_TRACING_DATA (64u << 20)

enum {	/* enum perf_event_type, perf_user_event_type */
	RECORD_MMAP = 1, RECORD_LOST = 2, RECORD_COMM = 3, RECORD_FORK = 7, RECORD_SAMPLE = 9, RECORD_LOST_SAMPLES = 13,
	RECORD_HEADER_ATTR = 64, RECORD_TRACING_DATA = 66, RECORD_FINISHED_ROUND = 68, RECORD_AUXTRACE = 71,
	RECORD_FEATURE = 80, RECORD_COMPRESSED = 81, RECORD_COMPRESSED2 = 83
};

struct perf_data {
	struct aw_import_reader reader;
	struct aw_import_input *input;
	struct aw_import_facts *facts;
	struct aw_perf_head head;
	uint64_t at;			/* the next record */
	bool over;
	struct aw_perf_queue queue;
	struct aw_perf_names names;
	struct aw_import_zstd *zstd;
	uint8_t *unpacked;		/* the rest of a record, of which the end is in the next piece */
	size_t nr_unpacked;
};

/* ---- records ---- */

static void queue(struct perf_data *perf, const struct aw_import_item *item, bool is_name)
{
	if (aw_perf_queue_add(&perf->queue, item, is_name))
		perf->reader.damaged++;
}

/* pid, tid, the name, padded to 8 bytes */
static void read_comm(struct perf_data *perf, struct aw_cursor data)
{
	struct aw_import_item item = { .record.time_ns = aw_perf_record_time(&perf->head, &data) };
	size_t len;

	item.pid = aw_get_u32(&data);
	item.record.tid = aw_get_u32(&data);
	len = strnlen((const char *)data.at, aw_cursor_left(&data));
	memcpy(item.comm, data.at, len < AW_COMM_LEN ? len : AW_COMM_LEN);
	if (!data.failed)
		queue(perf, &item, true);
}

/* pid, ppid, tid, ptid: a new thread has the name of the one that made it */
static void read_fork(struct perf_data *perf, struct aw_cursor data)
{
	struct aw_import_item item = { .record.time_ns = aw_perf_record_time(&perf->head, &data) };

	aw_get_u64(&data);
	item.record.tid = aw_get_u32(&data);
	item.pid = aw_get_u32(&data);	/* here: of whom it has the name */
	if (!data.failed && item.record.tid != item.pid)
		queue(perf, &item, true);
}

static void read_sample(struct perf_data *perf, struct aw_cursor data)
{
	struct aw_import_item item;
	int got = aw_perf_sample_decode(&perf->head, &perf->facts->formats, data, &item);

	perf->reader.damaged += got < 0;
	if (got > 0)
		queue(perf, &item, false);
	else if (!got && item.success)
		aw_import_pass_over(&perf->reader, item.record.time_ns);
}

/* LOST: id, count.  LOST_SAMPLES: count. */
static void read_lost(struct perf_data *perf, struct aw_cursor data, bool with_id)
{
	if (with_id)
		aw_get_u64(&data);
	perf->reader.lost += aw_get_u64(&data);
}

static void use_records(struct perf_data *perf, struct aw_cursor *data);

/* A record may go on in the next piece. */
static void read_compressed(struct perf_data *perf, struct aw_cursor data)
{
	struct aw_cursor records;
	int64_t got = -EBADMSG;

	if (!perf->unpacked)
		perf->unpacked = malloc(ROOM_FOR_UNPACKED + 65536);
	if (!perf->zstd)
		perf->zstd = aw_import_zstd_new();
	if (perf->unpacked && perf->zstd)
		got = aw_import_zstd_next(perf->zstd, data.at, aw_cursor_left(&data), perf->unpacked + perf->nr_unpacked,
					  ROOM_FOR_UNPACKED + 65536 - perf->nr_unpacked);
	if (got < 0) {
		perf->reader.damaged++;
		return;
	}
	records = (struct aw_cursor){ perf->unpacked, perf->unpacked + perf->nr_unpacked + got, false };
	use_records(perf, &records);
	perf->nr_unpacked = aw_cursor_left(&records);
	if (perf->nr_unpacked > 65535) {
		perf->reader.damaged++;
		perf->nr_unpacked = 0;
	}
	memmove(perf->unpacked, records.at, perf->nr_unpacked);
}

static void read_attr(struct perf_data *perf, struct aw_cursor data)
{
	struct aw_cursor attr = data;
	uint32_t size;

	aw_get_u32(&attr);
	size = aw_get_u32(&attr);
	attr = data;
	if (!aw_get_bytes(&data, size))
		return;
	attr.end = data.at;
	aw_perf_add_event(&perf->head, attr, data);
}

static void use_record(struct perf_data *perf, uint32_t type, struct aw_cursor data)
{
	if (type == RECORD_SAMPLE)
		read_sample(perf, data);
	else if (type == RECORD_COMM)
		read_comm(perf, data);
	else if (type == RECORD_FORK)
		read_fork(perf, data);
	else if (type == RECORD_LOST || type == RECORD_LOST_SAMPLES)
		read_lost(perf, data, type == RECORD_LOST);
	else if (type == RECORD_FINISHED_ROUND)
		aw_perf_queue_end_round(&perf->queue);
	else if (type == RECORD_HEADER_ATTR && perf->head.pipe)
		read_attr(perf, data);
	else if (type == RECORD_FEATURE && perf->head.pipe)
		aw_perf_feature(perf->facts, (unsigned int)aw_get_u64(&data), data);
}

/* struct perf_event_header: type, misc, size of all */
static void use_records(struct perf_data *perf, struct aw_cursor *data)
{
	while (aw_cursor_left(data) >= 8) {
		struct aw_cursor header = *data;
		uint32_t type = aw_get_u32(&header), size;
		const uint8_t *at;

		aw_get_u16(&header);
		size = aw_get_u16(&header);
		if (size < 8) {
			perf->reader.damaged++;
			data->at = data->end;
		}
		if (size < 8 || aw_cursor_left(data) < size)
			return;
		at = aw_get_bytes(data, size);
		use_record(perf, type, (struct aw_cursor){ at + 8, at + size, false });
	}
}

/* Formats in the records: behind the record, not counted in its size. */
static void read_tracing_data(struct perf_data *perf, struct aw_cursor data)
{
	uint32_t size = aw_get_u32(&data);
	int err;
	AW_FREE uint8_t *copy = aw_import_input_copy(perf->input, perf->at, size, MOST_TRACING_DATA, &err);

	if (!copy) {
		perf->over = true;
		perf->reader.damaged++;
		return;
	}
	aw_perf_tracing_data(perf->facts, (struct aw_cursor){ copy, copy + size, false });
	perf->at += (size + 7u) & ~7u;
}

/* Its size is that of what follows. */
static void skip_auxtrace(struct perf_data *perf, struct aw_cursor data)
{
	uint64_t size = aw_get_u64(&data);

	if (size > perf->head.data_end - perf->at) {
		perf->over = true;
		perf->reader.damaged++;
	} else {
		perf->at += size;
	}
}

/* Reads the next record of the file.  False: there is none. */
static bool read_record(struct perf_data *perf, uint32_t *type)
{
	uint8_t bytes[65536];
	struct aw_cursor header = { bytes, bytes + 8, false }, data;
	uint32_t size;

	if (perf->over || perf->head.data_end - perf->at < 8 || aw_import_input_read(perf->input, perf->at, bytes, 8) != 8)
		return false;
	*type = aw_get_u32(&header);
	aw_get_u16(&header);
	size = aw_get_u16(&header);
	if (size < 8 || size > perf->head.data_end - perf->at ||
	    aw_import_input_read(perf->input, perf->at, bytes, size) != (ssize_t)size) {
		perf->reader.damaged++;
		return false;
	}
	perf->at += size;
	data = (struct aw_cursor){ bytes + 8, bytes + size, false };
	if (*type == RECORD_TRACING_DATA)
		read_tracing_data(perf, data);
	else if (*type == RECORD_AUXTRACE)
		skip_auxtrace(perf, data);
	else if (*type == RECORD_COMPRESSED)
		read_compressed(perf, data);
	else if (*type == RECORD_COMPRESSED2) {
		uint64_t packed = aw_get_u64(&data);

		data.end = packed < aw_cursor_left(&data) ? data.at + packed : data.end;
		read_compressed(perf, data);
	} else
		use_record(perf, *type, data);
	return true;
}

/* ---- the stream ---- */

/* A COMM has the name, a FORK that of its parent. */
static void use_name(struct perf_data *perf, const struct aw_import_item *item)
{
	if (item->comm[0])
		aw_perf_names_set(&perf->names, item->record.tid, item->comm);
	else
		aw_perf_names_inherit(&perf->names, item->record.tid, item->pid);
}

/* 1: *queued is the next one; 0: all was read and taken; 2: none yet. */
static int take(struct perf_data *perf, struct aw_perf_queued **queued)
{
	uint64_t began = perf->input->read;
	uint32_t type;

	while (!(*queued = aw_perf_queue_take(&perf->queue))) {
		if (perf->over && !perf->queue.count)
			return 0;
		if (perf->input->read - began > AW_IMPORT_AT_ONCE)
			return 2;
		if (!perf->over && read_record(perf, &type))
			continue;
		perf->over = true;
		aw_perf_queue_end(&perf->queue);
	}
	return 1;
}

static int perf_data_next(struct aw_import_reader *reader, struct aw_import_item *out)
{
	struct perf_data *perf = (struct perf_data *)reader;

	for (;;) {
		AW_FREE struct aw_perf_queued *queued = NULL;
		int got = take(perf, &queued);

		if (got != 1)
			return got;
		if (queued->is_name) {
			use_name(perf, &queued->item);
			continue;
		}
		*out = queued->item;
		snprintf(out->comm, sizeof(out->comm), "%s", aw_perf_names_get(&perf->names, out->record.tid));
		return 1;
	}
}

static void perf_data_close(struct aw_import_reader *reader)
{
	struct perf_data *perf = (struct perf_data *)reader;

	aw_perf_names_clear(&perf->names);
	aw_perf_queue_clear(&perf->queue);
	free(perf->unpacked);
	aw_import_zstd_free(perf->zstd);
	aw_perf_head_clear(&perf->head);
	free(perf);
}

/* Up to the formats, which come before the first sample. */
static void read_head_of_pipe(struct perf_data *perf)
{
	uint32_t type = 0;

	while (perf->head.pipe && !perf->facts->formats.events[AW_TRACE_ALLOC].id && type != RECORD_SAMPLE &&
	       read_record(perf, &type))
		;
}

/* pid -1, tid, start, length, address of the symbol, "[kernel.kallsyms]_text" */
static void read_kernel_map(struct perf_data *perf, uint64_t at, uint32_t size)
{
	static const char kernel[] = "[kernel.kallsyms]";
	struct aw_import_facts *facts = perf->facts;
	char bytes[128] = { 0 };
	struct aw_cursor data = { (uint8_t *)bytes + 8, (uint8_t *)bytes + 40, false };

	if (size <= 40 + sizeof(kernel) - 1 || facts->text_symbol[0] ||
	    aw_import_input_read(perf->input, at, bytes, size < sizeof(bytes) ? size : sizeof(bytes) - 1) < 0 ||
	    strncmp(bytes + 40, kernel, sizeof(kernel) - 1))
		return;
	aw_get_bytes(&data, 24);
	facts->text_addr = aw_get_u64(&data);
	aw_text_copy(facts->text_symbol, sizeof(facts->text_symbol), bytes + 40 + sizeof(kernel) - 1,
		     strnlen(bytes + 40 + sizeof(kernel) - 1, sizeof(bytes) - 40 - sizeof(kernel)));
}

/* What comes before the first sample; is the rest packed? */
static bool look_ahead(struct perf_data *perf)
{
	uint64_t at = perf->at;
	uint8_t bytes[8];

	while (perf->head.data_end - at >= 8 && aw_import_input_read(perf->input, at, bytes, 8) == 8) {
		struct aw_cursor header = { bytes, bytes + 8, false };
		uint32_t type = aw_get_u32(&header), size;

		aw_get_u16(&header);
		size = aw_get_u16(&header);
		if (type == RECORD_COMPRESSED || type == RECORD_COMPRESSED2)
			return true;
		if (size < 8 || type == RECORD_SAMPLE || type == RECORD_TRACING_DATA || size > perf->head.data_end - at)
			return false;
		if (type == RECORD_MMAP)
			read_kernel_map(perf, at, size);
		at += size;
	}
	return false;
}

static int check(struct perf_data *perf, struct aw_error *error)
{
	const char *name = perf->input->name;
	struct aw_error why;

	if (perf->facts->foreign)
		return aw_error_set(error, -ENOTSUP, "can't read the trace %s: it is from a 32-bit or a big-endian machine", name);
	if (!perf->facts->formats.events[AW_TRACE_ALLOC].id)
		return aw_error_set(error, -EINVAL, "the trace %s does not have the event kmem:mm_page_alloc: record with perf record -a -g "
				    "-e kmem:mm_page_alloc --filter 'pfn==0xffffffffffffffff'", name);
	if (look_ahead(perf) && aw_import_can_unpack(AW_IMPORT_ZSTD, &why))
		return aw_error_set(error, -ENOTSUP, "can't read the trace %s: %s", name, why.text);
	return 0;
}

static int perf_data_open(struct aw_import_input *input, struct aw_import_facts *facts,
			  struct aw_import_reader **out, struct aw_error *error)
{
	struct perf_data *perf = calloc(1, sizeof(*perf));
	int err;

	if (!perf)
		return aw_error_set(error, -ENOMEM, "out of memory");
	perf->reader.ops = &aw_import_perf_data;
	perf->input = input;
	perf->facts = facts;
	err = aw_perf_head_read(input, &perf->head, facts, error);
	perf->at = perf->head.data;
	if (!err) {
		read_head_of_pipe(perf);
		err = check(perf, error);
	}
	if (err)
		perf_data_close(&perf->reader);
	else
		*out = &perf->reader;
	return err;
}

const struct aw_import_reader_ops aw_import_perf_data = {
	.format = "perf.data",
	.open = perf_data_open,
	.next = perf_data_next,
	.close = perf_data_close,
};

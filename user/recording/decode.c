// SPDX-License-Identifier: GPL-2.0
/*
 * Decodes the records of a recording, one by one.
 */
#include "recording/decode.h"

#include <errno.h>
#include <stdlib.h>

#include "base/array.h"
#include "recording/decode_internal.h"

struct aw_recording_decoder *aw_recording_decoder_new(uint32_t flags)
{
	struct aw_recording_decoder *decoder = calloc(1, sizeof(*decoder));

	if (!decoder)
		return NULL;
	decoder->texts = aw_intern_new();
	if (!decoder->texts) {
		free(decoder);
		return NULL;
	}
	decoder->raw_addresses = flags & AW_RECORDING_RAW_ADDRESSES;
	decoder->told.source = "";
	aw_recording_map_init(&decoder->map);
	return decoder;
}

void aw_recording_decoder_free(struct aw_recording_decoder *decoder)
{
	if (!decoder)
		return;
	aw_scan_drop(decoder->scan);
	aw_entries_clear(decoder);
	free(decoder->strings.entries);
	free(decoder->stacks.entries);
	free(decoder->tasks.entries);
	free(decoder->gfps.entries);
	aw_kernel_clear(&decoder->told.kernel);
	aw_intern_free(decoder->texts);
	free(decoder);
}

const struct aw_recording_told *aw_recording_told(const struct aw_recording_decoder *decoder)
{
	return &decoder->told;
}

void aw_recording_records(struct aw_recording_decoder *decoder, const uint8_t *records, size_t size)
{
	decoder->records = (struct aw_cursor){ records, records + size, false };
}

static bool read_end(struct aw_recording_decoder *decoder, struct aw_cursor *record)
{
	if (!aw_read_losses(decoder, record))
		return false;
	decoder->told.ended = true;
	return true;
}

static bool read_reset(struct aw_recording_decoder *decoder, struct aw_cursor *record)
{
	(void)record;
	aw_entries_clear(decoder);
	return true;
}

static bool read_group(struct aw_recording_decoder *decoder, struct aw_cursor *record)
{
	(void)record;
	aw_entries_clear(decoder);
	decoder->facts_again = decoder->told.has_kernel;
	return true;
}

typedef bool (*record_reader)(struct aw_recording_decoder *decoder, struct aw_cursor *record);

static const record_reader readers[] = {
	[AW_RECORD_KERNEL] = aw_read_kernel, [AW_RECORD_ENUM] = aw_read_enum,
	[AW_RECORD_GFP_TABLE] = aw_read_gfp_table, [AW_RECORD_MISSING] = aw_read_missing,
	[AW_RECORD_SNAPSHOT] = aw_read_losses, [AW_RECORD_END] = read_end,
	[AW_RECORD_RESET] = read_reset, [AW_RECORD_GROUP] = read_group, [AW_RECORD_STRING] = aw_read_string,
	[AW_RECORD_STACK] = aw_read_stack, [AW_RECORD_TASK] = aw_read_task,
	[AW_RECORD_GFP] = aw_read_gfp,
};

static bool is_event(unsigned int type)
{
	return type >= AW_RECORD_FAILURE && type <= AW_RECORD_HELD;
}

static bool is_fact(unsigned int type)
{
	return type == AW_RECORD_KERNEL || type == AW_RECORD_ENUM || type == AW_RECORD_GFP_TABLE ||
	       type == AW_RECORD_MISSING;
}

/* A failure that was only counted stands for several. */
static uint64_t failures_of(unsigned int type, const struct aw_event *event)
{
	if (type != AW_RECORD_FAILURE)
		return 0;
	return event && event->failure.unsampled ? event->failure.unsampled : 1;
}

/* 1: an event; 0: another record, or one that was skipped and counted. */
static int read_record(struct aw_recording_decoder *decoder, unsigned int type, struct aw_cursor *record,
		       struct aw_event *event)
{
	struct aw_recording_told *told = &decoder->told;
	bool good;

	if (type >= AW_RECORD_FAILURE && type < AW_RECORD_EVENTS_END)
		told->stored_events++;
	if (is_event(type)) {
		good = aw_read_event(decoder, (enum aw_recording_type)type, record, event);
		told->bad += !good;
		told->events += good;
		told->stored_failures += failures_of(type, good ? event : NULL);
		if (good && event->time_ns > told->last_ns)
			told->last_ns = event->time_ns;
		return good;
	}
	if (is_fact(type) && decoder->facts_again)
		return 0;
	if (type < ARRAY_SIZE(readers) && readers[type])
		told->bad += !readers[type](decoder, record);
	else
		told->unknown++;
	return 0;
}

int aw_recording_next(struct aw_recording_decoder *decoder, struct aw_event *event)
{
	struct aw_cursor *records = &decoder->records;

	while (aw_cursor_left(records)) {
		unsigned int type = aw_get_u16(records);
		uint32_t size;
		const uint8_t *at;
		struct aw_cursor record;

		aw_get_u16(records);
		size = aw_get_u32(records);
		at = aw_get_bytes(records, size);
		if (records->failed)
			return -EBADMSG;
		record = (struct aw_cursor){ at, at + size, false };
		if (read_record(decoder, type, &record, event))
			return 1;
		if (decoder->no_memory || aw_intern_failed(decoder->texts))
			return -ENOMEM;
	}
	return 0;
}

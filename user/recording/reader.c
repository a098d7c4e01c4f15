// SPDX-License-Identifier: GPL-2.0
/*
 * Reads a recording: header, blocks, events, and over damaged parts.
 */
#include "recording/reader.h"

#include <errno.h>
#include <string.h>

/* How far a damaged header is looked past for a group: longer than any group is. */
#define HEADER_SEEK (2u << 20)

/* Bytes checked in one call while damage is passed over, so that a signal ends it soon. */
#define SEEK_BATCH (8u << 20)

static const char *const cut_in_block = "truncated inside a block";

void aw_recording_reader_init(struct aw_recording_reader *reader, int fd)
{
	memset(reader, 0, sizeof(*reader));
	reader->input.fd = fd;
	aw_libdeflate_open(&reader->libdeflate);
}

void aw_recording_reader_free(struct aw_recording_reader *reader)
{
	aw_recording_decoder_free(reader->decoder);
	aw_libdeflate_close(&reader->libdeflate);
	aw_recording_input_free(&reader->input);
	aw_bytes_free(&reader->records);
}

static void gap_begin(struct aw_recording_reader *reader, const char *what)
{
	reader->current = (struct aw_recording_gap){
		.what = what,
		.offset = reader->input.offset,
		.from_ns = reader->told ? reader->told->last_ns : 0,
	};
	reader->seeking = true;
}

static void gap_keep(struct aw_recording_reader *reader)
{
	const struct aw_recording_gap *gap = &reader->current;

	reader->seeking = false;
	reader->skipped_bytes += gap->bytes;
	reader->skipped_events += gap->events;
	reader->skipped_failures += gap->failures;
	/* The last one is always kept: it may be the end. */
	reader->gaps[reader->nr_gaps < AW_RECORDING_GAPS ? reader->nr_gaps : AW_RECORDING_GAPS - 1] = *gap;
	reader->nr_gaps++;
}

/* The rest of the file is in the gap. */
static int gap_to_end(struct aw_recording_reader *reader)
{
	uint64_t end = reader->input.offset + aw_recording_input_left(&reader->input);

	reader->current.bytes = end - reader->current.offset;
	gap_keep(reader);
	reader->over = true;
	return 0;
}

static uint64_t past(uint64_t whole, uint64_t known)
{
	return whole > known ? whole - known : 0;
}

/*
 * The group says how many events the writer stored before it: what of them is
 * known neither as read nor as skipped was passed over just now, or is missing.
 */
static void enter_group(struct aw_recording_reader *reader, const struct aw_recording_group *group, uint64_t at)
{
	uint64_t events = past(group->events, reader->told->stored_events + reader->skipped_events);

	reader->groups++;
	if (!reader->seeking && !events)
		return;
	if (!reader->seeking) {
		gap_begin(reader, "damaged: blocks are missing");
		reader->current.offset = at;
	}
	reader->current.bytes = at - reader->current.offset;
	reader->current.to_ns = group->time_ns;
	reader->current.events = events;
	reader->current.failures = past(group->failures, reader->told->stored_failures + reader->skipped_failures);
	reader->current.closed = true;
	gap_keep(reader);
}

/*
 * Reads the block at the start of the window into `records`.  1, and it is
 * dropped from the window; 0: the file ends here; -EBADMSG: it is damaged, with
 * the reason; -EAGAIN or -errno: the window is as before.
 */
static int read_block(struct aw_recording_reader *reader, int timeout_ms, const char **what)
{
	struct aw_recording_input *input = &reader->input;
	struct aw_block_header header;
	int got = aw_recording_input_fill(input, AW_RECORDING_BLOCK_HEADER, timeout_ms);

	*what = cut_in_block;
	if (got <= 0)
		return got || !aw_recording_input_left(input) ? got : -EBADMSG;
	if (aw_recording_get_block(aw_recording_input_at(input), &header)) {
		*what = "damaged: no block";
		return -EBADMSG;
	}
	got = aw_recording_input_fill(input, AW_RECORDING_BLOCK_HEADER + header.stored, timeout_ms);
	if (got <= 0)
		return got ? got : -EBADMSG;
	reader->records.used = 0;
	if (!aw_bytes_grow(&reader->records, header.size))
		return -ENOMEM;
	*what = "damaged: a block's checksum is wrong";
	got = aw_recording_unpack(&header, aw_recording_input_at(input) + AW_RECORDING_BLOCK_HEADER, reader->records.data,
				  &reader->libdeflate);
	if (got)
		return got;
	aw_recording_input_drop(input, AW_RECORDING_BLOCK_HEADER + header.stored);
	return 1;
}

/* Drops bytes up to the next magic number of a block.  1: it is there; 0: the file ends before; or as fill(). */
static int next_magic(struct aw_recording_reader *reader, int timeout_ms)
{
	static const uint8_t magic[4] = { 'A', 'W', 'B', 'K' };
	struct aw_recording_input *input = &reader->input;

	for (;;) {
		const uint8_t *at, *found;
		size_t left;
		int got = aw_recording_input_fill(input, sizeof(magic), timeout_ms);

		if (got <= 0)
			return got;
		at = aw_recording_input_at(input);
		left = aw_recording_input_left(input);
		found = memmem(at, left, magic, sizeof(magic));
		aw_recording_input_drop(input, found ? (size_t)(found - at) : left - (sizeof(magic) - 1));
		if (found)
			return 1;
	}
}

/* Does the block just read begin a group of this file? */
static bool begins_group(const struct aw_recording_reader *reader, struct aw_recording_group *group)
{
	if (!aw_recording_get_group(reader->records.data, reader->records.used, group))
		return false;
	return !reader->told || !reader->told->has_kernel || reader->told->start_ns == group->start_ns;
}

/*
 * Goes to the next group, and reads its first block.  1; 0: none follows, up to
 * `limit` in the file; -EAGAIN: call again; or -errno.
 */
static int seek_group(struct aw_recording_reader *reader, int timeout_ms, uint64_t limit,
		      struct aw_recording_group *group, uint64_t *at)
{
	size_t checked = 0;

	while (reader->input.offset < limit) {
		const char *what;
		int got = next_magic(reader, timeout_ms);

		if (got <= 0)
			return got;
		*at = reader->input.offset;
		got = read_block(reader, timeout_ms, &what);
		if (got == 1 && begins_group(reader, group))
			return 1;
		if (got < 0 && got != -EBADMSG)
			return got;
		/* A whole block depends on those before it, and contains no group. */
		checked += aw_recording_input_left(&reader->input);
		if (got != 1)
			aw_recording_input_drop(&reader->input, 1);
		if (checked > SEEK_BATCH)
			return -EAGAIN;
	}
	return 0;
}

static int begin_decoding(struct aw_recording_reader *reader, uint32_t flags)
{
	reader->decoder = aw_recording_decoder_new(flags);
	if (!reader->decoder)
		return -ENOMEM;
	reader->head.flags = flags;
	reader->told = aw_recording_told(reader->decoder);
	return 0;
}

static void begin_block(struct aw_recording_reader *reader)
{
	aw_recording_records(reader->decoder, reader->records.data, reader->records.used);
	reader->blocks++;
	reader->in_block = true;
}

/* The first group says what the header does. */
static int header_from_group(struct aw_recording_reader *reader, int timeout_ms)
{
	struct aw_recording_group group;
	uint64_t at;
	int got = seek_group(reader, timeout_ms, HEADER_SEEK, &group, &at);

	if (got <= 0)
		return got ? got : -EBADMSG;
	got = begin_decoding(reader, group.flags);
	if (got)
		return got;
	reader->head.version = AW_RECORDING_VERSION;
	enter_group(reader, &group, at);
	begin_block(reader);
	return 0;
}

int aw_recording_reader_header(struct aw_recording_reader *reader, int timeout_ms)
{
	struct aw_recording_input *input = &reader->input;
	int got;

	if (reader->seeking)
		return header_from_group(reader, timeout_ms);
	got = aw_recording_input_fill(input, AW_RECORDING_HEADER, timeout_ms);
	if (got < 0)
		return got;
	if (!got)
		return aw_recording_input_left(input) ? -ENODATA : -ENOENT;
	got = aw_recording_get_header(aw_recording_input_at(input), &reader->head);
	if (got == -EBADMSG) {
		gap_begin(reader, "damaged: the header of the file");
		return header_from_group(reader, timeout_ms);
	}
	if (got)
		return got;
	aw_recording_input_drop(input, AW_RECORDING_HEADER);
	return begin_decoding(reader, reader->head.flags);
}

/* Without the closing record, the end of the file is damage, too. */
static int end_of_file(struct aw_recording_reader *reader)
{
	reader->over = true;
	if (reader->told->ended)
		return 0;
	gap_begin(reader, "the run that wrote it did not end properly: no closing record");
	return gap_to_end(reader);
}

int aw_recording_reader_block(struct aw_recording_reader *reader, int timeout_ms)
{
	struct aw_recording_group group;
	uint64_t at = reader->input.offset;
	const char *what;
	int got;

	if (!reader->seeking) {
		got = read_block(reader, timeout_ms, &what);
		if (!got)
			return end_of_file(reader);
		if (got < 0 && got != -EBADMSG)
			return got;
		if (got == -EBADMSG)
			gap_begin(reader, what);
		else if (begins_group(reader, &group))
			enter_group(reader, &group, at);
	}
	if (reader->seeking) {
		got = seek_group(reader, timeout_ms, UINT64_MAX, &group, &at);
		if (got <= 0)
			return got ? got : gap_to_end(reader);
		enter_group(reader, &group, at);
	}
	begin_block(reader);
	return 0;
}

int aw_recording_reader_event(struct aw_recording_reader *reader, struct aw_event *event)
{
	int got;

	if (!reader->in_block)
		return 0;
	got = aw_recording_next(reader->decoder, event);
	if (got == 1)
		return 1;
	reader->in_block = false;
	if (got != -EBADMSG)
		return got;
	gap_begin(reader, "damaged: the record lengths of a block are inconsistent");
	return 0;
}

bool aw_recording_reader_cut(const struct aw_recording_reader *reader)
{
	return !reader->told->ended;
}

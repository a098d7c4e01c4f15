// SPDX-License-Identifier: GPL-2.0
/*
 * Tests that reading a truncated, damaged or invalid recording returns exactly its
 * intact part.
 */
#include <errno.h>
#include <zlib.h>

#include "base/array.h"
#include "recording_builder.h"

static void count(void *arg, struct aw_event *event)
{
	(void)event;
	++*(unsigned int *)arg;
}

/* The number of events in complete blocks that end at or before `size`. */
static unsigned int before(const size_t ends[BUILT_EVENTS], size_t size)
{
	unsigned int events = 0;

	while (events < BUILT_EVENTS && ends[events] <= size)
		events++;
	return events;
}

static void test_cut_at_every_byte(void **state)
{
	struct recorded r;
	struct aw_bytes file = { 0 };
	size_t ends[BUILT_EVENTS];
	unsigned int opened = 0;
	int fd;

	(void)state;
	recorded_build(&r);
	recorded_file(&r, false, &file, ends);
	fd = memory_file(file.data, file.used);
	for (size_t size = file.used; size-- > 0;) {
		struct aw_source *source;
		struct aw_error error;
		unsigned int events = 0;

		assert_int_equal(ftruncate(fd, (off_t)size), 0);
		if (memory_open(fd, &source, &error)) {
			assert_int_equal(before(ends, size), 0);
			assert_contains(error.text, "can't read /proc/self/fd/");
			continue;
		}
		assert_int_equal(drain(source, count, &events), 0);
		assert_int_equal(events, before(ends, size));
		assert_true(aw_source_recorded(source)->damage[0]);
		source->ops->close(source);
		opened++;
	}
	assert_true(opened > ends[BUILT_EVENTS - 1] - ends[0]);
	close(fd);
	aw_bytes_free(&file);
	built_free(&r.built);
}

/* The events of the group that the byte `at` is in, from its block on. */
static unsigned int lost_with(const size_t ends[BUILT_EVENTS], size_t first_end, size_t at)
{
	unsigned int event = before(ends, at), next;

	if (at < AW_RECORDING_HEADER || event == BUILT_EVENTS)
		return 0;
	if (at < first_end)
		event = 0;
	next = (event / BUILT_GROUP + 1) * BUILT_GROUP;
	return (next < BUILT_EVENTS ? next : BUILT_EVENTS) - event;
}

/* The end of the first block, which holds facts only. */
static size_t first_block(const struct aw_bytes *file)
{
	struct aw_block_header header;

	assert_int_equal(aw_recording_get_block(file->data + AW_RECORDING_HEADER, &header), 0);
	return AW_RECORDING_HEADER + AW_RECORDING_BLOCK_HEADER + header.stored;
}

/* Failures that the source counts as skipped. */
static uint64_t skipped(struct aw_source *source)
{
	struct aw_loss losses[AW_MAX_LOSSES];
	unsigned int count = source->ops->losses(source, losses);

	for (unsigned int i = 0; i < count; i++)
		if (losses[i].id == AW_LOSS_recording_damaged)
			return losses[i].count;
	return 0;
}

static uint64_t failures_in(const struct recorded *r, unsigned int from, unsigned int count)
{
	uint64_t failures = 0;

	for (unsigned int i = from; i < from + count; i++)
		if (r->events[i].type == AW_EVENT_FAILURE)
			failures += r->events[i].failure.unsampled ? r->events[i].failure.unsampled : 1;
	return failures;
}

static void test_flipped_bytes(void **state)
{
	struct recorded r;
	struct aw_bytes file = { 0 };
	size_t ends[BUILT_EVENTS];
	int fd;

	(void)state;
	recorded_build(&r);
	recorded_file(&r, false, &file, ends);
	fd = memory_file(file.data, file.used);
	for (size_t at = 0; at < file.used; at++) {
		uint8_t flipped = file.data[at] ^ (uint8_t)(1u << at % 8);
		struct aw_source *source;
		struct aw_error error;
		unsigned int events = 0, lost;

		assert_int_equal(pwrite(fd, &flipped, 1, (off_t)at), 1);
		/* Every byte is covered by a checksum, so any change is detected; it costs one group at most. */
		lost = lost_with(ends, first_block(&file), at);
		assert_int_equal(memory_open(fd, &source, &error), 0);
		assert_int_equal(drain(source, count, &events), 0);
		assert_int_equal(events, BUILT_EVENTS - lost);
		assert_true(aw_source_recorded(source)->damage[0]);
		/* Behind the last group, nothing says what was in it. */
		assert_int_equal(aw_source_recorded(source)->cut, at >= ends[BUILT_EVENTS - 1]);
		assert_int_equal(skipped(source), failures_in(&r, lost ? at < first_block(&file) ? 0 : before(ends, at) : 0, lost));
		source->ops->close(source);
		assert_int_equal(pwrite(fd, file.data + at, 1, (off_t)at), 1);
	}
	close(fd);
	aw_bytes_free(&file);
	built_free(&r.built);
}

/* A block that is missing as a whole leaves no damage, but the next group counts. */
static void test_missing_block(void **state)
{
	struct recorded r;
	struct aw_bytes file = { 0 };
	size_t ends[BUILT_EVENTS];
	struct aw_source *source;
	struct aw_error error;
	unsigned int events = 0;
	int fd;

	(void)state;
	recorded_build(&r);
	recorded_file(&r, false, &file, ends);
	memmove(file.data + ends[1], file.data + ends[2], file.used - ends[2]);
	fd = memory_file(file.data, file.used - (ends[2] - ends[1]));
	assert_int_equal(memory_open(fd, &source, &error), 0);
	assert_int_equal(drain(source, count, &events), 0);
	assert_int_equal(events, BUILT_EVENTS - 1);
	assert_contains(aw_source_recorded(source)->damage, "blocks are missing");
	assert_contains(aw_source_recorded(source)->damage, "with 1 events were skipped");
	source->ops->close(source);
	close(fd);
	aw_bytes_free(&file);
	built_free(&r.built);
}

/* Groups of another recording, appended, are not taken for groups of this one. */
static void test_appended(void **state)
{
	struct recorded r;
	struct aw_bytes file = { 0 };
	size_t ends[BUILT_EVENTS], whole;
	struct aw_source *source;
	struct aw_error error;
	struct aw_recording_encoder *encoder;
	unsigned int events = 0;
	int fd;

	(void)state;
	recorded_build(&r);
	recorded_file(&r, false, &file, ends);
	whole = file.used;
	encoder = recorded_encoder(&r, false);
	assert_int_equal(aw_recording_begin(encoder, 5000000000, &file), 0);
	assert_int_equal(aw_recording_event(encoder, &r.events[0]), 0);
	assert_int_equal(aw_recording_flush(encoder, &file), 0);
	aw_recording_encoder_free(encoder);
	fd = memory_file(file.data, file.used);
	assert_int_equal(memory_open(fd, &source, &error), 0);
	assert_int_equal(drain(source, count, &events), 0);
	assert_int_equal(events, BUILT_EVENTS);
	assert_true(whole && aw_source_recorded(source)->damage[0]);
	source->ops->close(source);
	close(fd);
	aw_bytes_free(&file);
	built_free(&r.built);
}

/* A flag of a later version may change the layout: the file is refused, not misread. */
static void test_unknown_flags(void **state)
{
	struct aw_bytes file = { 0 };
	struct aw_source *source;
	struct aw_error error;
	int fd;

	(void)state;
	aw_recording_put_header(&file, 0x80);
	fd = memory_file(file.data, file.used);
	assert_int_equal(memory_open(fd, &source, &error), -ENOTSUP);
	assert_contains(error.text, "flags that this program does not know (0x80 in a file of version 2)");
	close(fd);
	aw_bytes_free(&file);
}

/* Times are added to each other and to the offset of the wall clock: larger ones are damage. */
static void test_times_are_bounded(void **state)
{
	static const struct {
		int64_t wall_offset_ns;
		uint64_t event_ns;
		bool opens;
		unsigned int events;
	} cases[] = {
		{ 0, AW_RECORDING_TIME_MAX - 1, true, BUILT_EVENTS },
		{ 0, AW_RECORDING_TIME_MAX, true, BUILT_EVENTS - 1 },
		{ AW_RECORDING_TIME_MAX - 1, 1000000000, true, BUILT_EVENTS },
		{ AW_RECORDING_TIME_MAX, 1000000000, false, 0 },
		{ -AW_RECORDING_TIME_MAX, 1000000000, false, 0 },
	};

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++) {
		struct recorded r;
		struct aw_bytes file = { 0 };
		size_t ends[BUILT_EVENTS];
		struct aw_source *source;
		struct aw_error error;
		unsigned int events = 0;
		int fd;

		recorded_build(&r);
		r.built.kernel.wall_offset_ns = cases[i].wall_offset_ns;
		r.events[BUILT_EVENTS - 1].time_ns = cases[i].event_ns;
		recorded_file(&r, false, &file, ends);
		fd = memory_file(file.data, file.used);
		assert_int_equal(!memory_open(fd, &source, &error), cases[i].opens);
		if (cases[i].opens) {
			drain(source, count, &events);
			source->ops->close(source);
		}
		assert_int_equal(events, cases[i].events);
		close(fd);
		aw_bytes_free(&file);
		built_free(&r.built);
	}
}

/* What a block says of its size is not allocated unchecked, though its checksum is right. */
static void test_sizes_of_blocks_are_bounded(void **state)
{
	static const struct {
		uint32_t stored, size;
		int expected;
	} cases[] = {
		{ AW_RECORDING_BLOCK_MAX, AW_RECORDING_BLOCK_MAX, 0 },
		{ AW_RECORDING_BLOCK_MAX + 1, 1, -EBADMSG },
		{ 1, AW_RECORDING_BLOCK_MAX + 1, -EBADMSG },
		{ UINT32_MAX, UINT32_MAX, -EBADMSG },
	};

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++) {
		struct aw_bytes head = { 0 };
		struct aw_block_header header;

		aw_put_u32(&head, AW_RECORDING_BLOCK_MAGIC);
		aw_put_u32(&head, cases[i].stored);
		aw_put_u32(&head, cases[i].size);
		aw_put_u32(&head, 0);
		aw_put_u32(&head, (uint32_t)crc32(0, head.data, 16));
		assert_int_equal(aw_recording_get_block(head.data, &header), cases[i].expected);
		aw_bytes_free(&head);
	}
}

/* Feeds the records of a file, facts first, to a decoder. */
static void decode_all(const uint8_t *records, size_t size)
{
	struct aw_recording_decoder *decoder = aw_recording_decoder_new(0);
	const struct aw_recording_told *told = aw_recording_told(decoder);
	struct aw_event event;

	aw_recording_records(decoder, records, size);
	while (aw_recording_next(decoder, &event) == 1) {
		struct aw_verdict verdict;

		if (event.type == AW_EVENT_FAILURE)
			aw_verdict_make(&event, &told->kernel, &verdict);
	}
	aw_recording_decoder_free(decoder);
}

/* Records that were already invalid when written, which a checksum cannot detect. */
static void test_flipped_records(void **state)
{
	static const uint8_t patterns[] = { 0x01, 0x80, 0xff };
	struct recorded r;
	struct aw_bytes file = { 0 }, records = { 0 };
	size_t ends[BUILT_EVENTS];

	(void)state;
	recorded_build(&r);
	recorded_file(&r, false, &file, ends);
	unpack_all(&file, &records);
	for (size_t at = 0; at < records.used; at++) {
		for (unsigned int p = 0; p < sizeof(patterns); p++) {
			records.data[at] ^= patterns[p];
			decode_all(records.data, records.used);
			records.data[at] ^= patterns[p];
		}
		decode_all(records.data, at);
	}
	aw_bytes_free(&records);
	aw_bytes_free(&file);
	built_free(&r.built);
}

/* Records of later versions are skipped and counted. */
static void test_unknown_records(void **state)
{
	struct recorded r;
	struct aw_bytes file = { 0 }, records = { 0 };
	size_t ends[BUILT_EVENTS];
	struct aw_recording_decoder *decoder = aw_recording_decoder_new(0);
	struct aw_event event;
	unsigned int events = 0;

	(void)state;
	recorded_build(&r);
	recorded_file(&r, false, &file, ends);
	aw_put_u16(&records, 999);
	aw_put_u16(&records, 0);
	aw_put_u32(&records, 3);
	aw_put_bytes(&records, "new", 3);
	unpack_all(&file, &records);
	aw_recording_records(decoder, records.data, records.used);
	while (aw_recording_next(decoder, &event) == 1)
		events++;
	assert_int_equal(events, BUILT_EVENTS);
	assert_int_equal(aw_recording_told(decoder)->unknown, 1);
	assert_int_equal(aw_recording_told(decoder)->bad, 0);
	assert_true(aw_recording_told(decoder)->ended);
	aw_recording_decoder_free(decoder);
	aw_bytes_free(&records);
	aw_bytes_free(&file);
	built_free(&r.built);
}

/* An unknown flag of a failure may mean that more follows: the record is refused, and counted. */
static void test_unknown_failure_flag(void **state)
{
	struct recorded r;
	struct aw_bytes file = { 0 }, records = { 0 };
	size_t ends[BUILT_EVENTS], at = 0;
	struct aw_recording_decoder *decoder = aw_recording_decoder_new(0);
	struct aw_event event;
	unsigned int events = 0;

	(void)state;
	recorded_build(&r);
	recorded_file(&r, false, &file, ends);
	unpack_all(&file, &records);
	while (records.data[at] != AW_RECORD_FAILURE)
		at += AW_RECORDING_RECORD_HEADER + records.data[at + 4] + 256u * records.data[at + 5];
	records.data[at + AW_RECORDING_RECORD_HEADER + 24 + 12] |= 0x80;
	aw_recording_records(decoder, records.data, records.used);
	while (aw_recording_next(decoder, &event) == 1)
		events++;
	assert_int_equal(events, BUILT_EVENTS - 1);
	assert_int_equal(aw_recording_told(decoder)->bad, 1);
	aw_recording_decoder_free(decoder);
	aw_bytes_free(&records);
	aw_bytes_free(&file);
	built_free(&r.built);
}

/* A gfp table without a kernel, which the kernel's record would drop. */
static void test_gfp_table_first(void **state)
{
	struct recorded r;
	struct aw_bytes file = { 0 }, table = { 0 };
	size_t ends[BUILT_EVENTS];
	struct aw_recording_decoder *decoder = aw_recording_decoder_new(0);
	struct aw_event event;

	(void)state;
	recorded_build(&r);
	recorded_file(&r, false, &file, ends);
	aw_put_u16(&table, AW_RECORD_GFP_TABLE);
	aw_put_u16(&table, 0);
	aw_put_u32(&table, 8);
	aw_put_u64(&table, 0);
	unpack_all(&file, &table);
	aw_recording_records(decoder, table.data, table.used);
	while (aw_recording_next(decoder, &event) == 1)
		;
	assert_int_equal(aw_recording_told(decoder)->bad, 1);
	assert_non_null(aw_recording_told(decoder)->kernel.gfp);
	aw_recording_decoder_free(decoder);
	aw_bytes_free(&table);
	aw_bytes_free(&file);
	built_free(&r.built);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut_at_every_byte),
		cmocka_unit_test(test_flipped_bytes),
		cmocka_unit_test(test_missing_block),
		cmocka_unit_test(test_appended),
		cmocka_unit_test(test_unknown_flags),
		cmocka_unit_test(test_times_are_bounded),
		cmocka_unit_test(test_sizes_of_blocks_are_bounded),
		cmocka_unit_test(test_flipped_records),
		cmocka_unit_test(test_unknown_records),
		cmocka_unit_test(test_unknown_failure_flag),
		cmocka_unit_test(test_gfp_table_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

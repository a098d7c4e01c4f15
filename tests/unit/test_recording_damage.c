// SPDX-License-Identifier: GPL-2.0
/*
 * A recording that is cut, damaged or wrong gives what is whole, and nothing else.
 */
#include <errno.h>

#include "recording_builder.h"

static void count(void *arg, const struct aw_event *event)
{
	(void)event;
	++*(unsigned int *)arg;
}

/* Events of whole blocks that end at or before `size`. */
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
		unsigned int events = 0;

		assert_int_equal(pwrite(fd, &flipped, 1, (off_t)at), 1);
		if (!memory_open(fd, &source, &error)) {
			assert_int_equal(drain(source, count, &events), 0);
			/* Every byte is under a checksum: none is taken for another. */
			assert_int_equal(events, before(ends, at));
			assert_true(aw_source_recorded(source)->damage[0]);
			source->ops->close(source);
		}
		assert_int_equal(pwrite(fd, file.data + at, 1, (off_t)at), 1);
	}
	close(fd);
	aw_bytes_free(&file);
	built_free(&r.built);
}

/* Feeds the records of one file, facts first, to a decoder. */
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

/* What a checksum cannot catch: records that were wrong when they were written. */
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

/* A later program's records are passed over and counted. */
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

/* A table of no kernel yet, which the kernel's record would drop. */
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
		cmocka_unit_test(test_flipped_records),
		cmocka_unit_test(test_unknown_records),
		cmocka_unit_test(test_gfp_table_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

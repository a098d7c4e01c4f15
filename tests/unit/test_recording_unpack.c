// SPDX-License-Identifier: GPL-2.0
/*
 * Tests that a block is unpacked alike with libdeflate and without it.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "recording/block.h"

#define SIZE 5000

static uint8_t packed_room[2 * SIZE];

struct packed {
	struct aw_block_header header;
	const uint8_t *stored;
	uint8_t records[SIZE + 1];
};

static void pack(struct packed *packed)
{
	struct aw_bytes block = { 0 };

	for (unsigned int i = 0; i < SIZE; i++)
		packed->records[i] = (uint8_t)(i * i / 7);
	assert_int_equal(aw_recording_pack(&block, packed->records, SIZE), 0);
	assert_int_equal(aw_recording_get_block(block.data, &packed->header), 0);
	memcpy(packed_room, block.data, block.used);
	packed->stored = packed_room + AW_RECORDING_BLOCK_HEADER;
	aw_bytes_free(&block);
}

static unsigned int calls;

static uint32_t checks(uint32_t crc, const void *data, size_t size)
{
	return (uint32_t)crc32(crc, data, (unsigned int)size);
}

static int refuses(void *state, const void *in, size_t stored, void *out, size_t size, size_t *got)
{
	(void)state;
	(void)in;
	(void)stored;
	assert_null(got);
	memset(out, 0xee, size);
	calls++;
	return 1;
}

static int copies(void *state, const void *in, size_t stored, void *out, size_t size, size_t *got)
{
	(void)in;
	(void)stored;
	(void)got;
	memcpy(out, state, size);
	calls++;
	return 0;
}

static void zlib_alone(void **state)
{
	struct packed packed;
	uint8_t out[SIZE];

	(void)state;
	pack(&packed);
	assert_int_equal(aw_recording_unpack(&packed.header, packed.stored, out, NULL), 0);
	assert_memory_equal(out, packed.records, SIZE);
}

/* Whether a stream is good is for zlib to say, so that the answer does not depend on the library. */
static void zlib_decides(void **state)
{
	struct packed packed;
	struct aw_libdeflate library = { .unpack = refuses, .crc = checks, .state = &library };
	uint8_t out[SIZE];

	(void)state;
	pack(&packed);
	calls = 0;
	assert_int_equal(aw_recording_unpack(&packed.header, packed.stored, out, &library), 0);
	assert_int_equal(calls, 1);
	assert_memory_equal(out, packed.records, SIZE);
}

static void library_unpacks(void **state)
{
	uint8_t told[SIZE] = { 1, 2, 3 }, out[SIZE];
	struct packed packed;
	struct aw_libdeflate library = { .unpack = copies, .crc = checks, .state = told };

	(void)state;
	pack(&packed);
	calls = 0;
	assert_int_equal(aw_recording_unpack(&packed.header, packed.stored, out, &library), 0);
	assert_int_equal(calls, 1);
	assert_memory_equal(out, told, SIZE);
}

/* Bytes that are not those of the checksum reach neither. */
static void checksum_first(void **state)
{
	struct packed packed;
	struct aw_libdeflate library = { .unpack = copies, .crc = checks, .state = packed.records };
	uint8_t out[SIZE];

	(void)state;
	pack(&packed);
	packed_room[AW_RECORDING_BLOCK_HEADER + 9] ^= 1;
	calls = 0;
	assert_int_equal(aw_recording_unpack(&packed.header, packed.stored, out, &library), -EBADMSG);
	assert_int_equal(calls, 0);
}

/* The library of this machine; where it is missing, zlib is asked twice. */
static void alike(void **state)
{
	struct packed packed;
	struct aw_libdeflate library;
	uint8_t out[SIZE];

	(void)state;
	pack(&packed);
	aw_libdeflate_open(&library);
	assert_int_equal(aw_recording_unpack(&packed.header, packed.stored, out, &library), 0);
	assert_memory_equal(out, packed.records, SIZE);
	packed.header.size--;
	assert_int_equal(aw_recording_unpack(&packed.header, packed.stored, out, &library), -EBADMSG);
	assert_int_equal(aw_recording_unpack(&packed.header, packed.stored, out, NULL), -EBADMSG);
	packed.header.size += 2;
	assert_int_equal(aw_recording_unpack(&packed.header, packed.stored, packed.records, &library), -EBADMSG);
	assert_int_equal(aw_recording_unpack(&packed.header, packed.stored, packed.records, NULL), -EBADMSG);
	aw_libdeflate_close(&library);
	assert_null(library.state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zlib_alone),
		cmocka_unit_test(zlib_decides),
		cmocka_unit_test(library_unpacks),
		cmocka_unit_test(checksum_first),
		cmocka_unit_test(alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

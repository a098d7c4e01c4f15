// SPDX-License-Identifier: GPL-2.0
/*
 * Tests splitting a buffer into wire records: complete, padded and damaged ones.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../bpf/wire.h"
#include "event/records.h"

/* Room for several records, 8-aligned. */
static uint64_t buffer[32];

static void put(size_t offset, uint32_t size)
{
	struct aw_wire_head head = { .size = size, .version = AW_WIRE_VERSION, .type = AW_WIRE_FAILURE };

	memcpy((char *)buffer + offset, &head, sizeof(head));
}

static void test_padded(void **state)
{
	size_t offset = 0, size;
	const void *record;

	(void)state;
	put(0, 33);
	put(40, 32);
	assert_int_equal(aw_records_next(buffer, 72, 8, &offset, &record, &size), 1);
	assert_ptr_equal(record, buffer);
	assert_int_equal(size, 33);
	assert_int_equal(aw_records_next(buffer, 72, 8, &offset, &record, &size), 1);
	assert_ptr_equal(record, (char *)buffer + 40);
	assert_int_equal(size, 32);
	assert_int_equal(aw_records_next(buffer, 72, 8, &offset, &record, &size), 0);
}

static void test_last_without_padding(void **state)
{
	size_t offset = 0, size;
	const void *record;

	(void)state;
	put(0, 33);
	assert_int_equal(aw_records_next(buffer, 33, 8, &offset, &record, &size), 1);
	assert_int_equal(aw_records_next(buffer, 33, 8, &offset, &record, &size), 0);
}

static void test_damaged(void **state)
{
	static const uint32_t sizes[] = { 0, 1, 31, 73, UINT32_MAX - 3, UINT32_MAX };
	const void *record;
	size_t size;

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t offset = 0;

		put(0, sizes[i]);
		assert_int_equal(aw_records_next(buffer, 72, 8, &offset, &record, &size), -EINVAL);
		assert_int_equal(offset, 0);
	}
}

static void test_cut(void **state)
{
	const void *record;
	size_t size;

	(void)state;
	put(0, 40);
	for (size_t bytes = 1; bytes < 40; bytes++) {
		size_t offset = 0;

		assert_int_equal(aw_records_next(buffer, bytes, 8, &offset, &record, &size), -EINVAL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_padded),
		cmocka_unit_test(test_last_without_padding),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

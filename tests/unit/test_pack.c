// SPDX-License-Identifier: GPL-2.0
/*
 * Tests packing structs: unpacking restores them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/pack.h"

static void check(const uint64_t *words, size_t count, size_t packed_size)
{
	uint8_t packed[AW_PACKED_MAX(8 * 8)];
	uint64_t again[8];

	memset(packed, 0xee, sizeof(packed));
	memset(again, 0xee, sizeof(again));
	assert_int_equal(aw_pack(words, count * 8, packed), packed_size);
	assert_ptr_equal(aw_unpack(packed, again, count * 8), packed + packed_size);
	assert_memory_equal(words, again, count * 8);
}

static void comes_back(void **state)
{
	const uint64_t none[8] = { 0 }, all = UINT64_MAX;
	const uint64_t some[] = { 1, 0, UINT64_C(0xff00000000000000), 0x00ff00ff, 0, 0x100 };

	(void)state;
	check(none, 0, 0);
	check(none, 8, 8);
	check(&all, 1, 9);
	check(some, 6, 6 + 1 + 1 + 2 + 1);
}

static void one_after_the_other(void **state)
{
	const uint64_t first = 0x1234, second = 0x5600;
	uint8_t packed[2 * AW_PACKED_MAX(8)];
	uint64_t word;
	size_t used = aw_pack(&first, 8, packed);

	(void)state;
	aw_pack(&second, 8, packed + used);
	assert_ptr_equal(aw_unpack(packed, &word, 8), packed + used);
	assert_int_equal(word, first);
	aw_unpack(packed + used, &word, 8);
	assert_int_equal(word, second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comes_back),
		cmocka_unit_test(one_after_the_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Tests where CMA areas lie, by the kernel log.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "system/cma_log.h"

static struct aw_cma_ranges parse(const char *text, unsigned int page_size)
{
	struct aw_cma_ranges ranges;

	aw_cma_log_parse(text, strlen(text), page_size, &ranges);
	return ranges;
}

static void areas_of_the_command_line_and_of_the_device_tree(void **state)
{
	const struct aw_cma_ranges ranges = parse(
		"<6>[    0.000000] Booting Linux on physical CPU 0x0\n"
		"<6>[    0.000000] Reserved memory: created CMA memory pool at 0x000000004a000000, size 128 MiB\n"
		"<6>[    0.000000] OF: reserved mem: initialized node cma@4a000000, compatible id shared-dma-pool\n"
		"<6>[    0.000000][    T0] cma: Reserved 64 MiB at 0x000000007c000000 on node -1\n"
		"<6>cma: Reserved 16 MiB at 0x01000000", 4096);

	(void)state;
	assert_int_equal(ranges.count, 3);
	assert_int_equal(ranges.list[0].start, 0x4a000);
	assert_int_equal(ranges.list[0].pages, 32768);
	assert_int_equal(ranges.list[1].start, 0x7c000);
	assert_int_equal(ranges.list[2].start, 0x1000);
	assert_int_equal(aw_cma_ranges_pages(&ranges), 32768 + 16384 + 4096);
	assert_int_equal(parse("<6>[    0.000000] cma: Reserved 64 MiB at 0x000000007c000000\n", 16384).list[0].pages, 4096);
}

/* Facility 1 is user space; a line that was cut or has no place is none; one area is not two. */
static void what_is_no_area(void **state)
{
	(void)state;
	assert_int_equal(parse("<14>[    5.000000] cma: Reserved 64 MiB at 0x000000007c000000\n", 4096).count, 0);
	assert_int_equal(parse("cma: Reserved 64 MiB at 0x000000007c000000\n", 4096).count, 0);
	assert_int_equal(parse("<6>[    0.000000] cma: Reserved 64 MiB in 3 ranges\n", 4096).count, 0);
	assert_int_equal(parse("<6>[    0.000000] cma: Reserved 0 MiB at 0x7c000000\n", 4096).count, 0);
	assert_int_equal(parse("<3>[    0.000000] cma: Failed to reserve 64 MiB\n", 4096).count, 0);
	assert_int_equal(parse("<6>[ 0.0] cma: Reserved 4 MiB at 0x7c000000\n<6>[ 0.1] cma: Reserved 4 MiB at 0x7c000000\n", 4096).count, 1);
	assert_int_equal(parse("<6>[    1.0] usb 1-1: Product: cma: Reserved 64 MiB at 0x7c000000\n", 4096).count, 0);
	assert_int_equal(parse("<6 cma: Reserved 64 MiB at 0x7c000000\n<6", 4096).count, 0);
	assert_int_equal(parse("", 4096).count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(areas_of_the_command_line_and_of_the_device_tree),
		cmocka_unit_test(what_is_no_area),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the parsers of /proc/allocinfo, /proc/vmallocinfo and bufinfo of debugfs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "system/callers.h"

static struct aw_memory_callers callers;

static void check(unsigned int i, const char *name, uint64_t bytes)
{
	assert_string_equal(callers.list[i].name, name);
	assert_int_equal(callers.list[i].bytes, bytes);
}

static void vmalloc_by_function(void **state)
{
	static const char text[] =
		"0xffff800080000000-0xffff800080005000   20480 kernel_clone+0xb8/0x400 pages=4 vmalloc N0=4\n"
		"0xffff800080005000-0xffff800080007000    8192 of_iomap+0x142/0x1d0 phys=0x0000004000000000 ioremap\n"
		"0xffff800080007000-0xffff80008000c000   20480 kernel_clone+0xb8/0x400 pages=4 vmalloc N0=4\n"
		"0xffff80008000c000-0xffff80008001d000   69632 cam_probe+0x10/0x20 [cam] pages=16 vmalloc N0=16\n"
		"0xffff80008001d000-0xffff80008001f000    8192 irq_init+0xed/0x120 pages=1 vmap\n"
		"0xffff800080020000-0xffff800080022000    8192 pages=1 vmalloc";

	(void)state;
	callers = (struct aw_memory_callers){ .count = 0 };
	aw_callers_parse_vmallocinfo(text, sizeof(text) - 1, 4096, &callers);
	aw_callers_rank(&callers);
	assert_int_equal(callers.count, 3);
	check(0, "cam_probe [cam]", 16 * 4096);
	check(1, "kernel_clone", 8 * 4096);
	check(2, "pages=1", 4096);	/* no kernel prints that: its caller is never left out */
	assert_int_equal(callers.bytes, 25 * 4096);
}

static void all_by_function(void **state)
{
	static const char text[] =
		"allocinfo - version: 1.0\n"
		"#     <size>  <calls> <tag info>\n"
		"           0        0 init/main.c:1314 func:do_initcalls\n"
		"       40960       10 mm/slub.c:2400 func:alloc_slab_page\n"
		"       81920        5 drivers/media/cam.c:77 [cam] func:cam_alloc\n"
		"        4096        1 mm/slub.c:2410 func:alloc_slab_page\n";

	(void)state;
	callers = (struct aw_memory_callers){ .count = 0 };
	aw_callers_parse_allocinfo(text, sizeof(text) - 1, &callers);
	aw_callers_rank(&callers);
	assert_int_equal(callers.count, 2);
	check(0, "cam_alloc [cam]", 81920);
	check(1, "alloc_slab_page", 45056);
}

/* As 5.10 and later print it, as 4.19 does, and what else is in the file. */
static void dma_buffers_by_exporter_and_name(void **state)
{
	static const char text[] =
		"\nDma-buf Objects:\n"
		"size    \tflags   \tmode    \tcount   \texp_name\tino     \tname    \n"
		"00032768\t00000002\t00080007\t00000002\tsystem\t00000003\tcamera preview\n"
		"\tAttached Devices:\n"
		"\t10010000.gpu\n"
		"Total 1 devices attached\n\n"
		"08388608\t00000002\t00080007\t00000005\tcma_heap\t00000009\t<none>\n"
		"\tAttached Devices:\n"
		"Total 0 devices attached\n\n"
		"00065536\t00000002\t00080007\t00000002\tsystem\t00000004\tcamera preview\n"
		"00004096\t00000002\t00000007\t00000001\tdrm\n"
		"\nTotal 4 objects, 8491008 bytes\n";

	(void)state;
	callers = (struct aw_memory_callers){ .count = 0 };
	aw_callers_parse_bufinfo(text, sizeof(text) - 1, &callers);
	aw_callers_rank(&callers);
	assert_int_equal(callers.count, 3);
	check(0, "cma_heap", 8388608);
	check(1, "system: camera preview", 98304);
	check(2, "drm", 4096);
	assert_int_equal(callers.bytes, 8491008);
}

static void more_than_there_is_room_for(void **state)
{
	char line[128];

	(void)state;
	callers = (struct aw_memory_callers){ .count = 0 };
	for (int i = 0; i < AW_MEMORY_CALLERS + 2; i++) {
		snprintf(line, sizeof(line), "100 1 a.c:1 func:f%d\n", i);
		aw_callers_parse_allocinfo(line, strlen(line), &callers);
	}
	assert_int_equal(callers.count, AW_MEMORY_CALLERS);
	assert_int_equal(callers.left_out, 200);
	assert_int_equal(callers.bytes, (AW_MEMORY_CALLERS + 2) * 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vmalloc_by_function),
		cmocka_unit_test(all_by_function),
		cmocka_unit_test(dma_buffers_by_exporter_and_name),
		cmocka_unit_test(more_than_there_is_room_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Tests reports whose header is missing: what begins one, and what does not.
 */
#include "klog_collect.h"

#define TRACE \
	"[   12.345678]  warn_alloc+0x118/0x180\n" \
	"[   12.345680]  __alloc_pages_slowpath.constprop.0+0xc54/0xcb0\n" \
	"[   12.345682]  __alloc_pages+0x2ac/0x2f0\n" \
	"[   12.345686]  ring_open+0x40/0xb0 [nic]\n"
#define MEM_INFO \
	"[   12.345700] Mem-Info:\n" \
	"[   12.345701] Node 0 DMA free:182888kB min:2352kB low:2940kB high:3528kB present:393216kB managed:357892kB\n" \
	"[   12.345702] lowmem_reserve[]: 0 0 0 0\n" \
	"[   12.345703] Node 0 DMA: 45722*4kB (U) 0*8kB 0*16kB 0*32kB 0*64kB 0*128kB 0*256kB 0*512kB 0*1024kB 0*2048kB " \
	"0*4096kB = 182888kB\n"
#define HEADER "[   12.345600] insmod: page allocation failure: order:4, mode:0xc0d0\n"

static void expect_reports(const char *text, unsigned int count)
{
	struct collect *c = collect(text);

	if (c->count != count)
		print_error("%u reports in:\n%s", c->count, text);
	assert_int_equal(c->count, count);
	free(c);
}

static void trace_and_mem_info(void **state)
{
	struct collect *c = collect("[   12.000000] usb 1-1: new device\n" TRACE MEM_INFO);
	const struct aw_klog_report *r = &c->reports[0];

	(void)state;
	assert_int_equal(c->count, 1);
	assert_int_equal(r->type, AW_KLOG_FAILURE);
	assert_true(r->no_header);
	assert_int_equal(r->order, -1);
	assert_false(r->has_mode);
	assert_int_equal(r->line, 2);
	assert_int_equal(r->nr_frames, 4);
	assert_string_equal(r->frames[3].name, "ring_open");
	assert_int_equal(r->nr_zones, 1);
	assert_int_equal(r->zones[0].free_kb, 182888);
	assert_int_equal(c->stats.incomplete, 1);
	free(c);
}

/* No stamps tell where the kernel's command line ends: it takes nothing of a report. */
static void behind_a_command_line(void **state)
{
	(void)state;
	expect_reports("Kernel command line: root=/dev/sda1 quiet\n warn_alloc+0x118/0x180\n"
		       " __alloc_pages_slowpath.constprop.0+0xc54/0xcb0\n __alloc_pages+0x2ac/0x2f0\n ring_open+0x40/0xb0 [nic]\n", 1);
}

/* Two tasks print at once, and a wrap between words parted the frames from who prints them. */
static void prefix_alone(void **state)
{
	struct collect *c = collect("[   77.500920] [  T301]\n[<ffffffff80a95a40>] ret_from_exception+0x0/0x64\n"
				    "[   77.500960] [  T455]\n[<ffffffff801b75e6>] warn_alloc+0xd2/0x146\n"
				    "[   77.501000] [  T455]\n[<ffffffff80169ff0>] __alloc_pages+0x876/0xb46\n"
				    "[   77.501040] [  T455]\n[<ffffffff8000a1a0>] ring_open+0x10c/0x122 [nic]\n"
				    "[   77.501080] [  T455]\nMem-Info:\n");
	unsigned int i;

	(void)state;
	for (i = 0; i < c->count && c->reports[i].pid != 455; i++)
		;
	assert_true(i < c->count);
	assert_int_equal(c->reports[i].nr_frames, 3);
	assert_string_equal(c->reports[i].frames[0].name, "warn_alloc");
	assert_int_equal(c->reports[i].mono_us, 77500960);
	free(c);
}

static void one_part_alone(void **state)
{
	(void)state;
	expect_reports(TRACE, 1);
	expect_reports("[   12.000000] usb 1-1: new device\n" TRACE, 1);
	expect_reports(MEM_INFO, 1);
	expect_reports("```\n" MEM_INFO, 1);
	expect_reports("[    1.000001]  __alloc_pages_slowpath+0x6b6/0x724\n[    1.000002]  __alloc_pages+0x2ac/0x2f0\n"
		       "[    1.000003]  ring_open+0x40/0xb0 [nic]\n", 1);
	/* any trace that Mem-Info follows */
	expect_reports("[   12.000000] usb 1-1: new device\n[   12.345686]  ring_open+0x40/0xb0 [nic]\n" MEM_INFO, 1);
}

static void with_a_header_it_is_one_report(void **state)
{
	struct collect *c = collect(HEADER TRACE MEM_INFO);

	(void)state;
	assert_int_equal(c->count, 1);
	assert_false(c->reports[0].no_header);
	assert_int_equal(c->reports[0].order, 4);
	free(c);
	/* the rest of one report, then a whole one */
	expect_reports(TRACE MEM_INFO HEADER TRACE MEM_INFO, 2);
	expect_reports(TRACE MEM_INFO TRACE MEM_INFO, 2);
}

static void what_is_no_failure(void **state)
{
	(void)state;
	expect_reports("[   12.000000] sysrq: Show Memory\n" MEM_INFO, 0);
	expect_reports("[   12.000000] SysRq : Show Memory\n" MEM_INFO, 0);
	expect_reports("[   12.000000] lowmemorykiller: low file detected\n" MEM_INFO, 0);
	expect_reports("alloc order 7 for 49000: pages 0c21c000\nMem-Info:\n"
		       "Normal free:11128kB min:0kB low:0kB high:0kB present:16256kB\nlowmem_reserve[]: 0 0\n", 0);
	expect_reports("[    1.000000] WARNING: CPU: 0 PID: 7 at mm/slub.c:12 new_slab+0x10/0x20\n"
		       "[    1.000001] Call trace:\n[    1.000002]  __alloc_pages+0x10/0x20\n"
		       "[    1.000003]  foo_alloc+0x10/0x20 [foo]\n[    1.000004] ---[ end trace 0 ]---\n", 0);
	expect_reports("[    1.000000] INFO: task foo:7 blocked for more than 120 seconds.\n"
		       "[    1.000001] Call trace:\n[    1.000002]  __switch_to+0x10/0x20\n"
		       "[    1.000003]  __alloc_pages_slowpath+0x10/0x20\n[    1.000004]  __alloc_pages+0x10/0x20\n", 0);
	/* of a stuck cpu, with its first lines cut off */
	expect_reports("[    1.000001] Call trace:\n[    1.000002]  get_page_from_freelist+0x10/0x20\n"
		       "[    1.000003]  __alloc_pages_slowpath+0x10/0x20\n[    1.000004]  foo_alloc+0x10/0x20 [foo]\n", 0);
}

/* Two cpus print: the other's trace neither ends the report nor is part of it. */
static void beside_another_printer(void **state)
{
	struct collect *c = collect("[    1.000001][    C0]  warn_alloc+0x87/0x17f\n"
				    "[    1.000002][    C1]  schedule+0x10/0x20\n"
				    "[    1.000003][    C0]  __alloc_pages_slowpath+0x10/0x20\n"
				    "[    1.000004][    C1]  schedule_timeout+0x10/0x20\n"
				    "[    1.000005][    C0]  ring_open+0x40/0xb0 [nic]\n");

	(void)state;
	assert_int_equal(c->count, 1);
	assert_int_equal(c->reports[0].nr_frames, 3);
	assert_string_equal(c->reports[0].frames[2].name, "ring_open");
	free(c);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(trace_and_mem_info),
		cmocka_unit_test(prefix_alone),
		cmocka_unit_test(behind_a_command_line),
		cmocka_unit_test(one_part_alone),
		cmocka_unit_test(with_a_header_it_is_one_report),
		cmocka_unit_test(what_is_no_failure),
		cmocka_unit_test(beside_another_printer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

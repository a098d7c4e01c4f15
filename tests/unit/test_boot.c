// SPDX-License-Identifier: GPL-2.0
/*
 * Tests what a kernel is told to trace before user space, and the boot
 * configuration at the end of an initramfs.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "boot/initramfs.h"
#include "boot/plan.h"
#include "memfile.h"
#include "source/tracefs/boot.h"
#include "system/has_symbol.h"
#include "temp.h"
#include "trace_formats.h"

static void the_best_way(void **state)
{
	(void)state;
	assert_int_equal(aw_boot_way_of(0), AW_BOOT_NOT);
	assert_int_equal(aw_boot_way_of(1), AW_BOOT_EVERY);
	assert_int_equal(aw_boot_way_of(3), AW_BOOT_TRIGGER);
	assert_int_equal(aw_boot_way_of(7), AW_BOOT_CONFIG);
	assert_int_equal(aw_boot_way_of(5), AW_BOOT_CONFIG);
}

static void functions_of_a_kernel(void **state)
{
	static const char text[] = "0000000000000000 T setup_trace_event_not\n"
				   "0000000000000000 t setup_trace_event\n"
				   "ffffffc0001868fc t trace_boot_init\t[module]\n"
				   "broken\n";
	char path[TEMP_PATH];

	(void)state;
	temp_make(path, text, sizeof(text) - 1);
	assert_int_equal(aw_symbols_known(path, aw_boot_functions, AW_BOOT_FUNCTIONS), 5);
	unlink(path);
	assert_int_equal(aw_symbols_known(path, aw_boot_functions, AW_BOOT_FUNCTIONS), 0);
}

static struct aw_boot_plan plan_of(enum aw_boot_way way)
{
	struct aw_boot_plan plan = { .way = way, .memory = UINT64_C(384) << 20, .cpus = 1 };

	trace_formats_load("trace-formats-x86_64-6.18.txt", &plan.formats);
	for (unsigned int type = 0; type < AW_TRACE_TYPES; type++)
		if (type != AW_TRACE_ALLOC && type != AW_TRACE_RECLAIM_END)
			plan.formats.events[type].id = 0;
	return plan;
}

static void check_print(void (*print)(const struct aw_boot_plan *plan, FILE *out), enum aw_boot_way way, const char *text)
{
	struct aw_boot_plan plan = plan_of(way);
	struct memfile mem;

	print(&plan, memfile_open(&mem));
	assert_string_equal(memfile_text(&mem), text);
	memfile_close(&mem);
}

static void command_lines(void **state)
{
	(void)state;
	check_print(aw_boot_print_cmdline, AW_BOOT_EVERY,
		    "trace_event=kmem:mm_page_alloc,vmscan:mm_vmscan_direct_reclaim_end trace_options=stacktrace "
		    "trace_buf_size=8M trace_clock=mono log_buf_len=1M");
	check_print(aw_boot_print_cmdline, AW_BOOT_TRIGGER,
		    "trace_event=kmem:mm_page_alloc,vmscan:mm_vmscan_direct_reclaim_end "
		    "trace_trigger=\"mm_page_alloc.stacktrace if pfn == 0xffffffffffffffff\" "
		    "trace_buf_size=8M trace_clock=mono log_buf_len=1M");
	check_print(aw_boot_print_cmdline, AW_BOOT_CONFIG, "bootconfig log_buf_len=1M");
}

static void a_boot_configuration(void **state)
{
	(void)state;
	check_print(aw_boot_print_config, AW_BOOT_CONFIG,
		    "ftrace.instance.allocwatch-boot {\n"
		    "\toptions = stacktrace\n"
		    "\ttrace_clock = mono\n"
		    "\tbuffer_size = 512KB\n"
		    "\tevent.kmem.mm_page_alloc {\n"
		    "\t\tfilter = \"pfn == 0xffffffffffffffff\"\n"
		    "\t\tenable\n"
		    "\t}\n"
		    "}\n"
		    "ftrace.instance.allocwatch-boot-effort {\n"
		    "\ttrace_clock = mono\n"
		    "\tbuffer_size = 128KB\n"
		    "\tevent.vmscan.mm_vmscan_direct_reclaim_end.enable\n"
		    "}\n");
}

/* So that all cpus together take a thirty-second of memory, within bounds. */
static void sizes(void **state)
{
	struct aw_boot_plan plan = { .way = AW_BOOT_TRIGGER, .memory = UINT64_C(8) << 30, .cpus = 8 };

	(void)state;
	assert_int_equal(aw_boot_buffer_mib(&plan), 32);
	assert_int_equal(aw_boot_allocations(&plan), (32 << 20) / 40);
	plan.memory = UINT64_C(64) << 20;
	assert_int_equal(aw_boot_buffer_mib(&plan), 1);
	plan.memory = UINT64_C(1) << 40;
	assert_int_equal(aw_boot_buffer_mib(&plan), 64);
	plan.way = AW_BOOT_CONFIG;
	assert_int_equal(aw_boot_allocations(&plan), 0);
}

static size_t read_back(const char *path, unsigned char *out, size_t size)
{
	FILE *file = fopen(path, "rb");
	size_t len = fread(out, 1, size, file);

	fclose(file);
	return len;
}

static void at_the_end_of_an_initramfs(void **state)
{
	static const char text[] = "a.b = 1\n";
	unsigned char whole[128];
	struct aw_error error;
	char path[TEMP_PATH];

	(void)state;
	for (size_t before = 0; before < 4; before++) {
		size_t size = 9;	/* with the NUL */

		temp_make(path, "0707", before);
		assert_int_equal(aw_initramfs_append(path, text, sizeof(text) - 1, &error), 0);
		while ((before + size + 20) % 4)
			size++;
		assert_int_equal(read_back(path, whole, sizeof(whole)), before + size + 20);
		assert_memory_equal(whole, "0707", before);
		assert_memory_equal(whole + before, "a.b = 1\n\0\0\0\0", size);
		assert_int_equal(whole[before + size], size);
		/* 'a' + '.' + 'b' + ' ' + '=' + ' ' + '1' + '\n' = 425 */
		assert_memory_equal(whole + before + size + 4, "\xa9\x01\0\0#BOOTCONFIG\n", 16);
		assert_int_equal(aw_initramfs_append(path, text, sizeof(text) - 1, &error), -EEXIST);
		assert_int_equal(read_back(path, whole, sizeof(whole)), before + size + 20);
		unlink(path);
	}
	assert_int_equal(aw_initramfs_append("/nowhere/initrd", text, 1, &error), -ENOENT);
	assert_string_equal(error.text, "can't append to /nowhere/initrd: No such file or directory");
}

/* As for all outputs. */
static void no_link_is_followed(void **state)
{
	unsigned char whole[16];
	struct aw_error error;
	char path[TEMP_PATH], link[TEMP_PATH + 8];

	(void)state;
	temp_make(path, "0707", 4);
	snprintf(link, sizeof(link), "%s.link", path);
	assert_int_equal(symlink(path, link), 0);
	assert_int_equal(aw_initramfs_append(link, "a", 1, &error), -ELOOP);
	assert_non_null(strstr(error.text, "it is a symbolic link, which is not followed"));
	assert_int_equal(read_back(path, whole, sizeof(whole)), 4);
	unlink(link);
	unlink(path);
}

static void what_a_command_line_asks_for(void **state)
{
	(void)state;
	assert_true(aw_boot_is_traced("console=ttyAMA0 trace_event=kmem:mm_page_alloc trace_buf_size=8M\n"));
	assert_true(aw_boot_is_traced("trace_event=sched_switch,mm_page_alloc,sys:x"));
	assert_true(aw_boot_is_traced("trace_event=irq trace_event=kmem:mm_page_alloc\n"));
	assert_true(aw_boot_is_traced("\"trace_event=kmem:mm_page_alloc\" quiet"));
	assert_false(aw_boot_is_traced("trace_event=kmem:mm_page_alloc_extfrag quiet"));
	assert_false(aw_boot_is_traced("trace_event=sched_switch trace_trigger=mm_page_alloc.stacktrace"));
	assert_false(aw_boot_is_traced("no_trace_event=kmem:mm_page_alloc"));
	assert_false(aw_boot_is_traced("trace_event="));
	assert_false(aw_boot_is_traced(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_best_way),
		cmocka_unit_test(functions_of_a_kernel),
		cmocka_unit_test(command_lines),
		cmocka_unit_test(a_boot_configuration),
		cmocka_unit_test(sizes),
		cmocka_unit_test(at_the_end_of_an_initramfs),
		cmocka_unit_test(no_link_is_followed),
		cmocka_unit_test(what_a_command_line_asks_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

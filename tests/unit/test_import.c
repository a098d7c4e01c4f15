// SPDX-License-Identifier: GPL-2.0
/*
 * Tests lines and frames of traces in text, what kind a file is, and that lengths
 * in a damaged trace.dat are not believed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "import/input.h"
#include "import/line.h"
#include "import/names.h"
#include "import/unpack.h"
#include "source/tracefs/record.h"

static const struct aw_import_line *line_of(const char *text)
{
	static struct aw_import_line line;

	return aw_import_line_parse(text, strlen(text), &line) ? &line : NULL;
}

#define FIELDS "page=(nil) pfn=0x0 order=4 migratetype=0 gfp_flags=GFP_KERNEL"

static void test_forms(void **state)
{
	static const struct { const char *text, *comm; uint32_t tid, pid, cpu; uint64_t time; uint8_t flags; } rows[] = {
		{ "           repro-89      [000] .....   124.010482: mm_page_alloc: " FIELDS, "repro", 89, 0, 0, 124010482000, 0 },
		{ "          insmod-331   [003] d.s1     1.662066: mm_page_alloc: page=          (null) pfn=0 order=4", "insmod", 331, 0, 3,
		  1662066000, AW_TRACE_FLAG_SOFTIRQ },
		{ "          <idle>-0     [001] d.h3     1.662066123: mm_page_alloc: " FIELDS, "<idle>", 0, 0, 1, 1662066123,
		  AW_TRACE_FLAG_HARDIRQ },
		{ "  a b-c-12      (    9) [001] .....  1.5: mm_page_alloc: " FIELDS, "a b-c", 12, 9, 1, 1500000000, 0 },
		{ "  x-12      (-----) [001] .....  1.5: mm_page_alloc: " FIELDS, "x", 12, 0, 1, 1500000000, 0 },
		{ "repro   102 [000]    39.763211: kmem:mm_page_alloc: " FIELDS, "repro", 102, 0, 0, 39763211000, 0 },
		{ "my task [x]   102/103 [010]    39.763211: kmem:mm_page_alloc: " FIELDS, "my task [x]", 103, 102, 10, 39763211000, 0 },
		{ "sub:            repro-102   [000]    35.489667: mm_page_alloc:        " FIELDS, "repro", 102, 0, 0, 35489667000, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct aw_import_line *line = line_of(rows[i].text);
		uint64_t order;

		assert_non_null(line);
		assert_string_equal(line->comm, rows[i].comm);
		assert_int_equal(line->tid, rows[i].tid);
		assert_int_equal(line->pid, rows[i].pid);
		assert_int_equal(line->cpu, rows[i].cpu);
		assert_int_equal(line->time_ns, rows[i].time);
		assert_int_equal(line->flags, rows[i].flags);
		assert_int_equal(line->type, AW_TRACE_ALLOC);
		assert_true(aw_import_line_number(line, "order", &order) && order == 4);
	}
}

static void test_other_lines(void **state)
{
	static const char *const rows[] = {
		"", "[", "# tracer: nop", "[    1.662066] mm_page_alloc: page=(null) order=4", "a-1 [000] 1.5 mm_page_alloc: order=4",
		"a [000] 1.5: mm_page_alloc: order=4", "-1 [000] 1.5: mm_page_alloc: order=4", "a-1 [000] .....", "a-1 [000] ..... 1.5:",
		"a-99999999999999999999 [000] 1.5: mm_page_alloc: order=4", "/1 [000] 1.5: x: y", "a-1 () [000] 1.5: x", ") [000] 1.5: x: y",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (line_of(rows[i]))
			assert_int_equal(line_of(rows[i])->type, -1);
	assert_null(line_of(rows[3]));
	assert_null(line_of(rows[9]));
}

static void check_frame(const char *text, const char *name, uint64_t addr, uint64_t offset, const char *module)
{
	struct aw_import_frame frame;

	assert_true(aw_import_frame_parse(text, strlen(text), &frame));
	assert_int_equal(aw_text_left(&frame.name), strlen(name));
	assert_memory_equal(frame.name.p, name, strlen(name));
	assert_int_equal(frame.addr, addr);
	assert_int_equal(frame.offset, offset);
	assert_int_equal(aw_text_left(&frame.module), strlen(module));
	assert_memory_equal(frame.module.p, module, strlen(module));
}

static void test_frames(void **state)
{
	struct aw_import_frame frame;

	(void)state;
	check_frame(" => __alloc_pages", "__alloc_pages", 0, 0, "");
	check_frame(" => cam_probe+0x1c/0x130 [cam]", "cam_probe", 0, 0x1c, "cam");
	check_frame("=> __kmalloc (ffffffff81000010)", "__kmalloc", 0xffffffff81000010, 0, "");
	check_frame(" => __kmalloc+0x10/0x20 <ffffffff81000010>", "__kmalloc", 0xffffffff81000010, 0x10, "");
	check_frame(" => ", "", 0, 0, "");
	check_frame("\tffffffffb14f9486 __alloc_pages+0x256 ([kernel.kallsyms])", "__alloc_pages", 0xffffffffb14f9486, 0x256, "");
	check_frame("\tffffffffc04f9486 cam_probe+0x2 ([cam])", "cam_probe", 0xffffffffc04f9486, 2, "cam");
	check_frame("\tffffffffc04f9486 [unknown] ([cam])", "", 0xffffffffc04f9486, 0, "cam");
	assert_false(aw_import_frame_parse("\t           475a0 fcntl+0x20 (/bin/repro)", 38, &frame));
	assert_false(aw_import_frame_parse("", 0, &frame));
	assert_false(aw_import_frame_parse("repro 1 [000] 1.5: x:", 21, &frame));
}

/* A name has one address, which gives the name back; the offset counts from the return address. */
static void test_names(void **state)
{
	struct aw_import_names *names = aw_import_names_new();
	struct aw_import_frame one, other;
	uint64_t addr;
	char text[64];

	(void)state;
	assert_true(aw_import_frame_parse("=> f+0x10/0x20 [m]", 18, &one));
	assert_true(aw_import_frame_parse("=> g", 4, &other));
	addr = aw_import_names_add(names, &one);
	assert_int_equal(aw_import_names_add(names, &one), addr);
	assert_int_not_equal(aw_import_names_add(names, &other), addr);
	assert_int_equal(aw_import_names_name(names, addr - 1, text, sizeof(text)), 0);
	assert_string_equal(text, "f+0xf/0x20 [m]");
	assert_int_not_equal(aw_import_names_name(names, addr, text, sizeof(text)), 0);
	aw_import_names_free(names);
}

static void test_kinds(void **state)
{
	static const char text[] = "# tracer: nop\n repro-89 [000] ..... 1.5: mm_page_alloc: " FIELDS "\n";

	(void)state;
	assert_int_equal(aw_import_kind_of("\x17\x08\x44tracing6\0", 12), AW_IMPORT_TRACE_DAT);
	assert_int_equal(aw_import_kind_of("PERFILE2", 8), AW_IMPORT_PERF_DATA);
	assert_int_equal(aw_import_kind_of("PERFILE", 7), AW_IMPORT_NONE);
	assert_int_equal(aw_import_kind_of(text, sizeof(text) - 1), AW_IMPORT_TEXT);
	assert_int_equal(aw_import_kind_of("[    1.0] repro: page allocation failure: order:4", 49), AW_IMPORT_NONE);
	assert_int_equal(aw_import_kind_of("", 0), AW_IMPORT_NONE);
	assert_int_equal(aw_import_recognize("/nowhere"), AW_IMPORT_NONE);
	assert_int_equal(aw_import_recognize("/dev"), AW_IMPORT_NONE);
}

static bool was_opened(int watch)
{
	struct inotify_event event;

	return read(watch, &event, sizeof(event)) == (ssize_t)sizeof(event) && event.mask & IN_OPEN;
}

/* Its writer would get SIGPIPE. */
static void test_fifo_is_not_opened(void **state)
{
	char dir[] = "/tmp/test-import-XXXXXX", path[64];
	int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC), fd;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/fifo", dir);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_true(inotify_add_watch(watch, path, IN_OPEN) >= 0);
	assert_int_equal(aw_import_recognize(path), AW_IMPORT_NONE);
	assert_false(was_opened(watch));
	fd = open(path, O_RDONLY | O_NONBLOCK);
	assert_true(fd >= 0);
	assert_true(was_opened(watch));
	close(fd);
	close(watch);
	unlink(path);
	rmdir(dir);
}

/* What is packed must become exactly as much as it says. */
static void test_unpack(void **state)
{
	static const unsigned char packed[] = { 0x78, 0x9c, 0x4b, 0x4c, 0x4a, 0x06, 0x00, 0x02, 0x4d, 0x01, 0x27 };	/* "abc" */
	char out[8];

	(void)state;
	assert_int_equal(aw_import_unpack(AW_IMPORT_ZLIB, packed, sizeof(packed), out, 3), 0);
	assert_memory_equal(out, "abc", 3);
	assert_int_not_equal(aw_import_unpack(AW_IMPORT_ZLIB, packed, sizeof(packed), out, 2), 0);
	assert_int_not_equal(aw_import_unpack(AW_IMPORT_ZLIB, packed, sizeof(packed), out, 8), 0);
	assert_int_not_equal(aw_import_unpack(AW_IMPORT_ZLIB, packed, 5, out, 3), 0);
	assert_int_not_equal(aw_import_unpack(AW_IMPORT_ZSTD, packed, sizeof(packed), out, 3), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_other_lines),
		cmocka_unit_test(test_frames),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_fifo_is_not_opened),
		cmocka_unit_test(test_unpack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

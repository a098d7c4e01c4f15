// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the table of formats, and the texts that they share: times, frames, folded
 * stacks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "events.h"
#include "memfile.h"
#include "output/exporters.h"
#include "output/frame_text.h"
#include "output/utc.h"

static void every_format_is_found(void **state)
{
	char names[256];

	(void)state;
	for (unsigned int i = 0; i < aw_exporters_count; i++) {
		assert_ptr_equal(aw_exporter_find(aw_exporters[i]->name), aw_exporters[i]);
		assert_non_null(aw_exporters[i]->write);
		assert_non_null(aw_exporters[i]->summary);
		assert_non_null(strstr(aw_exporters_names(false, names, sizeof(names)), aw_exporters[i]->name));
	}
	assert_null(aw_exporter_find("jso"));
	assert_null(aw_exporter_find(""));
	assert_string_equal(aw_exporters_names(true, names, sizeof(names)), "jsonl");
}

static void instants(void **state)
{
	struct aw_kernel kernel = { .wall_offset_ns = INT64_C(1767934522878000000) };
	char text[AW_UTC_TEXT];

	(void)state;
	assert_string_equal(aw_format_utc(&kernel, 1000000000, text), "2026-01-09T04:55:23.878000Z");
	assert_string_equal(aw_format_utc(&kernel, 1000123456, text), "2026-01-09T04:55:23.878123Z");
	assert_null(aw_format_utc(&kernel, 0, text));
	/* a leap day, and the end of a year */
	kernel.wall_offset_ns = INT64_C(1709164800000000000);
	assert_string_equal(aw_format_utc(&kernel, 1000, text), "2024-02-29T00:00:00.000001Z");
	kernel.wall_offset_ns = INT64_C(1735689599000000000);
	assert_string_equal(aw_format_utc(&kernel, 999999999, text), "2024-12-31T23:59:59.999999Z");
	kernel.wall_offset_ns = 0;
	assert_null(aw_format_utc(&kernel, 1000, text));
	kernel.wall_offset_ns = INT64_C(-1000000000);
	assert_null(aw_format_utc(&kernel, 1000, text));
}

static void check_frame(const struct aw_frame *frame, bool raw, const char *with_offset, const char *function)
{
	char text[128];

	assert_string_equal(aw_format_frame(frame, raw, text, sizeof(text)), with_offset);
	assert_string_equal(aw_format_function(frame, raw, text, sizeof(text)), function);
}

static void frames(void **state)
{
	struct aw_frame frame = { .addr = 0xffff800010203040, .offset = 0x24, .name = "hog", .module = "" };

	(void)state;
	check_frame(&frame, false, "hog+0x24", "hog");
	frame.module = "mod";
	check_frame(&frame, true, "hog+0x24 [mod]", "hog [mod]");
	frame.name = "";
	check_frame(&frame, false, "[unknown] [mod]", "[unknown] [mod]");
	check_frame(&frame, true, "0xffff800010203040 [mod]", "0xffff800010203040 [mod]");
	frame.module = "";
	frame.addr = 0;
	check_frame(&frame, true, "[unknown]", "[unknown]");
	/* the offset is into the symbol, the function is one whatever the compiler made of it */
	check_frame(&(struct aw_frame){ .name = "ioctx_alloc", .suffix = ".isra.0", .module = "", .offset = 0x1c }, false,
		    "ioctx_alloc.isra.0+0x1c", "ioctx_alloc");
}

static void small_buffers(void **state)
{
	const struct aw_frame frame = { .offset = 0x24, .name = "function", .module = "module" };

	(void)state;
	for (size_t size = 1; size < 26; size++) {
		char text[32];

		memset(text, '#', sizeof(text));
		aw_format_frame(&frame, false, text, size);
		assert_int_equal(text[size], '#');
		assert_int_equal(strncmp("function+0x24 [module]", text, strlen(text)), 0);
	}
}

/* Outermost function first; ';' and blanks, which are part of the format, and control bytes are replaced. */
static void folded(void **state)
{
	const struct aw_key *const by_stack[] = { aw_key_find("stack", 5) };
	struct aw_summary *summary = aw_summary_new(by_stack, 1);
	struct aw_report report = { .summary = summary, .sort = "count", .top = 10 };
	struct aw_error error;
	struct test_event test;
	struct memfile mem;

	(void)state;
	memfile_open(&mem);
	event_failure(&test);
	EVENT_STACK(&test, "alloc_pages", "a;b", "hog [mod]", "0xffff800010203040", "main");
	aw_summary_add(summary, &test.event);
	aw_summary_add(summary, &test.event);
	EVENT_STACK(&test, "\x1b[2J", "x\ny");
	aw_summary_add(summary, &test.event);
	test.event.stack = stack_make(&test.stack, (const char *const[]){ NULL });
	test.event.site = NULL;
	aw_summary_add(summary, &test.event);
	assert_int_equal(aw_export_folded.write(mem.file, &report, &error), 0);
	assert_non_null(strstr(memfile_text(&mem), "main;[unknown];hog_[mod];a_b;alloc_pages 2\n"));
	assert_non_null(strstr(memfile_text(&mem), "x\\x0ay;\\x1b[2J 1\n"));
	assert_int_equal(strlen(memfile_text(&mem)), strlen("main;[unknown];hog_[mod];a_b;alloc_pages 2\n"
							    "x\\x0ay;\\x1b[2J 1\n" "[no_stack] 1\n"));
	memfile_close(&mem);
	aw_summary_free(summary);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_is_found),
		cmocka_unit_test(instants),
		cmocka_unit_test(frames),
		cmocka_unit_test(small_buffers),
		cmocka_unit_test(folded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

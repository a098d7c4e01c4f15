// SPDX-License-Identifier: GPL-2.0
/*
 * Trace lines of every architecture.
 */
#include "klog_collect.h"

#include "kernel/klog_trace.h"

static bool parse(const char *raw, struct aw_klog_trace_line *out)
{
	struct aw_klog_line line;

	aw_klog_line_parse(raw, strlen(raw), &line);
	return aw_klog_trace(&line, out);
}

static void frames(void **state)
{
	static const struct {
		const char *raw, *name, *module;
		uint64_t addr, offset, size;
		bool guess;
	} rows[] = {
		{ "[<ffffffc000086fd8>] dump_backtrace+0x0/0x120", "dump_backtrace", "", 0xffffffc000086fd8, 0, 0x120, false },
		{ "[<ffffffbffc00006c>] hog_get_buffer+0x24/0x38 [hog]", "hog_get_buffer", "hog", 0xffffffbffc00006c, 0x24, 0x38, false },
		{ " show_stack+0x20/0x38 (C)", "show_stack", "", 0, 0x20, 0x38, false },
		{ " f.part.0+0xe8/0xf8", "f.part.0", "", 0, 0xe8, 0xf8, false },
		{ " f+0x1/0x2 [nfsd 0123456789abcdef]", "f", "nfsd", 0, 1, 2, false },
		{ " f+0x1/0x2 [hog(O)] (P)", "f", "hog", 0, 1, 2, false },
		{ " [<ffffffff8117e5a2>] ? warn_alloc_failed+0x112/0x190", "warn_alloc_failed", "", 0xffffffff8117e5a2, 0x112, 0x190, true },
		{ " ? f+0x1/0x2", "f", "", 0, 1, 2, true },
		{ "[c0000001f6cff7d0] [c000000000a2b5c8] f+0xb0/0xf0 (unreliable)", "f", "", 0xc000000000a2b5c8, 0xb0, 0xf0, false },
		{ "([<0000000000112233>] f+0x1/0x2)", "f", "", 0x112233, 1, 2, false },
		{ "Call Trace:[<8000a1b4>] dump_stack+0x8/0x34", "dump_stack", "", 0x8000a1b4, 8, 0x34, false },
		{ " <IRQ>  [<ffffffff8a581340>] dump_stack+0x19/0x1b", "dump_stack", "", 0xffffffff8a581340, 0x19, 0x1b, false },
		{ "[<ffffffc000082000>] 0xffffffc000082000", "", "", 0xffffffc000082000, 0, 0, false },
	};
	struct aw_klog_trace_line t;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(parse(rows[i].raw, &t));
		assert_int_equal(t.count, 1);
		assert_string_equal(t.frames[0].name, rows[i].name);
		assert_string_equal(t.frames[0].module, rows[i].module);
		assert_int_equal(t.frames[0].addr, rows[i].addr);
		assert_int_equal(t.frames[0].offset, rows[i].offset);
		assert_int_equal(t.frames[0].size, rows[i].size);
		assert_int_equal(t.frames[0].guess, rows[i].guess);
	}
}

static void arm_pairs(void **state)
{
	static const struct {
		const char *raw, *first, *second, *module;
		uint64_t addr;
	} rows[] = {
		{ "[<c0033a4c>] (unwind_backtrace+0x0/0xfc) from [<c00b6a3c>] (__alloc_pages_nodemask+0x4dc/0x5b8)",
		  "unwind_backtrace", "__alloc_pages_nodemask", "", 0xc0033a4c },
		{ "[<c0015b3c>] (unwind_backtrace) from [<c0012540>] (show_stack+0x10/0x14)", "unwind_backtrace", "show_stack", "", 0xc0015b3c },
		{ " unwind_backtrace from show_stack+0x18/0x1c", "unwind_backtrace", "show_stack", "", 0 },
		{ "[<c00a>] (f+0x1/0x2) from [<bf00117c>] (exusb_rx+0x48/0x104 [exusb])", "f", "exusb_rx", "exusb", 0xc00a },
		{ "Function entered at [<c0033a4c>] from [<c00b6a3c>]", "", "", "", 0xc0033a4c },
	};
	struct aw_klog_trace_line t;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(parse(rows[i].raw, &t));
		assert_true(t.pair);
		assert_int_equal(t.count, 2);
		assert_string_equal(t.frames[0].name, rows[i].first);
		assert_string_equal(t.frames[1].name, rows[i].second);
		assert_string_equal(t.frames[1].module, rows[i].module);
		assert_int_equal(t.frames[0].addr, rows[i].addr);
	}
}

static void marks(void **state)
{
	struct aw_klog_trace_line t;

	(void)state;
	assert_true(parse("Call trace:", &t));
	assert_int_equal(t.mark, AW_KLOG_MARK_TRACE);
	assert_int_equal(t.count, 0);
	assert_true(parse(" <IRQ>", &t));
	assert_int_equal(t.mark, AW_KLOG_MARK_IRQ);
	assert_true(parse(" </IRQ>", &t));
	assert_int_equal(t.mark, AW_KLOG_MARK_TASK);
	assert_true(parse(" <EOI>  [<ffffffff8a589e3e>] ? f+0xe/0x10", &t));
	assert_int_equal(t.mark, AW_KLOG_MARK_TASK);
	assert_int_equal(t.count, 1);
}

static void other_lines(void **state)
{
	static const char *const texts[] = {
		"PC is at f+0x1/0x2", "pc : f+0x1/0x2", "RIP: 0010:f+0x1/0x2", "LR is at f+0x1/0x2", "a message from us",
		"f+0x1/0x2 is where it is", "5f60: 00000000 0005317f", "Exception stack(0xc03f5f70 to 0xc03f5fb8)",
		"Stack : 00000000 803c5bba", "", "[<", "[<c0", "[<c0>", "+0x1/0x2", "1f+0x1/0x2", "show_stack",
	};
	struct aw_klog_trace_line t;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_false(parse(texts[i], &t));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames),
		cmocka_unit_test(arm_pairs),
		cmocka_unit_test(marks),
		cmocka_unit_test(other_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

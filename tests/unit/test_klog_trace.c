// SPDX-License-Identifier: GPL-2.0
/*
 * Tests trace lines of every architecture.
 */
#include "klog_collect.h"

#include "klog/trace.h"

static bool parse(const char *raw, struct aw_klog_trace_line *out)
{
	struct aw_klog_line line;

	aw_klog_line_parse(raw, strlen(raw), &line);
	return aw_klog_trace(&line, out);
}

struct form {
	const char *raw, *name, *suffix, *module;
	uint64_t addr, offset, size;
	bool guess;
};

static void check(const struct form *form)
{
	struct aw_klog_trace_line t;

	if (!parse(form->raw, &t))
		print_error("%s\n", form->raw);
	assert_true(parse(form->raw, &t));
	assert_int_equal(t.count, 1);
	assert_int_equal(t.place, AW_KLOG_ON_STACK);
	assert_string_equal(t.frames[0].name, form->name);
	assert_string_equal(t.frames[0].suffix, form->suffix);
	assert_string_equal(t.frames[0].module, form->module);
	assert_int_equal(t.frames[0].addr, form->addr);
	assert_int_equal(t.frames[0].offset, form->offset);
	assert_int_equal(t.frames[0].size, form->size);
	assert_int_equal(t.frames[0].guess, form->guess);
	assert_false(t.frames[0].pc);
}

#define CHECK_ALL(forms) \
	for (size_t form_i = 0; form_i < sizeof(forms) / sizeof((forms)[0]); form_i++) \
		check(&(forms)[form_i])

static void frames(void **state)
{
	static const struct form forms[] = {
		{ "[<ffffffc000086fd8>] dump_backtrace+0x0/0x120", "dump_backtrace", "", "", 0xffffffc000086fd8, 0, 0x120, false },
		{ "[<ffffffbffc00006c>] hog_get_buffer+0x24/0x38 [hog]", "hog_get_buffer", "", "hog", 0xffffffbffc00006c, 0x24, 0x38, false },
		{ " show_stack+0x20/0x38 (C)", "show_stack", "", "", 0, 0x20, 0x38, false },
		{ " f.part.0+0xe8/0xf8", "f", ".part.0", "", 0, 0xe8, 0xf8, false },
		{ " f.isra.76.constprop.0.cold+0xe8/0xf8 [nic]", "f", ".isra.76.constprop.0.cold", "nic", 0, 0xe8, 0xf8, false },
		{ " f.llvm.12345678901234567890+0x1/0x2", "f", ".llvm.12345678901234567890", "", 0, 1, 2, false },
		{ " f+0x1/0x2 [nfsd 0123456789abcdef]", "f", "", "nfsd", 0, 1, 2, false },
		{ " f+0x1/0x2 [hog(O)] (P)", "f", "", "hog", 0, 1, 2, false },
		{ " [<ffffffff8117e5a2>] ? warn_alloc_failed+0x112/0x190", "warn_alloc_failed", "", "", 0xffffffff8117e5a2, 0x112, 0x190, true },
		{ " ? f+0x1/0x2", "f", "", "", 0, 1, 2, true },
		{ "Call Trace:[<8000a1b4>] dump_stack+0x8/0x34", "dump_stack", "", "", 0x8000a1b4, 8, 0x34, false },
		{ " <IRQ>  [<ffffffff8a581340>] dump_stack+0x19/0x1b", "dump_stack", "", "", 0xffffffff8a581340, 0x19, 0x1b, false },
		{ "[<ffffffc000082000>] 0xffffffc000082000", "", "", "", 0xffffffc000082000, 0, 0, false },
		{ "[<        (ptrval)>] dump_backtrace+0x0/0x120", "dump_backtrace", "", "", 0, 0, 0x120, false },
		{ "[<(____ptrval____)>] f+0x1/0x2", "f", "", "", 0, 1, 2, false },
	};

	(void)state;
	CHECK_ALL(forms);
}

static void architectures(void **state)
{
	static const struct form forms[] = {
		/* powerpc: of the stack and of the function; 64 bit, the dot of its ABI */
		{ "[c0000001f6cff7d0] [c000000000a2b5c8] f+0xb0/0xf0 (unreliable)", "f", "", "", 0xc000000000a2b5c8, 0xb0, 0xf0, false },
		{ "[c11ad9d0] [c01aead0] __alloc_pages_noprof+0x370/0x8d0", "__alloc_pages_noprof", "", "", 0xc01aead0, 0x370, 0x8d0, false },
		{ "[c0000000fe2a3b50] [c00000000016d6d8] .__alloc_pages_nodemask+0x6d8/0x8e0", "__alloc_pages_nodemask", "", "", 0xc00000000016d6d8, 0x6d8, 0x8e0, false },
		{ "[c0000000062c37d0] [c0000000062c3830] 0xc0000000062c3830 (unreliable)", "", "", "", 0xc0000000062c3830, 0, 0, false },
		/* s390 */
		{ "([<0000000000112233>] f+0x1/0x2)", "f", "", "", 0x112233, 1, 2, false },
		{ " [<000000007a989e1e>] qlist_free_all+0x7e/0x130 ", "qlist_free_all", "", "", 0x7a989e1e, 0x7e, 0x130, false },
		/* sparc64, sparc32 */
		{ " [00000000004a1b2c] alloc_pages_current+0x1c/0x40", "alloc_pages_current", "", "", 0x4a1b2c, 0x1c, 0x40, false },
		{ "[f00a1b4c : do_exit+0x64/0x6ac ]", "do_exit", "", "", 0xf00a1b4c, 0x64, 0x6ac, false },
		/* ia64 */
		{ " [<a000000100013b20>] show_stack+0x40/0xa0 sp=e000000005a0fb60 bsp=e000000005a08f10", "show_stack", "", "", 0xa000000100013b20, 0x40, 0xa0, false },
		/* mips, riscv, parisc, LoongArch, ARC, xtensa */
		{ "[<80012345>] show_stack+0x94/0x12c", "show_stack", "", "", 0x80012345, 0x94, 0x12c, false },
		{ "[<ffffffe00021ed98>] kthread+0xfc/0x10a", "kthread", "", "", 0xffffffe00021ed98, 0xfc, 0x10a, false },
		{ " [<000000004019bb0c>] __alloc_pages+0x2ac/0x2f0", "__alloc_pages", "", "", 0x4019bb0c, 0x2ac, 0x2f0, false },
		{ "[<90000000002239c4>] show_stack+0x2c/0x10c", "show_stack", "", "", 0x90000000002239c4, 0x2c, 0x10c, false },
		{ "  mmput+0x16/0xb8", "mmput", "", "", 0, 0x16, 0xb8, false },
		{ " [<d0012345>] warn_alloc+0x6c/0xa0", "warn_alloc", "", "", 0xd0012345, 0x6c, 0xa0, false },
		/* x86_64 of 2.6.18: the module in front */
		{ " [<ffffffff88363c1b>] :conn:alloc_table+0x33/0x7a", "alloc_table", "", "conn", 0xffffffff88363c1b, 0x33, 0x7a, false },
		/* arm's second half, where a mail was wrapped */
		{ "(show_stack+0x20/0x24)", "show_stack", "", "", 0, 0x20, 0x24, false },
	};

	(void)state;
	CHECK_ALL(forms);
}

/* scripts/decode_stacktrace.sh of several ages, and syzbot */
static void decoded(void **state)
{
	static const struct form forms[] = {
		{ "warn_alloc (mm/page_alloc.c:4379)", "warn_alloc", "", "", 0, 0, 0, false },
		{ " __kmalloc_large_node (mm/slab_common.c:1120 (discriminator 3))", "__kmalloc_large_node", "", "", 0, 0, 0, false },
		{ " ring_get (drivers/net/ring.c:88 [inlined])", "ring_get", "", "", 0, 0, 0, false },
		{ "ring_open+0x40/0xb0 drivers/net/ring.c:120", "ring_open", "", "", 0, 0x40, 0xb0, false },
		{ "? xfs_file_fallocate (fs/xfs/xfs_file.c:1004 (discriminator 1)) xfs", "xfs_file_fallocate", "", "xfs", 0, 0, 0, true },
		{ "? xfs_btree_read_buf_block (./fs/xfs/xfs_trans.h:210 fs/xfs/libxfs/xfs_btree.c:1432) xfs ", "xfs_btree_read_buf_block", "", "xfs", 0, 0, 0, true },
		{ "key_replays_read (net/mac80211/debugfs_key.c:250) mac80211 (P)", "key_replays_read", "", "mac80211", 0, 0, 0, false },
		{ "schedule (kernel/sched/core.c:6824 kernel/sched/core.c:6838) ", "schedule", "", "", 0, 0, 0, false },
		{ "wb_workfn (fs/fs-writeback.c:2276 (discriminator 1) fs/fs-writeback.c:2304 (discriminator 1)) ", "wb_workfn", "", "", 0, 0, 0, false },
		{ " __slab_alloc.isra.0 (mm/slub.c:3321)", "__slab_alloc", ".isra.0", "", 0, 0, 0, false },
		{ " context_switch kernel/sched/core.c:5315 [inline]", "context_switch", "", "", 0, 0, 0, false },
		{ " xfs_fs_goingdown+0x71/0x150 fs/xfs/xfs_fsops.c:-1", "xfs_fs_goingdown", "", "", 0, 0x71, 0x150, false },
		{ " f (??:?)", "f", "", "", 0, 0, 0, false },
		{ " rx_refill+0x20/0x80 nic", "rx_refill", "", "nic", 0, 0x20, 0x80, false },
		{ " <kernel::page::Page>::alloc_page (rust/kernel/page.rs:91)", "<kernel::page::Page>::alloc_page", "", "", 0, 0, 0, false },
		{ " rust_echo::rx_fill (drivers/echo.rs:12 [inlined]) rust_echo", "rust_echo::rx_fill", "", "rust_echo", 0, 0, 0, false },
	};

	(void)state;
	CHECK_ALL(forms);
}

static void rust_symbols(void **state)
{
	static const struct form forms[] = {
		{ " _RNvMs_NtCs4fqI2P2rA04_5alloc7raw_vecINtB4_6RawVechE8grow_one+0x1c/0x80", "<alloc::raw_vec::RawVec>::grow_one", "", "", 0, 0x1c, 0x80, false },
		{ " _ZN5alloc7raw_vec11finish_grow17h0123456789abcdefE.llvm.77+0x1c/0x80 [rust_echo]", "alloc::raw_vec::finish_grow", ".llvm.77", "rust_echo", 0, 0x1c, 0x80, false },
		{ " _RNvNtCsgu3D7i0gFmA_9rust_echo4echo7rx_f+0x1", "rust_echo::echo::rx_f...", "", "", 0, 1, 0, false },
	};

	(void)state;
	CHECK_ALL(forms);
}

/* The build id of a module is long enough to be wrapped; a name may be cut in its middle. */
static void cut_modules(void **state)
{
	static const struct form forms[] = {
		{ " mhi_fw_load_handler+0x126/0x340 [mh", "mhi_fw_load_handler", "", "", 0, 0x126, 0x340, false },
		{ " f+0x126/0x340 [mhi a96cb91daba500cc77f86bad60c1f332dc3babdf]", "f", "", "mhi", 0, 0x126, 0x340, false },
		{ " f+0x126/0x340 [mhia96cb91daba500cc77f86bad60c1f332dc3babdf]", "f", "", "mhi", 0, 0x126, 0x340, false },
		{ " f+0x126/0x340 [mhi a96cb91daba5", "f", "", "mhi", 0, 0x126, 0x340, false },
	};

	(void)state;
	CHECK_ALL(forms);
}

/* sparc32 prints them in one line, chat clients join them. */
static void several_on_a_line(void **state)
{
	struct aw_klog_trace_line t;

	(void)state;
	assert_true(parse("[f0035a4c : do_exit+0x1/0x2 ] [f0035b00 : sys_exit+0x3/0x4 ] ", &t));
	assert_int_equal(t.count, 2);
	assert_string_equal(t.frames[1].name, "sys_exit");
	assert_true(parse("Call Trace: [<c0123456>] dump_stack+0x1/0x2 [<c0123459>] ? f.part.0+0x3/0x4 [nic] g+0x5/0x6 (C)", &t));
	assert_int_equal(t.count, 3);
	assert_string_equal(t.frames[1].name, "f");
	assert_string_equal(t.frames[1].module, "nic");
	assert_true(t.frames[1].guess);
	assert_false(t.frames[2].guess);
	assert_string_equal(t.frames[2].name, "g");
	assert_int_equal(t.frames[2].addr, 0);
}

static void a_long_line_is_cut(void **state)
{
	char raw[4096] = "Call Trace: ";
	struct aw_klog_trace_line t;

	(void)state;
	for (int i = 0; i < 60; i++)
		strcat(raw, "some_function+0x10/0x20 ");
	assert_true(parse(raw, &t));
	assert_int_equal(t.count, AW_KLOG_LINE_FRAMES - 1);
}

static void registers(void **state)
{
	static const struct { const char *raw, *name; enum aw_klog_place place; } rows[] = {
		{ "PC is at f+0x1/0x2", "f", AW_KLOG_IN_PC }, { "LR is at f+0x1/0x2", "f", AW_KLOG_IN_LR },
		{ "pc : f+0x1/0x2", "f", AW_KLOG_IN_PC }, { "lr : f.part.0+0x1/0x2 [nic]", "f", AW_KLOG_IN_LR },
		{ "RIP: 0010:__alloc_pages+0x2a9/0x2f0", "__alloc_pages", AW_KLOG_IN_PC },
		{ "RIP: 0010:[<ffffffff8117e5a2>]  [<ffffffff8117e5a2>] f+0x112/0x190", "f", AW_KLOG_IN_PC },
		{ "RIP: 0010:on_stack arch/x86/include/asm/stacktrace.h:58 [inline]", "on_stack", AW_KLOG_IN_PC },
		{ "EIP is at f+0x1/0x2", "f", AW_KLOG_IN_PC }, { "EIP: f+0x1/0x2", "f", AW_KLOG_IN_PC },
		{ "NIP [c00000000016d6d8] .f+0x6d8/0x8e0", "f", AW_KLOG_IN_PC },
		{ "LR [c00000000016d6d8] f+0x6d8/0x8e0", "f", AW_KLOG_IN_LR },
		{ "    LR = f+0x98/0x190", "f", AW_KLOG_IN_LR },
		{ "epc : f+0x1/0x2 ra : g+0x3/0x4", "f", AW_KLOG_IN_PC },
		{ "epc   : 80123456 f+0x1/0x2", "f", AW_KLOG_IN_PC },
		{ "Krnl PSW : 0704c00180000000 00000000001159ea (f+0x1/0x2)", "f", AW_KLOG_IN_PC },
		{ "TPC: <f+0x1/0x2>", "f", AW_KLOG_IN_PC },
	};
	struct aw_klog_trace_line t;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(parse(rows[i].raw, &t));
		assert_int_equal(t.count, 1);
		assert_int_equal(t.place, rows[i].place);
		assert_true(t.frames[0].pc);
		assert_string_equal(t.frames[0].name, rows[i].name);
	}
}

static void powerpc_interrupts(void **state)
{
	struct aw_klog_trace_line t;

	(void)state;
	assert_true(parse("--- interrupt: 900 at arch_local_irq_restore+0x68/0xd0", &t));
	assert_int_equal(t.mark, AW_KLOG_MARK_INTERRUPTED);
	assert_int_equal(t.count, 1);
	assert_string_equal(t.frames[0].name, "arch_local_irq_restore");
	assert_true(parse("--- Exception: 501 at .f+0x98/0x190", &t));
	assert_int_equal(t.mark, AW_KLOG_MARK_INTERRUPTED);
	/* a system call, and the line behind its registers */
	assert_true(parse("--- interrupt: c00 at 0x7fff82e3c2a8", &t));
	assert_int_equal(t.mark, AW_KLOG_MARK_NONE);
	assert_int_equal(t.count, 0);
	assert_true(parse("--- interrupt: 900", &t));
	assert_int_equal(t.mark, AW_KLOG_MARK_NONE);
	assert_int_equal(t.count, 0);
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

static void marks_of_all_spellings(void **state)
{
	static const struct { const char *raw; enum aw_klog_mark mark; } rows[] = {
		{ "Call Trace:", AW_KLOG_MARK_TRACE }, { "CALL TRACE:", AW_KLOG_MARK_TRACE },
		{ "Backtrace: ", AW_KLOG_MARK_TRACE }, { "backtrace:", AW_KLOG_MARK_TRACE },
		{ "Stack Trace:", AW_KLOG_MARK_TRACE }, { "Stack trace:", AW_KLOG_MARK_TRACE },
		{ "<SOFTIRQ>", AW_KLOG_MARK_IRQ }, { " <NMI>", AW_KLOG_MARK_IRQ }, { " <#DF>", AW_KLOG_MARK_IRQ },
		{ "</SOFTIRQ>", AW_KLOG_MARK_TASK }, { " <TASK>", AW_KLOG_MARK_TASK }, { " </TASK>", AW_KLOG_MARK_TASK },
		{ " <<EOE>>  <IRQ>", AW_KLOG_MARK_IRQ }, { " </#DF>", AW_KLOG_MARK_TASK },
		{ "Leftover inexact backtrace:", AW_KLOG_MARK_STALE },
		{ "DWARF2 unwinder stuck at ret_from_fork+0x1/0x2", AW_KLOG_MARK_STALE },
		{ "Last Breaking-Event-Address:", AW_KLOG_MARK_END }, { "---[ end trace 0000000000000000 ]---", AW_KLOG_MARK_END },
	};
	struct aw_klog_trace_line t;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(parse(rows[i].raw, &t));
		assert_int_equal(t.mark, rows[i].mark);
		assert_int_equal(t.count, 0);
	}
}

static void other_lines(void **state)
{
	static const char *const texts[] = {
		"RIP: 0033:0x7f1c2d3e4f50", "pc : [<ffffffc00016>] lr : [<ffffffc00017>] pstate: 60000145", "a message from us",
		"see ring_get (in drivers/net/ring.c)", "ring_get (drivers/net/ring.c) failed", "ring.c:88", "at mm/page_alloc.c:88",
		"f+0x1/0x2 has no memory", "caller is f+0x1/0x2", "--- a/mm/page_alloc.c", "Trace begins here",
		"f+0x1/0x2 is where it is", "5f60: 00000000 0005317f",
		"Stack : 00000000 803c5bba", "", "[<", "[<c0", "[<c0>", "+0x1/0x2", "1f+0x1/0x2", "show_stack",
	};
	struct aw_klog_trace_line t;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (parse(texts[i], &t))
			print_error("%s\n", texts[i]);
		assert_false(parse(texts[i], &t));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames),
		cmocka_unit_test(architectures),
		cmocka_unit_test(decoded),
		cmocka_unit_test(rust_symbols),
		cmocka_unit_test(cut_modules),
		cmocka_unit_test(several_on_a_line),
		cmocka_unit_test(a_long_line_is_cut),
		cmocka_unit_test(registers),
		cmocka_unit_test(powerpc_interrupts),
		cmocka_unit_test(arm_pairs),
		cmocka_unit_test(marks),
		cmocka_unit_test(marks_of_all_spellings),
		cmocka_unit_test(other_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * The code that asked, in stacks of real kernels from 3.18 on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/site.h"
#include "stacks.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static void check(const struct aw_stack *stack, const char *name, const char *module)
{
	const struct aw_frame *site = aw_site_of(stack);

	assert_non_null(site);
	assert_string_equal(site->name, name);
	assert_string_equal(site->module, module);
	assert_true(site >= stack->frames && site < stack->frames + stack->count);
}

/* shared/logs/failure-arm64-3.18.20.log */
static void log_of_3_18(void **state)
{
	struct test_stack test;

	(void)state;
	check(STACK(&test, "dump_backtrace", "show_stack", "dump_stack", "warn_alloc_failed",
		    "__alloc_pages_nodemask", "alloc_kmem_pages", "kmalloc_order", "kmalloc_order_trace",
		    "__kmalloc", "hog_get_buffer [hog]", "hog_attempt [hog]", "hog_init [hog]",
		    "do_one_initcall", "load_module", "SyS_finit_module"), "hog_get_buffer", "hog");
}

/* tracefs of 3.18: the tracing is on top, frames of freed init code have no name. */
static void trace_of_3_18(void **state)
{
	struct test_stack test;

	(void)state;
	check(STACK(&test, "ftrace_raw_event_mm_page_alloc", "__alloc_pages_nodemask", "alloc_kmem_pages",
		    "kmalloc_order", "kmalloc_order_trace", "__kmalloc", "hog_get_buffer", "hog_attempt",
		    "", "do_one_initcall"), "hog_get_buffer", "");
}

/* A kretprobe hid the caller of kmalloc_order: shared/logs/failure-arm64-vendor-3.18.31.log */
static void vendor_3_18_with_kretprobe(void **state)
{
	struct test_stack test;

	(void)state;
	check(STACK(&test, "dump_backtrace", "show_stack", "dump_stack", "warn_alloc_failed",
		    "__alloc_pages_nodemask", "alloc_kmem_pages", "kmalloc_order", "kretprobe_trampoline",
		    "__kmalloc", "hog_get_buffer [hog]"), "hog_get_buffer", "hog");
}

static void kernel_6_1(void **state)
{
	struct test_stack test;

	(void)state;
	check(STACK(&test, "__alloc_pages", "__kmalloc_large_node", "__kmalloc", "ioctx_alloc",
		    "__arm64_sys_io_setup"), "ioctx_alloc", "");
	check(STACK(&test, "warn_alloc", "__alloc_pages_slowpath.constprop.0", "__alloc_pages",
		    "__kmalloc_large_node", "__kmalloc", "ioctx_alloc"), "ioctx_alloc", "");
}

static void kernel_6_12(void **state)
{
	struct test_stack test;

	(void)state;
	check(STACK(&test, "__alloc_pages_noprof", "alloc_pages_mpol_noprof", "alloc_pages_noprof",
		    "___kmalloc_large_node", "__kmalloc_large_node_noprof", "__kmalloc_noprof",
		    "ioctx_alloc", "__x64_sys_io_setup"), "ioctx_alloc", "");
	check(STACK(&test, "__alloc_frozen_pages_noprof", "alloc_frozen_pages_noprof", "new_slab",
		    "___slab_alloc", "__slab_alloc.isra.0", "kmem_cache_alloc_noprof", "alloc_inode"),
	      "alloc_inode", "");
	check(STACK(&test, "__alloc_pages_noprof", "alloc_pages_bulk_noprof", "__vmalloc_area_node",
		    "__vmalloc_node_range_noprof", "__kvmalloc_node_noprof", "xt_alloc_table_info [x_tables]"),
	      "xt_alloc_table_info", "x_tables");
}

static void suffixes_of_compilers(void **state)
{
	static const char *const names[] = {
		"__slab_alloc.isra.0", "__slab_alloc.isra.76.constprop.0", "alloc_slab_page.part.3",
		"__alloc_pages_slowpath.constprop.0", "new_slab.cold", "kmem_getpages.llvm.1234567890",
		"get_page_from_freelist.part.0.isra.5.cold.12",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		assert_true(aw_site_is_wrapper(names[i]));
	assert_false(aw_site_is_wrapper("ioctx_alloc.isra.0"));
	assert_false(aw_site_is_wrapper(".init_like"));
	assert_false(aw_site_is_wrapper(""));
	assert_false(aw_site_is_wrapper("."));
}

static void longest_names(void **state)
{
	char name[512];

	(void)state;
	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_false(aw_site_is_wrapper(name));
	memcpy(name + 300, ".isra.0", 7);
	assert_false(aw_site_is_wrapper(name));
	memcpy(name, "__kmalloc", 9);
	assert_true(aw_site_is_wrapper(name));
}

static void callers_are_no_wrappers(void **state)
{
	static const char *const names[] = {
		"ioctx_alloc", "alloc_pipe_info", "do_anonymous_page", "wp_page_copy", "handle_mm_fault",
		"copy_process", "dup_task_struct", "load_elf_binary", "seq_buf_alloc", "pipe_resize_ring",
		"alloc_inode", "__arm64_sys_io_setup", "hog_get_buffer", "do_kmem_pressure",
		"binder_alloc_buf", "ion_alloc", "usb_alloc_urb", "tty_buffer_alloc", "ringbuf_map_alloc",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (aw_site_is_wrapper(names[i]))
			print_error("%s\n", names[i]);
		assert_false(aw_site_is_wrapper(names[i]));
	}
}

static void wrappers_of_all_kinds(void **state)
{
	static const char *const names[] = {
		"__alloc_pages_nodemask", "alloc_pages_current", "alloc_pages_vma", "alloc_pages_exact",
		"__get_free_pages", "get_zeroed_page", "get_zeroed_page_noprof", "get_free_pages_noprof",
		"__folio_alloc_noprof", "folio_alloc", "vma_alloc_folio_noprof", "kmalloc_order_trace",
		"__kmalloc_node_track_caller", "kmem_cache_alloc_lru", "krealloc", "kmemdup", "kstrdup",
		"kvmalloc_node", "vzalloc", "__vmalloc_node_range", "mempool_alloc", "pcpu_alloc",
		"dma_alloc_attrs", "dma_direct_alloc", "iommu_dma_alloc", "__dma_alloc_coherent",
		"devm_kmalloc", "devm_kzalloc", "devm_kcalloc", "__alloc_skb", "__netdev_alloc_skb",
		"sk_page_frag_refill", "kcalloc", "memdup_user", "alloc_pages_nolock_noprof",
		"cma_alloc", "show_stack", "dump_stack_lvl", "warn_alloc", "bpf_get_stack",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (!aw_site_is_wrapper(names[i]))
			print_error("%s\n", names[i]);
		assert_true(aw_site_is_wrapper(names[i]));
	}
}

static void module_with_an_allocators_name_is_a_site(void **state)
{
	struct test_stack test;

	(void)state;
	check(STACK(&test, "__alloc_pages", "__kmalloc", "cam_kmalloc_buf [cam]", "cam_open [cam]"),
	      "cam_kmalloc_buf", "cam");
	check(STACK(&test, "__alloc_pages", "vmalloc_pool [vpu]"), "vmalloc_pool", "vpu");
	check(STACK(&test, "__alloc_pages", "perf_tp_event [odd]", "ioctx_alloc"), "perf_tp_event", "odd");
}

static void tracing_is_skipped(void **state)
{
	struct test_stack test;

	(void)state;
	check(STACK(&test, "bpf_prog_6deef7357e7b4530_failure [bpf]", "bpf_trace_run4",
		    "__bpf_trace_mm_page_alloc", "__traceiter_mm_page_alloc", "__alloc_pages", "__kmalloc",
		    "ioctx_alloc"), "ioctx_alloc", "");
	check(STACK(&test, "bpf_trampoline_6442536467 [bpf]", "ftrace_trampoline [__builtin__ftrace]",
		    "kprobe_insn_page [__builtin__kprobes]", "__alloc_pages", "do_anonymous_page"),
	      "do_anonymous_page", "");
	assert_true(aw_site_is_tracing("anything", "bpf"));
	assert_true(aw_site_is_tracing("ftrace_trampoline", "__builtin__ftrace"));
	assert_true(aw_site_is_tracing("bpf_trace_run4", ""));
	assert_true(aw_site_is_tracing("__traceiter_mm_page_alloc", ""));
	assert_true(aw_site_is_tracing("bpf_get_stack_raw_tp", ""));
	assert_true(aw_site_is_tracing("kprobe_ftrace_handler.isra.0", ""));
	assert_false(aw_site_is_tracing("__kmalloc", ""));
	assert_false(aw_site_is_tracing("warn_alloc", ""));
	assert_false(aw_site_is_tracing("perf_tp_event", "odd"));
	assert_false(aw_site_is_tracing("", ""));
}

static void unknown_frames(void **state)
{
	struct test_stack test;
	const struct aw_frame *site;

	(void)state;
	/* An address without a name is still an answer: addr2line has the rest. */
	site = aw_site_of(STACK(&test, "__alloc_pages", "0xffff800000001234", "ioctx_alloc"));
	assert_non_null(site);
	assert_int_equal(site->addr, 0xffff800000001234);
	assert_string_equal(site->name, "");
	assert_null(aw_site_of(STACK(&test, "__alloc_pages", "", "ioctx_alloc")));
	assert_null(aw_site_of(STACK(&test, "__alloc_pages", "__kmalloc")));
	assert_null(aw_site_of(stack_make(&test, (const char *const[]){ NULL })));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(log_of_3_18),
		cmocka_unit_test(trace_of_3_18),
		cmocka_unit_test(vendor_3_18_with_kretprobe),
		cmocka_unit_test(kernel_6_1),
		cmocka_unit_test(kernel_6_12),
		cmocka_unit_test(suffixes_of_compilers),
		cmocka_unit_test(longest_names),
		cmocka_unit_test(callers_are_no_wrappers),
		cmocka_unit_test(wrappers_of_all_kinds),
		cmocka_unit_test(module_with_an_allocators_name_is_a_site),
		cmocka_unit_test(tracing_is_skipped),
		cmocka_unit_test(unknown_frames),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

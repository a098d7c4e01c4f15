// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the call site in stacks of real kernels from 3.18 on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mm/site.h"
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

/* tests/golden/explain/failure-arm64-3.18.20.log */
static void log_of_3_18(void **state)
{
	struct test_stack test;

	(void)state;
	check(STACK(&test, "dump_backtrace", "show_stack", "dump_stack", "warn_alloc_failed",
		    "__alloc_pages_nodemask", "alloc_kmem_pages", "kmalloc_order", "kmalloc_order_trace",
		    "__kmalloc", "hog_get_buffer [hog]", "hog_attempt [hog]", "hog_init [hog]",
		    "do_one_initcall", "load_module", "SyS_finit_module"), "hog_get_buffer", "hog");
}

/* tracefs of 3.18: tracing functions come first, and frames of freed init code have no name. */
static void trace_of_3_18(void **state)
{
	struct test_stack test;

	(void)state;
	check(STACK(&test, "ftrace_raw_event_mm_page_alloc", "__alloc_pages_nodemask", "alloc_kmem_pages",
		    "kmalloc_order", "kmalloc_order_trace", "__kmalloc", "hog_get_buffer", "hog_attempt",
		    "", "do_one_initcall"), "hog_get_buffer", "");
}

/* A kretprobe hides the caller of kmalloc_order: tests/golden/explain/failure-arm64-vendor-3.18.31.log */
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
		assert_true(aw_site_is_wrapper(names[i], ""));
	assert_false(aw_site_is_wrapper("ioctx_alloc.isra.0", ""));
	assert_false(aw_site_is_wrapper(".init_like", ""));
	assert_false(aw_site_is_wrapper("", ""));
	assert_false(aw_site_is_wrapper(".", ""));
}

static void longest_names(void **state)
{
	char name[512];

	(void)state;
	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_false(aw_site_is_wrapper(name, ""));
	memcpy(name + 300, ".isra.0", 7);
	assert_false(aw_site_is_wrapper(name, ""));
	memcpy(name, "__kmalloc", 9);
	assert_true(aw_site_is_wrapper(name, ""));
}

static void callers_are_no_wrappers(void **state)
{
	static const char *const names[] = {
		"ioctx_alloc", "alloc_pipe_info", "do_anonymous_page", "wp_page_copy", "handle_mm_fault",
		"copy_process", "dup_task_struct", "load_elf_binary", "sk_clone", "pipe_resize_ring",
		"alloc_inode", "__arm64_sys_io_setup", "hog_get_buffer", "do_kmem_pressure",
		"binder_alloc_buf", "ion_alloc", "usb_alloc_urb", "tty_buffer_alloc", "ringbuf_map_alloc",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (aw_site_is_wrapper(names[i], ""))
			print_error("%s\n", names[i]);
		assert_false(aw_site_is_wrapper(names[i], ""));
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
		"page_pool_alloc_frag", "__page_pool_alloc_pages_slow", "napi_alloc_frag", "__napi_alloc_skb",
		"napi_build_skb", "__alloc_rx_skb", "__alloc_page_frag", "skb_copy", "skb_copy_expand", "skb_clone",
		"__pskb_copy_fclone", "kvmemdup", "usb_alloc_coherent", "snd_dma_alloc_pages", "dma_pool_alloc",
		"sg_alloc_table", "__pte_alloc", "seq_buf_alloc", "alloc_vmap_area", "module_alloc", "refill_objects",
		"alloc_pages_mpol_noprof", "sk_prot_alloc", "bio_alloc_bioset", "mempool_create_node", "alloc_anon_folio",
		"shmem_alloc_and_add_folio", "out_of_memory", "try_charge_memcg", "kmem_alloc", "kmem_zone_alloc",
		"<alloc::raw_vec::RawVec>::grow_one", "alloc::raw_vec::finish_grow",
		"<kernel::alloc::kvec::Vec>::push", "kernel::alloc::allocator::Kmalloc", "__rust_alloc",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (!aw_site_is_wrapper(names[i], ""))
			print_error("%s\n", names[i]);
		assert_true(aw_site_is_wrapper(names[i], ""));
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

/* A subsystem that can be a module keeps its wrappers there. */
static void wrappers_in_modules(void **state)
{
	struct test_stack test;

	(void)state;
	check(STACK(&test, "__alloc_pages", "ttm_pool_alloc [ttm]", "amdgpu_ttm_tt_populate [amdgpu]"),
	      "amdgpu_ttm_tt_populate", "amdgpu");
	check(STACK(&test, "__alloc_pages", "kmalloc_order", "__kmalloc", "spl_kmem_alloc_impl [spl]",
		    "spl_kmem_zalloc [spl]", "dbuf_read [zfs]"), "dbuf_read", "zfs");
	check(STACK(&test, "__alloc_pages", "dma_alloc_attrs", "hcd_buffer_alloc [usbcore]",
		    "usb_alloc_coherent [usbcore]", "uvc_alloc_urb_buffers [uvcvideo]"),
	      "uvc_alloc_urb_buffers", "uvcvideo");
	check(STACK(&test, "__alloc_pages", "snd_dma_dev_alloc [snd_pcm]", "snd_dma_alloc_dir_pages [snd_pcm]",
		    "do_alloc_pages [snd_pcm]", "snd_pcm_lib_malloc_pages [snd_pcm]", "snd_hw_params [snd_hog]"),
	      "snd_hw_params", "snd_hog");
	check(STACK(&test, "__alloc_pages", "kmem_alloc [xfs]", "xlog_cil_push_work [xfs]"),
	      "xlog_cil_push_work", "xfs");
	/* the same name in another module is that module's */
	check(STACK(&test, "__alloc_pages", "kmem_alloc [hog]", "hog_open [hog]"), "kmem_alloc", "hog");
}

/* mm/vmalloc.c is never the code that asked: issue 13.6 */
static void vmalloc_is_no_site(void **state)
{
	struct test_stack test;

	(void)state;
	check(STACK(&test, "__alloc_frozen_pages_noprof", "new_slab", "___slab_alloc",
		    "kmem_cache_alloc_node_noprof", "alloc_vmap_area", "__get_vm_area_node",
		    "__vmalloc_node_range_noprof", "__vmalloc_noprof", "bpf_prog_alloc_no_stats"),
	      "bpf_prog_alloc_no_stats", "");
}

/* What the OOM killer prints, on the way from the allocator or the charge. */
static void killers_are_no_site(void **state)
{
	struct test_stack test;

	(void)state;
	check(STACK(&test, "dump_stack", "dump_header", "oom_kill_process.cold", "out_of_memory.part.0",
		    "out_of_memory", "__alloc_pages_slowpath.constprop.0", "__alloc_pages_nodemask", "pipe_write"),
	      "pipe_write", "");
	check(STACK(&test, "dump_header", "oom_kill_process", "mem_cgroup_out_of_memory", "try_charge_memcg",
		    "charge_memcg", "__mem_cgroup_charge", "do_anonymous_page", "__handle_mm_fault"),
	      "do_anonymous_page", "");
	assert_null(aw_site_of(STACK(&test, "dump_header", "oom_kill_process", "mem_cgroup_oom_synchronize",
				     "pagefault_out_of_memory")));
}

/* The last function of a stack that lost its middle did not ask. */
static void threads_are_no_site(void **state)
{
	static const char *const ends[] = {
		"process_one_work", "worker_thread", "kthread", "ret_from_fork", "ret_from_fork_asm",
		"process_scheduled_works", "kernel_thread_helper",
	};
	struct test_stack test;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		assert_null(aw_site_of(STACK(&test, "__alloc_pages", "__kmalloc", ends[i], "anybody")));
}

/* faults/07: frames of earlier calls between those of the allocator */
static void stale_frames(void **state)
{
	struct test_stack test;
	const struct aw_frame *site;
	bool likely = false;

	(void)state;
	site = aw_site_find(STACK(&test, "? __alloc_pages_nodemask", "? bond_3ad_xmit_xor [bonding]",
				  "? kmem_getpages", "? cache_grow", "? kmem_cache_alloc", "? sk_prot_alloc",
				  "? sk_clone"), &likely);
	assert_non_null(site);
	assert_string_equal(site->name, "sk_clone");
	assert_true(likely);

	/* an allocator's frame far behind is stale itself */
	site = aw_site_find(STACK(&test, "? __alloc_pages", "? __kmalloc", "? ring_get", "? ring_open", "? chrdev_open",
				  "? do_dentry_open", "? vfs_open", "? path_openat", "? kmem_cache_alloc", "? getname"),
			    &likely);
	assert_string_equal(site->name, "ring_get");
	assert_true(likely);

	/* nor does an interrupt's allocation go on in the interrupted task's */
	STACK(&test, "? __alloc_pages", "? __alloc_skb", "? rx_refill [nic]", "? kmem_cache_alloc", "? do_sys_open");
	for (unsigned int i = 0; i < 3; i++)
		test.stack.frames[i].flags |= AW_FRAME_IRQ;
	site = aw_site_find(&test.stack, &likely);
	assert_string_equal(site->name, "rx_refill");

	/* with an unwinder, the first frame outside it is */
	site = aw_site_find(STACK(&test, "__alloc_pages", "__kmalloc", "ring_get [nic]", "__kmalloc", "anybody"),
			    &likely);
	assert_string_equal(site->name, "ring_get");
	assert_false(likely);
}

static void names_of_every_form(void **state)
{
	struct test_stack test;
	const struct aw_frame *site;

	(void)state;
	/* the name is the source's, the rest is kept for who shows the symbol */
	site = aw_site_of(STACK(&test, "__alloc_pages_slowpath.constprop.0", "__slab_alloc.isra.76.constprop.0",
				"ring_fill.part.3.isra.0.cold [nic]"));
	assert_string_equal(site->name, "ring_fill");
	assert_string_equal(aw_frame_suffix(site), ".part.3.isra.0.cold");
	/* powerpc64's dot */
	check(STACK(&test, ".__alloc_pages_nodemask", ".kmem_cache_alloc", ".alloc_inode"), "alloc_inode", "");
	check(STACK(&test, "__alloc_pages.llvm.123456789", "__kmalloc_noprof.llvm.1", "ring_get.llvm.42"),
	      "ring_get", "");
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
	assert_true(aw_site_is_tracing("bpf_prog_6deef7357e7b4530_failure", ""));
	assert_false(aw_site_is_tracing("bpf_prog_alloc", ""));
	assert_false(aw_site_is_tracing("bpf_prog_array_copy", ""));
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
	/* An address without a name is still useful, with addr2line. */
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
		cmocka_unit_test(wrappers_in_modules),
		cmocka_unit_test(vmalloc_is_no_site),
		cmocka_unit_test(killers_are_no_site),
		cmocka_unit_test(threads_are_no_site),
		cmocka_unit_test(stale_frames),
		cmocka_unit_test(names_of_every_form),
		cmocka_unit_test(tracing_is_skipped),
		cmocka_unit_test(unknown_frames),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

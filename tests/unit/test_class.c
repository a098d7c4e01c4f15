// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the class of requests: every row of the class table, and near misses.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mm/class.h"
#include "stacks.h"

/* May the request be a first try for preferred nodes? */
static bool prefers;

/* The reason, which shows which row decided. */
static const char *why_of(enum aw_class expected, const char *gfp_names, unsigned int order,
			  const struct aw_stack *stack)
{
	struct aw_gfp gfp = { .names = gfp_names };
	const char *why = NULL;
	enum aw_class class;

	assert_int_equal(aw_gfp_parse_names(NULL, gfp_names, strlen(gfp_names), &gfp.flags), 0);
	class = aw_class_of(&gfp, order, stack, prefers, &why);
	if (class != expected)
		print_error("%s order %u: %s\n", gfp_names, order, why);
	assert_int_equal(class, expected);
	assert_non_null(why);
	assert_true(strlen(why) > 10);
	return why;
}

static void opportunistic(const char *gfp_names, unsigned int order, const struct aw_stack *stack,
			  const char *mentions)
{
	assert_non_null(strstr(why_of(AW_CLASS_OPPORTUNISTIC, gfp_names, order, stack), mentions));
}

/* Which kernel function proves it. */
static const char *proof_of(const char *gfp_names, unsigned int order, const struct aw_stack *stack)
{
	struct aw_gfp gfp = { .names = gfp_names };

	assert_int_equal(aw_gfp_parse_names(NULL, gfp_names, strlen(gfp_names), &gfp.flags), 0);
	return aw_class_find(&gfp, order, stack, prefers)->proof;
}

static void hard(const char *gfp_names, unsigned int order, const struct aw_stack *stack)
{
	assert_string_equal(why_of(AW_CLASS_HARD, gfp_names, order, stack),
			    "no fallback of this caller is known");
}

/* Buffers of devices: the largest pages first, smaller ones next, unless the heap gives one piece. */
static void buffers_of_devices(void **state)
{
	struct test_stack test;

	(void)state;
	opportunistic("GFP_HIGHUSER|__GFP_COMP", 9, STACK(&test, "__alloc_pages", "ttm_pool_alloc", "ttm_tt_populate", "ex_move"),
		      "TTM");
	opportunistic("GFP_HIGHUSER|__GFP_COMP", 4, STACK(&test, "__alloc_pages", "ion_page_pool_alloc",
		      "ion_system_heap_allocate", "ion_buffer_create", "ion_ioctl"), "heap");
	hard("GFP_HIGHUSER|__GFP_COMP", 4, STACK(&test, "__alloc_pages", "ion_system_contig_heap_allocate",
	     "ion_buffer_create", "ion_ioctl"));
	hard("GFP_HIGHUSER|__GFP_COMP", 4, STACK(&test, "__alloc_pages", "ion_buffer_create", "ion_ioctl"));
}

static void plain_requests_are_hard(void **state)
{
	struct test_stack test;
	const struct aw_stack *stack = STACK(&test, "__alloc_pages", "__kmalloc", "ioctx_alloc");

	(void)state;
	hard("GFP_KERNEL|__GFP_COMP|__GFP_ZERO", 4, stack);
	hard("GFP_ATOMIC", 0, stack);
	hard("GFP_NOIO", 0, STACK(&test, ""));
	/* __GFP_NOWARN does not imply a fallback: pipe_resize_ring */
	hard("GFP_KERNEL_ACCOUNT|__GFP_NOWARN", 3,
	     STACK(&test, "__alloc_pages", "__kmalloc", "pipe_resize_ring", "pipe_fcntl"));
	hard("GFP_KERNEL|__GFP_NORETRY", 4, stack);
	hard("GFP_KERNEL", 4, stack_make(&test, (const char *const[]){ NULL }));
}

static void mask_says_fallback(void **state)
{
	struct test_stack test;
	const struct aw_stack *stack = STACK(&test, "__alloc_pages", "anybody");

	(void)state;
	opportunistic("GFP_KERNEL|__GFP_NORETRY|__GFP_NOWARN", 0, stack, "__GFP_NORETRY|__GFP_NOWARN");
	opportunistic("GFP_NOWAIT|__GFP_NORETRY|__GFP_NOWARN|__GFP_COMP", 3, stack, "fallback");
}

static void trylock(void **state)
{
	struct test_stack test;

	(void)state;
	opportunistic("__GFP_ZERO", 0,
		      STACK(&test, "alloc_frozen_pages_nolock_noprof", "alloc_pages_nolock_noprof",
			    "bpf_map_alloc_pages"), "alloc_pages_nolock()");
	opportunistic("__GFP_ZERO", 0, STACK(&test, "try_alloc_pages_noprof", "bpf_map_alloc_pages"),
		      "try_alloc_pages()");
}

static void huge_pages(void **state)
{
	struct test_stack test;
	const struct aw_stack *fault = STACK(&test, "__alloc_pages", "do_huge_pmd_anonymous_page",
					     "__handle_mm_fault");

	(void)state;
	opportunistic("GFP_HIGHUSER_MOVABLE", 9, fault, "huge page");
	/* The page table for a huge page is not optional: without it, the fault fails. */
	hard("GFP_KERNEL", 0, fault);
	opportunistic("GFP_TRANSHUGE_LIGHT", 9, STACK(&test, "__folio_alloc_noprof", "anybody"), "huge page");
	opportunistic("GFP_TRANSHUGE", 4, STACK(&test, "anybody"), "huge page");
	hard("GFP_TRANSHUGE_LIGHT", 0, STACK(&test, "anybody"));
	opportunistic("GFP_HIGHUSER_MOVABLE", 9, STACK(&test, "__alloc_pages", "collapse_huge_page"),
		      "khugepaged");
	opportunistic("GFP_HIGHUSER_MOVABLE", 9, STACK(&test, "collapse_huge_page.isra.0"), "khugepaged");
}

/* A large slab is tried with NORETRY|NOWARN; the next try is the last one. */
static void slab(void **state)
{
	struct test_stack test;
	const struct aw_stack *stack = STACK(&test, "__alloc_pages", "allocate_slab", "___slab_alloc",
					     "kmem_cache_alloc", "anybody");

	(void)state;
	opportunistic("GFP_NOWAIT|__GFP_NORETRY|__GFP_NOWARN|__GFP_COMP|__GFP_NOMEMALLOC", 3, stack,
		      "fallback");
	hard("GFP_ATOMIC|__GFP_COMP", 1, stack);
	hard("GFP_KERNEL|__GFP_NOWARN|__GFP_COMP", 1, stack);
}

static void callers_with_a_fallback(void **state)
{
	static const struct { const char *caller, *mentions; } rows[] = {
		{ "kvmalloc_node", "vmalloc()" }, { "__kvmalloc_node_noprof", "vmalloc()" },
		{ "alloc_skb_with_frags", "socket buffer" }, { "alloc_skb_with_frags.part.0", "socket buffer" },
		{ "page_cache_ra_order", "readahead" },
	};
	struct test_stack test;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct aw_stack *stack = STACK(&test, "__alloc_pages", rows[i].caller, "anybody");

		opportunistic("GFP_KERNEL|__GFP_NOWARN|__GFP_COMP|__GFP_RETRY_MAYFAIL", 4, stack,
			      rows[i].mentions);
		/* order 0 and the request without NOWARN have no fallback */
		hard("GFP_KERNEL|__GFP_NOWARN", 0, stack);
		hard("GFP_KERNEL|__GFP_COMP", 4, stack);
	}
}

/* MPOL_PREFERRED_MANY: the preferred nodes alone first, without direct reclaim. */
static void preferred_nodes(void **state)
{
	struct test_stack test;
	const struct aw_stack *stack = STACK(&test, "__alloc_frozen_pages_noprof", "alloc_pages_mpol", "alloc_pages_noprof",
					     "ex_get");

	(void)state;
	/* by the kernel or the request it cannot be one: the caller made the mask */
	hard("__GFP_IO|__GFP_FS|__GFP_KSWAPD_RECLAIM|__GFP_NOWARN", 0, stack);
	prefers = true;
	opportunistic("__GFP_IO|__GFP_FS|__GFP_KSWAPD_RECLAIM|__GFP_NOWARN", 0, stack, "all nodes");
	opportunistic("__GFP_IO|__GFP_FS|__GFP_KSWAPD_RECLAIM|__GFP_NOWARN", 0, STACK(&test, "__alloc_pages", "alloc_pages", "ex_get"),
		      "all nodes");
	assert_string_equal(proof_of("__GFP_IO|__GFP_FS|__GFP_KSWAPD_RECLAIM|__GFP_NOWARN", 0, stack),
			    "alloc_pages_preferred_many");
	hard("GFP_KERNEL|__GFP_NOWARN", 0, stack);
	hard("GFP_NOWAIT|__GFP_NOWARN", 0, stack);
	hard("__GFP_IO|__GFP_FS|__GFP_KSWAPD_RECLAIM|__GFP_NOWARN", 0, STACK(&test, "__alloc_pages", "ex_get"));
	prefers = false;
}

static void mempool(void **state)
{
	struct test_stack test;
	const struct aw_stack *stack = STACK(&test, "__alloc_pages", "mempool_alloc_noprof",
					     "bio_alloc_bioset");

	(void)state;
	opportunistic("__GFP_NOWARN|__GFP_NOMEMALLOC", 0, stack, "mempool_alloc()");
	hard("GFP_NOIO|__GFP_NOWARN", 0, stack);
	hard("GFP_ATOMIC|__GFP_NOWARN", 0, stack);
}

/* 7.x asks for large pages first, without NORETRY, and ends at single ones. */
static void vmalloc(void **state)
{
	struct test_stack test;
	const struct aw_stack *large = STACK(&test, "__alloc_frozen_pages_noprof", "alloc_frozen_pages_noprof",
					     "alloc_pages_noprof", "vm_area_alloc_pages", "__vmalloc_node_range_noprof",
					     "__vmalloc_noprof", "bpf_prog_alloc");
	struct test_stack bulk_test, module_test, array_test;
	const struct aw_stack *bulk = STACK(&bulk_test, "__alloc_frozen_pages_noprof", "__alloc_pages_noprof",
					    "alloc_pages_bulk_noprof", "__vmalloc_area_node",
					    "__vmalloc_node_range_noprof", "__kvmalloc_node_noprof", "xt_alloc");

	(void)state;
	for (unsigned int order = 1; order <= 10; order++)
		opportunistic("GFP_KERNEL|__GFP_HIGHMEM|__GFP_NOWARN", order, large, "smaller pages");
	/* the last page is missing: nothing is left to try, whatever the caller's mask is */
	assert_non_null(strstr(why_of(AW_CLASS_HARD, "GFP_KERNEL|__GFP_HIGHMEM|__GFP_NOWARN|__GFP_NORETRY", 0, large),
			       "every page"));
	assert_non_null(strstr(why_of(AW_CLASS_HARD, "GFP_KERNEL|__GFP_HIGHMEM", 0, large), "every page"));
	/* the bulk allocator's shortfall is asked for again */
	opportunistic("GFP_KERNEL|__GFP_HIGHMEM|__GFP_NOWARN", 0, bulk, "one page at a time");
	assert_string_equal(proof_of("GFP_KERNEL|__GFP_NOWARN", 0, bulk), "vm_area_alloc_pages");
	/* a slab on the way is the slab's, not vmalloc's */
	hard("GFP_KERNEL", 1, STACK(&array_test, "__alloc_pages", "allocate_slab", "___slab_alloc",
				    "kmem_cache_alloc_node", "alloc_vmap_area", "__vmalloc_node_range", "anybody"));
	/* what a module calls vmalloc is its own */
	hard("GFP_KERNEL", 4, STACK(&module_test, "__alloc_pages", "vmalloc_pool [vpu]"));
	assert_int_equal(aw_caller_of(large), AW_CALLER_VMALLOC);
}

static void hugetlb(void **state)
{
	struct test_stack pool_test, now_test, old_test;
	const struct aw_stack *pool = STACK(&pool_test, "__folio_alloc_noprof", "alloc_buddy_hugetlb_folio.isra.0",
					    "only_alloc_fresh_hugetlb_folio.isra.0", "alloc_pool_huge_folio",
					    "__nr_hugepages_store_common");
	const struct aw_stack *now = STACK(&now_test, "__folio_alloc_noprof", "alloc_buddy_hugetlb_folio",
					   "alloc_surplus_hugetlb_folio", "hugetlb_acct_memory");

	(void)state;
	opportunistic("GFP_HIGHUSER|__GFP_COMP|__GFP_THISNODE|__GFP_NOWARN|__GFP_RETRY_MAYFAIL", 9, pool,
		      "pool of huge pages");
	assert_string_equal(proof_of("GFP_HIGHUSER", 9, pool), "set_max_huge_pages");
	assert_non_null(strstr(why_of(AW_CLASS_HARD, "GFP_HIGHUSER|__GFP_COMP|__GFP_NOWARN|__GFP_RETRY_MAYFAIL", 9, now),
			       "needed at once"));
	opportunistic("GFP_HIGHUSER|__GFP_COMP|__GFP_NOWARN", 9,
		      STACK(&old_test, "__alloc_pages_nodemask", "alloc_fresh_huge_page_node", "alloc_fresh_huge_page",
			    "set_max_huge_pages"), "pool of huge pages");
	assert_int_equal(aw_caller_of(pool), AW_CALLER_HUGETLB);
	assert_int_equal(aw_caller_of(now), AW_CALLER_HUGETLB);
}

/* 6.18 refills through the bulk allocation, 7.x through refill_objects(). */
static void sheaves(void **state)
{
	struct test_stack test;

	(void)state;
	opportunistic("GFP_KERNEL|__GFP_NOMEMALLOC|__GFP_NOWARN", 0,
		      STACK(&test, "__alloc_frozen_pages_noprof", "new_slab", "refill_objects", "__pcs_replace_empty_main",
			    "kmem_cache_alloc_noprof", "anybody"), "sheaf");
	opportunistic("GFP_KERNEL|__GFP_NOMEMALLOC", 0,
		      STACK(&test, "__alloc_frozen_pages_noprof", "new_slab", "___slab_alloc",
			    "__kmem_cache_alloc_bulk", "__pcs_replace_empty_main", "kmem_cache_alloc_noprof", "anybody"),
		      "sheaf");
	opportunistic("GFP_KERNEL|__GFP_NOMEMALLOC|__GFP_NOWARN", 0,
		      STACK(&test, "__alloc_frozen_pages_noprof", "new_slab", "refill_objects",
			    "kmem_cache_prefill_sheaf", "mas_preallocate"), "without the reserves");
	/* the second try, and a bulk allocation of a caller's own, have nothing behind them */
	hard("GFP_KERNEL", 0, STACK(&test, "__alloc_frozen_pages_noprof", "new_slab", "refill_objects",
				    "kmem_cache_prefill_sheaf", "mas_preallocate"));
	hard("GFP_KERNEL|__GFP_NOMEMALLOC|__GFP_NOWARN", 0,
	     STACK(&test, "__alloc_frozen_pages_noprof", "new_slab", "refill_objects",
		   "kmem_cache_alloc_bulk_noprof", "io_uring_setup"));
	hard("GFP_KERNEL", 0, STACK(&test, "__alloc_frozen_pages_noprof", "new_slab", "___slab_alloc",
				    "kmem_cache_alloc_noprof", "anybody"));
}

/* Large pages that are only a first try: order 1 and up falls back, order 0 does not. */
static void smaller_orders(void **state)
{
	static const struct { const char *gfp, *frames[3], *mentions; } rows[] = {
		{ "GFP_ATOMIC|__GFP_COMP|__GFP_NOWARN", { "__netdev_alloc_frag", "netdev_alloc_frag" }, "smaller page" },
		{ "GFP_HIGHUSER|__GFP_ZERO", { "ion_page_pool_alloc_pages", "ion_page_pool_alloc" }, "smaller pages" },
		{ "GFP_HIGHUSER|__GFP_ZERO", { "alloc_largest_available [system_heap]",
					       "system_heap_allocate [system_heap]" }, "smaller pages" },
		{ "GFP_KERNEL|__GFP_NOWARN", { "atomic_pool_expand" }, "atomic DMA" },
		{ "GFP_KERNEL|__GFP_COMP", { "__dma_direct_alloc_pages", "snd_dma_alloc_pages",
					     "snd_dma_alloc_pages_fallback" }, "half the size" },
		{ "GFP_KERNEL_ACCOUNT|__GFP_NOWARN", { "io_mem_alloc_compound" }, "io_uring" },
		{ "GFP_HIGHUSER", { "mlx4_alloc_icm_pages [mlx4_core]" }, "mlx4" },
		{ "GFP_KERNEL|__GFP_NOWARN", { "vb2_dma_sg_alloc_compacted [videobuf2_dma_sg]" }, "video" },
		{ "GFP_ATOMIC|__GFP_NOWARN", { "sg_build_indirect [sg]" }, "SCSI" },
		{ "GFP_KERNEL|__GFP_ZERO", { "ftrace_allocate_records" }, "ftrace" },
		{ "GFP_ATOMIC|__GFP_NOWARN", { "alloc_large_system_hash" }, "hash table" },
		{ "GFP_KERNEL|__GFP_NOWARN", { "vmemmap_alloc_block", "vmemmap_alloc_block_buf" }, "memory map" },
		{ "GFP_HIGHUSER_MOVABLE", { "vma_alloc_folio_noprof", "alloc_anon_folio" }, "smaller ones" },
		{ "GFP_HIGHUSER_MOVABLE", { "shmem_alloc_folio", "shmem_alloc_and_add_folio" }, "smaller ones" },
		{ "GFP_KERNEL", { "kmem_alloc_large [xfs]" }, "vmalloc()" },
		{ "GFP_KERNEL|__GFP_NOWARN", { "alloc_netdev_mqs" }, "vmalloc()" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct test_stack test;
		const struct aw_stack *stack = STACK(&test, "__alloc_pages", rows[i].frames[0],
						     rows[i].frames[1] ? rows[i].frames[1] : "anybody",
						     rows[i].frames[2] ? rows[i].frames[2] : "anybody");

		opportunistic(rows[i].gfp, 4, stack, rows[i].mentions);
		assert_true(*proof_of(rows[i].gfp, 4, stack) != '\0');
		hard(rows[i].gfp, 0, stack);
	}
}

/* Not even one page is needed. */
static void does_without(void **state)
{
	struct test_stack test;

	(void)state;
	opportunistic("GFP_ATOMIC", 0, STACK(&test, "__alloc_pages", "new_slab", "___slab_alloc", "kmalloc_trace",
					     "async_schedule_node_domain", "dpm_suspend"), "goes on without");
	opportunistic("GFP_NOWAIT", 0, STACK(&test, "__alloc_pages_nodemask", "allocate_slab", "kmem_cache_alloc",
					     "avc_alloc_node", "avc_compute_av"), "goes on without");
	/* 4.19, while a task that the OOM killer chose is reaped: its pages are given back in smaller lots */
	opportunistic("GFP_NOWAIT|__GFP_NOWARN", 0, STACK(&test, "__alloc_pages_nodemask", "__get_free_pages",
							  "__tlb_remove_page_size", "unmap_page_range", "__oom_reap_task_mm"),
		      "goes on without");
	opportunistic("GFP_ATOMIC|__GFP_COMP", 3, STACK(&test, "__alloc_pages", "alloc_rx_agg [r8152]", "r8152_poll [r8152]"), "copies");
	hard("GFP_KERNEL|__GFP_COMP", 3, STACK(&test, "__alloc_pages", "alloc_rx_agg [r8152]", "rtl8152_open [r8152]"));
	/* farther out it asked for something else */
	hard("GFP_ATOMIC", 0, STACK(&test, "__alloc_pages", "new_slab", "kmem_cache_alloc", "hci_alloc",
				    "async_schedule_node_domain"));
}

/* One piece is what these are for. */
static void whole_buffers_are_hard(void **state)
{
	struct test_stack test;

	(void)state;
	hard("GFP_HIGHUSER|__GFP_ZERO", 4, STACK(&test, "__alloc_pages", "ion_system_contig_heap_allocate", "ion_alloc"));
	hard("GFP_KERNEL", 4, STACK(&test, "__alloc_pages", "dma_direct_alloc", "dma_alloc_attrs", "anybody"));
	assert_int_equal(aw_caller_of(&test.stack), AW_CALLER_DMA);
	hard("GFP_ATOMIC|__GFP_NOWARN", 0, STACK(&test, "__alloc_pages", "alloc_pages_bulk_noprof",
						 "__page_pool_alloc_netmems_slow", "page_pool_alloc_frag", "rx_refill [nic]"));
}

/* Under a lock, without sleeping: the caller asks again once it may sleep. */
static void asked_again_without_the_lock(void **state)
{
	static const struct { const char *function, *proof; } rows[] = {
		{ "xas_alloc", "xas_nomem" }, { "mas_alloc_nodes", "mas_nomem" }, { "mt_alloc_one", "mas_nomem" },
		{ "radix_tree_node_alloc", "radix_tree_node_alloc" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct test_stack test;
		const struct aw_stack *stack = STACK(&test, "__alloc_pages", "allocate_slab", "___slab_alloc",
						     "kmem_cache_alloc_lru", rows[i].function, "anybody");

		why_of(AW_CLASS_OPPORTUNISTIC, "__GFP_KSWAPD_RECLAIM|__GFP_NOWARN", 0, stack);
		assert_string_equal(proof_of("__GFP_KSWAPD_RECLAIM|__GFP_NOWARN", 0, stack), rows[i].proof);
		hard("GFP_KERNEL|__GFP_NOWARN", 0, stack);
		/* of a log without a mask nothing is known */
		assert_int_equal(aw_class_find(&(struct aw_gfp){ .names = "" }, 0, stack, false)->class, AW_CLASS_HARD);
	}
}

/* A caller that is farther out than the site asked for something else. */
static void callers_behind_the_site_do_not_count(void **state)
{
	struct test_stack test;

	(void)state;
	hard("GFP_KERNEL|__GFP_NOWARN|__GFP_COMP", 2,
	     STACK(&test, "__alloc_pages", "__kmalloc", "btrfs_get_extent", "page_cache_ra_order", "filemap_fault"));
	hard("GFP_KERNEL", 1, STACK(&test, "__alloc_pages", "dup_task_struct", "do_huge_pmd_anonymous_page"));
}

static void callers(void **state)
{
	struct test_stack test;

	(void)state;
	assert_int_equal(aw_caller_of(STACK(&test, "__alloc_pages", "anybody")), AW_CALLER_OTHER);
	assert_int_equal(aw_caller_of(STACK(&test, "__alloc_pages", "___slab_alloc", "anybody")), AW_CALLER_SLAB);
	assert_int_equal(aw_caller_of(STACK(&test, "__alloc_pages", "__kmalloc", "kvmalloc_node", "anybody")),
			 AW_CALLER_KVMALLOC);
	assert_int_equal(aw_caller_of(STACK(&test, "__alloc_pages", "do_huge_pmd_wp_page")), AW_CALLER_THP);
	assert_int_equal(aw_caller_of(STACK(&test, "__alloc_pages", "__vmalloc_node_range", "kvmalloc_node", "anybody")),
			 AW_CALLER_VMALLOC);
}

/* A function of a module with the same name as one that falls back is another function. */
static void modules_are_not_believed(void **state)
{
	struct test_stack test;

	(void)state;
	hard("GFP_KERNEL|__GFP_NOWARN|__GFP_COMP", 4,
	     STACK(&test, "__alloc_pages", "__kmalloc", "vendor_kvmalloc [vendor]", "anybody"));
	hard("GFP_KERNEL", 9, STACK(&test, "__alloc_pages", "my_do_huge_pmd [vendor]"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_requests_are_hard),
		cmocka_unit_test(buffers_of_devices),
		cmocka_unit_test(mask_says_fallback),
		cmocka_unit_test(trylock),
		cmocka_unit_test(huge_pages),
		cmocka_unit_test(slab),
		cmocka_unit_test(callers_with_a_fallback),
		cmocka_unit_test(preferred_nodes),
		cmocka_unit_test(mempool),
		cmocka_unit_test(modules_are_not_believed),
		cmocka_unit_test(vmalloc),
		cmocka_unit_test(hugetlb),
		cmocka_unit_test(sheaves),
		cmocka_unit_test(smaller_orders),
		cmocka_unit_test(does_without),
		cmocka_unit_test(whole_buffers_are_hard),
		cmocka_unit_test(asked_again_without_the_lock),
		cmocka_unit_test(callers_behind_the_site_do_not_count),
		cmocka_unit_test(callers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

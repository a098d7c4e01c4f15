// SPDX-License-Identifier: GPL-2.0
/*
 * Who suffers: every row of the class table, and requests that just miss one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/class.h"
#include "stacks.h"

/* The reason, so that a test sees which row decided. */
static const char *why_of(enum aw_class expected, const char *gfp_names, unsigned int order,
			  const struct aw_stack *stack)
{
	struct aw_gfp gfp = { .names = gfp_names };
	const char *why = NULL;
	enum aw_class class;

	assert_int_equal(aw_gfp_parse_names(NULL, gfp_names, strlen(gfp_names), &gfp.flags), 0);
	class = aw_class_of(&gfp, order, stack, &why);
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

static void hard(const char *gfp_names, unsigned int order, const struct aw_stack *stack)
{
	assert_string_equal(why_of(AW_CLASS_HARD, gfp_names, order, stack),
			    "no fallback of this caller is known");
}

static void plain_requests_are_hard(void **state)
{
	struct test_stack test;
	const struct aw_stack *stack = STACK(&test, "__alloc_pages", "__kmalloc", "ioctx_alloc");

	(void)state;
	hard("GFP_KERNEL|__GFP_COMP|__GFP_ZERO", 4, stack);
	hard("GFP_ATOMIC", 0, stack);
	hard("GFP_NOIO", 0, STACK(&test, ""));
	/* silence is no sign of a fallback: pipe_resize_ring */
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
	/* The page table that goes with it is no huge page: without it the fault fails. */
	hard("GFP_KERNEL", 0, fault);
	opportunistic("GFP_TRANSHUGE_LIGHT", 9, STACK(&test, "__folio_alloc_noprof", "anybody"), "huge page");
	opportunistic("GFP_TRANSHUGE", 4, STACK(&test, "anybody"), "huge page");
	hard("GFP_TRANSHUGE_LIGHT", 0, STACK(&test, "anybody"));
	opportunistic("GFP_HIGHUSER_MOVABLE", 9, STACK(&test, "__alloc_pages", "collapse_huge_page"),
		      "khugepaged");
	opportunistic("GFP_HIGHUSER_MOVABLE", 9, STACK(&test, "collapse_huge_page.isra.0"), "khugepaged");
}

/* A large slab is tried with NORETRY|NOWARN; what comes after that is the last try. */
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
		/* order 0 and the loud request have no fallback behind them */
		hard("GFP_KERNEL|__GFP_NOWARN", 0, stack);
		hard("GFP_KERNEL|__GFP_COMP", 4, stack);
	}
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

/* A module's function is only named like one that falls back. */
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
		cmocka_unit_test(mask_says_fallback),
		cmocka_unit_test(trylock),
		cmocka_unit_test(huge_pages),
		cmocka_unit_test(slab),
		cmocka_unit_test(callers_with_a_fallback),
		cmocka_unit_test(mempool),
		cmocka_unit_test(modules_are_not_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

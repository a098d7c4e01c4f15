// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the sentences of verdicts and advice, and the printed block.
 */
#include <stdlib.h>

#include "event_builder.h"
#include "mm/site.h"
#include "output/text/verdict.h"
#include "stacks.h"
#include "verdict/sentence.h"

/* A fragmented arm64 6.1. */
static void design(struct built *b)
{
	struct aw_zone *z;

	build(b, "6.1.0-51-arm64", 4, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	z = build_zone(b, "DMA", 17664 + 8 + 4 + 16 + 16282, 461, 576);
	z->free_cma = 16282;
	build_blocks(z, 0, 17664, "UME");
	build_blocks(z, 1, 4, "U");
	build_blocks(z, 2, 1, "U");
	build_blocks(z, 3, 2, "M");
	build_blocks(z, 10, 15, "C");
	b->event.failure.effort = (struct aw_effort){
		.known = true, .knows_reclaim = true, .knows_compaction = true,
		.total_ns = 3100000, .reclaim_calls = 1, .reclaim_declined = 1,
		.compact_calls = 2, .nr_attempts = 2,
		.attempts = {
			{ .prio = AW_PRIO_ASYNC, .result = AW_COMPACT_SKIPPED },
			{ .prio = AW_PRIO_SYNC_LIGHT, .result = AW_COMPACT_DEFERRED,
			  .deferred = true },
		},
	};
	b->stack.count = 2;
	b->stack.frames[0] = (struct aw_frame){ .name = "ioctx_alloc", .module = "" };
	b->stack.frames[1] = (struct aw_frame){ .name = "__arm64_sys_io_setup", .module = "" };
	b->event.site = &b->stack.frames[0];
}

static const char *text_of(const struct aw_verdict *v, const char *fact)
{
	const struct aw_evidence *evidence = find_evidence(v, fact);

	return evidence ? evidence->text : "";
}

static struct aw_verdict make(struct built *b)
{
	struct aw_verdict v;

	aw_verdict_make(&b->event, &b->kernel, &v);
	return v;
}

/* The printed block; the caller frees it. */
static char *print(struct built *b, unsigned int width)
{
	struct aw_verdict v = make(b);
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	aw_verdict_print(out, &b->event, &v, width);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void block_of_the_design(void **state)
{
	struct built b;
	char *text;

	(void)state;
	design(&b);
	text = print(&b, 0);
	assert_contains(text, "  request     order 4  GFP_KERNEL|__GFP_COMP|__GFP_ZERO  Unmovable   "
			      "<- __arm64_sys_io_setup\n");
	assert_contains(text, "\n  cause       fragmentation: zone DMA, 17664 x 4K, 4 x 8K, 1 x 16K, "
			      "2 x 32K free and open to this request, min watermark 1.8 MiB, nothing "
			      "of order >= 4; 63.6 MiB more is CMA, closed to an Unmovable request\n");
	assert_contains(text, "\n  tried       reclaim 1 x (declined: compaction was ready), "
			      "compaction 2 x: async skipped, deferred; 3.1 ms\n");
	assert_contains(text, "\n  stopped by  costly-order: order 4 > 3 without "
			      "__GFP_RETRY_MAYFAIL, so 6.1 gives up after one round\n");
	assert_contains(text, "\n  caller      kvmalloc() if the memory need not be physically "
			      "contiguous; else ask at boot or from CMA");
	assert_contains(text, "\n  now         echo 1 > /proc/sys/vm/compact_memory   helps only if "
			      "movable pages fill the holes, and not in every run; ");
	free(text);
	built_free(&b);
}

static void lines_are_wrapped(void **state)
{
	struct built b;
	char *text;

	(void)state;
	design(&b);
	for (unsigned int width = 40; width <= 120; width += 20) {
		text = print(&b, width);
		for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
			size_t len = strlen(line);

			assert_true(line[len - 1] != ' ');
			/* only a single word or a command may exceed the width */
			if (len > width)
				assert_true(!strchr(line + 14, ' ') ||
					    !strncmp(line + 14, "echo 1 >", 8));
		}
		free(text);
	}
	built_free(&b);
}

static void sentence(void **state)
{
	struct built b;
	struct aw_verdict v;
	char text[512];

	(void)state;
	design(&b);
	v = make(&b);
	assert_string_equal(aw_verdict_sentence(&b.event, &b.kernel, &v, 12, text, sizeof(text)),
			    "12 requests for 64 KiB by ioctx_alloc failed: memory is fragmented, "
			    "not short.");
	b.stack.frames[0].module = "hog";
	aw_verdict_sentence(&b.event, &b.kernel, &v, 1, text, sizeof(text));
	assert_contains(text, "1 request for 64 KiB by ioctx_alloc [hog] failed");
	b.event.site = NULL;
	aw_verdict_sentence(&b.event, &b.kernel, &v, 1, text, sizeof(text));
	assert_contains(text, "1 request for 64 KiB failed: ");
	built_free(&b);
}

static void names_from_outside_are_escaped(void **state)
{
	struct built b;
	struct aw_verdict v;
	char line[512];
	char *text;

	(void)state;
	design(&b);
	b.stack.frames[0].name = "evil\x1b[2J";
	b.stack.frames[1].name = "\n\x07<script>";
	strcpy(b.zones[0].name, "\x1b]0;x\a");
	v = make(&b);
	text = print(&b, 100);
	assert_null(strchr(text, '\x1b'));
	assert_null(strchr(text, '\x07'));
	assert_contains(text, "\\x0a\\x07<script>");
	aw_verdict_sentence(&b.event, &b.kernel, &v, 1, line, sizeof(line));
	assert_contains(line, "evil\\x1b[2J");
	free(text);
	built_free(&b);
}

static void likely_is_said(void **state)
{
	struct built b;
	char *text;

	(void)state;
	build(&b, "3.18", 4, "GFP_KERNEL");
	text = print(&b, 0);
	assert_contains(text, "cause       unknown, likely fragmentation: order 4 > 3, not known: "
			      "zones, task flags, effort\n");
	assert_lacks(text, "tried ");
	free(text);
	built_free(&b);
	design(&b);
	b.event.failure.zones_when = AW_ZONES_AFTER_PRINT;
	text = print(&b, 0);
	assert_contains(text, "cause       likely fragmentation: zone DMA, ");
	assert_contains(text, " (zones taken after printing)\n");
	free(text);
	built_free(&b);
}

static void tried_by_parts(void **state)
{
	struct built b;
	struct aw_effort *e;
	struct aw_verdict v;

	(void)state;
	design(&b);
	e = &b.event.failure.effort;
	e->knows_compaction = false;
	e->reclaim_calls = 3;
	e->reclaim_pages = 120;
	e->lower_bound = true;
	v = make(&b);
	assert_string_equal(v.tried_text, "reclaim 3 x (120 pages; 1 declined: compaction was "
					  "ready); at least 3.1 ms");
	memset(e, 0, sizeof(*e));
	e->known = e->knows_reclaim = e->knows_compaction = true;
	v = make(&b);
	assert_string_equal(v.tried_text, "no reclaim, no compaction");
	e->knows_reclaim = false;
	e->compact_calls = 12;
	e->nr_attempts = AW_MAX_ATTEMPTS;
	for (int i = 0; i < AW_MAX_ATTEMPTS; i++)
		e->attempts[i] = (struct aw_attempt){ AW_PRIO_SYNC_LIGHT, AW_COMPACT_COMPLETE,
						      0, 1, false };
	v = make(&b);
	assert_contains(v.tried_text, "compaction 12 x: sync light complete, sync light complete");
	assert_null(strstr(v.tried_text, "scanned"));
	assert_null(find_evidence(&v, "compact_scanned"));
	/* what its runs did */
	e->knows_pages = true;
	e->scanned = 41000;
	e->free_scanned = 2000;
	v = make(&b);
	assert_contains(v.tried_text, " (41000 pages scanned, 0 taken)");
	e->taken = 35;
	e->moved = 3;
	e->failed = 32;
	v = make(&b);
	assert_contains(v.tried_text, " (41000 pages scanned, 35 taken, 3 moved, 32 failed)");
	assert_int_equal(find_evidence(&v, "compact_scanned")->value, 41000);
	assert_contains(text_of(&v, "compact_scanned"), "looked at 41000 pages and took 35 to move");
	assert_contains(text_of(&v, "compact_moved"), "moved 3 pages, and failed to move 32");
	assert_contains(text_of(&v, "compact_free_scanned"), "looked at 2000 pages, one after the other, for places");
	e->known = false;
	v = make(&b);
	assert_string_equal(v.tried_text, "");
	assert_true(misses(&v, "effort"));
	built_free(&b);
}

static void advice_for_fragmentation(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	design(&b);
	v = make(&b);
	assert_string_equal(find_advice(&v, "compact_memory")->command,
			    "echo 1 > /proc/sys/vm/compact_memory");
	assert_string_equal(advice_helps(&v, "kvmalloc"),
			    "because it takes single pages: 69.1 MiB is free and open to them");
	/* two blocks of 32 KiB are no way out: they may be gone the next moment */
	assert_null(find_advice(&v, "smaller_order"));
	assert_string_equal(advice_helps(&v, "compact_memory"), "only if movable pages fill the holes, and not in every run");
	assert_null(find_advice(&v, "no_sysctl"));
	b.kernel.version = AW_VERSION(5, 0, 0);
	v = make(&b);
	assert_string_equal(advice_helps(&v, "compact_memory"), "only if movable pages fill the holes");
	built_free(&b);
}

/* A kdump kernel has what crashkernel= kept; that does not make the largest block larger. */
static void advice_of_a_kdump_kernel(void **state)
{
	struct aw_verdict v;
	struct built b;

	(void)state;
	build(&b, "6.1.0", 0, "GFP_KERNEL|__GFP_NORETRY");
	build_zone(&b, "DMA", 100, 461, 576);
	b.event.failure.kdump = true;
	v = make(&b);
	assert_contains(advice_text(&v, "crashkernel"), "likely a larger crashkernel=");
	assert_null(find_advice(&v, "add_memory"));
	b.event.failure.order = b.kernel.max_order + 1;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_ORDER_TOO_LARGE);
	assert_null(find_advice(&v, "crashkernel"));
	assert_non_null(find_advice(&v, "no_sysctl"));
	built_free(&b);
}

/* Free pages lie in Unmovable pageblocks only: compaction moves nothing there, if the zones were read in time. */
static void no_target_for_compaction(void **state)
{
	struct aw_verdict v;
	struct built b;

	(void)state;
	build(&b, "6.1.0", 4, "GFP_KERNEL|__GFP_COMP");
	build_blocks(build_zone(&b, "DMA", 17664, 461, 576), 0, 17664, "U");
	v = make(&b);
	assert_null(find_advice(&v, "compact_memory"));
	assert_string_equal(advice_text(&v, "no_sysctl"), "no sysctl helps: compaction has no target: no free page lies in a "
							  "Movable or CMA pageblock");
	b.event.failure.zones_when = AW_ZONES_READ_LATER;
	b.event.failure.zones_late_ns = 36000000;
	v = make(&b);
	assert_contains(advice_text(&v, "no_sysctl"), "likely no sysctl helps: compaction has no target: ");
	built_free(&b);
}

/* Smaller blocks that hold the request several times are a way out. */
static void advice_of_smaller_blocks(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	design(&b);
	build_blocks(&b.zones[0], 3, 8, "M");
	v = make(&b);
	assert_contains(advice_text(&v, "smaller_order"), "32 KiB (order 3)");
	assert_contains(advice_helps(&v, "smaller_order"), "order 3 passes the check of zone DMA now");
	built_free(&b);
}

/* Pages on the LRU lists are movable; the zone's counters tell how many there are. */
static void movable_pages_decide_on_compaction(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	design(&b);
	b.zones[0].known |= AW_ZONE_KNOWS_LRU;
	b.zones[0].managed = b.zones[0].free + 42500;
	b.zones[0].lru_anon = 2470;
	v = make(&b);
	assert_null(find_advice(&v, "compact_memory"));
	assert_string_equal(advice_text(&v, "no_sysctl"),
			    "likely no sysctl helps: only 2470 of 42500 used pages are on the LRU lists, where "
			    "compaction finds what it can move");
	assert_int_equal(find_evidence(&v, "movable_pages")->value, 2470);
	b.zones[0].lru_file = 38907;
	v = make(&b);
	assert_string_equal(advice_helps(&v, "compact_memory"), "likely: 41377 of 42500 used pages can be moved, and not in every run");
	built_free(&b);
}

/* Direct compaction ran without success, but it skips pageblocks that failed before; compact_memory does not. */
static void advice_after_compaction_in_vain(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	design(&b);
	b.event.failure.effort.attempts[1] =
		(struct aw_attempt){ AW_PRIO_SYNC_LIGHT, AW_COMPACT_COMPLETE, 900, 1, false };
	v = make(&b);
	assert_contains(advice_text(&v, "compact_memory"), "it skips pageblocks that failed before");
	assert_null(find_advice(&v, "retry_mayfail"));
	assert_null(find_advice(&v, "no_sysctl"));
	built_free(&b);
}

static void advice_without_a_target_for_compaction(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.1.0", 4, "GFP_KERNEL");
	build_blocks(build_zone(&b, "DMA", 17664, 461, 576), 0, 17664, "UE");
	v = make(&b);
	assert_null(find_advice(&v, "compact_memory"));
	assert_contains(advice_text(&v, "no_sysctl"), "no free page lies in a Movable or CMA pageblock");
	built_free(&b);
}

static void advice_before_kvmalloc(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "3.18.20", 4, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	build_zone_3_18_20(&b);
	v = make(&b);
	assert_contains(advice_text(&v, "kvmalloc"), "vmalloc() (3.18 has no kvmalloc())");
	assert_string_equal(advice_helps(&v, "smaller_order"), "because a request of order 3 passes the check of "
			    "zone DMA now, and orders <= 3 are retried for ever");
	assert_null(find_advice(&v, "retry_mayfail"));
	built_free(&b);
}

static bool advises_kvmalloc_to(const char *const *frames)
{
	struct test_stack stack;
	struct built b;
	struct aw_verdict v;
	bool found;

	build(&b, "6.1.0", 4, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	build_blocks(build_zone(&b, "DMA", 17664, 461, 576), 0, 17664, "UME");
	b.event.stack = stack_make(&stack, frames);
	b.event.site = aw_site_of(b.event.stack);
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_FRAGMENTATION);
	assert_non_null(find_advice(&v, "compact_memory"));
	found = find_advice(&v, "kvmalloc");
	built_free(&b);
	return found;
}

#define ADVISES_KVMALLOC_TO(...) advises_kvmalloc_to((const char *const[]){ "__alloc_pages", __VA_ARGS__, NULL })

static void no_kvmalloc_for_callers_it_cannot_help(void **state)
{
	(void)state;
	assert_true(ADVISES_KVMALLOC_TO("ioctx_alloc"));
	assert_true(ADVISES_KVMALLOC_TO("__kmalloc_large_node", "__kmalloc", "ioctx_alloc"));
	assert_false(ADVISES_KVMALLOC_TO("alloc_buddy_huge_page", "alloc_fresh_huge_page", "alloc_pool_huge_page"));
	assert_false(ADVISES_KVMALLOC_TO("__vmalloc_node_range", "vzalloc", "load_module"));
	assert_false(ADVISES_KVMALLOC_TO("__kmalloc_node", "kvmalloc_node", "seq_buf_alloc"));
	assert_false(ADVISES_KVMALLOC_TO("dma_direct_alloc", "dma_alloc_attrs", "ring_open [nic]"));
}

/* /proc/sys/vm/compact_memory came with compaction, in 2.6.35. */
static void no_compact_memory_before_compaction(void **state)
{
	static const struct { const char *release; bool advised; } kernels[] = {
		{ "2.6.32", false }, { "2.6.34.7", false }, { "2.6.35", true }, { "3.18.20", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(kernels) / sizeof(kernels[0]); i++) {
		struct built b;
		struct aw_verdict v;

		build(&b, kernels[i].release, 4, "GFP_KERNEL");
		build_blocks(build_zone(&b, "DMA", 17664, 461, 576), 0, 17664, "UM");
		v = make(&b);
		assert_int_equal(v.cause, AW_CAUSE_FRAGMENTATION);
		assert_int_equal(find_advice(&v, "compact_memory") != NULL, kernels[i].advised);
		built_free(&b);
	}
}

static void advice_for_atomic_shortage(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.6.0", 0, "GFP_ATOMIC");
	build_zone(&b, "Normal", 150, 1000, 1250);
	v = make(&b);
	/* twice the min of 4000 KiB */
	assert_string_equal(find_advice(&v, "min_free_kbytes")->command,
			    "sysctl -w vm.min_free_kbytes=8000");
	assert_contains(advice_helps(&v, "min_free_kbytes"), "3.9 MiB now");
	assert_contains(advice_helps(&v, "watermark_scale_factor"), "1000 KiB above min");
	assert_non_null(find_advice(&v, "mempool"));
	assert_non_null(find_advice(&v, "can_sleep"));	/* the request is in task context */
	b.event.task.context = AW_IN_HARDIRQ;
	v = make(&b);
	assert_null(find_advice(&v, "can_sleep"));
	built_free(&b);
}

static void advice_for_memcg(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.6.0", 2, "GFP_KERNEL|__GFP_ACCOUNT");
	b.event.failure.log = AW_LOG_NONE;
	b.event.task.cgroup = "/system.slice/web.service";
	v = make(&b);
	assert_string_equal(find_advice(&v, "memory_max")->command,
			    "cat /sys/fs/cgroup/system.slice/web.service/memory.events");
	b.event.task.cgroup = "/x;reboot";	/* must not reach a shell */
	v = make(&b);
	assert_string_equal(find_advice(&v, "memory_max")->command, "");
	built_free(&b);
}

static void advice_for_nobody(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	design(&b);
	b.event.failure.class = AW_CLASS_OPPORTUNISTIC;
	b.event.failure.class_why = "SLUB falls back to a smaller order";
	v = make(&b);
	assert_int_equal(v.nr_advice, 2);
	assert_string_equal(advice_text(&v, "fallback"), "nothing: SLUB falls back to a smaller "
							 "order");
	assert_string_equal(advice_text(&v, "no_sysctl"), "no sysctl is needed: the caller has a fallback");
	built_free(&b);
}

/* What a verdict says about the mask if the task is in a memalloc scope. */
static const char *scope_of(const char *release, const char *names, bool noio, bool nofs, uint32_t known)
{
	static struct aw_verdict v;
	struct built b;

	build(&b, release, 4, names);
	b.event.task.known = known;
	b.event.task.memalloc_noio = noio;
	b.event.task.memalloc_nofs = nofs;
	aw_verdict_make(&b.event, &b.kernel, &v);
	built_free(&b);
	return v.scope_text;
}

static void scopes_that_took_flags_are_told(void **state)
{
	(void)state;
	assert_non_null(strstr(scope_of("6.1", "GFP_NOIO", true, false, AW_TASK_KNOWS_FLAGS), "memalloc_noio"));
	assert_non_null(strstr(scope_of("6.1", "GFP_NOFS", false, true, AW_TASK_KNOWS_FLAGS), "memalloc_nofs"));
	/* no scope; flags not known; a mask that has the flag, or cannot use it */
	assert_string_equal(scope_of("6.1", "GFP_NOIO", false, false, AW_TASK_KNOWS_FLAGS), "");
	assert_string_equal(scope_of("6.1", "GFP_NOIO", true, false, 0), "");
	assert_string_equal(scope_of("6.1", "GFP_KERNEL", true, true, AW_TASK_KNOWS_FLAGS), "");
	assert_string_equal(scope_of("6.1", "GFP_ATOMIC", true, true, AW_TASK_KNOWS_FLAGS), "");
}

static void sentences_are_bounded(void **state)
{
	struct aw_sentence s;
	char text[16];

	(void)state;
	aw_sentence_start(&s, text, sizeof(text));
	aw_sentence_item(&s, "%s", "one");
	aw_sentence_item(&s, "%s", "two");
	assert_string_equal(text, "one, two");
	aw_sentence_add(&s, "%s", " and many more");
	assert_string_equal(text, "one, two and...");
	aw_sentence_add(&s, "never");
	assert_string_equal(text, "one, two and...");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(block_of_the_design),
		cmocka_unit_test(lines_are_wrapped),
		cmocka_unit_test(sentence),
		cmocka_unit_test(names_from_outside_are_escaped),
		cmocka_unit_test(likely_is_said),
		cmocka_unit_test(tried_by_parts),
		cmocka_unit_test(advice_for_fragmentation),
		cmocka_unit_test(advice_of_a_kdump_kernel),
		cmocka_unit_test(no_target_for_compaction),
		cmocka_unit_test(advice_of_smaller_blocks),
		cmocka_unit_test(advice_after_compaction_in_vain),
		cmocka_unit_test(movable_pages_decide_on_compaction),
		cmocka_unit_test(advice_without_a_target_for_compaction),
		cmocka_unit_test(advice_before_kvmalloc),
		cmocka_unit_test(no_kvmalloc_for_callers_it_cannot_help),
		cmocka_unit_test(no_compact_memory_before_compaction),
		cmocka_unit_test(advice_for_atomic_shortage),
		cmocka_unit_test(advice_for_memcg),
		cmocka_unit_test(advice_for_nobody),
		cmocka_unit_test(scopes_that_took_flags_are_told),
		cmocka_unit_test(sentences_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the answer of the page scan in one sentence.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "blockers/answer.h"

static struct aw_blockers answer;

static void says(uint64_t least, uint64_t most, bool can, const char *sentence)
{
	char text[300];

	answer = (struct aw_blockers){ .source = AW_PAGES_BPF, .makeable = least, .makeable_most = most };
	aw_blockers_sentence(&answer, text, sizeof(text));
	assert_string_equal(text, sentence);
	assert_int_equal(aw_blockers_can(&answer), can);
}

static void one_number_where_the_lists_of_cpus_change_nothing(void **state)
{
	(void)state;
	says(7, 7, true, "none is free; compaction can make about 7 more");
}

static void a_range_where_they_do(void **state)
{
	(void)state;
	says(7, 90, true, "none is free; compaction can make about 7 to 90 more, by what the lists of cpus give back");
}

/* 1 % of the windows or below: pages of pipes, for one, of which compaction gained 0 and 1 where more were foretold. */
static void perhaps_where_it_is_few(void **state)
{
	char text[300];

	(void)state;
	answer = (struct aw_blockers){ .source = AW_PAGES_BPF, .makeable = 10, .makeable_most = 10, .sum = { .total = 1000 } };
	aw_blockers_sentence(&answer, text, sizeof(text));
	assert_string_equal(text, "none is free; compaction can perhaps make about 10 more");
	answer.sum.total = 999;
	aw_blockers_sentence(&answer, text, sizeof(text));
	assert_string_equal(text, "none is free; compaction can make about 10 more");
	answer.makeable = 9;
	aw_blockers_sentence(&answer, text, sizeof(text));
	assert_string_equal(text, "none is free; compaction can perhaps make about 9 to 10 more, by what the lists of cpus give back");
}

/* "cannot" would be wrong: the blocks are there once these lists are drained. */
static void none_unless_the_lists_are_drained(void **state)
{
	(void)state;
	says(0, 3, true, "none is free; compaction can make about 0 to 3 more, by what the lists of cpus give back");
	says(0, 0, false, "none is free; compaction cannot make one: there are no free pages to move others to");
}

static void likely_none_where_few_may_be_gained(void **state)
{
	char text[300];

	(void)state;
	answer = (struct aw_blockers){ .source = AW_PAGES_BPF, .makeable_most = 3, .nr_ranked = 1,
				       .ranked = { AW_PAGE_SLAB }, .sum = { .total = 300, .blocked = 297 } };
	aw_blockers_sentence(&answer, text, sizeof(text));
	assert_string_equal(text, "none is free; compaction likely cannot make one: 99 % of the windows hold what it cannot "
				  "move, most often slab caches");
	answer.sum.blocked = 100;
	answer.sum.movable = 101;
	aw_blockers_sentence(&answer, text, sizeof(text));
	assert_string_equal(text, "none is free; compaction likely cannot make one: by simulation, moving what can be moved "
				  "frees no more windows than it fills");
	answer.makeable_most = 4;
	aw_blockers_sentence(&answer, text, sizeof(text));
	assert_string_equal(text, "none is free; compaction can make about 0 to 4 more, by what the lists of cpus give back");
}

/* /proc/kpageflags does not show all that decides. */
static void likely_by_kpageflags(void **state)
{
	char text[300];

	(void)state;
	answer = (struct aw_blockers){ .source = AW_PAGES_KPAGEFLAGS, .makeable = 7, .makeable_most = 7, .nr_ranked = 1,
				       .ranked = { AW_PAGE_SLAB }, .sum = { .total = 300, .blocked = 297 } };
	aw_blockers_sentence(&answer, text, sizeof(text));
	assert_string_equal(text, "none is free; compaction can likely make about 7 more");
	answer.makeable = answer.makeable_most = 0;
	aw_blockers_sentence(&answer, text, sizeof(text));
	assert_string_equal(text, "none is free; compaction likely cannot make one: 99 % of the windows hold what it cannot "
				  "move, most often slab caches");
}

/* /proc/pagetypeinfo shows free blocks, and nothing else. */
static void only_free_blocks_by_pagetypeinfo(void **state)
{
	char text[300];

	(void)state;
	answer = (struct aw_blockers){ .source = AW_PAGES_COUNTS, .sum = { .free = 5 } };
	aw_blockers_sentence(&answer, text, sizeof(text));
	assert_string_equal(text, "5 free now; what compaction can make is not known");
	answer.sum.free = 0;
	aw_blockers_sentence(&answer, text, sizeof(text));
	assert_string_equal(text, "none is free; what compaction can make is not known");
}

static void about_an_area(const char *name, uint64_t count, const char *sentence)
{
	static const struct aw_kernel kernel = { .page_size = 4096 };
	char text[500];

	answer.kernel = &kernel;
	aw_blockers_cma_sentence(&answer, name, count, 24000000, text, sizeof(text));
	assert_string_equal(text, sentence);
}

static void what_is_stuck_in_cma_and_whose_it_is(void **state)
{
	struct aw_holder camera = { .type = AW_HOLDER_PROCESS, .class = AW_PAGE_PINNED, .key = 311, .name = "cam\x1b", .cma_pages = 2048 };

	(void)state;
	answer = (struct aw_blockers){ .source = AW_PAGES_BPF };
	about_an_area("", 10240, "no CMA area of that size was found");
	answer.cma.count = 2;
	answer.cma.areas[0] = (struct aw_cma_area){ "cma-small", 0, 1024, 1024, 0, 0, 0, 1024, 1024 };
	answer.cma.areas[1] = (struct aw_cma_area){ "", 4096, 16384, 4096, 8192, 1024, 3072, 512, 12288 };
	answer.holders = (struct aw_holders){ .list = &camera, .count = 1 };
	about_an_area("other", 10240, "of 64 MiB 16 MiB are free, 32 MiB would move, drivers have 4 MiB, 12 MiB are stuck (2048 pages "
		      "pinned: process cam\\x1b[311]); the longest run that could be had is 2 MiB: what is stuck must go");
	about_an_area("small", 2048, "of 4 MiB 4 MiB are free, 0 B would move, drivers have 0 B, 0 B are stuck; "
		      "the longest run that could be had is 4 MiB: drivers have too much of it");
	about_an_area("small", 512, "of 4 MiB 4 MiB are free, 0 B would move, drivers have 0 B, 0 B are stuck; "
		      "a run of 4 MiB could be had 24.0 ms later: what was in the way is gone, or was busy for a moment");
}

static json_t *as_json(enum aw_page_source source, uint32_t version, uint64_t closed)
{
	const struct aw_kernel kernel = { .page_size = 4096, .version = version };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	json_t *root;

	assert_non_null(out);
	answer = (struct aw_blockers){ .source = source, .kernel = &kernel, .pageblock_order = 9, .pageblock_from = "the largest order",
				       .nr_zones = 1, .sum = { .total = 300, .free = 5, .closed = closed } };
	answer.zones[0].windows = answer.sum;
	assert_int_equal(aw_blockers_print_json(out, &answer), 0);
	assert_int_equal(fclose(out), 0);
	root = json_loads(text, 0, NULL);
	free(text);
	assert_non_null(root);
	return root;
}

static bool is_null(const json_t *root, const char *object, const char *key)
{
	const json_t *value = json_object_get(object ? json_object_get(root, object) : root, key);

	assert_non_null(value);
	return json_is_null(value);
}

static void null_where_a_source_cannot_know(void **state)
{
	json_t *root = as_json(AW_PAGES_KPAGEFLAGS, AW_VERSION(6, 1, 0), 3);

	(void)state;
	assert_true(is_null(root, "pages", "pinned"));
	assert_true(is_null(root, "pages", "per-cpu"));
	assert_true(is_null(root, "pages", "file-stuck"));
	assert_false(is_null(root, "pages", "page-table"));
	assert_false(is_null(root, "pages", "kernel"));
	assert_true(is_null(root, "scan", "longest_run_ns"));
	assert_true(is_null(root, "windows", "closed"));
	assert_true(is_null(root, NULL, "cma"));
	json_decref(root);

	root = as_json(AW_PAGES_KPAGEFLAGS, AW_VERSION(3, 18, 20), 0);
	assert_true(is_null(root, "pages", "page-table"));
	assert_true(is_null(root, "pages", "offline"));
	assert_false(is_null(root, "windows", "closed"));
	json_decref(root);

	root = as_json(AW_PAGES_BPF, AW_VERSION(6, 1, 0), 3);
	assert_false(is_null(root, "pages", "pinned"));
	assert_false(is_null(root, "scan", "longest_run_ns"));
	assert_false(is_null(root, "windows", "closed"));
	assert_false(is_null(root, NULL, "cma"));
	json_decref(root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_number_where_the_lists_of_cpus_change_nothing),
		cmocka_unit_test(a_range_where_they_do),
		cmocka_unit_test(what_is_stuck_in_cma_and_whose_it_is),
		cmocka_unit_test(perhaps_where_it_is_few),
		cmocka_unit_test(none_unless_the_lists_are_drained),
		cmocka_unit_test(likely_none_where_few_may_be_gained),
		cmocka_unit_test(likely_by_kpageflags),
		cmocka_unit_test(only_free_blocks_by_pagetypeinfo),
		cmocka_unit_test(null_where_a_source_cannot_know),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

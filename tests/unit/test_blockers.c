// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the answer of the page scan in one sentence.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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
	answer.makeable_most = 4;
	aw_blockers_sentence(&answer, text, sizeof(text));
	assert_string_equal(text, "none is free; compaction can make about 0 to 4 more, by what the lists of cpus give back");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_number_where_the_lists_of_cpus_change_nothing),
		cmocka_unit_test(a_range_where_they_do),
		cmocka_unit_test(none_unless_the_lists_are_drained),
		cmocka_unit_test(likely_none_where_few_may_be_gained),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

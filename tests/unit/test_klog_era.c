// SPDX-License-Identifier: GPL-2.0
/*
 * Tests which kernel a report is from, and the possible meanings of its mask.
 */
#include "klog_collect.h"

#include "klog/era.h"
#include "mm/kernel.h"

#define F(flag) (UINT64_C(1) << AW_GFP_##flag)

static struct aw_klog_era era_of(const char *text, const char *option)
{
	struct collect *c = collect(text);
	struct aw_klog_eras *eras = aw_klog_eras_new();
	struct aw_klog_era era;

	assert_int_equal(c->count, 1);
	assert_non_null(eras);
	aw_klog_era_find(eras, &c->reports[0], option, &era);
	aw_klog_eras_free(eras);
	free(c);
	return era;
}

static void told_by_the_report(void **state)
{
	struct aw_klog_era era = era_of("x: page allocation failure: order:4, mode:0xc0d0\n"
					"CPU: 0 PID: 1 Comm: x Not tainted 3.18.20+ #2\n", NULL);

	(void)state;
	assert_int_equal(era.told_by, AW_KLOG_TOLD_BY_REPORT);
	assert_string_equal(era.release, "3.18.20+");
	assert_int_equal(era.nr_readings, 0);
}

static void option_wins(void **state)
{
	struct aw_klog_era era = era_of("x: page allocation failure: order:4, mode:0xc0d0\n"
					"CPU: 0 PID: 1 Comm: x Not tainted 3.18.20+ #2\n", "4.4");

	(void)state;
	assert_int_equal(era.told_by, AW_KLOG_TOLD_BY_OPTION);
	assert_string_equal(era.release, "4.4");
}

static void told_by_the_log(void **state)
{
	struct aw_klog_era era = era_of("Linux version 2.6.32.9 (build@host) #3\n"
					"x: page allocation failure. order:4, mode:0xd0\n", NULL);

	(void)state;
	assert_int_equal(era.told_by, AW_KLOG_TOLD_BY_LOG);
	assert_string_equal(era.release, "2.6.32.9");
}

/* On 4.4, 0xc0d0 would be IO and FS without reclaim, which is not plausible. */
static void told_by_mask_and_trace(void **state)
{
	struct aw_klog_era era = era_of("x: page allocation failure: order:4, mode:0xc0d0\n", NULL);

	(void)state;
	assert_int_equal(era.told_by, AW_KLOG_TOLD_BY_NOTHING);
	assert_int_equal(era.nr_readings, 1);
	assert_int_equal(era.readings[0].flags, F(WAIT) | F(IO) | F(FS) | F(COMP) | F(ZERO));
	assert_true(era.last == AW_VERSION(4, 4, 0));
	era = era_of("x: page allocation failure: order:4, mode:0xc0d0\nCall trace:\n"
		     "[<ffffffc000182f98>] warn_alloc_failed+0x138/0x168\n"
		     "[<ffffffc000186cc4>] alloc_kmem_pages+0x34/0x40\n", NULL);
	assert_true(era.first == AW_VERSION(3, 16, 0) && era.last == AW_VERSION(4, 4, 0));
}

static void told_by_words(void **state)
{
	struct aw_klog_era era = era_of("Android7.0/ARM64/kernel3.18\nx: page allocation failure: order:4, mode:0xc0d0\n", NULL);

	(void)state;
	assert_int_equal(era.told_by, AW_KLOG_TOLD_BY_WORDS);
	assert_string_equal(era.release, "3.18");
	/* a release that contradicts the wording is ignored */
	era = era_of("works with kernel 6.1\nx: page allocation failure: order:4, mode:0xc0d0\n", NULL);
	assert_int_equal(era.told_by, AW_KLOG_TOLD_BY_NOTHING);
}

static void told_by_names(void **state)
{
	struct aw_klog_era era = era_of("x: page allocation failure: order:4, mode:0x40dc0(GFP_KERNEL|__GFP_COMP|__GFP_ZERO), "
					"nodemask=(null),cpuset=/,mems_allowed=0\n", NULL);

	(void)state;
	assert_int_equal(era.nr_readings, 1);
	assert_true(era.first >= AW_VERSION(5, 0, 0));
	assert_true(era.readings[0].flags & F(ZERO));
	era = era_of("x: page allocation failure: order:4, mode:0x14040c0(GFP_KERNEL|__GFP_COMP), nodemask=(null)\n", NULL);
	assert_true(era.first == AW_VERSION(4, 11, 0) && era.last == AW_VERSION(4, 18, 0));
}

static void ambiguous(void **state)
{
	struct aw_klog_era era = era_of("x: page allocation failure: order:1, mode:0x80020\n", NULL);

	(void)state;
	assert_int_equal(era.nr_readings, 2);
	assert_int_equal(era.readings[0].flags, F(HIGH) | F(RECLAIMABLE));
	assert_int_equal(era.readings[1].flags, F(HIGH) | F(ATOMIC));
}

static void ranges(void **state)
{
	char text[40];

	(void)state;
	assert_string_equal(aw_klog_releases(AW_VERSION(3, 16, 0), AW_VERSION(4, 4, 0), text, 40), "kernels 3.16 to 4.3");
	assert_string_equal(aw_klog_releases(AW_VERSION(2, 6, 0), AW_VERSION(4, 0, 0), text, 40), "kernels up to 3.19");
	assert_string_equal(aw_klog_releases(AW_VERSION(6, 3, 0), AW_VERSION(6, 4, 0), text, 40), "kernel 6.3");
	assert_string_equal(aw_klog_releases(AW_VERSION(6, 10, 0), 0, text, 40), "kernels from 6.10 on");
	assert_string_equal(aw_klog_releases(0, 0, text, 40), "any kernel");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(told_by_the_report),
		cmocka_unit_test(option_wins),
		cmocka_unit_test(told_by_the_log),
		cmocka_unit_test(told_by_mask_and_trace),
		cmocka_unit_test(told_by_words),
		cmocka_unit_test(told_by_names),
		cmocka_unit_test(ambiguous),
		cmocka_unit_test(ranges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

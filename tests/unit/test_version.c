// SPDX-License-Identifier: GPL-2.0
/*
 * Tests releases as written by distributions, vendors and users.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mm/kernel.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static void reads_releases(void **state)
{
	static const struct {
		const char *release;
		uint32_t version;
	} cases[] = {
		{ "3.18.20", AW_VERSION(3, 18, 20) },
		{ "4.4", AW_VERSION(4, 4, 0) },
		{ "6.1.0-51-arm64", AW_VERSION(6, 1, 0) },
		{ "3.18.31-perf-g1a2b3c", AW_VERSION(3, 18, 31) },
		{ "5.10.205-android12-9-00001-gabc", AW_VERSION(5, 10, 205) },
		{ "6.12.17+deb13-amd64", AW_VERSION(6, 12, 17) },
		{ "6.18-rc3", AW_VERSION(6, 18, 0) },
		{ "4.14.336_vendor", AW_VERSION(4, 14, 336) },
		{ "6.18.44-fc-v5", AW_VERSION(6, 18, 44) },
		{ "2.6.32.71", AW_VERSION(2, 6, 32) },
		{ "6.1.", AW_VERSION(6, 1, 0) },
		{ "6.1.y", AW_VERSION(6, 1, 0) },
		{ "4.9.99999999999", AW_VERSION(4, 9, 65535) },
		{ "5.4.0\n", AW_VERSION(5, 4, 0) },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		if (aw_version_parse(cases[i].release) != cases[i].version)
			print_error("release \"%s\"\n", cases[i].release);
		assert_int_equal(aw_version_parse(cases[i].release), cases[i].version);
	}
}

static void refuses_others(void **state)
{
	static const char *const cases[] = {
		"", "6", "6.", ".1", "v6.1", "linux", "6,1", "6.x", "6.1GiB", "0.1", "6.1.2x", "-1.2", " 6.1",
	};

	(void)state;
	assert_int_equal(aw_version_parse(NULL), 0);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		if (aw_version_parse(cases[i]))
			print_error("release \"%s\"\n", cases[i]);
		assert_int_equal(aw_version_parse(cases[i]), 0);
	}
}

static void compares_as_number(void **state)
{
	(void)state;
	assert_true(aw_version_parse("3.18.20") < aw_version_parse("4.1"));
	assert_true(aw_version_parse("6.9.12") < aw_version_parse("6.10"));
	assert_true(aw_version_parse("4.14.336") < aw_version_parse("4.15.0"));
}

/* Distributions name the stable release that they follow in several places, or do not follow one. */
static void finds_upstream(void **state)
{
	static const struct { const char *release, *build; uint32_t version; bool exact; } cases[] = {
		{ "6.1.0-56-arm64", "#1 SMP Debian 6.1.192-2 (2026-09-30)", AW_VERSION(6, 1, 192), true },
		{ "6.1.0-56-arm64", NULL, AW_VERSION(6, 1, 0), false },
		{ "6.1.0-56-arm64", "#1 SMP Debian 5.10.1-1", AW_VERSION(6, 1, 0), false },
		{ "5.15.0-91-generic", "Ubuntu 5.15.0-91.101-generic 5.15.131", AW_VERSION(5, 15, 131), true },
		{ "5.15.0-1051-aws", "Ubuntu 5.15.0-1051.56-aws 5.15.136", AW_VERSION(5, 15, 136), true },
		{ "5.15.0-91-generic", "#101-Ubuntu SMP Tue Nov 14 13:30:08 UTC 2023", AW_VERSION(5, 15, 0), false },
		{ "5.14.0-503.11.1.el9_5.x86_64", "#1 SMP PREEMPT_DYNAMIC", AW_VERSION(5, 14, 0), false },
		{ "6.4.0-150600.23-default", "#1 SMP", AW_VERSION(6, 4, 0), false },
		{ "5.10.205-android12-9-00001-gabc", "#1 SMP PREEMPT", AW_VERSION(5, 10, 205), true },
		{ "6.12.118+deb13-arm64", NULL, AW_VERSION(6, 12, 118), true },
		{ "6.12.9-200.fc41.x86_64", NULL, AW_VERSION(6, 12, 9), true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		bool exact = !cases[i].exact;

		assert_int_equal(aw_version_upstream(cases[i].release, cases[i].build, &exact), cases[i].version);
		assert_int_equal(exact, cases[i].exact);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_releases),
		cmocka_unit_test(refuses_others),
		cmocka_unit_test(compares_as_number),
		cmocka_unit_test(finds_upstream),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

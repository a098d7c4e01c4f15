// SPDX-License-Identifier: GPL-2.0
/*
 * Tests which source is opened: by name, or the first that works.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>

#include <cmocka.h>

#include "sources.h"

struct test_source test_source;

static int errors[3];		/* result of opening each source */
static int asked[3];

static int answer(int which, const struct aw_capture *capture, struct aw_source **out, struct aw_error *error)
{
	asked[which]++;
	if (!errors[which])
		return test_source_open(capture, out, error);
	return aw_error_set(error, errors[which], "reason of %d", which);
}

static int open_0(const struct aw_capture *capture, struct aw_source **out, struct aw_error *error)
{
	return answer(0, capture, out, error);
}

static int open_1(const struct aw_capture *capture, struct aw_source **out, struct aw_error *error)
{
	return answer(1, capture, out, error);
}

static int open_2(const struct aw_capture *capture, struct aw_source **out, struct aw_error *error)
{
	return answer(2, capture, out, error);
}

static const struct aw_source_ops ops[] = {
	TEST_SOURCE_OPS("zero", open_0), TEST_SOURCE_OPS("one", open_1), TEST_SOURCE_OPS("two", open_2),
};

const struct aw_source_ops *const aw_sources[] = { &ops[0], &ops[1], &ops[2] };
const unsigned int aw_sources_count = 3;

static void check(const char *name, int error_0, int error_1, int error_2, int expected, const char *reason,
		  int asked_0, int asked_1, int asked_2)
{
	const struct aw_capture capture = { .pid = 89 };
	struct aw_source *source = NULL;
	struct aw_error error = { "" };
	struct aw_choice choice;

	errors[0] = error_0;
	errors[1] = error_1;
	errors[2] = error_2;
	memset(asked, 0, sizeof(asked));
	memset(&test_source, 0, sizeof(test_source));
	assert_int_equal(aw_source_open(name, &capture, &choice, &source, &error), expected);
	assert_int_equal(asked[0], asked_0);
	assert_int_equal(asked[1], asked_1);
	assert_int_equal(asked[2], asked_2);
	if (expected) {
		assert_null(source);
		assert_non_null(strstr(error.text, reason));
	} else {
		assert_ptr_equal(source, &test_source.source);
		assert_int_equal(test_source.capture.pid, 89);
	}
}

static void finds_by_name(void **state)
{
	(void)state;
	assert_ptr_equal(aw_source_find("zero"), &ops[0]);
	assert_ptr_equal(aw_source_find("two"), &ops[2]);
	assert_null(aw_source_find("tw"));
	assert_null(aw_source_find("twoo"));
	assert_null(aw_source_find("auto"));
	assert_null(aw_source_find(""));
	assert_null(aw_source_find("zero:argument"));
	assert_ptr_equal(aw_source_find("dir/allocwatch.aw"), &aw_source_recording);
	assert_ptr_equal(aw_source_find("x.aw.old"), &aw_source_recording);
	assert_ptr_equal(aw_source_find("-"), &aw_source_recording);
	assert_null(aw_source_find("x.awk"));
}

static void by_name(void **state)
{
	(void)state;
	check("one", 0, 0, 0, 0, NULL, 0, 1, 0);
	check("one", 0, -ENODEV, 0, -ENODEV, "reason of 1", 0, 1, 0);
	check("two", 0, 0, -EPERM, -EPERM, "reason of 2", 0, 0, 1);
	check("three", 0, 0, 0, -EINVAL, "'three'", 0, 0, 0);
}

static void first_that_can_be_had(void **state)
{
	(void)state;
	check("auto", 0, 0, 0, 0, NULL, 1, 0, 0);
	check("auto", -ENODEV, 0, 0, 0, NULL, 1, 1, 0);
	check("auto", -ENODEV, -ENODEV, 0, 0, NULL, 1, 1, 1);
	check("auto", -ENODEV, -ENODEV, -ENODEV, -ENODEV, "reason of", 1, 1, 1);
}

/* If a source exists but fails, no worse one is used silently. */
static void failures_are_told(void **state)
{
	(void)state;
	check("auto", -ENOMEM, 0, 0, -ENOMEM, "reason of 0", 1, 0, 0);
	check("auto", -ENODEV, -EINVAL, 0, -EINVAL, "reason of 1", 1, 1, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_by_name),
		cmocka_unit_test(by_name),
		cmocka_unit_test(first_that_can_be_had),
		cmocka_unit_test(failures_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Tests error messages: formatted, truncated if too long, and returned.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"

static void fills_and_returns(void **state)
{
	struct aw_error error;

	(void)state;
	assert_int_equal(aw_error_set(&error, -EINVAL, "bad --%s '%s': %d", "top", "x", 5), -EINVAL);
	assert_string_equal(error.text, "bad --top 'x': 5");
	assert_int_equal(aw_error_set(&error, 0, "%s", ""), 0);
	assert_string_equal(error.text, "");
}

static void cuts_long_sentences(void **state)
{
	struct { struct aw_error error; char guard; } box = { .guard = '#' };
	char text[2 * AW_ERROR_TEXT];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_int_equal(aw_error_set(&box.error, -EIO, "%s", text), -EIO);
	assert_int_equal(strlen(box.error.text), AW_ERROR_TEXT - 1);
	assert_int_equal(box.guard, '#');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fills_and_returns),
		cmocka_unit_test(cuts_long_sentences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

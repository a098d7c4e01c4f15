// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the string pool: one pointer per string, valid as long as the pool.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/array.h"
#include "base/hash_text.h"
#include "base/intern.h"

static void equal_strings_share(void **state)
{
	struct aw_intern *pool = aw_intern_new();
	char text[] = "kmalloc";
	const char *first = aw_intern(pool, text);

	(void)state;
	assert_string_equal(first, "kmalloc");
	assert_ptr_not_equal(first, text);
	text[0] = 'K';
	assert_string_equal(first, "kmalloc");
	assert_ptr_equal(aw_intern(pool, "kmalloc"), first);
	assert_ptr_equal(aw_intern(pool, first), first);
	assert_ptr_not_equal(aw_intern(pool, text), first);
	aw_intern_free(pool);
}

static void beginnings_and_odd_bytes_differ(void **state)
{
	static const char *const texts[] = { "", "a", "ab", "abc", "\xff", "\xff\xfe", "\x1b[2J", "a\n" };
	struct aw_intern *pool = aw_intern_new();

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_string_equal(aw_intern(pool, texts[i]), texts[i]);
		for (size_t j = 0; j < i; j++)
			assert_ptr_not_equal(aw_intern(pool, texts[i]), aw_intern(pool, texts[j]));
	}
	aw_intern_free(pool);
}

static void pointers_survive_growth(void **state)
{
	enum { COUNT = 20000 };
	static const char *kept[COUNT];
	struct aw_intern *pool = aw_intern_new();
	char text[32];

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		snprintf(text, sizeof(text), "name_%d", i);
		kept[i] = aw_intern(pool, text);
	}
	for (int i = 0; i < COUNT; i++) {
		snprintf(text, sizeof(text), "name_%d", i);
		assert_string_equal(kept[i], text);
		assert_ptr_equal(aw_intern(pool, text), kept[i]);
	}
	aw_intern_free(pool);
}

static void pools_are_apart(void **state)
{
	struct aw_intern *one = aw_intern_new(), *other = aw_intern_new();
	const char *text = aw_intern(one, "snd");

	(void)state;
	assert_ptr_not_equal(aw_intern(other, "snd"), text);
	aw_intern_free(other);
	assert_string_equal(text, "snd");
	aw_intern_free(one);
	aw_intern_free(NULL);
}

/*
 * Names that differ in their last or first digits only, as many as buckets.  At random, a chain of 9 is rare; with the
 * last characters in high bits only, chains were as long as there are such digits.
 */
static void names_spread(void **state)
{
	static const char *const forms[] = { "%u", "f%05u", "fn_%05u", "func_%05u", "driver_function_%05u", "%05u_driver_function" };
	enum { BUCKETS = 1 << 12 };

	(void)state;
	for (unsigned int form = 0; form < ARRAY_SIZE(forms); form++) {
		unsigned int chains[BUCKETS] = { 0 }, longest = 0;

		for (unsigned int i = 0; i < BUCKETS; i++) {
			char text[32];
			unsigned int *chain;

			snprintf(text, sizeof(text), forms[form], i);
			chain = &chains[aw_hash_text(text, strlen(text)) % BUCKETS];
			if (++*chain > longest)
				longest = *chain;
		}
		assert_in_range(longest, 2, 10);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_strings_share),
		cmocka_unit_test(beginnings_and_odd_bytes_differ),
		cmocka_unit_test(pointers_survive_growth),
		cmocka_unit_test(pools_are_apart),
		cmocka_unit_test(names_spread),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

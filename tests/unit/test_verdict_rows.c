// SPDX-License-Identifier: GPL-2.0
/*
 * Tests that the rows of causes and rules are complete, and documented.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "verdict/causes.h"

#define SCHEMA "../../../docs/schema/allocwatch-1.json"
#define GUIDE "../../../docs/verdicts.md"

static void every_cause_is_whole(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < AW_CAUSES; i++) {
		const struct aw_cause_row *row = aw_cause_row(i);

		assert_non_null(row->name);
		assert_non_null(row->headline);
		assert_non_null(row->tell);
		for (unsigned int j = 0; j < AW_MAX_HEADLINES; j++)
			assert_int_equal(!row->instead[j].when, !row->instead[j].headline);
		for (unsigned int j = 0; j < i; j++)
			assert_string_not_equal(row->name, aw_cause_row(j)->name);
	}
}

static void ranks_differ(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < AW_CAUSES; i++)
		for (unsigned int j = 0; j < i; j++)
			if (aw_cause_row(i)->rank)
				assert_int_not_equal(aw_cause_row(i)->rank, aw_cause_row(j)->rank);
}

static void every_rule_has_a_name(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < AW_RULES; i++) {
		assert_non_null(aw_rule_name(i));
		for (unsigned int j = 0; j < i; j++)
			assert_string_not_equal(aw_rule_name(i), aw_rule_name(j));
	}
}

static void a_value_outside_is_unknown(void **state)
{
	(void)state;
	assert_string_equal(aw_cause_name(AW_CAUSES), "unknown");
	assert_string_equal(aw_rule_name(AW_RULES), "unknown");
	assert_string_equal(aw_certainty_name(AW_CERTAINTIES), "not-known");
}

/* Does `text` contain `before` NAME `after`? */
static void assert_lists(const char *text, const char *before, const char *name, const char *after)
{
	char wanted[80];

	snprintf(wanted, sizeof(wanted), "%s%s%s", before, name, after);
	if (!strstr(text, wanted))
		fail_msg("%s is not listed as %s", name, wanted);
}

static void documents_list_them(void **state)
{
	size_t len;
	char *schema = fixture_read(SCHEMA, &len);
	char *guide = fixture_read(GUIDE, &len);

	(void)state;
	for (unsigned int i = 0; i < AW_CAUSES; i++) {
		assert_lists(schema, "        \"", aw_cause_name(i), "\"");
		assert_lists(guide, "\n| ", aw_cause_name(i), " | ");
	}
	for (unsigned int i = 0; i < AW_RULES; i++) {
		assert_lists(schema, "        \"", aw_rule_name(i), "\"");
		assert_lists(guide, "\n| ", aw_rule_name(i), " | ");
	}
	free(schema);
	free(guide);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cause_is_whole),
		cmocka_unit_test(ranks_differ),
		cmocka_unit_test(ranks_differ),
		cmocka_unit_test(every_rule_has_a_name),
		cmocka_unit_test(a_value_outside_is_unknown),
		cmocka_unit_test(documents_list_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

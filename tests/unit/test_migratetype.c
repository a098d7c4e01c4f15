// SPDX-License-Identifier: GPL-2.0
/*
 * Tests migratetypes: numbers of each era, names, letters, /proc/pagetypeinfo.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "mm/migratetype.h"

static void check_release(const char *release, bool android, const char *letters)
{
	struct aw_migratetypes table;

	aw_migratetypes_for_release(release, android, &table);
	assert_int_equal(table.count, strlen(letters));
	for (size_t i = 0; letters[i]; i++)
		assert_int_equal(aw_migratetype_letter(aw_migratetype_decode(&table, (int)i)), letters[i]);
	assert_int_equal(aw_migratetype_decode(&table, -1), AW_MT_UNKNOWN);
	assert_int_equal(aw_migratetype_decode(&table, (int)table.count), AW_MT_UNKNOWN);
	assert_int_equal(aw_migratetype_decode(&table, INT32_MAX), AW_MT_UNKNOWN);
}

static void numbers_by_release(void **state)
{
	(void)state;
	check_release("3.10.99", false, "UEMRCI");
	check_release("3.18.20", true, "UEMRCI");
	check_release("4.1.3", false, "UEMRCI");
	check_release("4.3.6", false, "UEMRCI");
	check_release("4.4.34", false, "UMEHCI");
	check_release("5.10.0", false, "UMEHCI");
	check_release("5.10.205-android12", true, "UMECHI");
	check_release("5.15.1", true, "UMEHCI");
	check_release("7.1.5", false, "UMEHCI");
	check_release("", false, "");
	check_release("garbage", true, "");
}

/* data/migratetypes.tsv, read from kernel trees, with CMA and isolation configured */
static void agrees_with_trees(void **state)
{
	size_t len;
	char *text = fixture_read("migratetypes.tsv", &len);
	unsigned int rows = 0;

	(void)state;
	for (char *save, *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		char era[32], name[32], condition[64];
		struct aw_migratetypes table;
		int number;

		if (sscanf(line, "%31s %d %31s %63s", era, &number, name, condition) != 4 ||
		    strchr(condition, '!'))
			continue;
		aw_migratetypes_for_release(strstr(era, "5.10") ? "5.10" : era, !strncmp(era, "android", 7),
					    &table);
		assert_int_equal(aw_migratetype_decode(&table, number),
				 aw_migratetype_from_name(name, strlen(name)));
		rows++;
	}
	assert_true(rows >= 18);
	free(text);
}

static void names_and_letters(void **state)
{
	(void)state;
	for (int type = 0; type < AW_MT_UNKNOWN; type++) {
		const char *name = aw_migratetype_name((enum aw_migratetype)type);

		assert_int_equal(aw_migratetype_from_name(name, strlen(name)), type);
		assert_int_equal(aw_migratetype_from_letter(aw_migratetype_letter((enum aw_migratetype)type)),
				 type);
	}
	assert_string_equal(aw_migratetype_name(AW_MT_HIGHATOMIC), "HighAtomic");
	assert_string_equal(aw_migratetype_name(AW_MT_UNKNOWN), "unknown");
	assert_string_equal(aw_migratetype_name((enum aw_migratetype)99), "unknown");
	assert_int_equal(aw_migratetype_letter(AW_MT_UNKNOWN), '?');
	assert_int_equal(aw_migratetype_letter(AW_MT_RECLAIMABLE), 'E');
	assert_int_equal(aw_migratetype_from_letter('?'), AW_MT_UNKNOWN);
	assert_int_equal(aw_migratetype_from_letter(0), AW_MT_UNKNOWN);
	assert_int_equal(aw_migratetype_from_name("MIGRATE_CMA", 11), AW_MT_CMA);
	assert_int_equal(aw_migratetype_from_name("MIGRATE_HIGHATOMIC", 18), AW_MT_HIGHATOMIC);
	assert_int_equal(aw_migratetype_from_name("MIGRATE_PCPTYPES", 16), AW_MT_UNKNOWN);
	assert_int_equal(aw_migratetype_from_name("MIGRATE_", 8), AW_MT_UNKNOWN);
	assert_int_equal(aw_migratetype_from_name("Movable", 3), AW_MT_UNKNOWN);
	assert_int_equal(aw_migratetype_from_name("", 0), AW_MT_UNKNOWN);
}

static void check_letters(const struct aw_migratetypes *table, const char *letters)
{
	assert_int_equal(table->count, strlen(letters));
	for (size_t i = 0; letters[i]; i++)
		assert_int_equal(aw_migratetype_letter(table->of[i]), letters[i]);
}

/* On a kernel without CMA, Isolate is 4. */
static void reads_pagetypeinfo(void **state)
{
	struct aw_migratetypes table;
	size_t len;
	char *text = fixture_read("pagetypeinfo-x86_64-6.18.txt", &len);
	char *blocks = strstr(text, "Number of blocks");

	(void)state;
	assert_int_equal(aw_migratetypes_from_pagetypeinfo(text, len, &table), 0);
	check_letters(&table, "UMEHI");
	assert_non_null(blocks);
	assert_int_equal(aw_migratetypes_from_pagetypeinfo(text, (size_t)(blocks - text), &table), 0);
	check_letters(&table, "UMEHI");
	free(text);
}

static void reads_other_pagetypeinfo(void **state)
{
	static const char old[] =
		"Number of blocks type     Unmovable  Reclaimable      Movable      Reserve          CMA      Isolate \n"
		"Node 0, zone      DMA           34            4          145            2            8            0 \n";
	static const char vendor[] = "Number of blocks type     Unmovable   Odd   CMA\n";
	struct aw_migratetypes table;

	(void)state;
	assert_int_equal(aw_migratetypes_from_pagetypeinfo(old, strlen(old), &table), 0);
	check_letters(&table, "UEMRCI");
	assert_int_equal(aw_migratetypes_from_pagetypeinfo(vendor, strlen(vendor), &table), 0);
	check_letters(&table, "U?C");
}

static void refuses_garbage(void **state)
{
	static const char *const cases[] = {
		"", "Number of blocks type", "Number of blocks type\n Movable", "zone DMA, type", ", type Odd",
		"Number of blocks type a b c d e f g h i j k l m n o p q Movable",
	};
	struct aw_migratetypes table = { .count = 77 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(aw_migratetypes_from_pagetypeinfo(cases[i], strlen(cases[i]), &table), -EINVAL);
	assert_int_equal(table.count, 77);
}

/* Copies of the exact length, so that ASan detects a read past the end. */
static void survives_any_cut(void **state)
{
	struct aw_migratetypes table;
	size_t len;
	char *text = fixture_read("pagetypeinfo-x86_64-6.18.txt", &len);

	(void)state;
	for (size_t cut = 0; cut < len; cut++) {
		char *copy = malloc(cut ? cut : 1);

		memcpy(copy, text, cut);
		aw_migratetypes_from_pagetypeinfo(copy, cut, &table);
		free(copy);
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_by_release),
		cmocka_unit_test(agrees_with_trees),
		cmocka_unit_test(names_and_letters),
		cmocka_unit_test(reads_pagetypeinfo),
		cmocka_unit_test(reads_other_pagetypeinfo),
		cmocka_unit_test(refuses_garbage),
		cmocka_unit_test(survives_any_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the era tables against the bits and composites read from kernel trees.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "mm/gfp.h"
#include "mm/kernel.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static struct aw_gfp_table *table_of(const char *release, bool android)
{
	struct aw_gfp_table *table = NULL;

	assert_int_equal(aw_gfp_table_for_release(release, android, &table), 0);
	assert_non_null(table);
	return table;
}

/* GFP_KERNEL and GFP_ATOMIC of every era, with the releases at both ends of each era */
static void kernel_and_atomic(void **state)
{
	static const struct {
		const char *release;
		uint64_t kernel, atomic;
	} cases[] = {
		{ "2.6.32", 0xd0, 0x20 },
		{ "3.10.99", 0xd0, 0x20 },
		{ "3.18.20", 0xd0, 0x20 },
		{ "4.3", 0xd0, 0x20 },
		{ "4.4.34", 0x24000c0, 0x2080020 },
		{ "4.9.115", 0x24000c0, 0x2080020 },
		{ "4.10.17", 0x14000c0, 0x1080020 },
		{ "4.17.0", 0x14000c0, 0x1080020 },
		{ "4.18.0-553.el8", 0x6000c0, 0x480020 },
		{ "5.0.1", 0x6000c0, 0x480020 },
		{ "5.2.1", 0xcc0, 0xa20 },
		{ "6.2.16", 0xcc0, 0xa20 },
		{ "6.3.8", 0xcc0, 0x820 },
		{ "7.1.5", 0xcc0, 0x820 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct aw_gfp_table *table = table_of(cases[i].release, false);
		struct aw_gfp gfp = aw_gfp_decode(table, cases[i].kernel);

		assert_string_equal(gfp.names, "GFP_KERNEL");
		assert_true(aw_gfp_may_direct_reclaim(&gfp));
		gfp = aw_gfp_decode(table, cases[i].atomic);
		assert_string_equal(gfp.names, "GFP_ATOMIC");
		assert_false(aw_gfp_may_direct_reclaim(&gfp));
		assert_true(aw_gfp_has(&gfp, AW_GFP_HIGH));
		aw_gfp_table_free(table);
	}
}

/* "CONFIG_A&!CONFIG_B&!(CONFIG_C)" in the usual configuration */
static bool usual(const char *condition)
{
	char text[160];

	if (!strcmp(condition, "-"))
		return true;
	snprintf(text, sizeof(text), "%s", condition);
	for (char *save, *term = strtok_r(text, "&", &save); term; term = strtok_r(NULL, "&", &save)) {
		bool on = strstr(term, "CONFIG_CMA") || strstr(term, "CONFIG_SLAB_OBJ_EXT");

		if (on == (term[0] == '!'))
			return false;
	}
	return true;
}

struct tree {
	char era[32], release[32];
	bool android;
	struct aw_gfp_table *table;
	uint64_t flags;		/* found in the file */
};

/* A table has exactly the flags of its rows. */
static void end_of_tree(struct tree *tree)
{
	for (unsigned int f = 0; tree->table && f < AW_GFP_FLAGS; f++) {
		bool has = aw_gfp_raw_bit(tree->table, f);

		if (has != (tree->flags >> f & 1))
			print_error("%s: %s\n", tree->era, aw_gfp_flag_name(f));
		assert_int_equal(has, tree->flags >> f & 1);
	}
	aw_gfp_table_free(tree->table);
	tree->table = NULL;
}

static void check_origin(const struct tree *tree)
{
	char origin[64];

	snprintf(origin, sizeof(origin), "era %s", tree->era);
	assert_string_equal(aw_gfp_table_origin(tree->table), origin);
}

/* `verified` is "4.5.7,4.6.2,..."; `which` selects one of them */
static bool start_tree(struct tree *tree, const char *era, const char *verified, unsigned int which)
{
	for (; which && strchr(verified, ','); which--)
		verified = strchr(verified, ',') + 1;
	if (which)
		return false;
	snprintf(tree->era, sizeof(tree->era), "%s", era);
	snprintf(tree->release, sizeof(tree->release), "%.*s", (int)strspn(verified, "0123456789."), verified);
	tree->android = !strncmp(era, "android", 7);
	tree->flags = 0;
	tree->table = table_of(tree->release, tree->android);
	check_origin(tree);
	return true;
}

static unsigned int check_bits(unsigned int which)
{
	size_t len;
	char *text = fixture_read("gfp-eras.tsv", &len);
	struct tree tree = { .table = NULL };
	unsigned int rows = 0;

	for (char *save, *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		char era[32], name[64], condition[160], verified[160];
		unsigned long mask;
		int flag;

		if (sscanf(line, "%31s %lx %63s %159s %159s", era, &mask, name, condition, verified) != 5 ||
		    line[0] == '#' || !usual(condition))
			continue;
		if (strcmp(era, tree.era) || !tree.table) {
			end_of_tree(&tree);
			if (!start_tree(&tree, era, verified, which))
				continue;
		}
		flag = aw_gfp_flag_from_name(name, strlen(name));
		assert_in_range(flag, 0, AW_GFP_FLAGS - 1);
		assert_int_equal(aw_gfp_raw_bit(tree.table, (unsigned int)flag), mask);
		tree.flags |= UINT64_C(1) << flag;
		rows++;
	}
	end_of_tree(&tree);
	free(text);
	return rows;
}

static void bits_of_every_tree(void **state)
{
	(void)state;
	assert_true(check_bits(0) > 400);
	for (unsigned int which = 1; which < 5; which++)
		assert_true(check_bits(which) > 20);
}

/* "4.5-4.9" -> a release of it; rows of the split 4.5-4.7 and 6.8-6.9 belong to its end or start */
static void release_of_era(const char *era, const char *name, char release[32], bool *android)
{
	const char *dash = strrchr(era, '-');

	*android = !strncmp(era, "android", 7);
	if (*android)
		snprintf(release, 32, "5.10.205");
	else if (!strcmp(era, "4.5-4.9") && !strncmp(name, "GFP_TRANSHUGE", 13))
		snprintf(release, 32, "4.9");
	else
		snprintf(release, 32, "%.*s", dash ? (int)(dash - era) : 31, era);
}

/* GFP_NOIO is the same mask and listed first. */
static bool hidden(const char *name)
{
	return !strcmp(name, "__GFP_RECLAIM");
}

static void check_composite(const char *era, uint64_t mask, const char *name)
{
	char release[32];
	bool android;
	struct aw_gfp_table *table;
	struct aw_gfp gfp;
	uint64_t flags = 0;

	release_of_era(era, name, release, &android);
	table = table_of(release, android);
	gfp = aw_gfp_decode(table, mask);
	if (strcmp(gfp.names, name) && !hidden(name))
		print_error("%s (%s) %#lx\n", era, release, (unsigned long)mask);
	assert_string_equal(gfp.names, hidden(name) ? "GFP_NOIO" : name);
	assert_int_equal(gfp.unknown, 0);
	assert_int_equal(aw_gfp_parse_names(table, name, strlen(name), &flags), 0);
	assert_int_equal(flags, gfp.flags);
	aw_gfp_table_free(table);
}

static void composites_of_every_era(void **state)
{
	size_t len;
	char *text = fixture_read("gfp-composites.tsv", &len);
	unsigned int rows = 0;

	(void)state;
	for (char *save, *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		char era[32], name[64];
		unsigned long mask;

		if (line[0] == '#' || sscanf(line, "%31s %lx %63s", era, &mask, name) != 3)
			continue;
		check_composite(era, mask, name);
		rows++;
	}
	assert_int_equal(rows, 227);
	free(text);
}

/* The same request on kernels nine years apart. */
static void one_request_one_string(void **state)
{
	static const struct {
		const char *release;
		uint64_t mask;
	} cases[] = { { "3.18.20", 0xc0d0 }, { "4.14.177", 0x140c0c0 | 0x4000 }, { "4.19.0", 0x60c0c0 },
		      { "6.1.0-51-arm64", 0x40dc0 }, { "6.12.117", 0x40dc0 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct aw_gfp_table *table = table_of(cases[i].release, false);

		assert_string_equal(aw_gfp_decode(table, cases[i].mask).names,
				    "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
		aw_gfp_table_free(table);
	}
}

static void nowait_by_release(void **state)
{
	struct aw_gfp_table *table = table_of("3.18.20", false);

	(void)state;
	assert_string_equal(aw_gfp_decode(table, 0).names, "GFP_NOWAIT");
	aw_gfp_table_free(table);
	table = table_of("6.7.9", false);
	assert_string_equal(aw_gfp_decode(table, 0).names, "0");
	assert_string_equal(aw_gfp_decode(table, 0x2800).names, "GFP_NOWAIT|__GFP_NOWARN");
	aw_gfp_table_free(table);
	table = table_of("6.8.0", false);
	assert_string_equal(aw_gfp_decode(table, 0x2800).names, "GFP_NOWAIT");
	assert_string_equal(aw_gfp_decode(table, 0x800).names, "__GFP_KSWAPD_RECLAIM");
	aw_gfp_table_free(table);
}

/* The bits 0x10, 0x400 and 0x8000 have different meanings in different eras. */
static void old_words(void **state)
{
	struct aw_gfp_table *table = table_of("3.18.20", false);

	(void)state;
	assert_string_equal(aw_gfp_decode(table, 0x8610).names,
			    "GFP_NOIO|__GFP_NOWARN|__GFP_REPEAT|__GFP_ZERO");
	assert_string_equal(aw_gfp_decode(table, 0x12d0).names, "GFP_KERNEL|__GFP_NOWARN|__GFP_NORETRY");
	assert_int_equal(aw_gfp_raw_bit(table, AW_GFP_WAIT), 0x10);
	assert_int_equal(aw_gfp_raw_bit(table, AW_GFP_ACCOUNT), 0);
	aw_gfp_table_free(table);
}

static void refuses_no_release(void **state)
{
	static const char *const cases[] = { "", "kernel", "6", "v5.10" };
	struct aw_gfp_table *table = NULL;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(aw_gfp_table_for_release(cases[i], false, &table), -ENOENT);
	assert_null(table);
}

/* Releases between the trees that were read use the era before; 5.1 is treated as 5.2. */
static void gaps(void **state)
{
	static const struct {
		const char *release, *origin;
	} cases[] = {
		{ "2.6.32", "era 3.10" },      { "3.14.79", "era 3.10" },     { "3.16.85", "era 3.18-4.0" },
		{ "5.1.21", "era 5.2-5.13" },  { "5.10.200", "era 5.2-5.13" }, { "6.19.1", "era 6.10-6.18" },
		{ "7.0.0", "era 6.10-6.18" },  { "8.3", "era 7.1" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct aw_gfp_table *table = table_of(cases[i].release, false);

		assert_string_equal(aw_gfp_table_origin(table), cases[i].origin);
		aw_gfp_table_free(table);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kernel_and_atomic),
		cmocka_unit_test(bits_of_every_tree),
		cmocka_unit_test(composites_of_every_era),
		cmocka_unit_test(one_request_one_string),
		cmocka_unit_test(nowait_by_release),
		cmocka_unit_test(old_words),
		cmocka_unit_test(refuses_no_release),
		cmocka_unit_test(gaps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

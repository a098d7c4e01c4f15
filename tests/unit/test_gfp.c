// SPDX-License-Identifier: GPL-2.0
/*
 * Tests names of gfp flags, decoding with a table built by hand, parsing of names.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mm/gfp.h"
#include "mm/kernel.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define F(flag) (UINT64_C(1) << AW_GFP_##flag)

static struct aw_gfp_table *table_of(const char *release)
{
	struct aw_gfp_table *table = NULL;

	assert_int_equal(aw_gfp_table_for_release(release, false, &table), 0);
	return table;
}

static void every_flag_has_its_name(void **state)
{
	char name[64];

	(void)state;
	for (unsigned int f = 0; f < AW_GFP_FLAGS; f++) {
		const char *canonical = aw_gfp_flag_name(f);

		assert_non_null(canonical);
		assert_memory_equal(canonical, "__GFP_", 6);
		assert_int_equal(aw_gfp_flag_from_name(canonical, strlen(canonical)), f);
		snprintf(name, sizeof(name), "_%s", canonical);
		assert_int_equal(aw_gfp_flag_from_name(name, strlen(name)), f);
		strcat(name, "_BIT");
		assert_int_equal(aw_gfp_flag_from_name(name, strlen(name)), f);
		/* GFP_ATOMIC without underscores is the composite */
		assert_int_equal(aw_gfp_flag_from_name(canonical + 2, strlen(canonical) - 2),
				 f == AW_GFP_ATOMIC ? -1 : (int)f);
	}
}

static void other_spellings(void **state)
{
	(void)state;
	assert_int_equal(aw_gfp_flag_from_name("__GFP_SKIP_KASAN_POISON", 23), AW_GFP_SKIP_KASAN);
	assert_int_equal(aw_gfp_flag_from_name("___GFP_SKIP_KASAN_UNPOISON", 26), AW_GFP_SKIP_KASAN);
	assert_int_equal(aw_gfp_flag_from_name("__GFP_IO|__GFP_FS", 8), AW_GFP_IO);
}

static void no_flags(void **state)
{
	static const char *const cases[] = {
		"", "GFP_", "__GFP_", "GFP_KERNEL", "__GFP_RECLAIM", "COMP", "_GFP_COMP", "____GFP_COMP",
		"__gfp_comp", "GFP_COMPX", "GFP_COM", "___GFP_LAST_BIT", "___GFP_UNUSED_BIT", "__GFP_IO_BIT",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(aw_gfp_flag_from_name(cases[i], strlen(cases[i])), -1);
}

static void decodes_to_meaning(void **state)
{
	struct aw_gfp_table *table = table_of("6.1.0-51-arm64");
	struct aw_gfp gfp = aw_gfp_decode(table, 0x40dc0);

	(void)state;
	assert_int_equal(gfp.raw, 0x40dc0);
	assert_int_equal(gfp.flags, F(DIRECT_RECLAIM) | F(KSWAPD_RECLAIM) | F(IO) | F(FS) | F(COMP) | F(ZERO));
	assert_int_equal(gfp.unknown, 0);
	assert_string_equal(gfp.names, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	assert_true(aw_gfp_has(&gfp, AW_GFP_COMP));
	assert_false(aw_gfp_has(&gfp, AW_GFP_HIGH));
	aw_gfp_table_free(table);

	table = table_of("3.18.20");
	gfp = aw_gfp_decode(table, 0xc0d0);
	assert_int_equal(gfp.flags, F(WAIT) | F(IO) | F(FS) | F(COMP) | F(ZERO));
	assert_string_equal(gfp.names, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	assert_true(aw_gfp_may_direct_reclaim(&gfp));
	aw_gfp_table_free(table);
}

static void masks_of_6_1(void **state)
{
	static const struct {
		uint64_t raw;
		const char *names;
	} cases[] = {
		{ 0, "0" },
		{ 0x400, "__GFP_DIRECT_RECLAIM" },
		{ 0xc00, "GFP_NOIO" },
		{ 0xce0, "GFP_KERNEL|__GFP_HIGH" },
		{ 0x52cc0, "GFP_KERNEL|__GFP_NOWARN|__GFP_NORETRY|__GFP_COMP" },
		{ 0x500cc0, "GFP_USER|__GFP_ACCOUNT" },
		{ 0x1c24ca, "GFP_TRANSHUGE" },
		{ 0x3d24ca, "GFP_TRANSHUGE|__GFP_NORETRY|__GFP_THISNODE" },
		{ 0x820, "GFP_NOWAIT|__GFP_HIGH" },
		{ 0x8000dc0, "GFP_KERNEL|__GFP_ZERO|0x8000000" },
		{ 0xf0000000, "0xf0000000" },
		{ UINT64_C(0x8000000000000cc0), "GFP_KERNEL|0x8000000000000000" },
	};
	struct aw_gfp_table *table = table_of("6.1");

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(aw_gfp_decode(table, cases[i].raw).names, cases[i].names);
	assert_int_equal(aw_gfp_decode(table, 0x8000dc0).unknown, 0x8000000);
	assert_int_equal(aw_gfp_decode(table, 0xf0000000).flags, 0);
	aw_gfp_table_free(table);
}

static void all_bits_fit(void **state)
{
	struct aw_gfp_table *table = aw_gfp_table_new();
	const char *names;

	(void)state;
	for (unsigned int f = 0; f < AW_GFP_FLAGS; f++)
		assert_int_equal(aw_gfp_table_add_bit(table, aw_gfp_flag_name(f), f), 0);
	names = aw_gfp_decode(table, UINT64_MAX).names;
	assert_non_null(strstr(names, "|__GFP_NO_OBJ_EXT|0xffffffe000000000"));
	assert_int_equal(aw_gfp_decode(table, UINT64_MAX).flags, (UINT64_C(1) << AW_GFP_FLAGS) - 1);
	aw_gfp_table_free(table);
}

static void caches_names(void **state)
{
	struct aw_gfp_table *table = table_of("6.12.1");
	const char *first[4096];

	(void)state;
	for (uint64_t raw = 0; raw < ARRAY_SIZE(first); raw++)
		first[raw] = aw_gfp_decode(table, raw * 32).names;
	for (uint64_t raw = 0; raw < ARRAY_SIZE(first); raw++) {
		struct aw_gfp again = aw_gfp_decode(table, raw * 32);

		assert_ptr_equal(again.names, first[raw]);
		assert_int_equal(again.raw, raw * 32);
	}
	assert_ptr_not_equal(first[1], first[2]);
	aw_gfp_table_free(table);
}

/* The BTF enum of 6.12: composites are computed, with their newest definitions. */
static void table_from_bits(void **state)
{
	static const char *const bits[] = {
		"DMA", "HIGHMEM", "DMA32", "MOVABLE", "RECLAIMABLE", "HIGH", "IO", "FS", "ZERO", "UNUSED",
		"DIRECT_RECLAIM", "KSWAPD_RECLAIM", "WRITE", "NOWARN", "RETRY_MAYFAIL", "NOFAIL", "NORETRY",
		"MEMALLOC", "COMP", "NOMEMALLOC", "HARDWALL", "THISNODE", "ACCOUNT", "ZEROTAGS", "NO_OBJ_EXT",
		"LAST",
	};
	struct aw_gfp_table *table = aw_gfp_table_new();

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(bits); i++) {
		bool unknown = !strcmp(bits[i], "UNUSED") || !strcmp(bits[i], "LAST");
		char name[64];

		snprintf(name, sizeof(name), "___GFP_%s_BIT", bits[i]);
		assert_int_equal(aw_gfp_table_add_bit(table, name, i), unknown ? -ENOENT : 0);
	}
	assert_int_equal(aw_gfp_table_add_bit(table, "___GFP_IO_BIT", 64), -ENOENT);
	assert_string_equal(aw_gfp_decode(table, 0x40dc0).names, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	assert_string_equal(aw_gfp_decode(table, 0x2800).names, "GFP_NOWAIT");
	assert_string_equal(aw_gfp_decode(table, 0x1c24ca).names, "GFP_TRANSHUGE");
	assert_string_equal(aw_gfp_decode(table, 0x1c20ca).names, "GFP_TRANSHUGE_LIGHT");
	assert_int_equal(aw_gfp_raw_bit(table, AW_GFP_COMP), 0x40000);
	assert_int_equal(aw_gfp_raw_bit(table, AW_GFP_WAIT), 0);
	aw_gfp_table_free(table);
}

static void empty_table(void **state)
{
	struct aw_gfp_table *table = aw_gfp_table_new();
	uint64_t flags;

	(void)state;
	assert_string_equal(aw_gfp_decode(table, 0).names, "0");
	assert_string_equal(aw_gfp_decode(table, 0xcc0).names, "0xcc0");
	assert_int_equal(aw_gfp_decode(table, 0xcc0).unknown, 0xcc0);
	assert_string_equal(aw_gfp_table_origin(table), "");
	assert_int_equal(aw_gfp_parse_names(table, "GFP_KERNEL", 10, &flags), 0);
	assert_int_equal(flags, F(DIRECT_RECLAIM) | F(KSWAPD_RECLAIM) | F(IO) | F(FS));
	aw_gfp_table_free(table);
	aw_gfp_table_free(NULL);
}

/* The list of 4.4: the composite GFP_ATOMIC and, further down, the bit of that name */
static void pairs_of_4_4(void **state)
{
	static const struct {
		const char *name;
		uint64_t mask;
		int ret;
	} pairs[] = {
		{ "GFP_KERNEL", 0x24000c0, 0 }, { "GFP_ATOMIC", 0x2080020, 0 }, { "GFP_HIGH", 0x20, 0 },
		{ "GFP_ATOMIC", 0x80000, 0 }, { "GFP_IO", 0x40, 0 }, { "__GFP_FS", 0x80, 0 },
		{ "GFP_DIRECT_RECLAIM", 0x400000, 0 }, { "GFP_KSWAPD_RECLAIM", 0x2000000, 0 },
		{ "GFP_COMP", 0x4000, 0 }, { "GFP_ZERO", 0x8000, 0 }, { "GFP_KERNEL", 0x1, -ENOENT },
		{ "GFP_NOTRACK", 0, -ENOENT }, { "GFP_COLD", 0x300, -ENOENT }, { "GFP_VENDOR", 0x1, -ENOENT },
	};
	struct aw_gfp_table *table = aw_gfp_table_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++)
		assert_int_equal(aw_gfp_table_add_name(table, pairs[i].name, strlen(pairs[i].name),
						       pairs[i].mask), pairs[i].ret);
	assert_string_equal(aw_gfp_decode(table, 0x2084020).names, "GFP_ATOMIC|__GFP_COMP");
	assert_string_equal(aw_gfp_decode(table, 0x80000).names, "__GFP_ATOMIC");
	assert_int_equal(aw_gfp_decode(table, 0x2084020).flags,
			 F(HIGH) | F(ATOMIC) | F(KSWAPD_RECLAIM) | F(COMP));
	assert_string_equal(aw_gfp_decode(table, 0x2000000).names, "GFP_NOWAIT");
	aw_gfp_table_free(table);
}

/* arm64 with KASAN_HW_TAGS, 5.18 to 6.3: two bits, one meaning */
static void two_bits_one_flag(void **state)
{
	struct aw_gfp_table *table = table_of("6.1");

	(void)state;
	aw_gfp_table_add_name(table, "__GFP_SKIP_KASAN_UNPOISON", 25, 0x2000000);
	aw_gfp_table_add_name(table, "__GFP_SKIP_KASAN_POISON", 23, 0x4000000);
	assert_string_equal(aw_gfp_decode(table, 0x6100cca).names, "GFP_HIGHUSER_MOVABLE");
	assert_string_equal(aw_gfp_decode(table, 0x6000cc0).names, "GFP_KERNEL|__GFP_SKIP_KASAN");
	assert_int_equal(aw_gfp_decode(table, 0x4000000).flags, F(SKIP_KASAN));
	assert_int_equal(aw_gfp_raw_bit(table, AW_GFP_SKIP_KASAN), 0x6000000);
	aw_gfp_table_free(table);
}

static void check_names(struct aw_gfp_table *table, const char *text, uint64_t expected)
{
	uint64_t flags = 0xdead;

	if (aw_gfp_parse_names(table, text, strlen(text), &flags))
		print_error("names \"%s\"\n", text);
	assert_int_equal(flags, expected);
}

static void parses_names(void **state)
{
	const uint64_t old = F(WAIT) | F(IO) | F(FS);
	const uint64_t kernel = F(DIRECT_RECLAIM) | F(KSWAPD_RECLAIM) | F(IO) | F(FS);
	struct aw_gfp_table *table = table_of("3.18.20");

	(void)state;
	check_names(table, "GFP_KERNEL|GFP_COMP|GFP_ZERO", old | F(COMP) | F(ZERO));
	check_names(table, "GFP_ATOMIC", F(HIGH));
	check_names(table, "GFP_NOWAIT", 0);
	check_names(table, "0xc0d0", old | F(COMP) | F(ZERO));
	aw_gfp_table_free(table);

	table = table_of("6.1");
	check_names(table, "GFP_KERNEL|__GFP_COMP", kernel | F(COMP));
	check_names(table, " GFP_KERNEL | ___GFP_ZERO\t", kernel | F(ZERO));
	check_names(table, "GFP_ATOMIC", F(HIGH) | F(ATOMIC) | F(KSWAPD_RECLAIM));
	check_names(table, "__GFP_ATOMIC", F(ATOMIC));
	check_names(table, "GFP_DMA32", F(DMA32));
	check_names(table, "__GFP_RECLAIM", F(DIRECT_RECLAIM) | F(KSWAPD_RECLAIM));
	check_names(table, "GFP_TEMPORARY", kernel | F(RECLAIMABLE));
	check_names(table, "GFP_NOWAIT", F(KSWAPD_RECLAIM));
	check_names(table, "GFP_KERNEL|0x8040000", kernel | F(COMP));
	check_names(table, "none", 0);
	check_names(table, "0", 0);
	aw_gfp_table_free(table);

	check_names(NULL, "GFP_KERNEL|__GFP_NORETRY", kernel | F(NORETRY));
	check_names(NULL, "GFP_ATOMIC", F(HIGH) | F(KSWAPD_RECLAIM));
	check_names(NULL, "GFP_NOWAIT", F(KSWAPD_RECLAIM) | F(NOWARN));
}

static void refuses_names(void **state)
{
	static const char *const cases[] = {
		"", " ", "|", "GFP_KERNEL|", "|GFP_KERNEL", "GFP_KERNEL||__GFP_COMP", "GFP_KERNELX", "KERNEL",
		"gfp_kernel", "0x", "0xg", "0x-1", "0x 1", "0x+1", "0x10000000000000000", "GFP_KERNEL,__GFP_COMP",
		"1", "GFP_KERNEL __GFP_COMP",
	};
	struct aw_gfp_table *table = table_of("6.1");
	uint64_t flags = 77;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		int ret = aw_gfp_parse_names(table, cases[i], strlen(cases[i]), &flags);

		if (!ret)
			print_error("names \"%s\"\n", cases[i]);
		assert_int_equal(ret, -EINVAL);
	}
	assert_int_equal(aw_gfp_parse_names(table, "GFP_KERNEL\0", 11, &flags), -EINVAL);
	assert_int_equal(aw_gfp_parse_names(table, "0x4\0" "1", 5, &flags), -EINVAL);
	assert_int_equal(aw_gfp_parse_names(NULL, "0xcc0", 5, &flags), -EINVAL);
	assert_int_equal(flags, 77);
	aw_gfp_table_free(table);
}

/* Printed names can be parsed. */
static void names_round_trip(void **state)
{
	static const char *const releases[] = { "3.10", "4.4", "4.9", "4.19", "5.4", "6.1", "6.12", "7.1" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(releases); i++) {
		struct aw_gfp_table *table = table_of(releases[i]);

		for (uint64_t seed = 1; seed < 20000; seed++) {
			uint64_t raw = seed * UINT64_C(0x9e3779b97f4a7c15) >> 36 & 0x3ffffff;
			struct aw_gfp gfp = aw_gfp_decode(table, raw);
			uint64_t flags;

			assert_int_equal(aw_gfp_parse_names(table, gfp.names, strlen(gfp.names), &flags), 0);
			assert_int_equal(flags, gfp.flags);
		}
		aw_gfp_table_free(table);
	}
}

static void origin_is_kept(void **state)
{
	struct aw_gfp_table *table = aw_gfp_table_new();
	char text[100];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = 0;
	aw_gfp_table_set_origin(table, text);
	assert_true(strlen(aw_gfp_table_origin(table)) < sizeof(text) - 1);
	strcpy(text, "BTF");
	aw_gfp_table_set_origin(table, text);
	text[0] = '!';
	assert_string_equal(aw_gfp_table_origin(table), "BTF");
	aw_gfp_table_free(table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_flag_has_its_name),
		cmocka_unit_test(other_spellings),
		cmocka_unit_test(no_flags),
		cmocka_unit_test(decodes_to_meaning),
		cmocka_unit_test(masks_of_6_1),
		cmocka_unit_test(all_bits_fit),
		cmocka_unit_test(caches_names),
		cmocka_unit_test(table_from_bits),
		cmocka_unit_test(empty_table),
		cmocka_unit_test(pairs_of_4_4),
		cmocka_unit_test(two_bits_one_flag),
		cmocka_unit_test(parses_names),
		cmocka_unit_test(refuses_names),
		cmocka_unit_test(names_round_trip),
		cmocka_unit_test(origin_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Tests tracefs formats of real kernels, also truncated and garbled.
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

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define FORMAT_3_18 "mm_page_alloc-arm64-3.18.20.format"
#define FORMAT_6_18 "mm_page_alloc-x86_64-6.18.format"
/* The format of 6.18 with names instead of numbers, as 6.9 to 6.12 have it (quoted in 60295b944ff6) */
#define FORMAT_NAMES "mm_page_alloc-names-of-bits.format"

static struct aw_gfp_table *table_of(const char *fixture)
{
	struct aw_gfp_table *table = NULL;
	size_t len;
	char *text = fixture_read(fixture, &len);

	assert_int_equal(aw_gfp_table_from_format(text, len, &table), 0);
	free(text);
	return table;
}

static struct aw_gfp_table *era_of(const char *release)
{
	struct aw_gfp_table *table = NULL;

	assert_int_equal(aw_gfp_table_for_release(release, false, &table), 0);
	return table;
}

static void reads_3_18(void **state)
{
	struct aw_gfp_table *table = table_of(FORMAT_3_18);
	struct aw_gfp gfp = aw_gfp_decode(table, 0xc0d0);

	(void)state;
	assert_string_equal(gfp.names, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	assert_true(aw_gfp_may_direct_reclaim(&gfp));
	assert_string_equal(aw_gfp_decode(table, 0x20).names, "GFP_ATOMIC");
	assert_string_equal(aw_gfp_decode(table, 0x4352da).names, "GFP_TRANSHUGE");
	assert_string_equal(aw_gfp_decode(table, 0).names, "GFP_NOWAIT");
	assert_string_equal(aw_gfp_decode(table, 0x210).names, "GFP_NOIO|__GFP_NOWARN");
	assert_string_equal(aw_gfp_table_origin(table), "tracefs");
	aw_gfp_table_free(table);
}

/* 3.18 prints GFP_IO but no GFP_FS, and no zone bit but GFP_MOVABLE. */
static void adds_what_3_18_does_not_list(void **state)
{
	struct aw_gfp_table *table = table_of(FORMAT_3_18);
	struct aw_gfp gfp = aw_gfp_decode(table, 0xd0);

	(void)state;
	assert_true(aw_gfp_has(&gfp, AW_GFP_FS));
	assert_int_equal(gfp.unknown, 0);
	assert_int_equal(aw_gfp_raw_bit(table, AW_GFP_DMA), 0x1);
	assert_int_equal(aw_gfp_raw_bit(table, AW_GFP_HIGHMEM), 0x2);
	assert_int_equal(aw_gfp_raw_bit(table, AW_GFP_DMA32), 0x4);
	assert_int_equal(aw_gfp_raw_bit(table, AW_GFP_WRITE), 0x1000000);
	/* KMEMCG in 3.10, unused in 3.18, NOACCOUNT in 4.1: the list does not show which */
	assert_int_equal(aw_gfp_decode(table, 0x100000).unknown, 0x100000);
	aw_gfp_table_free(table);
}

/* If a kernel agrees with no era, only the flags that it lists are known. */
static void adds_nothing_to_a_stranger(void **state)
{
	static const char text[] = "print fmt: __print_flags(f, \"|\", {0x20, \"GFP_IO\"}, {0x40, \"GFP_HIGH\"})";
	struct aw_gfp_table *table = NULL;

	(void)state;
	assert_int_equal(aw_gfp_table_from_format(text, strlen(text), &table), 0);
	assert_string_equal(aw_gfp_decode(table, 0xe0).names, "GFP_ATOMIC|__GFP_IO|0x80");
	aw_gfp_table_free(table);
}

static void reads_6_18(void **state)
{
	struct aw_gfp_table *table = table_of(FORMAT_6_18);

	(void)state;
	assert_string_equal(aw_gfp_decode(table, 0x40dc0).names, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	assert_string_equal(aw_gfp_decode(table, 0x820).names, "GFP_ATOMIC");
	assert_string_equal(aw_gfp_decode(table, 0x2800).names, "GFP_NOWAIT");
	assert_string_equal(aw_gfp_decode(table, 0x1c24ca).names, "GFP_TRANSHUGE");
	assert_string_equal(aw_gfp_decode(table, 0x1c20ca).names, "GFP_TRANSHUGE_LIGHT");
	assert_string_equal(aw_gfp_decode(table, 0x1).names, "__GFP_DMA");
	assert_string_equal(aw_gfp_decode(table, 0xcd0).names, "GFP_KERNEL|__GFP_RECLAIMABLE");
	assert_int_equal(aw_gfp_raw_bit(table, AW_GFP_NO_OBJ_EXT), 0x1000000);
	aw_gfp_table_free(table);
}

/* With the same bits, the same masks have the same strings. */
static void agrees_with_era(const char *fixture, const char *release)
{
	struct aw_gfp_table *format = table_of(fixture), *era = era_of(release);

	for (unsigned int f = 0; f < AW_GFP_FLAGS; f++)
		assert_int_equal(aw_gfp_raw_bit(format, f), aw_gfp_raw_bit(era, f));
	for (uint64_t seed = 1; seed < 20000; seed++) {
		uint64_t raw = seed * UINT64_C(0x9e3779b97f4a7c15) >> 36 & 0x3ffffff;
		struct aw_gfp a = aw_gfp_decode(format, raw), b = aw_gfp_decode(era, raw);

		assert_string_equal(a.names, b.names);
		assert_int_equal(a.flags, b.flags);
	}
	aw_gfp_table_free(format);
	aw_gfp_table_free(era);
}

static void formats_agree_with_eras(void **state)
{
	(void)state;
	agrees_with_era(FORMAT_6_18, "6.18");
	agrees_with_era(FORMAT_3_18, "3.18.20");
}

static int bit_of(void *ctx, const char *name, size_t len)
{
	struct aw_gfp_table *era = ctx;
	int flag = aw_gfp_flag_from_name(name, len);
	uint64_t raw = flag < 0 ? 0 : aw_gfp_raw_bit(era, (unsigned int)flag);

	return raw ? __builtin_ctzll(raw) : -1;
}

static void names_of_bits(void **state)
{
	struct aw_gfp_table *era = era_of("6.12"), *direct = table_of(FORMAT_6_18), *table = NULL;
	size_t len;
	char *text = fixture_read(FORMAT_NAMES, &len);

	(void)state;
	assert_int_equal(aw_gfp_table_from_format(text, len, &table), -EINVAL);
	assert_null(table);
	assert_int_equal(aw_gfp_table_from_format_with(text, len, bit_of, era, &table), 0);
	for (unsigned int f = 0; f < AW_GFP_FLAGS; f++)
		assert_int_equal(aw_gfp_raw_bit(table, f), aw_gfp_raw_bit(direct, f));
	assert_string_equal(aw_gfp_decode(table, 0x1c24ca).names, "GFP_TRANSHUGE");
	aw_gfp_table_free(table);
	aw_gfp_table_free(direct);
	aw_gfp_table_free(era);
	free(text);
}

/*
 * A pair in addition to a fixed one, so that the list always has a flag.  No era
 * has the fixed flag at this bit, so no other flags are added.
 */
static uint64_t bits_of(const char *expression)
{
	char text[1024];
	struct aw_gfp_table *table = NULL;
	uint64_t raw;

	snprintf(text, sizeof(text),
		 "print fmt: \"%%s\", __print_flags(REC->f, \"|\", {0x80, \"__GFP_HIGH\"}, {%s, \"__GFP_IO\"}) : \"\"",
		 expression);
	assert_int_equal(aw_gfp_table_from_format(text, strlen(text), &table), 0);
	raw = aw_gfp_raw_bit(table, AW_GFP_IO);
	assert_int_equal(aw_gfp_raw_bit(table, AW_GFP_HIGH), 0x80);
	aw_gfp_table_free(table);
	return raw;
}

static void understands_expressions(void **state)
{
	static const struct {
		const char *expression;
		uint64_t value;
	} cases[] = {
		{ "0x40", 0x40 },
		{ "64", 0x40 },
		{ "0100ul", 0x40 },
		{ "0X40UL", 0x40 },
		{ "1ULL<<6", 0x40 },
		{ " ( ( ( 1UL ) ) << ( 6 ) ) ", 0x40 },
		{ "(unsigned long)(( gfp_t)0x40u)", 0x40 },
		{ "(__force unsigned long)((__force gfp_t)0x40u)", 0x40 },
		{ "( unsigned long)( gfp_t) 0x40u", 0x40 },
		{ "0x40|0x40", 0x40 },
		{ "(0x40|0x10)&~0x10", 0x40 },
		{ "0x10 | 0x40 & 0x50 | 1", 0 },	/* 0x51: more than a bit */
		{ "0x50 & 0x60 | 0", 0x40 },
		{ "1 << 2 << 4", 0x40 },
		{ "~~0x40", 0x40 },
		{ "~(gfp_t)~0x40", 0 },			/* the high half is set */
		{ "(gfp_t)~~0x40", 0x40 },
		{ "~( gfp_t)~0x40 & 0xffff", 0x40 },
		{ "(gfp_t)(1UL << 32 | 0x40)", 0x40 },
		{ "(void *)0x40", 0x40 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		uint64_t value = bits_of(cases[i].expression);

		if (value != cases[i].value)
			print_error("expression %s\n", cases[i].expression);
		assert_int_equal(value, cases[i].value);
	}
}

static void leaves_out_what_it_does_not_understand(void **state)
{
	static const char *const cases[] = {
		"", "x", "0x", "0xg", "08", "1 <<", "1 << 64", "1 << ~0", "1 +", "0x40 + 0", "0x40 || 0", "0x40 && 1",
		"sizeof(int)", "(int", "((0x40)", "0x40)", "()", "(gfp_t)", "(gfp_t *", "0x40u5", "1UL6",
		"0x10000000000000000", "99999999999999999999999", "\"0x40\"", "0x40,", "REC->order", "-1", "{0x40}",
		"(typeof(x))0x40", "___GFP_IO_BIT", "1 << ___GFP_IO_BIT", "&0x40", "|0x40", "0x40 0x40", "(gfp t)0x40",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char text[512];
		struct aw_gfp_table *table = NULL;

		snprintf(text, sizeof(text), "print fmt: __print_flags(f, \"|\", {%s, \"__GFP_IO\"}, {0x80, \"__GFP_HIGH\"})",
			 cases[i]);
		/* a list with unbalanced brackets is rejected */
		if (aw_gfp_table_from_format(text, strlen(text), &table) == 0 &&
		    aw_gfp_raw_bit(table, AW_GFP_IO)) {
			print_error("expression %s\n", cases[i]);
			fail();
		}
		aw_gfp_table_free(table);
	}
}

static void depth_is_bounded(void **state)
{
	static char text[400000];
	struct aw_gfp_table *table = NULL;
	char deep[201];

	(void)state;
	memset(deep, '(', 40);
	strcpy(deep + 40, "0x40");
	memset(deep + 44, ')', 40);
	deep[84] = 0;
	assert_int_equal(bits_of(deep), 0x40);
	memset(deep, '(', 80);
	strcpy(deep + 80, "0x40");
	memset(deep + 84, ')', 80);
	deep[164] = 0;
	assert_int_equal(bits_of(deep), 0);

	strcpy(text, "print fmt: __print_flags(f, \"|\", {");
	memset(text + strlen(text), '(', 150000);
	memset(text + strlen(text), ')', 150000);
	strcat(text, ", \"__GFP_IO\"})");
	assert_int_equal(aw_gfp_table_from_format(text, strlen(text), &table), -EINVAL);
	strcpy(text, "print fmt: __print_flags(f, \"|\", {");
	memset(text + strlen(text), 0, 300001);
	memset(text + strlen(text), '~', 300000);
	strcat(text, "1, \"__GFP_IO\"})");
	assert_int_equal(aw_gfp_table_from_format(text, strlen(text), &table), 0);
	aw_gfp_table_free(table);
}

static void refuses_garbage(void **state)
{
	static const char *const cases[] = {
		"", "print fmt:", "__print_flags(", "print fmt: __print_flags(", "print fmt: __print_flags()",
		"print fmt: __print_flags(f)", "print fmt: __print_flags(f, \"|\")",
		"print fmt: __print_flags(f, \"|\", )", "print fmt: __print_flags(f, \"|\", {})",
		"print fmt: __print_flags(f, \"|\", {1})", "print fmt: __print_flags(f, \"|\", {1, GFP})",
		"print fmt: __print_flags(f, \"|\", {1, \"__GFP_DMA\"}", "print fmt: __print_flags(f, \"|\", x)",
		"print fmt: __print_flags(f, \"|\", {1, \"__GFP_DMA\"} x)",
		"print fmt: __print_flags(f, \"|\", {1, \"__GFP_DMA})",
		"print fmt: __print_flags(f, \"|\", {1, \"__GFP_DMA\\", "print fmt: __print_flags(f, \"|\", {1, \"X\"})",
		"print fmt: __print_flags(f, \"|\", {0xd0, \"GFP_KERNEL\"})",
		"{1, \"__GFP_DMA\"}", "print fmt: \"%s\", REC->name",
		"print fmt: __print_flags(f, \"|\", { 0, ((void *)0) } )",
	};
	struct aw_gfp_table *table = NULL;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		int ret = aw_gfp_table_from_format(cases[i], strlen(cases[i]), &table);

		if (ret != -EINVAL)
			print_error("format %s\n", cases[i]);
		assert_int_equal(ret, -EINVAL);
	}
	assert_null(table);
}

/* Copies of the exact length, so that ASan detects a read past the end. */
static void cut_everywhere(const char *fixture)
{
	size_t len, whole = 0;
	char *text = fixture_read(fixture, &len);

	for (size_t cut = 0; cut <= len; cut++) {
		char *copy = malloc(cut ? cut : 1);
		struct aw_gfp_table *table = NULL;
		int ret;

		memcpy(copy, text, cut);
		ret = aw_gfp_table_from_format_with(copy, cut, NULL, NULL, &table);
		free(copy);
		/* a partial list would make known bits unknown, so it is rejected */
		assert_true(ret == 0 || ret == -EINVAL);
		whole += ret == 0;
		aw_gfp_table_free(table);
	}
	/* only the text after the list may be missing: ) : "GFP_NOWAIT" */
	assert_in_range(whole, 1, 40);
	free(text);
}

static void survives_any_cut(void **state)
{
	(void)state;
	cut_everywhere(FORMAT_3_18);
	cut_everywhere(FORMAT_6_18);
}

static void survives_any_byte(void **state)
{
	static const char bytes[] = { 0, '(', ')', '{', '}', '"', '\\', '~', '<', '9', 'x', (char)0xff };
	size_t len;
	char *text = fixture_read(FORMAT_3_18, &len);

	(void)state;
	for (size_t at = 0; at < len; at++) {
		char saved = text[at];

		for (size_t b = 0; b < ARRAY_SIZE(bytes); b++) {
			struct aw_gfp_table *table = NULL;

			text[at] = bytes[b];
			aw_gfp_table_from_format(text, len, &table);
			aw_gfp_table_free(table);
		}
		text[at] = saved;
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_3_18),
		cmocka_unit_test(adds_what_3_18_does_not_list),
		cmocka_unit_test(adds_nothing_to_a_stranger),
		cmocka_unit_test(reads_6_18),
		cmocka_unit_test(formats_agree_with_eras),
		cmocka_unit_test(names_of_bits),
		cmocka_unit_test(understands_expressions),
		cmocka_unit_test(leaves_out_what_it_does_not_understand),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(refuses_garbage),
		cmocka_unit_test(survives_any_cut),
		cmocka_unit_test(survives_any_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

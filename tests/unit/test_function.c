// SPDX-License-Identifier: GPL-2.0
/*
 * Looking functions up by their names.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/array.h"
#include "base/glob.h"
#include "base/intern.h"
#include "mm/function.h"

/* Up to its '*'. */
static size_t stem(const char *pattern, char *out, size_t size)
{
	size_t len = strcspn(pattern, "*");

	assert_true(len && len < size);
	memcpy(out, pattern, len);
	out[len] = '\0';
	return len;
}

/* The search by halves needs it, and people find names in it. */
static void rows_are_sorted(void **state)
{
	char last[128] = "", name[128];
	size_t i;

	(void)state;
	for (i = 0; *aw_function_row(i); i++) {
		const char *pattern = aw_function_row(i);
		size_t len = stem(pattern, name, sizeof(name));

		if (strcmp(last, name) >= 0)
			print_error("%s stands behind %s\n", name, last);
		assert_true(strcmp(last, name) < 0);
		/* '*' is the only wild card, and stands at the end */
		assert_true(!pattern[len] || !pattern[len + 1]);
		memcpy(last, name, len + 1);
	}
	assert_true(i > 500);
}

/* The longest row that fits, found the slow way. */
static const char *longest_row(const char *name)
{
	const char *best = NULL;

	for (size_t i = 0; *aw_function_row(i); i++) {
		const char *pattern = aw_function_row(i);

		if (aw_glob_match(pattern, name) && (!best || strcspn(pattern, "*") > strcspn(best, "*")))
			best = pattern;
	}
	return best;
}

/* Every row, and names that miss it by one byte, give what a walk over all rows does. */
static void search_finds_what_a_walk_does(void **state)
{
	(void)state;
	for (size_t i = 0; *aw_function_row(i); i++) {
		char name[160], row[160];
		size_t len = stem(aw_function_row(i), name, sizeof(name));
		static const char *const tails[] = { "", "x", "_", "zzz", "_noprof" };

		for (size_t k = 0; k < ARRAY_SIZE(tails) + 2; k++) {
			const char *found;

			stem(aw_function_row(i), row, sizeof(row));
			if (k < ARRAY_SIZE(tails))
				strcpy(row + len, tails[k]);
			else if (k == ARRAY_SIZE(tails))
				row[len - 1] = '\0';
			else
				row[len - 1] = '}';
			strcpy(name, row);
			if (k == 4)
				name[len] = '\0';	/* the suffix _noprof does not count */
			found = longest_row(name);
			if (!found) {
				assert_int_equal(aw_function_group(row, ""), AW_FN_OTHER);
				continue;
			}
			stem(found, name, sizeof(name));
			assert_int_equal(aw_function_group(row, ""), aw_function_group(name, ""));
			assert_int_not_equal(aw_function_group(row, ""), AW_FN_OTHER);
		}
	}
}

static void every_group_has_a_function(void **state)
{
	bool seen[AW_FN_GROUPS] = { false };

	(void)state;
	for (size_t i = 0; *aw_function_row(i); i++) {
		char name[128];

		stem(aw_function_row(i), name, sizeof(name));
		seen[aw_function_group(name, "")] = true;
	}
	for (unsigned int i = AW_FN_OTHER + 1; i < AW_FN_GROUPS; i++)
		assert_true(seen[i]);
}

static void forms_of_a_name(void **state)
{
	static const char *const names[] = {
		"kmalloc_order", ".kmalloc_order", "kmalloc_order.isra.0", "..kmalloc_order.part.3.cold",
		"kmalloc_order_noprof", "kmalloc_order_noprof.llvm.123", "kmalloc_order.constprop.0.isra.76",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		assert_int_equal(aw_function_group(names[i], ""), AW_FN_SLAB);
	assert_int_equal(aw_function_group("", ""), AW_FN_OTHER);
	assert_int_equal(aw_function_group(".", ""), AW_FN_OTHER);
	assert_int_equal(aw_function_group("_noprof", ""), AW_FN_OTHER);
	assert_int_equal(aw_function_group("ioctx_alloc", ""), AW_FN_OTHER);
}

/* The special row wins over the general one. */
static void longest_row_wins(void **state)
{
	(void)state;
	assert_int_equal(aw_function_group("alloc_pages_bulk_noprof", ""), AW_FN_BULK);
	assert_int_equal(aw_function_group("alloc_pages_mpol_noprof", ""), AW_FN_MPOL);
	assert_int_equal(aw_function_group("alloc_pages_nolock_noprof", ""), AW_FN_NOLOCK);
	assert_int_equal(aw_function_group("kmem_cache_alloc_bulk_noprof", ""), AW_FN_SLAB_BULK);
	assert_int_equal(aw_function_group("kmem_cache_alloc_lru", ""), AW_FN_SLAB);
	assert_int_equal(aw_function_group("alloc_skb_with_frags", ""), AW_FN_SKB_FRAGS);
	assert_int_equal(aw_function_group("kmalloc_reserve", ""), AW_FN_SKB);
	assert_int_equal(aw_function_group("vmalloc_user", ""), AW_FN_VMALLOC);
	assert_int_equal(aw_function_group("vmalloced", ""), AW_FN_OTHER);
}

static void modules(void **state)
{
	(void)state;
	assert_int_equal(aw_function_group("ttm_pool_alloc", "ttm"), AW_FN_TTM);
	assert_int_equal(aw_function_group("ttm_pool_alloc", ""), AW_FN_TTM);
	assert_int_equal(aw_function_group("ttm_pool_alloc", "hog"), AW_FN_OTHER);
	assert_int_equal(aw_function_group("kmalloc_pool", "hog"), AW_FN_OTHER);
	assert_int_equal(aw_function_group("anything", "bpf"), AW_FN_TRACING);
}

static void symbols_of_frames(void **state)
{
	static const struct { const char *symbol, *name, *suffix; } rows[] = {
		{ "ioctx_alloc", "ioctx_alloc", "" },
		{ ".ioctx_alloc", "ioctx_alloc", "" },
		{ "ioctx_alloc.isra.0.cold", "ioctx_alloc", ".isra.0.cold" },
		{ "_RNvNtCsgu3D7i0gFmA_9rust_echo4echo7rx_fill.llvm.77", "rust_echo::echo::rx_fill", ".llvm.77" },
		{ "[module]", "[module]", "" },
		{ "", "", "" },
	};
	struct aw_intern *texts = aw_intern_new();

	(void)state;
	assert_non_null(texts);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct aw_frame frame = { .module = "" };

		aw_frame_set_symbol(&frame, rows[i].symbol, texts);
		assert_string_equal(frame.name, rows[i].name);
		assert_string_equal(aw_frame_suffix(&frame), rows[i].suffix);
	}
	aw_intern_free(texts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_sorted),
		cmocka_unit_test(search_finds_what_a_walk_does),
		cmocka_unit_test(every_group_has_a_function),
		cmocka_unit_test(forms_of_a_name),
		cmocka_unit_test(longest_row_wins),
		cmocka_unit_test(modules),
		cmocka_unit_test(symbols_of_frames),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

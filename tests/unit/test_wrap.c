// SPDX-License-Identifier: GPL-2.0
/*
 * Tests wrapping text: lines fit if possible, nothing is lost, and what belongs
 * together stays together.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/wrap.h"

static char *text;
static size_t size;

static struct aw_wrap begin(unsigned int width, unsigned int indent)
{
	struct aw_wrap wrap = { .out = open_memstream(&text, &size), .width = width, .indent = indent };

	assert_non_null(wrap.out);
	return wrap;
}

static void check(struct aw_wrap *wrap, const char *expected)
{
	aw_wrap_end(wrap);
	fclose(wrap->out);
	assert_string_equal(text, expected);
	free(text);
}

static void words_move_whole(void **state)
{
	struct aw_wrap wrap = begin(10, 2);

	(void)state;
	aw_wrap_text(&wrap, "one two three four");
	check(&wrap, "one two\n  three\n  four\n");
}

static void exactly_full(void **state)
{
	struct aw_wrap wrap = begin(7, 0);

	(void)state;
	aw_wrap_text(&wrap, "one two three");
	check(&wrap, "one two\nthree\n");
}

static void no_width(void **state)
{
	struct aw_wrap wrap = begin(0, 4);

	(void)state;
	aw_wrap_text(&wrap, "one  two   three ");
	check(&wrap, "one  two   three\n");
}

static void blanks_stay_but_at_line_ends(void **state)
{
	struct aw_wrap wrap = begin(12, 1);

	(void)state;
	aw_wrap_text(&wrap, "  a   b    cccccccc");
	check(&wrap, "  a   b\n cccccccc\n");
}

static void masks_part_behind_a_flag(void **state)
{
	struct aw_wrap wrap = begin(20, 2);

	(void)state;
	aw_wrap_text(&wrap, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	check(&wrap, "GFP_KERNEL|\n  __GFP_COMP|\n  __GFP_ZERO\n");
}

/* Pieces of a word, such as a name and the colon after it. */
static void pieces_are_one_word(void **state)
{
	struct aw_wrap wrap = begin(10, 0);

	(void)state;
	aw_wrap_text(&wrap, "is frag");
	aw_wrap_text(&wrap, "ment");
	aw_wrap_text(&wrap, ": ");
	aw_wrap_text(&wrap, "x");
	check(&wrap, "is\nfragment:\nx\n");
}

static void a_command_stays_whole(void **state)
{
	struct aw_wrap wrap = begin(14, 0);

	(void)state;
	aw_wrap_text(&wrap, "do ");
	aw_wrap_whole(&wrap, "echo 1 > /proc/x");
	aw_wrap_text(&wrap, "   now");
	check(&wrap, "do\necho 1 > /proc/x\nnow\n");
}

static void long_words(void **state)
{
	struct aw_wrap wrap = begin(6, 2);

	(void)state;
	aw_wrap_text(&wrap, "a bbbbbbbbbb c");
	check(&wrap, "a\n  bbbbbbbbbb\n  c\n");
	wrap = begin(6, 2);
	wrap.cut = true;
	aw_wrap_text(&wrap, "a bbbbbbbbbb c");
	check(&wrap, "a\n  bbbb\n  bbbb\n  bb c\n");
	/* the indent leaves no room for text */
	wrap = begin(2, 4);
	wrap.cut = true;
	aw_wrap_text(&wrap, "aaa bbb");
	check(&wrap, "aaa\n    bbb\n");
}

static void marks_take_no_column(void **state)
{
	struct aw_wrap wrap = begin(5, 0);

	(void)state;
	wrap.mark = "\020";
	aw_wrap_text(&wrap, "one two three");
	check(&wrap, "one\n\020two\n\020three\n");
}

static void a_row(void **state)
{
	FILE *out = open_memstream(&text, &size);

	(void)state;
	aw_wrap_row(out, "cause", "fragmentation: nothing of order 4", 30);
	aw_wrap_row(out, "", "more", 30);
	aw_wrap_row(out, "note", "", 30);
	fclose(out);
	assert_string_equal(text, "  cause       fragmentation:\n              nothing of order\n              4\n"
			    "              more\n  note        \n");
	free(text);
}

/* With any width, all words are there, in order, and only a word that is too long exceeds the width. */
static void nothing_is_lost(void **state)
{
	static const char words[] = "zone DMA, 17664 x 4K, 4 x 8K free|and|open to this averyveryverylongword request";

	(void)state;
	for (unsigned int width = 1; width < 90; width++)
		for (int cut = 0; cut < 2; cut++) {
			struct aw_wrap wrap = begin(width, width > 12 ? 3 : 0);
			const char *p = words;

			wrap.cut = cut;
			aw_wrap_text(&wrap, words);
			aw_wrap_end(&wrap);
			fclose(wrap.out);
			for (const char *got = text; *got; got++) {
				if (*got == ' ' || *got == '\n')
					continue;
				while (*p == ' ')
					p++;
				assert_int_equal(*got, *p++);
			}
			assert_int_equal(*p, '\0');
			for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
				assert_true(strlen(line) <= width || (!cut && !strchr(line + strspn(line, " "), ' ')));
			free(text);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_move_whole),
		cmocka_unit_test(exactly_full),
		cmocka_unit_test(no_width),
		cmocka_unit_test(blanks_stay_but_at_line_ends),
		cmocka_unit_test(masks_part_behind_a_flag),
		cmocka_unit_test(pieces_are_one_word),
		cmocka_unit_test(a_command_stays_whole),
		cmocka_unit_test(long_words),
		cmocka_unit_test(marks_take_no_column),
		cmocka_unit_test(a_row),
		cmocka_unit_test(nothing_is_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

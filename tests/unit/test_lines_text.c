// SPDX-License-Identifier: GPL-2.0
/*
 * What is taken off the text of a line: controls, HTML, escapes, mail's
 * encodings, line ends that were lost.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/array.h"
#include "lines/control.h"
#include "lines/escapes.h"
#include "lines/flat.h"
#include "lines/html.h"
#include "lines/logcat.h"
#include "lines/mail.h"

struct row {
	const char *text, *expected;	/* NULL: left alone */
};

static char data[4096];

/* A copy without a NUL behind it: ASan sees every step too far. */
static char *copy_of(const char *text, size_t *len)
{
	char *copy;

	*len = strlen(text);
	copy = malloc(*len ? *len : 1);
	memcpy(copy, text, *len);
	return copy;
}

static void check(const struct row *row, bool changed, const struct aw_log_out *out)
{
	data[out->len] = '\0';
	if (!row->expected) {
		assert_false(changed);
		return;
	}
	assert_true(changed);
	assert_string_equal(data, row->expected);
}

#define OUT ((struct aw_log_out){ data, 0, sizeof(data) - 1 })

static const struct row controls[] = {
	{ "[    1.2] insmod: x", NULL },
	{ "\ttabs stay", NULL },
	{ "f+0x1/0x2 [mhi]", NULL },
	{ "\033[32m[    1.2] \033[0m\033[33minsmod: \033[0mx", "[    1.2] insmod: x" },
	{ "\033[2K\033[1Gx", "x" },
	{ "\033[?25lx\033[?25h", "x" },
	{ "a\033[3Cb", "a b" },
	{ "a\033[12;1Hb", "a\nb" },
	{ "\033[2Jx", "x" },
	{ "task \033[2J name", "task \033[2J name" },	/* in the middle it may be a task's name */
	{ "\033]0;title\ax", "x" },
	{ "\033(Bx", "x" },
	{ "[32m[    1.2] [0mx", "[    1.2] x" },
	{ "[32m no end of it", NULL },
	{ "\\x1b[1mx\\033[0m", "x" },
	{ "^[[1mx^[[0m", "x" },
	{ "a\rb", "a\nb" },
	{ "ab\b\bcd", "cd" },
	{ "a\xc2\xa0" "b\xe2\x80\xaf" "c\xe3\x80\x80" "d", "a b c d" },
	{ "a\xa0" "b", "a b" },
	{ "al\xc2\xad" "lo\xe2\x80\x8b" "c\xef\xbb\xbf", "alloc" },
	{ "oom\xe2\x80\x91" "killer", "oom-killer" },
	{ "inactive_\xef\xac\x81le \xe2\x80\x9cx\xe2\x80\x9d a\xe2\x80\x93" "b", "inactive_file \"x\" a-b" },	/* typeset pages */
	{ "a\xe2\x80\xa8" "b", "a\nb" },
	{ "\xd0\x9f\xd0\xbd \xff\xc3", "\xd0\x9f\xd0\xbd \xff\xc3" },
	{ "x\033", "x" },
	{ "\033[", "\033[" },
	{ "x\177", "x" },
};

static void cleans_controls(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(controls); i++) {
		struct aw_log_out out = OUT;
		size_t len;
		char *text = copy_of(controls[i].text, &len);
		bool dirty = aw_log_control_dirty(text, len);

		aw_log_control_clean(text, len, &out);
		check(&controls[i], dirty, &out);
		free(text);
	}
}

static const struct row pages[] = {
	{ "[<ffffffc00008a2cc>] show_stack+0x20/0x28 <IRQ> </IRQ> <TASK> <4> <EOI>", NULL },
	{ "a & b < c", NULL },
	{ "&lt;4&gt;x &amp;&#38;&#x26; a&nbsp;b", "<4>x &&& a b" },
	{ "a<br>b<BR />c<br/>d", "a\nb\nc\nd" },
	{ "<log><![CDATA[[1.0] swapper: page allocation failure</IRQ>", "<log>[1.0] swapper: page allocation failure</IRQ>" },
	{ "<pre class=\"log\">a</pre>", "\na\n" },
	{ "<span style='color:red'>a</span><b>b</b>", "ab" },
	{ "<tr><td>1</td><td>x</td></tr>", "\n 1  x \n" },
	{ "<!-- no --><p>x", "\nx" },
	{ "<a href", NULL },
	{ "&unknown; &#xZ;", NULL },
	{ "al&shy;loc", "al\xc2\xad" "loc" },
};

static void reads_html(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(pages); i++) {
		struct aw_log_out out = OUT;
		size_t len;
		char *text = copy_of(pages[i].text, &len);
		bool dirty = aw_log_html_dirty(text, len);

		aw_log_html_clean(text, len, &out);
		check(&pages[i], dirty, &out);
		free(text);
	}
}

static const struct row folds[] = {
	{ "a plain \\line with one \\n in it", NULL },
	{ "a\\nb\\n", "a\nb\n" },
	{ "a\\tb\\nc\\n\\\"d\\u001b[0m\\x41\\/\\\\", "a\tb\nc\n\"d\033[0mA/\\" },
	{ "one\\n\",", "one\n\"," },
	{ "a#012b#011c", "a\nb\tc" },
	{ "\\ud83d\\ude00\\n\\n", "\xf0\x9f\x98\x80\n\n" },
	{ "\\n\\n\\u12", "\n\n\\u12" },
};

static void undoes_escapes(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(folds); i++) {
		struct aw_log_out out = OUT;
		size_t len;
		char *text = copy_of(folds[i].text, &len);
		bool fold = aw_log_escapes_fold(text, len);

		aw_log_escapes_undo(text, len, &out);
		check(&folds[i], fold, &out);
		free(text);
	}
}

static const struct row markdown[] = {
	{ "| GFP_HIGHUSER|", NULL },
	{ "plain", NULL },
	{ "| 12 | [    1.2] x |", "12 | [    1.2] x" },
	{ "page\\_alloc \\[x\\] GFP\\|X", "page_alloc [x] GFP|X" },
};

static void reads_markdown(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(markdown); i++) {
		struct aw_log_out out = OUT;
		size_t len;
		char *text = copy_of(markdown[i].text, &len);
		bool is = aw_log_escapes_markdown(text, len, &out);

		check(&markdown[i], is, &out);
		free(text);
	}
}

#define STAMPED(s) "[   12.30000" s "] a line of the kernel that has some words in it"
#define DATED(s) "Jan  9 04:55:2" s " host kernel: a line of the kernel that has some words"

static const struct row flats[] = {
	{ "short [1.234] [1.235] [1.236]", NULL },
	{ STAMPED("1") " " STAMPED("2"), NULL },	/* two may be one's own */
	{ STAMPED("1") " " STAMPED("2") " " STAMPED("3"), STAMPED("1") " \n" STAMPED("2") " \n" STAMPED("3") },
	{ "<4>" STAMPED("1") " <4>" STAMPED("2") " <4>" STAMPED("3"),
	  "<4>" STAMPED("1") " \n<4>" STAMPED("2") " \n<4>" STAMPED("3") },
	{ "[318, insmod]" STAMPED("1") " [318, insmod]" STAMPED("2") " [318, insmod]" STAMPED("3"),
	  "[318, insmod]" STAMPED("1") " \n[318, insmod]" STAMPED("2") " \n[318, insmod]" STAMPED("3") },
	{ DATED("1") " " DATED("2") " " DATED("3"), DATED("1") " \n" DATED("2") " \n" DATED("3") },
	{ "Node 0 DMA free:114432kB min:1964kB low:2452kB high:2944kB active_anon:1660kB inactive_anon:312kB active_file:0kB "
	  "inactive_file:0kB unevictable:0kB", NULL },
};

static void splits_one_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(flats); i++) {
		struct aw_log_out out = OUT;
		size_t len;
		char *text = copy_of(flats[i].text, &len);
		bool is = aw_log_flat_split(text, len, &out);

		check(&flats[i], is, &out);
		free(text);
	}
}

static const struct row logcats[] = {
	{ "[    1.2] W/x", NULL },
	{ "01-09 04:55:23.878     0     0 W Thread-2: x", NULL },
	{ "W/Thread-2(    0): page allocation failure", "W(0) Thread-2: page allocation failure" },
	{ "01-09 04:55:23.878 W/CPU     (    0): 0 PID: 306", "01-09 04:55:23.878 W CPU: 0 PID: 306" },
	{ "I/KERNEL  (  123): x", "I(0) x" },
	{ "I/        (    0): [<ffffff80>] f", "I(0) [<ffffff80>] f" },
	{ "W/x(y): z", NULL },
};

static void reads_logcat(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(logcats); i++) {
		struct aw_log_out out = OUT;
		size_t len;
		char *text = copy_of(logcats[i].text, &len);
		bool is = aw_log_logcat_line(text, len, &out);

		check(&logcats[i], is, &out);
		free(text);
	}
}

/* What each line of a quoted-printable mail becomes; NULL: it goes on in the next, "-": it is none. */
static void check_quoted(const char *const *lines, const char *const *expected)
{
	struct aw_log_mail *mail = calloc(1, sizeof(*mail));

	for (; *lines; lines++, expected++) {
		const char *text = *lines;
		size_t len = strlen(text);

		if (!aw_log_mail_quoted(mail, &text, &len)) {
			assert_string_equal(*expected, "-");
		} else if (!text) {
			assert_string_equal(*expected, "...");
		} else {
			assert_int_equal(len, strlen(*expected));
			assert_memory_equal(text, *expected, len);
		}
	}
	free(mail);
}

static void reads_quoted_printable(void **state)
{
	static const char *const quoted[] = { "gfp_mask=3D0x400dc0, oom_score_ad=", "j=3D0", "a=20b", "order=0 x", "a=20b", NULL };
	static const char *const plain[] = { "order=2, oom_score_adj=0", "0*4096kB =", "x=20", NULL };

	(void)state;
	check_quoted(quoted, (const char *const[]){ "...", "gfp_mask=0x400dc0, oom_score_adj=0", "a b", "-", "-" });
	check_quoted(plain, (const char *const[]){ "-", "-", "-" });
}

static void reads_base64(void **state)
{
	struct aw_log_mail *mail = calloc(1, sizeof(*mail));
	struct aw_log_out out = OUT;

	(void)state;
	assert_false(aw_mail_base64(mail, "aGVsbG8=", 8, &out));
	assert_true(aw_mail_base64(mail, "Content-Transfer-Encoding: base64", 33, &out));
	assert_true(aw_mail_base64(mail, "X: y", 4, &out));
	assert_true(aw_mail_base64(mail, "", 0, &out));
	assert_int_equal(out.len, 0);
	assert_true(aw_mail_base64(mail, "aGVsbG8gd2", 10, &out));
	assert_true(aw_mail_base64(mail, "9ybGQ=", 6, &out));
	assert_false(aw_mail_base64(mail, "--boundary", 10, &out));
	assert_int_equal(out.len, 11);
	assert_memory_equal(data, "hello world", 11);
	free(mail);
}

/* Every cut of every row is survived, by every stage, and nothing is written past the end. */
static void survives_cuts(void **state)
{
	static const struct { const struct row *rows; size_t n; } all[] = {
		{ controls, ARRAY_SIZE(controls) }, { pages, ARRAY_SIZE(pages) }, { folds, ARRAY_SIZE(folds) },
		{ markdown, ARRAY_SIZE(markdown) }, { flats, ARRAY_SIZE(flats) }, { logcats, ARRAY_SIZE(logcats) },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(all); i++)
		for (size_t k = 0; k < all[i].n; k++)
			for (size_t cut = 0; cut < strlen(all[i].rows[k].text); cut++) {
				char *text = malloc(cut ? cut : 1), small[8];
				struct aw_log_out out = { small, 0, sizeof(small) };

				memcpy(text, all[i].rows[k].text, cut);
				aw_log_control_clean(text, cut, &out);
				aw_log_html_clean(text, cut, &out);
				aw_log_escapes_undo(text, cut, &out);
				aw_log_escapes_markdown(text, cut, &out);
				aw_log_flat_split(text, cut, &out);
				aw_log_logcat_line(text, cut, &out);
				assert_true(out.len <= sizeof(small));
				free(text);
			}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cleans_controls),
		cmocka_unit_test(reads_html),
		cmocka_unit_test(undoes_escapes),
		cmocka_unit_test(reads_markdown),
		cmocka_unit_test(splits_one_line),
		cmocka_unit_test(reads_logcat),
		cmocka_unit_test(reads_quoted_printable),
		cmocka_unit_test(reads_base64),
		cmocka_unit_test(survives_cuts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

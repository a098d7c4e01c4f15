// SPDX-License-Identifier: GPL-2.0
/*
 * Tests what is missing of a wrapped or cut line, and what encodings tell.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/array.h"
#include "klog/goes_on.h"
#include "klog/task.h"
#include "lines/encoding.h"
#include "lines/mail.h"

static struct aw_klog_line line_of(const char *text)
{
	struct aw_klog_line line;

	aw_klog_line_parse(text, strlen(text), &line);
	return line;
}

/* A kill's line is more with each part that is there. */
static void ranks_kills(void **state)
{
	static const char *const lines[] = {
		"Out of memory: Killed",
		"Out of memory: Killed process 4721",
		"Out of memory: Killed process 4721 (python3)",
		"Out of memory: Killed process 4721 (python3) total-vm:114844kB, anon-rss:98092kB",
		"Out of memory: Killed process 4721 (python3) total-vm:114844kB, anon-rss:98092kB, file-rss:5116kB",
	};

	(void)state;
	for (size_t i = 0; i + 1 < ARRAY_SIZE(lines); i++) {
		struct aw_klog_line less = line_of(lines[i]), more = line_of(lines[i + 1]);

		assert_true(aw_klog_kill_rank(&less) < aw_klog_kill_rank(&more));
	}
}

static void constraints_end(void **state)
{
	struct aw_klog_line cut = line_of("oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems");
	struct aw_klog_line whole = line_of("oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),task=a,pid=1,uid=0");

	(void)state;
	assert_true(aw_klog_is_constraint(&cut));
	assert_false(aw_klog_is_constraint(&whole));
}

/* The function of a warning is torn anywhere, or stands on the next line. */
static void warnings_go_on(void **state)
{
	static const char whole[] = "WARNING: CPU: 0 PID: 13 at mm/page_alloc.c:4831 __alloc_pages_nodemask+0x1ce/0x310";
	const size_t number = strlen("WARNING: CPU: 0 PID: 13 at mm/page_alloc.c:");

	(void)state;
	for (size_t at = number; at + 1 < sizeof(whole); at++) {
		struct aw_text front = aw_text_of(whole, at), rest = aw_text_of(whole + at, strlen(whole + at));
		const char *gap = aw_klog_warning_goes_on(&front, &rest);

		if (whole[at] == ' ' || whole[at - 1] == ' ')
			continue;	/* the wrap takes the space */
		assert_non_null(gap);
		assert_string_equal(gap, "");
	}
}

static void spaces_of_warnings(void **state)
{
	static const struct {
		const char *front, *rest, *gap;
	} cases[] = {
		{ "WARNING: CPU: 0 PID: 13 at mm/page_alloc.c:4831", "__alloc_pages_nodemask+0x1ce/0x310", " " },
		{ "WARNING: mm/page_alloc.c:5184 at", "__alloc_frozen_pages_noprof+0x2f3/0x340, CPU#1: sh/813", " " },
		{ "WARNING: mm/page_alloc.c:5184", "at __alloc_frozen_pages_noprof+0x2f3/0x340, CPU#1: sh/813", " " },
		{ "WARNING: mm/page_alloc.c:5184 at __alloc_frozen_pages_noprof+0x2f", "3/0x340, CPU#1: sh/813", "" },
		{ "WARNING: at mm/page_alloc.c:2400 __alloc_pages_slowpath+0x5", "4f/0x700()", "" },
		{ "WARNING: at mm/page_alloc.c:4831 __alloc_pages_nodemask+0x1ce/0x310", "Modules linked in: exhba", NULL },
		{ "WARNING: at mm/page_alloc.c:4831 __alloc_pages_nodemask", "RIP: 0010:__alloc_pages_nodemask+0x1ce/0x310", NULL },
		{ "WARNING: at kernel/dma/pool.c:276 dma_alloc_from_po", "ol+0x1ce/0x310", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct aw_text front = aw_text_of(cases[i].front, strlen(cases[i].front)), rest = aw_text_of(cases[i].rest, strlen(cases[i].rest));
		const char *gap = aw_klog_warning_goes_on(&front, &rest);

		if (!cases[i].gap) {
			assert_null(gap);
			continue;
		}
		assert_non_null(gap);
		assert_string_equal(gap, cases[i].gap);
	}
}

/* "Not tainted" that is cut is no part of the comm. */
static void cut_comms(void **state)
{
	static const char *const lines[] = {
		"CPU: 0 PID: 89 Comm: repro Not tai", "CPU: 0 PID: 89 Comm: repro Not ", "CPU: 0 PID: 89 Comm: repro Taint",
		"CPU: 0 PID: 89 Comm: repro Not tainted 6.1.0 #1",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		struct aw_klog_line line = line_of(lines[i]);
		struct aw_klog_task task;

		assert_true(aw_klog_task(&line, &task));
		assert_string_equal(task.comm, "repro");
	}
}

/* dmesg -T in a language whose months are not listed. */
static void dates_of_any_language(void **state)
{
	struct aw_klog_line line = line_of("[\xce\x94\xce\xb5\xcf\x85 \xce\x99\xce\xb1\xce\xbd  9 04:55:23 2023] Mem-Info:");

	(void)state;
	assert_int_equal(line.text.end - line.text.p, strlen("Mem-Info:"));
}

static void keep(void *ctx, const char *text, size_t len)
{
	strncat(ctx, text, len);
}

/* UTF-16 without a mark that begins with other letters than ASCII. */
static void tells_utf16(void **state)
{
	static const char text[] = "\x00\x67\xd1\x8f" "M\0e\0m\0-\0I\0n\0f\0o\0:\0 \0o\0k\0";
	struct aw_log_encoding encoding = { 0 };
	char got[64] = "";

	(void)state;
	aw_log_encoding_feed(&encoding, text, sizeof(text) - 1, keep, got);
	aw_log_encoding_finish(&encoding, keep, got);
	assert_non_null(strstr(got, "Mem-Info: ok"));
}

/* A header that says so is believed until the boundary, whatever the '=' look like. */
static void announced_bodies(void **state)
{
	struct aw_log_mail *mail = calloc(1, sizeof(*mail));
	const char *text = "Content-Transfer-Encoding: quoted-printable";
	size_t len = strlen(text);

	(void)state;
	aw_log_mail_quoted(mail, &text, &len);
	text = "a =3D b, x=y";
	len = strlen(text);
	assert_true(aw_log_mail_quoted(mail, &text, &len));
	assert_int_equal(len, strlen("a = b, x=y"));
	text = "--=_x1";
	len = strlen(text);
	aw_log_mail_quoted(mail, &text, &len);
	assert_int_equal(mail->quoted, 0);
	free(mail);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranks_kills),
		cmocka_unit_test(constraints_end),
		cmocka_unit_test(warnings_go_on),
		cmocka_unit_test(spaces_of_warnings),
		cmocka_unit_test(cut_comms),
		cmocka_unit_test(dates_of_any_language),
		cmocka_unit_test(tells_utf16),
		cmocka_unit_test(announced_bodies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

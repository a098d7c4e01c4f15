// SPDX-License-Identifier: GPL-2.0
/*
 * Tests prefixes and dates of kernel log lines.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lines/date.h"
#include "klog/line.h"

struct row {
	const char *raw, *text;
	int64_t mono_us, tid, cpu;
	bool wall;
};

static const struct row rows[] = {
	{ "insmod: x", "insmod: x", -1, -1, -1, false },
	{ "[    0.617583] insmod: x", "insmod: x", 617583, -1, -1, false },
	{ "[12345.000001] insmod: x", "insmod: x", 12345000001, -1, -1, false },
	{ "<4>[    1.200000] insmod: x", "insmod: x", 1200000, -1, -1, false },
	{ "<4>insmod: x", "insmod: x", -1, -1, -1, false },
	{ "[    1.234567][  T123] insmod: x", "insmod: x", 1234567, 123, -1, false },
	{ "[    1.234567][    C1] insmod: x", "insmod: x", 1234567, -1, 1, false },
	{ "[    1.234567] [T123] insmod: x", "insmod: x", 1234567, 123, -1, false },
	{ "4,1234,617583,-;insmod: x", "insmod: x", 617583, -1, -1, false },
	{ "4,1234,617583,-,caller=T306;insmod: x", "insmod: x", 617583, 306, -1, false },
	{ "[318, insmod][    0.881048] insmod: x", "insmod: x", 881048, 318, -1, false },
	{ "[    1.200000] c0    123 insmod: x", "insmod: x", 1200000, 123, 0, false },
	{ "[    1.200000] c1 insmod: x", "insmod: x", 1200000, -1, 1, false },
	{ "<4>[   12.300000]  (3)[123:comm]insmod: x", "insmod: x", 12300000, 123, 3, false },
	{ "[   12.300000]<1>.(3)[123:comm] insmod: x", "insmod: x", 12300000, 123, 3, false },
	{ "[   12.300000] [0:      swapper/0:    1] insmod: x", "insmod: x", 12300000, 1, 0, false },
	{ "<4>[   12.300000]I[1:   kworker/1:1:   45] insmod: x", "insmod: x", 12300000, 45, 1, false },
	{ "[Mon Jan  9 04:55:23 2023] insmod: x", "insmod: x", -1, -1, -1, true },
	{ "[Jan 9 04:55] insmod: x", "insmod: x", -1, -1, -1, true },
	{ "[  +0.000012] insmod: x", "insmod: x", -1, -1, -1, false },
	{ "2023-01-09T04:55:23,878904+01:00 insmod: x", "insmod: x", -1, -1, -1, true },
	{ "Jan  9 04:55:23 myhost kernel: insmod: x", "insmod: x", -1, -1, -1, true },
	{ "Jan  9 04:55:23 myhost kernel: [    1.200000] insmod: x", "insmod: x", 1200000, -1, -1, true },
	{ "2023-01-09T04:55:23+0100 my-host kernel: insmod: x", "insmod: x", -1, -1, -1, true },
	{ "2023-01-09T04:55:23.123456+00:00 my-host kernel: [    1.200000] insmod: x", "insmod: x", 1200000, -1, -1, true },
	{ "Mon 2023-01-09 04:55:23 myhost kernel: insmod: x", "insmod: x", -1, -1, -1, true },
	{ "[    1.200000] myhost kernel: insmod: x", "insmod: x", 1200000, -1, -1, false },
	{ "kern  :warn  : [    1.200000] insmod: x", "insmod: x", 1200000, -1, -1, false },
	{ "01-09 04:55:23.878     0     0 W Thread-2: x", "Thread-2: x", -1, -1, -1, true },
	{ "01-12 08:34:21.699     0     0 I       : [<ffffffc00008a2cc>] show_stack+0x20/0x28",
	  "[<ffffffc00008a2cc>] show_stack+0x20/0x28", -1, -1, -1, true },
	{ "2023-01-09 04:55:23.878   0   0 W kernel  : insmod: x", "insmod: x", -1, -1, -1, true },
	{ "01-09 04:55:23.878 W ", "", -1, -1, -1, true },	/* of a blank line */
	{ "W(0) ", "", -1, -1, -1, false },
	{ "> > [    1.200000] insmod: x\r", "insmod: x", 1200000, -1, -1, false },
	/* text that only looks like a prefix */
	{ "[<ffffffc00008a2cc>] show_stack+0x20/0x28", "[<ffffffc00008a2cc>] show_stack+0x20/0x28", -1, -1, -1, false },
	{ "[c0000001f6cff7d0] [c0000000001a2b3c] f+0x1/0x2", "[c0000001f6cff7d0] [c0000000001a2b3c] f+0x1/0x2", -1, -1, -1, false },
	{ "[  123]     0   123     1234", "[  123]     0   123     1234", -1, -1, -1, false },
	{ "", "", -1, -1, -1, false },
	{ "[", "[", -1, -1, -1, false },
	{ "<", "<", -1, -1, -1, false },
	{ "4,", "4,", -1, -1, -1, false },
};

static void peels_prefixes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];
		size_t len = strlen(r->raw);
		char *copy = malloc(len ? len : 1);	/* not NUL-terminated */
		struct aw_klog_line line;
		char text[256];

		memcpy(copy, r->raw, len);
		aw_klog_line_parse(copy, len, &line);
		aw_text_copy(text, sizeof(text), line.text.p, aw_text_left(&line.text));
		assert_string_equal(text, r->text);
		assert_int_equal(line.mono_us, r->mono_us);
		assert_int_equal(line.tid, r->tid);
		assert_int_equal(line.cpu, r->cpu);
		assert_int_equal(line.wall_us >= 0, r->wall);
		free(copy);
	}
}

/* Every prefix, truncated at every position. */
static void survives_cuts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (size_t len = 0; len <= strlen(rows[i].raw); len++) {
			char *copy = malloc(len ? len : 1);
			struct aw_klog_line line;

			memcpy(copy, rows[i].raw, len);
			aw_klog_line_parse(copy, len, &line);
			assert_true(line.text.p <= line.text.end);
			free(copy);
		}
}

static int64_t date(const char *text)
{
	struct aw_text t = aw_text_of(text, strlen(text));
	int64_t us = -1;
	bool year;

	return aw_log_date(&t, &us, &year) ? us : -1;
}

static void reads_dates(void **state)
{
	(void)state;
	assert_int_equal(date("1970-01-01T00:00:00"), 0);
	assert_int_equal(date("2000-02-29 00:00:01.5"), 951782401500000);
	assert_int_equal(date("Mon Jan  9 04:55:23 2023"), 1673240123000000);
	assert_int_equal(date("2023-01-09T04:55:23+01:00"), 1673240123000000);
	/* differences are valid even without a year */
	assert_int_equal(date("01-12 08:34:21.699") - date("01-09 04:55:23.878"), 272337821000);
	assert_int_equal(date("Jan 12 08:34:21") - date("Jan  9 08:34:21"), 3 * INT64_C(86400000000));
	assert_int_equal(date("Jan 32 08:34:21"), -1);
	assert_int_equal(date("13-01 08:34:21.699"), -1);
	assert_int_equal(date("01-09 25:34:21"), -1);
	assert_int_equal(date("Jam 9 04:55:23"), -1);
	assert_int_equal(date(""), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(peels_prefixes),
		cmocka_unit_test(survives_cuts),
		cmocka_unit_test(reads_dates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

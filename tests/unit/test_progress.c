// SPDX-License-Identifier: GPL-2.0
/*
 * How far a long piece of work is: the words, and that nothing is written where nobody watches.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/progress.h"

#define MIB (1024ull * 1024)
#define SECOND 1000000000ull

static void words(void **state)
{
	char text[AW_PROGRESS_TEXT];

	(void)state;
	assert_string_equal(aw_progress_text(250 * MIB, 1000 * MIB, 2 * SECOND, text),
			    "[#####...............] 25 %, 250 MiB of 1000 MiB, 125 MiB/s, 6.0 s left");
	assert_string_equal(aw_progress_text(250 * MIB, 0, 2 * SECOND, text), "250 MiB, 125 MiB/s");
	assert_string_equal(aw_progress_text(0, 1000 * MIB, 0, text), "0 B, 0 B/s");
	assert_string_equal(aw_progress_text(2000 * MIB, 1000 * MIB, 2 * SECOND, text),
			    "[####################] 100 %, 2.0 GiB of 1000 MiB, 1000 MiB/s, 0 ns left");
	assert_string_equal(aw_progress_wait_text(3 * SECOND, 15 * SECOND, text),
			    "[####................] 20 %, waited 3.0 s of 15.0 s at most, 12.0 s left");
}

static void silent_without_a_terminal(void **state)
{
	struct aw_progress progress;
	char byte;
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	aw_progress_begin(&progress, fds[1]);
	progress.began_ns = 0;
	aw_progress_show(&progress, 1, 2);
	aw_progress_wait(&progress, 1, 2);
	aw_progress_end(&progress);
	close(fds[1]);
	assert_int_equal(read(fds[0], &byte, 1), 0);
	close(fds[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words),
		cmocka_unit_test(silent_without_a_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

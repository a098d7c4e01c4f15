// SPDX-License-Identifier: GPL-2.0
/*
 * Tests commands that read a recording or a log while an allocation fails: their
 * output is the same, or they end with a message and status 1.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/exit_status.h"
#include "base/file.h"
#include "cli/command.h"

static char recording[] = "tests/screen/vm.aw";

#ifndef __SANITIZE_ADDRESS__	/* which has an allocator of its own */

/* The functions of glibc, under other names. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static unsigned long allocations, fails_at;

static bool fails(void)
{
	if (++allocations != fails_at)
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return fails() ? NULL : __libc_realloc(old, size);
}

/* The output of a run. */
struct run {
	int status;
	char *out, *err;
	unsigned long allocations;	/* counted by the child process */
};

static char dir[] = "/tmp/aw-no-memory-XXXXXX";
static char out_path[64], err_path[64], count_path[64];

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(dir))
		return -1;
	snprintf(out_path, sizeof(out_path), "%s/out", dir);
	snprintf(err_path, sizeof(err_path), "%s/err", dir);
	snprintf(count_path, sizeof(count_path), "%s/count", dir);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(out_path);
	unlink(err_path);
	unlink(count_path);
	return rmdir(dir);
}

static void child(const struct aw_command *command, int argc, const char *const *args, unsigned long at)
{
	char *argv[16] = { NULL };
	FILE *count = fopen(count_path, "w");
	int status;

	memcpy(argv, args, (size_t)argc * sizeof(*argv));
	if (!count || !freopen(out_path, "w", stdout) || !freopen(err_path, "w", stderr))
		_exit(99);
	allocations = 0;
	fails_at = at;
	status = command->run(argc, argv);
	if (fflush(stdout) || ferror(stdout) || fflush(stderr))
		status = 98;
	fails_at = 0;
	fprintf(count, "%lu", allocations);
	fclose(count);
	_exit(status);
}

static void run(const struct aw_command *command, int argc, const char *const *args, unsigned long at, struct run *out)
{
	AW_FREE char *count = NULL;
	int status;
	pid_t pid;

	fflush(stdout);
	fflush(stderr);
	pid = fork();
	if (!pid)
		child(command, argc, args, at);
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	out->status = WEXITSTATUS(status);
	assert_int_equal(aw_file_read(out_path, &out->out, NULL), 0);
	assert_int_equal(aw_file_read(err_path, &out->err, NULL), 0);
	assert_int_equal(aw_file_read(count_path, &count, NULL), 0);
	out->allocations = strtoul(count, NULL, 10);
}

static void free_run(struct run *run)
{
	free(run->out);
	free(run->err);
}

/* Fails every `step`th of the first `most` allocations. */
static void sweep(const struct aw_command *command, unsigned long step, unsigned long most, int argc,
		  const char *const *args)
{
	unsigned long refused = 0;
	struct run whole;

	run(command, argc, args, 0, &whole);
	assert_int_equal(whole.status, AW_EXIT_OK);
	assert_true(whole.allocations > 0);
	for (unsigned long at = 1; at <= whole.allocations && at <= most; at += step) {
		struct run part;

		run(command, argc, args, at, &part);
		if (part.status == AW_EXIT_OK ? strcmp(part.out, whole.out) :
		    part.status != AW_EXIT_ERROR || !strcmp(part.err, whole.err))
			fail_msg("%s without allocation %lu: status %d, on stderr '%s'", command->name, at,
				 part.status, part.err);
		refused += part.status == AW_EXIT_ERROR;
		free_run(&part);
	}
	assert_true(refused > 0);
	free_run(&whole);
}

/* The name of a command and its operands. */
#define SWEEP(command, step, ...) do { \
	const char *args[] = { (command).name, __VA_ARGS__, NULL }; \
	sweep(&(command), step, 1000, (int)ARRAY_SIZE(args) - 1, args); \
} while (0)

static void report(void **state)
{
	(void)state;
	SWEEP(aw_command_report, 2, recording);
}

static void export(void **state)
{
	(void)state;
	SWEEP(aw_command_export, 10, "-F", "json", recording);
	SWEEP(aw_command_export, 5, "-F", "html", recording);
}

static void diff(void **state)
{
	(void)state;
	SWEEP(aw_command_diff, 15, recording, recording);
	SWEEP(aw_command_diff, 15, "--json", recording, recording);
}

static void explain(void **state)
{
	(void)state;
	SWEEP(aw_command_explain, 1, "tests/golden/explain/failure-arm64-6.1.log", "tests/golden/explain/cma-area-arm64.log",
	      "tests/golden/explain/memcg-oom-x86_64-5.10.log");
	SWEEP(aw_command_explain, 5, "--json", "tests/golden/explain/failure-arm64-3.18.20.log",
	      "tests/golden/explain/vmalloc-arm64-6.1.log", "tests/golden/explain/ambiguous-mask.log");
	SWEEP(aw_command_explain, 1, "--order", "4", "--gfp", "0xc0d0", "--kernel", "3.18");
}

#else

static int set_up(void **state)
{
	(void)state;
	return 0;
}

#define tear_down set_up

static void report(void **state)
{
	(void)state;
	skip();
}

#define export report
#define diff report
#define explain report

#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(report),
		cmocka_unit_test(export),
		cmocka_unit_test(diff),
		cmocka_unit_test(explain),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}

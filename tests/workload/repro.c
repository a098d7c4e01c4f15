/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Causes page allocation failures from user space, and prints their number as ground truth for tests.
 *
 * It fragments the memory of the machine, uses up the last large blocks, then makes requests of order 4
 * that must fail. It is meant for a small virtual machine. The last line on stdout:
 *   truth warned_failed=12 warned_ok=0 silent_failed=8 silent_ok=0 atomic_failed=0 atomic_ok=0 eating_failed=0 order=4 bytes=65536 page_size=4096
 * Every failed request is exactly one mm_page_alloc event without a page. eating_failed counts the
 * failures before --before-requests was run.
 * With --shortage or --memcg, the line is, also after --before-requests:
 *   truth shortage_failed=3 shortage_ok=0 order=10 bytes=4194304 page_size=4096
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "atomic.h"
#include "fragment.h"
#include "memcg.h"
#include "memory.h"
#include "requests.h"
#include "sysctl.h"

#define MEMORY_MIN (128L << 20)
#define MEMORY_MAX (2L << 30)
#define QUIET_LOOKS 10 /* checks without a new block after which memory is stable */
#define LOOK_MS 20
#define SUCCEEDED_MAX 2000

struct options {
	long warned, silent, atomic, shortage, memcg, pause_ms, hold_s;
	const char *before;
	int force;
};

struct truth {
	struct request_count eating, warned, silent, atomic;
};

static const char usage[] =
	"usage: repro [OPTION...]\n"
	"fragmented memory, order 4:\n"
	"  --warned N               requests that the kernel log reports (default 1, if no other type is given)\n"
	"  --silent N               requests with __GFP_NOWARN\n"
	"  --atomic N               requests with GFP_ATOMIC (the kernel log reports these, too)\n"
	"full memory, order 10 with 4K pages:\n"
	"  --shortage N             silent requests for more memory than is free\n"
	"a full memory cgroup, order 4:\n"
	"  --memcg N                requests that only the memory cgroup refuses\n"
	"other options:\n"
	"  --pause MS               wait between requests\n"
	"  --hold SECONDS           keep memory fragmented for a while afterwards\n"
	"  --before-requests CMD    run a shell command when memory is fragmented\n"
	"  --force                  run on a machine with more than 2 GiB of memory\n";

static long number(const char *text)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (end == text || *end || value < 0)
		errx(2, "'%s' is not a number", text);
	return value;
}

static struct options parse(int argc, char **argv)
{
	static const struct option known[] = {
		{ "warned", required_argument, NULL, 'w' },
		{ "silent", required_argument, NULL, 's' },
		{ "atomic", required_argument, NULL, 'a' },
		{ "shortage", required_argument, NULL, 'o' },
		{ "memcg", required_argument, NULL, 'm' },
		{ "pause", required_argument, NULL, 'p' },
		{ "hold", required_argument, NULL, 'h' },
		{ "before-requests", required_argument, NULL, 'b' },
		{ "force", no_argument, NULL, 'f' },
		{ "help", no_argument, NULL, '?' },
		{},
	};
	struct options options = { .warned = -1 };
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 'w': options.warned = number(optarg); break;
		case 's': options.silent = number(optarg); break;
		case 'a': options.atomic = number(optarg); break;
		case 'o': options.shortage = number(optarg); break;
		case 'm': options.memcg = number(optarg); break;
		case 'p': options.pause_ms = number(optarg); break;
		case 'h': options.hold_s = number(optarg); break;
		case 'b': options.before = optarg; break;
		case 'f': options.force = 1; break;
		default: fputs(usage, stderr); exit(2);
		}
	}
	if (optind != argc)
		errx(2, "what is '%s'?", argv[optind]);
	if (options.warned < 0)
		options.warned = !options.silent && !options.atomic && !options.shortage && !options.memcg;
	if (!!(options.warned || options.silent || options.atomic) + !!options.shortage + !!options.memcg > 1)
		errx(2, "--shortage and --memcg need a run of their own");
	return options;
}

static void check_machine(int force)
{
	long bytes = memory_total() * sysconf(_SC_PAGESIZE);

	if (bytes < MEMORY_MIN)
		errx(1, "%ld MiB of memory is too little to run safely", bytes >> 20);
	if (bytes > MEMORY_MAX && !force)
		errx(1, "this machine has %ld MiB of memory: run this in a small virtual machine, or with --force", bytes >> 20);
}

/* Without this, the OOM killer would choose this process first, because it holds most memory. */
static void protect_from_oom(void)
{
	FILE *file = fopen("/proc/self/oom_score_adj", "w");

	if (!file || fputs("-1000", file) < 0 || fclose(file))
		err(1, "/proc/self/oom_score_adj (root is needed)");
}

/* A process that waits to run a command. It is forked before this one has thousands of pipes, because a later fork
 * would copy their table, which is a large request itself. */
struct command {
	pid_t pid;
	int start;
};

static struct command command_prepare(const char *text)
{
	struct command command = {};
	int ends[2];
	char go;

	if (!text)
		return command;
	if (pipe2(ends, O_CLOEXEC))
		err(1, "pipe");
	command.start = ends[1];
	command.pid = fork();
	if (command.pid < 0)
		err(1, "fork");
	if (command.pid)
		return command;
	close(ends[1]);
	if (read(ends[0], &go, 1) == 1)
		execl("/bin/sh", "sh", "-c", text, (char *)NULL);
	_exit(127);
}

static void command_run(const struct command *command)
{
	int status;

	if (!command->pid)
		return;
	if (write(command->start, "", 1) != 1 || waitpid(command->pid, &status, 0) != command->pid)
		err(1, "--before-requests");
	if (status)
		errx(1, "the command of --before-requests failed");
}

static void sleep_ms(long ms)
{
	struct timespec time = { ms / 1000, ms % 1000 * 1000000 };

	while (nanosleep(&time, &time) && errno == EINTR)
		;
}

/* While there are large blocks, requests would succeed forever. */
static void check_failing(const struct request_count *count)
{
	if (count->ok >= SUCCEEDED_MAX)
		errx(1, "%ld requests succeeded and %ld failed: there are blocks of order %d again", count->ok,
		     count->failed, REQUEST_ORDER);
}

/* Like make(), for requests that free their block again: first uses up blocks that appeared since the last request.
 * Doing so after a request is too early: the kernel frees the ring of io_destroy() later, from a work queue, and
 * the next request would get the same block again. */
static void make_starved(void (*request)(struct request_count *), struct request_count *count, long failures,
			 const struct options *options, struct truth *truth)
{
	while (count->failed < failures) {
		use_up_blocks(&truth->silent);
		request(count);
		check_failing(count);
		sleep_ms(options->pause_ms);
	}
}

/* Makes requests with this function until this many have failed. Requests that succeed keep the blocks that compaction
 * still makes, and are repeated without a pause. */
static void make(void (*request)(struct request_count *), struct request_count *count, long failures, long pause_ms)
{
	while (count->failed < failures) {
		long failed = count->failed;

		request(count);
		check_failing(count);
		if (count->failed > failed)
			sleep_ms(pause_ms);
	}
}

static void tell_block(int order)
{
	long page = sysconf(_SC_PAGESIZE);

	printf(" order=%d bytes=%ld page_size=%ld\n", order, page << order, page);
}

static void tell_truth(const struct truth *truth)
{
	printf("truth warned_failed=%ld warned_ok=%ld silent_failed=%ld silent_ok=%ld atomic_failed=%ld atomic_ok=%ld eating_failed=%ld",
	       truth->warned.failed, truth->warned.ok, truth->silent.failed, truth->silent.ok, truth->atomic.failed,
	       truth->atomic.ok, truth->eating.failed);
	tell_block(REQUEST_ORDER);
}

/* Memory of closed pipes and ended processes is freed a little later, by RCU, and merged into blocks; the busier the
 * host, the later. Ends when no block has appeared for a while. */
static void settle(struct truth *truth)
{
	for (int quiet = 0; quiet < QUIET_LOOKS && !truth->eating.failed; quiet++) {
		if (memory_blocks(REQUEST_ORDER) > 0)
			quiet = 0;
		use_up_blocks(&truth->eating);
		sleep_ms(LOOK_MS);
	}
}

static void fragment(struct truth *truth)
{
	long kept = fragment_memory();

	settle(truth);
	if (memory_blocks(REQUEST_ORDER) > 0 && !truth->eating.failed)
		errx(1, "memory is not fragmented: %ld blocks of order %d are left", memory_blocks(REQUEST_ORDER), REQUEST_ORDER);
	printf("fragmented kept_pages=%ld free_pages=%ld blocks_eaten=%ld blocks_left=%ld\n", kept, memory_free_unmovable(),
	       truth->eating.ok, memory_blocks(REQUEST_ORDER));
}

static void run_fragmentation(const struct options *options, const struct command *command)
{
	struct truth truth = {};

	if (options->warned)
		warned_prepare();
	if (options->atomic)
		atomic_prepare();
	fragment(&truth);
	command_run(command);
	make_starved(request_warned, &truth.warned, options->warned, options, &truth);
	make(request_silent, &truth.silent, options->silent, options->pause_ms);
	make_starved(request_atomic, &truth.atomic, options->atomic, options, &truth);
	tell_truth(&truth);
}

static void request_shortage(struct request_count *count)
{
	request_silent_order(count, silent_order_max());
}

/* Leaves half of a block above the watermark: too little for the request, also when kswapd has freed some, but enough
 * for the machine unless the watermark is boosted. */
static void run_shortage(const struct options *options, const struct command *command)
{
	struct request_count count = {};
	long block = 1L << silent_order_max();

	sysctl_for_now("/proc/sys/vm/watermark_boost_factor", 0);
	fill_memory(block / 2);
	printf("filled free_pages=%ld reserve_pages=%ld\n", memory_free_unmovable(), memory_reserve("min"));
	command_run(command);
	make(request_shortage, &count, options->shortage, options->pause_ms);
	printf("truth shortage_failed=%ld shortage_ok=%ld", count.failed, count.ok);
	tell_block(silent_order_max());
}

static void run_memcg(const struct options *options, const struct command *command)
{
	struct request_count count = {};

	command_run(command);
	memcg_enter();
	make(request_silent, &count, options->memcg, options->pause_ms);
	memcg_leave();
	printf("truth memcg_failed=%ld memcg_ok=%ld", count.failed, count.ok);
	tell_block(REQUEST_ORDER);
}

int main(int argc, char **argv)
{
	struct options options = parse(argc, argv);
	struct command command;

	setvbuf(stdout, NULL, _IOLBF, 0);
	prctl(PR_SET_NAME, "repro");
	check_machine(options.force);
	command = command_prepare(options.before);
	protect_from_oom();
	allow_many_pipes();
	if (options.shortage)
		run_shortage(&options, &command);
	else if (options.memcg)
		run_memcg(&options, &command);
	else
		run_fragmentation(&options, &command);
	sleep_ms(options.hold_s * 1000);
	return 0;
}

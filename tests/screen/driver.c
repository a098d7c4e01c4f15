// SPDX-License-Identifier: GPL-2.0
/*
 * The screen without a kernel: events that were made up, a time that stands
 * still.  Ends as `allocwatch live` does, but says what the screen cost.
 *
 * usage: driver case|hostile|many|empty [crash|storm]
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "events.h"
#include "output/live/screen.h"
#include "summary/summary.h"
#include "verdict/verdict.h"

struct driver {
	struct aw_kernel kernel;
	const struct aw_key *keys[3];
	struct aw_summary *summary;
	struct aw_screen *screen;
};

static volatile sig_atomic_t ended;

static void on_signal(int number)
{
	if (ended++)
		_exit(128 + number);
}

/* As the session does it. */
static void deliver(void *arg, const struct aw_event *delivered)
{
	struct driver *driver = arg;
	struct aw_event event = *delivered;
	struct aw_verdict verdict;

	if (event.type == AW_EVENT_FAILURE) {
		aw_verdict_make(&event, &driver->kernel, &verdict);
		event.failure.cause = verdict.cause;
		event.failure.rule = verdict.rule;
	}
	if (event.type != AW_EVENT_FAILURE || !event.failure.before_start)
		aw_summary_add(driver->summary, &event);
	aw_screen_event(driver->screen, &event);
}

static void report(void *arg, struct aw_report *out)
{
	static const struct aw_missing missing = { "warn_alloc kprobe", "this kernel has no kprobes", "" };
	static const struct aw_loss losses[] = { { "ring_full", "events", 0 } };
	struct driver *driver = arg;

	*out = (struct aw_report){
		.kernel = &driver->kernel, .summary = driver->summary, .source = "bpf",
		.start_ns = NOW - 192 * SECOND, .end_ns = NOW, .sort = "count", .top = 10,
		.nr_missing = 1, .missing = &missing, .nr_losses = 1, .losses = losses,
	};
}

static void reset(void *arg)
{
	struct driver *driver = arg;

	aw_summary_free(driver->summary);
	driver->summary = aw_summary_new(driver->keys, 3);
}

static uint64_t now(void *arg)
{
	(void)arg;
	return NOW;
}

static double cpu_seconds(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static int open_driver(struct driver *driver)
{
	const struct aw_screen_host host = { report, reset, now, false, driver };
	struct aw_error error;

	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	if (aw_kernel_for_release("6.1.0-56-arm64", 4096, &driver->kernel))
		return 1;
	driver->kernel.max_order = 10;
	driver->kernel.wall_offset_ns = 1700000000ll * 1000000000;
	driver->keys[0] = aw_key_find("order", 5);
	driver->keys[1] = aw_key_find("gfp", 3);
	driver->keys[2] = aw_key_find("stack", 5);
	driver->summary = aw_summary_new(driver->keys, 3);
	if (!aw_screen_open(&host, &driver->screen, &error))
		return 0;
	printf("driver: %s\n", error.text);
	return 1;
}

/* More and more of the same, as fast as the screen lets us. */
static unsigned long storm(const struct feed *feed, const char *how)
{
	if (strcmp(how, "storm"))
		return 0;
	feed_case(feed);
	return 1;
}

static double wall_seconds(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	static const struct { const char *name; void (*feed)(const struct feed *feed); } feeds[] = {
		{ "case", feed_case }, { "hostile", feed_hostile }, { "many", feed_many }, { "empty", feed_empty },
	};
	const char *how = argc > 2 ? argv[2] : "";
	static struct driver driver;
	struct feed feed = { &driver.kernel, deliver, &driver };
	unsigned long storms = 0, ticks = 0;
	double cpu, wall;

	if (argc < 2 || open_driver(&driver))
		return 1;
	for (unsigned int i = 0; i < sizeof(feeds) / sizeof(feeds[0]); i++)
		if (!strcmp(feeds[i].name, argv[1]))
			feeds[i].feed(&feed);
	cpu = cpu_seconds();
	wall = wall_seconds();
	while (!ended && !aw_screen_tick(driver.screen)) {
		storms += storm(&feed, how);
		ticks++;
		if (!strcmp(how, "crash") && ticks == 20)
			raise(SIGSEGV);
		usleep(50000);
	}
	aw_screen_close(driver.screen);
	printf("driver: done, %.2f %% of a core", (cpu_seconds() - cpu) / (wall_seconds() - wall) * 100);
	if (storms)
		printf(", %lu storms", storms);
	printf("\n");
	aw_summary_free(driver.summary);
	aw_kernel_clear(&driver.kernel);
	return 0;
}

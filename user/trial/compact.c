// SPDX-License-Identifier: GPL-2.0
/*
 * Compacts all memory under watch.
 */
#include "trial/compact.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/file.h"
#include "system/pagetypes.h"
#include "system/zoneinfo.h"
#include "trial/watch.h"

static const char *const counter_names[] = {
	[AW_COMPACT_MIGRATE_SCANNED] = "compact_migrate_scanned", [AW_COMPACT_FREE_SCANNED] = "compact_free_scanned",
	[AW_COMPACT_ISOLATED] = "compact_isolated", [AW_COMPACT_MOVED] = "pgmigrate_success",
	[AW_COMPACT_NOT_MOVED] = "pgmigrate_fail",
};
_Static_assert(ARRAY_SIZE(counter_names) == AW_COMPACT_COUNTERS, "a counter has no name");

/* compact_migrate_scanned 26055 */
static bool find_counter(const char *text, const char *name, uint64_t *value)
{
	size_t len = strlen(name);

	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (!strncmp(line, name, len) && line[len] == ' ') {
			*value = strtoull(line + len, NULL, 10);
			return true;
		}
	}
	return false;
}

bool aw_compact_counters_parse(const char *text, uint64_t counter[AW_COMPACT_COUNTERS])
{
	for (unsigned int i = 0; i < AW_COMPACT_COUNTERS; i++)
		if (!find_counter(text, counter_names[i], &counter[i]))
			return false;
	return true;
}

bool aw_compact_counters_read(uint64_t counter[AW_COMPACT_COUNTERS])
{
	AW_FREE char *text = NULL;

	return !aw_file_read("/proc/vmstat", &text, NULL) && aw_compact_counters_parse(text, counter);
}

uint64_t aw_compact_looked_at(const uint64_t counter[AW_COMPACT_COUNTERS])
{
	return counter[AW_COMPACT_MIGRATE_SCANNED] + counter[AW_COMPACT_FREE_SCANNED];
}

static bool is_closed(enum aw_migratetype type)
{
	return type == AW_MT_CMA || type == AW_MT_ISOLATE || type == AW_MT_HIGHATOMIC;
}

static int read_blocks(uint64_t blocks[AW_MAX_ORDERS])
{
	AW_FREE struct aw_pagetypes *types = malloc(sizeof(*types));
	int err = types ? aw_pagetypes_read(types) : -ENOMEM;

	memset(blocks, 0, AW_MAX_ORDERS * sizeof(*blocks));
	for (unsigned int i = 0; !err && i < types->nr_zones; i++)
		for (enum aw_migratetype type = 0; type < AW_MT_COUNT; type++)
			for (unsigned int order = 0; !is_closed(type) && order < AW_MAX_ORDERS; order++)
				blocks[order] += types->zones[i].free[type][order];
	return err;
}

static uint64_t used_pages(void)
{
	AW_FREE struct aw_zone *zones = malloc(AW_PAGETYPES_ZONES * sizeof(*zones));
	unsigned int count = zones ? aw_zones_read(zones, AW_PAGETYPES_ZONES) : 0;
	uint64_t used = 0;

	for (unsigned int i = 0; i < count; i++)
		used += zones[i].managed > zones[i].free ? zones[i].managed - zones[i].free : 0;
	return used;
}

static int compact(struct aw_error *error)
{
	static const char path[] = "/proc/sys/vm/compact_memory";
	AW_CLOSE int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd >= 0 && write(fd, "1", 1) == 1)
		return 0;
	return aw_error_set(error, -errno, "can't compact: %s: %s", path, errno == ENOENT ?
			    "this kernel has no compaction (CONFIG_COMPACTION)" : errno == EACCES || errno == EPERM ?
			    "run as root" : strerror(errno));
}

#define SETTLE_SECONDS 15
#define SETTLE_NS 1100000000ull	/* between two looks */
#define SETTLE_STEPS 5		/* of the wait between two looks, for those who watch it */

/* Somewhat more: what happens once a second has happened then. */
static void wait_a_second(struct aw_progress *progress, uint64_t waited_ns)
{
	for (unsigned int step = 0; step < SETTLE_STEPS; step++) {
		struct timespec time = { .tv_nsec = SETTLE_NS / SETTLE_STEPS };

		while (nanosleep(&time, &time) && errno == EINTR)
			;
		aw_progress_wait(progress, waited_ns + (step + 1) * SETTLE_NS / SETTLE_STEPS, SETTLE_SECONDS * SETTLE_NS);
	}
}

/*
 * What was moved leaves its page free on the list of a cpu.  These lists shrink
 * every second (vm.stat_interval), from 6.7 on by an eighth only, and the pages
 * merge.  Waits until there are no more blocks than a second ago, twice.
 */
static int settle(unsigned int order, struct aw_progress *progress, uint64_t blocks[AW_MAX_ORDERS])
{
	uint64_t most = 0;
	int err = 0;

	for (unsigned int quiet = 0, second = 0; !err && quiet < 2 && second < SETTLE_SECONDS; second++) {
		uint64_t now;

		wait_a_second(progress, second * SETTLE_NS);
		err = read_blocks(blocks);
		now = aw_compact_blocks(blocks, order);
		quiet = now > most ? 0 : quiet + 1;
		most = now > most ? now : most;
	}
	return err;
}

/*
 * A run looks at every page in use, once, with one of its scanners.  From 5.1 on
 * the free scanner sometimes strides down to the other one at once, and the run
 * ends as complete after a pageblock: see pages/simulate.c.
 */
enum aw_compact_end aw_compact_end_of(const struct aw_compact_trial *trial)
{
	if (!trial->counted)
		return AW_COMPACT_END_UNKNOWN;
	return aw_compact_looked_at(trial->counter) < trial->used / 10 ? AW_COMPACT_END_EARLY : AW_COMPACT_END_WHOLE;
}

static int run(struct aw_progress *progress, struct aw_compact_trial *out, struct aw_error *error)
{
	struct aw_compact_watch watch;
	uint64_t before[AW_COMPACT_COUNTERS] = { 0 }, after[AW_COMPACT_COUNTERS] = { 0 }, start;
	int err;

	out->used = used_pages();
	out->counted = aw_compact_counters_read(before);
	aw_compact_watch_begin(&watch, progress, aw_compact_looked_at(before), out->used, out->kernel->page_size);
	start = aw_now_ns();
	err = compact(error);
	out->ns = aw_now_ns() - start;
	aw_compact_watch_end(&watch);
	if (err)
		return err;
	out->counted = out->counted && aw_compact_counters_read(after);
	for (unsigned int i = 0; i < AW_COMPACT_COUNTERS; i++)
		out->counter[i] = out->counted ? after[i] - before[i] : 0;
	out->end = aw_compact_end_of(out);
	return 0;
}

int aw_compact_try(unsigned int order, const struct aw_kernel *kernel, struct aw_progress *progress,
		   struct aw_compact_trial *out, struct aw_error *error)
{
	int err;

	*out = (struct aw_compact_trial){ .order = order, .kernel = kernel };
	err = read_blocks(out->before);
	if (err)
		return aw_error_set(error, err, "can't read /proc/pagetypeinfo: %s", err == -EACCES ? "run as root" :
				    strerror(-err));
	err = run(progress, out, error);
	if (err)
		return err;
	err = settle(order, progress, out->after);
	return err ? aw_error_set(error, err, "can't read /proc/pagetypeinfo: %s", strerror(-err)) : 0;
}

uint64_t aw_compact_blocks(const uint64_t blocks[AW_MAX_ORDERS], unsigned int order)
{
	uint64_t sum = 0;

	for (unsigned int i = order; i < AW_MAX_ORDERS; i++)
		sum += blocks[i] << (i - order);
	return sum;
}

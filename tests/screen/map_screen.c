// SPDX-License-Identifier: GPL-2.0
/*
 * The screen of a machine that is not there, for the memory map: what every page
 * holds is built (tests/unit/map_builder.h).  Each look takes one call a zone.
 *
 * usage: map_screen [ERROR]     ERROR: pages cannot be looked at, for this reason
 */
#include <stdio.h>
#include <time.h>

#include "map_builder.h"
#include "report_builder.h"
#include "screen/screen.h"

struct machine {
	struct built_report built;
	const char *error;
	struct aw_blockers all;		/* what the zones of a look are taken from */
};

static void report(void *arg, struct aw_report *out)
{
	*out = ((struct machine *)arg)->built.report;
}

static void reset(void *arg)
{
	(void)arg;
}

static uint64_t now(void *arg)
{
	return ((struct machine *)arg)->built.report.end_ns;
}

static int look(void *arg, bool begin, struct aw_blockers *found, struct aw_error *error)
{
	struct machine *machine = arg;
	unsigned int zone = begin ? 0 : found->nr_zones;

	if (machine->error)
		return aw_error_set(error, -1, "%s", machine->error);
	if (begin && build_map(&machine->all, machine->built.report.kernel))
		return aw_error_set(error, -1, "out of memory");
	if (zone == machine->all.nr_zones)
		return 0;
	if (!zone)
		*found = machine->all;
	found->nr_zones = zone + 1;
	return 1;
}

int main(int argc, char **argv)
{
	struct machine machine = { .error = argc > 1 ? argv[1] : NULL };
	const struct aw_screen_host host = { .report = report, .reset = reset, .now = now, .look = look, .arg = &machine };
	struct aw_screen *screen;
	struct aw_error error = { "" };

	if (build_report(&machine.built, true) || aw_screen_open(&host, &screen, &error)) {
		fprintf(stderr, "map_screen: %s\n", error.text);
		return 1;
	}
	while (!aw_screen_tick(screen))
		nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
	aw_screen_close(screen);
	built_report_free(&machine.built);
	return 0;
}

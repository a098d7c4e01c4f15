/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The full-screen view of a run: takes events, reads keys and draws frames,
 * without ever blocking.
 */
#ifndef AW_SCREEN_SCREEN_H
#define AW_SCREEN_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "blockers/answer.h"
#include "event/event.h"
#include "output/report.h"

/* The callbacks that the session provides. */
struct aw_screen_host {
	/* Fills in the report up to now; what it points to is valid until the next call. */
	void (*report)(void *arg, struct aw_report *report);
	/* Resets all counts: the next report has a new, empty summary. */
	void (*reset)(void *arg);
	uint64_t (*now)(void *arg);	/* CLOCK_MONOTONIC of the kernel that is watched */
	/*
	 * Looks at the pages of the next zone, of the first if `begin`, for the request in `found`.  1: there are more
	 * zones, 0: it is complete, or -errno with the reason.  NULL: pages cannot be looked at.
	 */
	int (*look)(void *arg, bool begin, struct aw_blockers *found, struct aw_error *error);
	const char *sort;		/* of the table: "worst", "count", "last" or a key; NULL: "worst" */
	bool here;			/* the kernel is that of this machine, so /proc shows its memory */
	void *arg;
};

struct aw_screen;

/*
 * Takes over the terminal.  0, or -errno with the reason and the terminal
 * unchanged: -ENOTTY: there is none, -ENOTSUP: it cannot show a screen.
 */
int aw_screen_open(const struct aw_screen_host *host, struct aw_screen **out, struct aw_error *error);

/* Restores the terminal.  NULL allowed. */
void aw_screen_close(struct aw_screen *screen);

/* An event that the host's summary has already counted, or one from before the start, which it does not count. */
void aw_screen_event(struct aw_screen *screen, const struct aw_event *event);

/* To be called about ten times a second.  True: the user wants to quit. */
bool aw_screen_tick(struct aw_screen *screen);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The full-screen view of a run: events go in, keys are followed, frames are
 * drawn; none of it waits.
 */
#ifndef AW_LIVE_SCREEN_H
#define AW_LIVE_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "event/event.h"
#include "output/report.h"

/* Who runs the session answers these. */
struct aw_screen_host {
	/* All that there is to say by now; what it points to stays until the next call. */
	void (*report)(void *arg, struct aw_report *report);
	/* Forgets what was counted: the next report has another, empty summary. */
	void (*reset)(void *arg);
	uint64_t (*now)(void *arg);	/* CLOCK_MONOTONIC of the kernel that is watched */
	bool here;			/* it is this machine's: /proc tells of its memory */
	void *arg;
};

struct aw_screen;

/*
 * Takes the terminal.  0, or -errno with the reason and the terminal
 * untouched: -ENOTTY there is none, -ENOTSUP it cannot show a screen.
 */
int aw_screen_open(const struct aw_screen_host *host, struct aw_screen **out, struct aw_error *error);

/* Gives the terminal back.  NULL allowed. */
void aw_screen_close(struct aw_screen *screen);

/* An event that the host's summary has counted, or one from before the start, which it has not. */
void aw_screen_event(struct aw_screen *screen, const struct aw_event *event);

/* To be called some ten times a second.  True: the user wants to end. */
bool aw_screen_tick(struct aw_screen *screen);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sends the frames of curses to the terminal without ever blocking.
 *
 * curses writes a frame to a file in memory, from where it is sent as fast as
 * the terminal accepts it.  Until a frame is sent, no other one is drawn: a
 * slow or disconnected terminal costs frames, not events.
 */
#ifndef AW_SCREEN_OUTLET_H
#define AW_SCREEN_OUTLET_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

struct aw_outlet {
	FILE *frame;		/* a file in memory that curses writes to */
	int terminal;		/* reopened, so that O_NONBLOCK does not affect other processes */
	off_t sent;		/* bytes of the frame already sent */
};

/* 0 or -errno. */
int aw_outlet_open(struct aw_outlet *outlet, int terminal);
void aw_outlet_close(struct aw_outlet *outlet);

/* Sends as much as the terminal accepts.  True: the frame is sent, and a new one may be drawn. */
bool aw_outlet_send(struct aw_outlet *outlet);

/* Waits until the frame is sent, at most one second. */
void aw_outlet_finish(struct aw_outlet *outlet);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The way from curses to the terminal that never waits.
 *
 * curses writes a frame into memory; from there it goes to the terminal as
 * fast as that takes it.  While a frame is on its way no other one is drawn:
 * a slow terminal, or one whose line is gone, costs frames and not events.
 */
#ifndef AW_LIVE_OUTLET_H
#define AW_LIVE_OUTLET_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

struct aw_outlet {
	FILE *frame;		/* what curses writes to: a file in memory */
	int terminal;		/* opened again, so that O_NONBLOCK is ours alone */
	off_t sent;		/* of the frame */
};

/* 0 or -errno. */
int aw_outlet_open(struct aw_outlet *outlet, int terminal);
void aw_outlet_close(struct aw_outlet *outlet);

/* Sends what the terminal takes now.  True: all is sent, a frame may be drawn. */
bool aw_outlet_send(struct aw_outlet *outlet);

/* Waits until all is sent, but no longer than a second. */
void aw_outlet_finish(struct aw_outlet *outlet);

#endif

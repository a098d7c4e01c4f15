/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The terminal in full-screen mode: entered, left, its size and its keys.
 */
#ifndef AW_LIVE_TERMINAL_H
#define AW_LIVE_TERMINAL_H

#include <stdbool.h>
#include <termios.h>

#include "base/error.h"
#include "output/live/outlet.h"

struct aw_terminal {
	struct aw_outlet outlet;
	struct termios before;	/* as found, and as left */
	void *curses, *keys;	/* SCREEN, WINDOW */
	bool utf8;
	int width, height;
};

/*
 * Enters full-screen mode on standard input and output.  0, or -errno with the
 * reason, and then nothing was changed: -ENOTTY no terminal, -ENOTSUP one that
 * cannot.
 */
int aw_terminal_open(struct aw_terminal *terminal, struct aw_error *error);

/* Leaves it: the terminal is as it was. */
void aw_terminal_close(struct aw_terminal *terminal);

/* The next key (of curses); -1: none is waiting. */
int aw_terminal_key(struct aw_terminal *terminal);

/*
 * Follows SIGWINCH, and SIGTSTP by stopping until SIGCONT.  True: all is to
 * be drawn again.
 */
bool aw_terminal_follow(struct aw_terminal *terminal);

/* May a frame be drawn?  Sends what is left of the last one. */
bool aw_terminal_ready(struct aw_terminal *terminal);

/* What was drawn goes to the terminal; `whole` does not trust what it shows now. */
void aw_terminal_show(struct aw_terminal *terminal, bool whole);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The terminal in full-screen mode: entering, leaving, size and keys.
 */
#ifndef AW_SCREEN_TERMINAL_H
#define AW_SCREEN_TERMINAL_H

#include <stdbool.h>
#include <termios.h>

#include "base/error.h"
#include "screen/outlet.h"

struct aw_terminal {
	struct aw_outlet outlet;
	struct termios before;	/* the modes to restore */
	void *curses, *keys;	/* SCREEN, WINDOW */
	bool utf8;
	int width, height;
};

/*
 * Enters full-screen mode on standard input and output.  0, or -errno with the
 * reason and nothing changed: -ENOTTY: not a terminal, -ENOTSUP: it cannot show
 * a screen.
 */
int aw_terminal_open(struct aw_terminal *terminal, struct aw_error *error);

/* Leaves full-screen mode and restores the terminal. */
void aw_terminal_close(struct aw_terminal *terminal);

/* The next key, as a curses key code; -1: none is pending. */
int aw_terminal_key(struct aw_terminal *terminal);

/*
 * Handles SIGWINCH and SIGTSTP; the latter stops the process until SIGCONT.
 * True: everything has to be redrawn.
 */
bool aw_terminal_follow(struct aw_terminal *terminal);

/* Sends the rest of the last frame.  True: a new frame may be drawn. */
bool aw_terminal_ready(struct aw_terminal *terminal);

/* Sends what was drawn to the terminal; with `whole`, redraws everything. */
void aw_terminal_show(struct aw_terminal *terminal, bool whole);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The terminal is given back whatever ends the process: a crash, an abort, a
 * second Ctrl-C.
 */
#ifndef AW_LIVE_RESCUE_H
#define AW_LIVE_RESCUE_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/* From now on: these bytes and modes set the terminal right.  Bytes are copied. */
void aw_rescue_arm(int terminal, const struct termios *modes, const char *bytes, size_t length);
void aw_rescue_disarm(void);

/* Were SIGWINCH, SIGTSTP or SIGCONT seen since the last call? */
bool aw_rescue_resized(void);
bool aw_rescue_stopped(void);

#endif

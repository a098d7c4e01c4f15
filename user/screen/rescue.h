/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Restores the terminal, no matter how the process ends: by a crash, an abort or
 * a second Ctrl-C.
 */
#ifndef AW_SCREEN_RESCUE_H
#define AW_SCREEN_RESCUE_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/* From now on, these bytes and modes restore the terminal.  The bytes are copied. */
void aw_rescue_arm(int terminal, const struct termios *modes, const char *bytes, size_t length);
void aw_rescue_disarm(void);

/* Did SIGWINCH, SIGTSTP or SIGCONT arrive since the last call? */
bool aw_rescue_resized(void);
bool aw_rescue_stopped(void);

#endif

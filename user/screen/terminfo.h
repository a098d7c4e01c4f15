/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The built-in terminal descriptions, for phones and initramfs, which have no
 * terminfo database.
 */
#ifndef AW_SCREEN_TERMINFO_H
#define AW_SCREEN_TERMINFO_H

/*
 * Finds a description for `term`: that of the machine, else the closest
 * built-in one, which is passed to curses in TERMINFO.  Returns the terminal
 * name to give to curses; NULL: `term` cannot show a screen ("dumb",
 * "unknown", "").
 */
const char *aw_terminfo_find(const char *term);

#endif

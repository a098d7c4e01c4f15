/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Terminal descriptions that the program carries itself: phones and
 * initramfs have none.
 */
#ifndef AW_LIVE_TERMINFO_H
#define AW_LIVE_TERMINFO_H

/*
 * A description for `term` that curses finds: the machine's own, else the one
 * carried here that is nearest, handed to curses in TERMINFO.  Returns the
 * name to give to curses; NULL: `term` is a terminal that cannot show a
 * screen ("dumb", "unknown", "").
 */
const char *aw_terminfo_find(const char *term);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What to try next where a file cannot be read or written: the end of a message, behind strerror().
 */
#ifndef AW_BASE_HINT_H
#define AW_BASE_HINT_H

/* `err`: an errno or its negative.  "; is its name right?", or "" where nothing helps. */
const char *aw_hint_reading(int err);
const char *aw_hint_writing(int err);

#endif

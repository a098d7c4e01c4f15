/* SPDX-License-Identifier: GPL-2.0 */
/* Fills memory with pages that cannot move; leaves it half free, in single pages. */
#ifndef REPRO_FRAGMENT_H
#define REPRO_FRAGMENT_H

/* Opens a pipe or ends the program. The kernel frees it and its pages when the program exits. */
void pipe_open(int ends[2]);

/* Lets the program have as many pipes as memory can hold. */
void allow_many_pipes(void);

/* Fills memory down to what the machine needs to live, then frees every other page.
 * Returns the number of pages that it keeps. */
long fragment_memory(void);

/* Fills memory until this many pages are free above the watermark "min". */
void fill_memory(long spare);

#endif

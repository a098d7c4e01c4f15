/* SPDX-License-Identifier: GPL-2.0 */
/* Fills memory with unmovable pages, then frees every other page. */
#ifndef REPRO_FRAGMENT_H
#define REPRO_FRAGMENT_H

/* Opens a pipe, or ends the program on failure. The kernel frees it and its pages when the program exits. */
void pipe_open(int ends[2]);

/* Raises limits, so that the program can open as many pipes as memory can hold. */
void allow_many_pipes(void);

/* Fills memory up to what the machine needs to run, then frees every other page.
 * Returns the number of pages that it keeps. */
long fragment_memory(void);

/* Fills memory until this many pages are free above the watermark "min". */
void fill_memory(long spare);

#endif

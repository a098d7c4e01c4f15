/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How far a long piece of work is, on a terminal.
 */
#ifndef AW_BASE_PROGRESS_H
#define AW_BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#define AW_PROGRESS_TEXT 160

struct aw_progress {
	int fd;			/* -1: not a terminal, nothing is shown */
	uint64_t began_ns, shown_ns;
	bool shown;
};

/* `fd` is where messages go. */
void aw_progress_begin(struct aw_progress *progress, int fd);

/* Shows how far it is, five times a second, when the work takes more than 2 s.  total 0: not known. */
void aw_progress_show(struct aw_progress *progress, uint64_t done, uint64_t total);

/* The same where it waits: for `done_ns` of `most_ns` at most. */
void aw_progress_wait(struct aw_progress *progress, uint64_t done_ns, uint64_t most_ns);

/* Takes the line away again. */
void aw_progress_end(struct aw_progress *progress);

/* "[#######.............] 35 %, 358 MiB of 1.0 GiB, 210 MiB/s, 3.3 s left" */
const char *aw_progress_text(uint64_t done, uint64_t total, uint64_t elapsed_ns, char text[AW_PROGRESS_TEXT]);

/* "[####................] 20 %, waited 3.0 s of 15.0 s at most, 12.0 s left" */
const char *aw_progress_wait_text(uint64_t done_ns, uint64_t most_ns, char text[AW_PROGRESS_TEXT]);

#endif

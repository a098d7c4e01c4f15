/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A bounded row of files, named for the time when they were begun:
 * allocwatch-20261122T142744.123Z.aw.
 */
#ifndef AW_OUTPUT_RECORDING_RING_H
#define AW_OUTPUT_RECORDING_RING_H

#include <stddef.h>
#include <stdint.h>

struct aw_recording_ring {
	char *directory;	/* "." */
	char *stem;		/* "allocwatch" */
	char *draft;		/* what the next file is called until it can be read */
	unsigned int max;
	unsigned int count;	/* of names, the oldest first */
	char **names;		/* paths */
};

/* For files like `path`; takes in those that an earlier run left. 0 or -errno. */
int aw_recording_ring_open(struct aw_recording_ring *ring, const char *path, unsigned int max);
void aw_recording_ring_close(struct aw_recording_ring *ring);

/*
 * Makes room for one more, and returns its name, which the caller creates;
 * NULL: no memory.  `attempt`: how many names existed already.
 */
const char *aw_recording_ring_next(struct aw_recording_ring *ring, unsigned int attempt);
/* It could not be created. */
void aw_recording_ring_give_back(struct aw_recording_ring *ring);

/* Removes the oldest file, never the newest. 0 or -ENOENT. */
int aw_recording_ring_drop(struct aw_recording_ring *ring);

#endif

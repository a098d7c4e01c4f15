/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A bounded set of files, named by the time when they were started:
 * allocwatch-20261122T142744.123Z.aw.
 */
#ifndef AW_RECORDING_ROTATION_H
#define AW_RECORDING_ROTATION_H

#include <stddef.h>
#include <stdint.h>

struct aw_recording_rotation {
	char *directory;	/* "." */
	char *stem;		/* "allocwatch" */
	char *draft;		/* the name of the next file until it is readable */
	unsigned int max;
	unsigned int count;	/* of names */
	char **names;		/* paths, oldest first */
};

/* Starts a rotation of files named like `path`, including those of earlier runs.  0 or -errno. */
int aw_recording_rotation_open(struct aw_recording_rotation *rotation, const char *path, unsigned int max);
void aw_recording_rotation_close(struct aw_recording_rotation *rotation);

/*
 * Removes the oldest file if there are too many, and returns the name of the
 * next one, which the caller creates.  NULL: no memory.  `attempt` is the
 * number of names that were tried and existed.
 */
const char *aw_recording_rotation_next(struct aw_recording_rotation *rotation, unsigned int attempt);
/* Takes back the name, because the file could not be created. */
void aw_recording_rotation_give_back(struct aw_recording_rotation *rotation);

/* Removes the oldest file, but never the newest.  0 or -ENOENT. */
int aw_recording_rotation_drop(struct aw_recording_rotation *rotation);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A file that appears whole or not at all: written beside its place, then
 * renamed.
 */
#ifndef AW_BASE_OUTPUT_FILE_H
#define AW_BASE_OUTPUT_FILE_H

#include <limits.h>
#include <stdio.h>

struct aw_output_file {
	FILE *file;		/* NULL: not open */
	const char *path;	/* borrowed */
	char new_path[PATH_MAX];	/* "" when `path` is no regular file: written in place */
};

/*
 * Opens `path` to be written: a device or a pipe itself, else a new file in
 * the same directory (no link is followed), of mode 0666 less the umask.
 * 0 or -errno.
 */
int aw_output_open(const char *path, struct aw_output_file *out);

/* All is written: puts the file into its place. 0 or -errno, then `path` is as it was. */
int aw_output_commit(struct aw_output_file *output);

/* Gives it up, when it is open. */
void aw_output_abandon(struct aw_output_file *output);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An output file that appears once it is complete: it is written under another
 * name, then renamed.
 */
#ifndef AW_BASE_OUTPUT_FILE_H
#define AW_BASE_OUTPUT_FILE_H

#include <limits.h>
#include <stdio.h>

/*
 * The one rule for outputs of every command: a symbolic link is neither followed
 * nor replaced, so that nobody who may write to the directory decides what is
 * overwritten.  Paths in /dev and /proc are the kernel's.  0, or -ELOOP.
 */
int aw_output_check(const char *path);

/* strerror(), and for -ELOOP what the rule is. */
const char *aw_output_strerror(int err);

struct aw_output_file {
	FILE *file;		/* NULL: not open */
	char *buffer;		/* of the file, owned; NULL: stdio's own */
	int fd;
	int err;		/* -errno of the first write that failed: stdio only says that one did */
	const char *path;	/* borrowed */
	char new_path[PATH_MAX];	/* the temporary name; "": `path` itself is written, it is not a regular file */
};

/*
 * Opens `path` for writing: a device or a pipe itself, else a new file in the
 * same directory, with mode 0666 minus the umask.  Symbolic links are not
 * followed.  0 or -errno.
 */
int aw_output_open(const char *path, struct aw_output_file *out);	/* `out` must stay where it is */

/* Renames the complete file to `path`.  0, or -errno with `path` unchanged. */
int aw_output_commit(struct aw_output_file *output);

/* Discards the file, if it is open. */
void aw_output_abandon(struct aw_output_file *output);

#endif

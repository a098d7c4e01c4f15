/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A file that is written block by block: mode 0600, follows no link, and holds
 * whole blocks only, whatever happens to the disk.
 */
#ifndef AW_OUTPUT_RECORDING_FILE_H
#define AW_OUTPUT_RECORDING_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct aw_recording_file {
	int fd;			/* -1: none is open */
	uint64_t size;
	bool is_stream;		/* standard output: neither synced nor cut */
	char *path;		/* its final name */
	char *draft;		/* the name it has until it is committed; NULL: it has its final one */
};

#define AW_RECORDING_FILE_NONE { .fd = -1 }

/*
 * Begins to write `path` ("-": standard output) under another name next to it,
 * so that a file of that name stays as it is.  0 or -errno with the reason.
 */
int aw_recording_file_draft(struct aw_recording_file *file, const char *path, struct aw_error *error);

/* Gives it its name; a file that has it becomes NAME.old.  0 or -errno with the reason. */
int aw_recording_file_commit(struct aw_recording_file *file, struct aw_error *error);

/*
 * The same for a name that nothing has yet, without a message; `draft` is its
 * name until aw_recording_file_publish().  0, -EEXIST or -errno.
 */
int aw_recording_file_create(struct aw_recording_file *file, const char *path, const char *draft);
int aw_recording_file_publish(struct aw_recording_file *file);

/* Appends all of it, or leaves the file as it was. 0 or -errno. */
int aw_recording_file_write(struct aw_recording_file *file, const void *data, size_t size);

/* Makes sure that it survives a power cut. */
void aw_recording_file_sync(struct aw_recording_file *file);

/* Closes it; a draft is removed. 0 or -errno (of what was written before). */
int aw_recording_file_close(struct aw_recording_file *file);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A file of a recording, written block by block.  It has mode 0600, does not
 * follow symbolic links, and holds only complete blocks, even on a full disk.
 */
#ifndef AW_RECORDING_FILE_H
#define AW_RECORDING_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct aw_recording_file {
	int fd;			/* -1: none is open */
	uint64_t size;
	bool is_stream;		/* standard output, which is neither synced nor truncated */
	char *path;		/* its final name */
	char *draft;		/* its temporary name; NULL: it has its final name */
};

#define AW_RECORDING_FILE_NONE { .fd = -1 }

/*
 * Creates a file for `path` ("-": standard output) under a temporary name in the
 * same directory, so that an existing file stays.  0 or -errno with the reason.
 */
int aw_recording_file_draft(struct aw_recording_file *file, const char *path, struct aw_error *error);

/* Gives the file its final name; an existing file becomes NAME.old.  0 or -errno with the reason. */
int aw_recording_file_commit(struct aw_recording_file *file, struct aw_error *error);

/*
 * Creates a file for a new name, without a message.  Its name is `draft` until
 * aw_recording_file_publish().  0, -EEXIST or -errno.
 */
int aw_recording_file_create(struct aw_recording_file *file, const char *path, const char *draft);
int aw_recording_file_publish(struct aw_recording_file *file);

/* Appends all of the bytes, or leaves the file unchanged.  0 or -errno. */
int aw_recording_file_write(struct aw_recording_file *file, const void *data, size_t size);

/* Syncs the file's content, so that it survives a power cut; a stream or a device has nothing to sync.  0 or -errno. */
int aw_recording_file_sync(const struct aw_recording_file *file);

/* Syncs the directory, so that the file's name survives it, too.  0 or -errno. */
int aw_recording_file_sync_name(const struct aw_recording_file *file);

/* Closes the file; a draft is removed.  0, or -errno of an earlier write. */
int aw_recording_file_close(struct aw_recording_file *file);

#endif

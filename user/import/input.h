/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The file of a trace that somebody else recorded: what kind it is, and its bytes
 * at any place.
 */
#ifndef AW_IMPORT_INPUT_H
#define AW_IMPORT_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

enum aw_import_kind {
	AW_IMPORT_NONE,		/* nothing that this room reads */
	AW_IMPORT_TRACE_DAT,	/* of trace-cmd, version 6 or 7 */
	AW_IMPORT_PERF_DATA,	/* of perf record */
	AW_IMPORT_TEXT,		/* trace, trace_pipe, trace-cmd report, perf script */
};

struct aw_import_input {
	int fd;
	uint64_t size, read;	/* bytes: of all, and those that were read so far */
	char *name;		/* for messages; owned */
	int err;		/* of the first read that failed, -errno; 0: none did */
};

/* What these bytes, the first ones of a file, begin. */
enum aw_import_kind aw_import_kind_of(const char *head, size_t len);

/*
 * What the file at `path` is, an enum aw_import_kind; "-": standard input, whose bytes are
 * not taken away if it is a pipe or a regular file.  A file that is not there or not ours to
 * open is NONE, and so is a FIFO or a device, which is not opened; -errno: it can't be read.
 */
int aw_import_recognize(const char *path);

/* The lines of a text that are no event's, of what is looked at to recognize it.  The caller frees it, `len` bytes; NULL: it can't be read. */
char *aw_import_text_between(const char *path, size_t *len);

/* "-": standard input; what cannot seek is copied to memory, up to 2 GiB.  0, or -errno with the reason. */
int aw_import_input_open(const char *path, struct aw_import_input *out, struct aw_error *error);
void aw_import_input_close(struct aw_import_input *input);

/* Reads `size` bytes at `offset`.  How many there are, less at the end of the file, or -errno. */
ssize_t aw_import_input_read(struct aw_import_input *input, uint64_t offset, void *data, size_t size);

/*
 * A copy of `size` bytes at `offset`, at most `most`, which the caller frees, with
 * a NUL behind it.  NULL with *err: -EBADMSG if the file does not have them.
 */
void *aw_import_input_copy(struct aw_import_input *input, uint64_t offset, uint64_t size, uint64_t most, int *err);

#endif

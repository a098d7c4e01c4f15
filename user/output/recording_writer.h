/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A recording while it is made: when blocks are written, when a new file is
 * begun, and what happens when the disk is full.
 */
#ifndef AW_OUTPUT_RECORDING_WRITER_H
#define AW_OUTPUT_RECORDING_WRITER_H

#include "base/error.h"
#include "source/source.h"

struct aw_recording_plan {
	const char *path;		/* "-": standard output */
	uint64_t switch_bytes, switch_ns;	/* a new file then; both 0: one file */
	unsigned int max_files;
	bool raw_addresses;
	const char *kallsyms;		/* where _text is looked for */
	const uint64_t *unsampled_left_out;	/* what the filter could not tell; NULL: there is none */
};

struct aw_recording_writer;

/*
 * Opens the file and writes the facts.  One file gets its name only when it is
 * committed.  The source is borrowed: it is asked for its losses.  0 or -errno
 * with the reason.
 */
int aw_recording_writer_open(const struct aw_recording_plan *plan, struct aw_source *source, uint64_t now_ns,
			     struct aw_recording_writer **out, struct aw_error *error);
int aw_recording_writer_commit(struct aw_recording_writer *writer, struct aw_error *error);

/* Takes an event.  0, or -errno: nothing more can be recorded. */
int aw_recording_writer_event(struct aw_recording_writer *writer, const struct aw_event *event, uint64_t now_ns);

/* Writes what waits when it is time to. Call it some times a second. 0 or -errno as above. */
int aw_recording_writer_tick(struct aw_recording_writer *writer, uint64_t now_ns);

/* Bytes of the current file; and of all events that were taken, how many. */
uint64_t aw_recording_writer_size(const struct aw_recording_writer *writer);
uint64_t aw_recording_writer_events(const struct aw_recording_writer *writer);
/* Events that the full disk cost: they are in no file. */
uint64_t aw_recording_writer_lost(const struct aw_recording_writer *writer);
const char *aw_recording_writer_path(const struct aw_recording_writer *writer);

/* Writes the closing record and frees the writer (NULL allowed).  0 or -errno. */
int aw_recording_writer_close(struct aw_recording_writer *writer, uint64_t now_ns);

#endif

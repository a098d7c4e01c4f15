/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writes a recording: when to write a block, when to start a new file, and what
 * to do when the disk is full.
 */
#ifndef AW_RECORDING_WRITER_H
#define AW_RECORDING_WRITER_H

#include "base/error.h"
#include "source/source.h"

struct aw_recording_plan {
	const char *path;		/* "-": standard output */
	uint64_t switch_bytes, switch_ns;	/* start a new file at this size or age; both 0: never */
	unsigned int max_files;
	bool raw_addresses;
	bool fsync;			/* sync each block and each name, so that they survive a power cut */
	const char *kallsyms;		/* the file that has the address of _text */
	const uint64_t *unsampled_left_out;	/* failures that the filter could not decide on; NULL: no filter */
};

struct aw_recording_writer;

/*
 * Opens the file and writes the facts.  Without rotation, the file gets its
 * name only when it is committed.  Borrows the source, to ask it for losses.
 * 0 or -errno with the reason.
 */
int aw_recording_writer_open(const struct aw_recording_plan *plan, struct aw_source *source, uint64_t now_ns,
			     struct aw_recording_writer **out, struct aw_error *error);
int aw_recording_writer_commit(struct aw_recording_writer *writer, struct aw_error *error);

/* Records an event.  0, or -errno: nothing more can be recorded. */
int aw_recording_writer_event(struct aw_recording_writer *writer, const struct aw_event *event, uint64_t now_ns);

/* Writes pending events if it is time to.  To be called several times a second.  0 or -errno as above. */
int aw_recording_writer_tick(struct aw_recording_writer *writer, uint64_t now_ns);

/* The size of the current file in bytes, and the number of all events recorded. */
uint64_t aw_recording_writer_size(const struct aw_recording_writer *writer);
uint64_t aw_recording_writer_events(const struct aw_recording_writer *writer);
/* The number of events that are in no file because the disk was full. */
uint64_t aw_recording_writer_lost(const struct aw_recording_writer *writer);
const char *aw_recording_writer_path(const struct aw_recording_writer *writer);

/* Writes the closing record and frees the writer (NULL allowed).  0 or -errno. */
int aw_recording_writer_close(struct aw_recording_writer *writer, uint64_t now_ns);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reads a recording from its first byte to its last: header, blocks, events.
 * After damage it goes on at the next group, and keeps account of what it
 * passed over.
 */
#ifndef AW_RECORDING_READER_H
#define AW_RECORDING_READER_H

#include "recording/block.h"
#include "recording/decode.h"
#include "recording/input.h"

/* Damaged parts that are kept with their place: the first ones and the last one.  Others are only counted. */
#define AW_RECORDING_GAPS 32

/* A part of the file that could not be read. */
struct aw_recording_gap {
	const char *what;		/* "damaged: a block's checksum is wrong" */
	uint64_t offset, bytes;		/* where in the file, and how long */
	uint64_t from_ns, to_ns;	/* CLOCK_MONOTONIC: the last time before it, and that of the group behind it */
	uint64_t events, failures;	/* in it: the writer counted them */
	bool closed;			/* a group follows; else the rest of the file is in it */
};

struct aw_recording_reader {
	struct aw_recording_input input;
	struct aw_recording_head head;
	struct aw_recording_decoder *decoder;	/* NULL until the header was read */
	const struct aw_recording_told *told;
	struct aw_libdeflate libdeflate;
	struct aw_bytes records;	/* of the current block */
	bool in_block, seeking, over;
	uint64_t blocks, groups;	/* read whole */
	unsigned int nr_gaps;		/* all of them */
	struct aw_recording_gap gaps[AW_RECORDING_GAPS];
	struct aw_recording_gap current;	/* while seeking */
	uint64_t skipped_bytes, skipped_events, skipped_failures;
};

/* Prepares reading from `fd`, which is borrowed. */
void aw_recording_reader_init(struct aw_recording_reader *reader, int fd);
void aw_recording_reader_free(struct aw_recording_reader *reader);

/*
 * Reads the header of the file; a damaged one is taken from the first group.
 * 0; -EAGAIN: call again; -ENOENT: the file is empty; -ENODATA: it is no
 * recording; -EBADMSG: its header is damaged and no group follows; -ENOTSUP: see
 * `head` for its version and flags; or -errno.
 */
int aw_recording_reader_header(struct aw_recording_reader *reader, int timeout_ms);

/*
 * Reads the next block, after the events of the last one.  0, also at the end:
 * then `over` is set; -EAGAIN: nothing arrived within timeout_ms, or damage is
 * still being passed over: call again; or -errno.
 */
int aw_recording_reader_block(struct aw_recording_reader *reader, int timeout_ms);

/* 1: `event` is set, and valid until the next call; 0: none is left in this block; or -errno. */
int aw_recording_reader_event(struct aw_recording_reader *reader, struct aw_event *event);

/* Is the end missing?  Then what was lost is not known to the end. */
bool aw_recording_reader_cut(const struct aw_recording_reader *reader);

/* The damage in one sentence without a full stop, or "". */
const char *aw_recording_reader_damage(const struct aw_recording_reader *reader, char *text, size_t size);

/* One damaged part in words: what, where, how much, when. */
const char *aw_recording_gap_text(const struct aw_recording_reader *reader, const struct aw_recording_gap *gap,
				  char *text, size_t size);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The stored form into events, from memory: records that nobody vouches for.
 */
#ifndef AW_EVENT_RECORDING_DECODE_H
#define AW_EVENT_RECORDING_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event/event.h"
#include "event/loss.h"
#include "event/recording.h"
#include "kernel/kernel.h"

/* What the records said so far besides events. */
struct aw_recording_told {
	bool has_kernel;
	bool ended;			/* the closing record was read */
	struct aw_kernel kernel;
	const char *source;		/* "bpf" */
	uint64_t start_ns, last_ns;	/* window so far, CLOCK_MONOTONIC of that machine */
	uint64_t events;
	uint64_t unknown;		/* records of a type that this program does not know */
	uint64_t bad;			/* records that are too short or refer to nothing: left out */
	unsigned int nr_missing;
	struct aw_missing missing[AW_MAX_MISSING_FEATURES];
	unsigned int nr_losses;
	struct aw_loss losses[AW_MAX_LOSSES];
};

struct aw_recording_decoder;

/* `flags` of the file header. NULL: no memory. */
struct aw_recording_decoder *aw_recording_decoder_new(uint32_t flags);
void aw_recording_decoder_free(struct aw_recording_decoder *decoder);	/* NULL allowed */

/* The records of the next block; borrowed until aw_recording_next() returned 0. */
void aw_recording_records(struct aw_recording_decoder *decoder, const uint8_t *records, size_t size);

/*
 * Reads on to the next event.  1 and the event, valid until the next call; 0:
 * all records were read; -EBADMSG: the lengths of records do not add up.
 */
int aw_recording_next(struct aw_recording_decoder *decoder, struct aw_event *event);

/* Strings live as long as the decoder. */
const struct aw_recording_told *aw_recording_told(const struct aw_recording_decoder *decoder);

#endif

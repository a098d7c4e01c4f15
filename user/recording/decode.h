/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Decodes records in memory into events.  Records are not trusted.
 */
#ifndef AW_RECORDING_DECODE_H
#define AW_RECORDING_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event/event.h"
#include "event/loss.h"
#include "mm/kernel.h"
#include "recording/format.h"

/* What the records have told so far, except events. */
struct aw_recording_told {
	bool has_kernel;
	bool ended;			/* the closing record was read */
	struct aw_kernel kernel;
	const char *source;		/* "bpf" */
	uint64_t start_ns, last_ns;	/* time covered so far, CLOCK_MONOTONIC of the recorded machine */
	uint64_t losses_ns;		/* time of the last record of losses; start_ns: there was none yet */
	uint64_t events;
	uint64_t stored_events, stored_failures;	/* as the writer counts them: also those that could not be used */
	uint64_t unknown;		/* records of unknown types, skipped */
	uint64_t bad;			/* invalid records, skipped: too short, dangling reference, out of range */
	unsigned int nr_missing;
	struct aw_missing missing[AW_MAX_MISSING_FEATURES];
	unsigned int nr_losses;
	struct aw_loss losses[AW_MAX_LOSSES];
};

struct aw_recording_decoder;

/* `flags` of the file header. NULL: no memory. */
struct aw_recording_decoder *aw_recording_decoder_new(uint32_t flags);
void aw_recording_decoder_free(struct aw_recording_decoder *decoder);	/* NULL allowed */

/* Sets the records of the next block.  They are borrowed until aw_recording_next() returns 0. */
void aw_recording_records(struct aw_recording_decoder *decoder, const uint8_t *records, size_t size);

/*
 * Reads up to the next event.  1: `event` is set, and valid until the next call;
 * 0: all records were read; -EBADMSG: the lengths of records are inconsistent;
 * -ENOMEM: there was no memory for a record that later ones refer to.
 */
int aw_recording_next(struct aw_recording_decoder *decoder, struct aw_event *event);

/* Its strings are valid as long as the decoder. */
const struct aw_recording_told *aw_recording_told(const struct aw_recording_decoder *decoder);

#endif

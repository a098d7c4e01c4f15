/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Events into the stored form, in memory: records gather until they are packed
 * into a block.
 */
#ifndef AW_EVENT_RECORDING_ENCODE_H
#define AW_EVENT_RECORDING_ENCODE_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "event/event.h"
#include "event/loss.h"
#include "event/recording.h"
#include "kernel/anchor.h"
#include "kernel/kernel.h"

/* What a file begins with.  Everything is borrowed for the life of the encoder. */
struct aw_recording_facts {
	const struct aw_kernel *kernel;
	const char *source;		/* "bpf" */
	const struct aw_anchors *anchors;	/* for frames without a name; NULL: none known */
	bool raw_addresses;		/* store kernel addresses */
	unsigned int nr_missing;
	const struct aw_missing *missing;
};

struct aw_recording_encoder;

/* NULL: no memory. */
struct aw_recording_encoder *aw_recording_encoder_new(const struct aw_recording_facts *facts);
void aw_recording_encoder_free(struct aw_recording_encoder *encoder);	/* NULL allowed */

/*
 * Starts a file: forgets what the last one knew and appends the file header
 * and a block with the facts to `out`.  `start_ns`: when the file's window
 * begins.  0 or -ENOMEM.
 */
int aw_recording_begin(struct aw_recording_encoder *encoder, uint64_t start_ns, struct aw_bytes *out);

/* Adds an event, with what its strings, stack, task and mask need. 0 or -ENOMEM: give the file up. */
int aw_recording_event(struct aw_recording_encoder *encoder, const struct aw_event *event);

/* Adds the losses so far; `type` is AW_RECORD_SNAPSHOT or AW_RECORD_END. 0 or -ENOMEM. */
int aw_recording_losses(struct aw_recording_encoder *encoder, enum aw_recording_type type, uint64_t time_ns,
			const struct aw_loss *losses, unsigned int count);

/* After a block was thrown away: what waits is dropped, and the next block needs none before it. */
void aw_recording_restart(struct aw_recording_encoder *encoder);

/* Bytes of records that wait for a block. */
size_t aw_recording_pending(const struct aw_recording_encoder *encoder);

/* Appends them to `out` as one block, if there are any. 0 or -ENOMEM. */
int aw_recording_flush(struct aw_recording_encoder *encoder, struct aw_bytes *out);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Encodes events as records in memory, and packs the records into blocks.
 */
#ifndef AW_RECORDING_ENCODE_H
#define AW_RECORDING_ENCODE_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "event/event.h"
#include "event/loss.h"
#include "mm/kernel.h"
#include "recording/format.h"
#include "system/anchor.h"

/* The facts at the start of a file.  All pointers are borrowed as long as the encoder exists. */
struct aw_recording_facts {
	const struct aw_kernel *kernel;
	const char *source;		/* "bpf" */
	struct aw_anchors *anchors;	/* used for frames without a name; NULL: not known */
	bool raw_addresses;		/* store kernel addresses */
	unsigned int nr_missing;
	const struct aw_missing *missing;
};

struct aw_recording_encoder;

/* NULL: no memory. */
struct aw_recording_encoder *aw_recording_encoder_new(const struct aw_recording_facts *facts);
void aw_recording_encoder_free(struct aw_recording_encoder *encoder);	/* NULL allowed */

/*
 * Starts a file: appends the file header and a block with the facts, which
 * begins its first group, to `out`.  `start_ns` is the start of the time that the
 * file covers.  0 or -ENOMEM.
 */
int aw_recording_begin(struct aw_recording_encoder *encoder, uint64_t start_ns, struct aw_bytes *out);

/* Adds an event and the dictionary entries that it needs.  0, or -ENOMEM: the file must be given up. */
int aw_recording_event(struct aw_recording_encoder *encoder, const struct aw_event *event);

/* Adds the losses so far; `type` is AW_RECORD_SNAPSHOT or AW_RECORD_END.  0 or -ENOMEM. */
int aw_recording_losses(struct aw_recording_encoder *encoder, enum aw_recording_type type, uint64_t time_ns,
			const struct aw_loss *losses, unsigned int count);

/*
 * Begins a group: the next block needs none before it.  To be called when no
 * records are pending.  0 or -ENOMEM.
 */
int aw_recording_group(struct aw_recording_encoder *encoder, uint64_t time_ns);

/* After the last block could not be written: forgets it and pending records, and begins a group.  0 or -ENOMEM. */
int aw_recording_restart(struct aw_recording_encoder *encoder, uint64_t time_ns);

/* Bytes of pending records. */
size_t aw_recording_pending(const struct aw_recording_encoder *encoder);

/* Appends the pending records to `out` as one block, if there are any.  0 or -ENOMEM. */
int aw_recording_flush(struct aw_recording_encoder *encoder, struct aw_bytes *out);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Wire records into events: where the numbers of a kernel become meaning, for all
 * sources of bpf/wire.h records.
 */
#ifndef AW_EVENT_DECODE_H
#define AW_EVENT_DECODE_H

#include <stddef.h>
#include <stdint.h>

#include "event/event.h"
#include "event/stacks.h"
#include "mm/kernel.h"

struct aw_decoder;

/* All pointers are borrowed. NULL: no memory. */
struct aw_decoder *aw_decoder_new(const struct aw_kernel *kernel, struct aw_stacks *stacks);
void aw_decoder_free(struct aw_decoder *decoder);	/* NULL allowed */

/*
 * Decodes one record.  Returns 1 and fills in `event` (valid until the next
 * call); 0 if the record belongs to a later one (zones); -EINVAL if a size is
 * wrong or a zone has no id; -ENOTSUP if its type or version is unknown.  Both
 * errors are counted.
 */
int aw_decode(struct aw_decoder *decoder, const void *data, size_t size, struct aw_event *event);

struct aw_decoder_losses {
	uint64_t damaged;	/* records with a wrong size, and zones without an id */
	uint64_t unknown;	/* records of a type or version that this build does not know */
	uint64_t zones;		/* zone snapshots whose failure, or other zones, never came */
};
struct aw_decoder_losses aw_decoder_losses(const struct aw_decoder *decoder);

#endif

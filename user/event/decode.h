/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Wire records into events: the one place where kernel numbers become
 * meaning for the sources that emit bpf/wire.h.
 */
#ifndef AW_EVENT_DECODE_H
#define AW_EVENT_DECODE_H

#include <stddef.h>
#include <stdint.h>

#include "event/event.h"
#include "event/stacks.h"
#include "kernel/kernel.h"

struct aw_decoder;

/* All pointers are borrowed. NULL: no memory. */
struct aw_decoder *aw_decoder_new(const struct aw_kernel *kernel, struct aw_stacks *stacks);
void aw_decoder_free(struct aw_decoder *decoder);	/* NULL allowed */

/*
 * One record.  Returns 1 and fills `event` (valid until the next call), 0
 * when the record only adds to a later one (zones), -EINVAL when it is too
 * short, says a wrong size or is a zone of no failure, -ENOTSUP when its type or version is unknown.
 * Both kinds of refusal are counted.
 */
int aw_decode(struct aw_decoder *decoder, const void *data, size_t size, struct aw_event *event);

struct aw_decoder_losses {
	uint64_t damaged;	/* too short, a wrong size, or a zone without id */
	uint64_t unknown;	/* a type or version that this build does not know */
	uint64_t zones;		/* zone pictures whose failure, or the rest of whose set, never came */
};
struct aw_decoder_losses aw_decoder_losses(const struct aw_decoder *decoder);

#endif

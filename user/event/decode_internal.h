/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the decoder of wire records share.
 */
#ifndef AW_EVENT_DECODE_INTERNAL_H
#define AW_EVENT_DECODE_INTERNAL_H

#include "../bpf/wire.h"
#include "event/event.h"
#include "mm/kernel.h"

/* Into a zeroed `task`.  `version`: AW_VERSION() of the kernel. */
void aw_decode_task(const struct aw_wire_task *wire, uint32_t version, struct aw_task *task);

/* The context, as far as the stack shows it. */
enum aw_context aw_decode_context(const struct aw_stack *stack);

void aw_decode_effort(const struct aw_compact_numbers *numbers, const struct aw_wire_failure *record,
		      struct aw_effort *effort);

/* The record has what aw_wire_read() made of it: nothing in it is trusted. */
void aw_decode_zone(const struct aw_kernel *kernel, const struct aw_wire_zone *record, struct aw_zone *zone);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the decoder of wire records share.
 */
#ifndef AW_EVENT_DECODE_PARTS_H
#define AW_EVENT_DECODE_PARTS_H

#include "../bpf/wire.h"
#include "event/event.h"
#include "kernel/kernel.h"

/* `version`: of the kernel, AW_VERSION.  Adds to a zeroed `task`. */
void aw_decode_task(const struct aw_wire_task *wire, uint32_t version, struct aw_task *task);

/* Where it ran, as the stack tells. */
enum aw_context aw_decode_context(const struct aw_stack *stack);

void aw_decode_effort(const struct aw_compact_numbers *numbers, const struct aw_wire_effort *wire,
		      uint64_t end_ns, struct aw_effort *effort);

void aw_decode_zone(const struct aw_migratetypes *types, const struct aw_wire_zone *wire, struct aw_zone *zone);

#endif

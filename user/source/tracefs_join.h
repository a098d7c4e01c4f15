/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Trace records of one request, joined into the record that the BPF programs
 * would have sent for it.
 */
#ifndef AW_SOURCE_TRACEFS_JOIN_H
#define AW_SOURCE_TRACEFS_JOIN_H

#include <stddef.h>

#include "../bpf/wire.h"
#include "source/tracefs_effort.h"
#include "source/tracefs_record.h"

struct aw_trace_join;

struct aw_trace_join_config {
	struct aw_trace_rules rules;
	bool softirq_is_disabled;	/* up to 4.9 the flag also means that softirqs are merely off */
	bool pages_are_pointers;	/* records have struct page *, not its number: up to 4.0 */
	bool knows_ownership;		/* extfrag records have change_ownership */
};

/* The task's pid and comm are for the caller to fill in. */
typedef void (*aw_trace_join_fn)(void *arg, struct aw_wire_head *record);

/* NULL: no memory. */
struct aw_trace_join *aw_trace_join_new(const struct aw_trace_join_config *config, aw_trace_join_fn fn, void *arg);
void aw_trace_join_free(struct aw_trace_join *join);	/* NULL allowed */

/* Records in the order of their time. */
void aw_trace_join_add(struct aw_trace_join *join, const struct aw_trace_record *record);

/* Hands out what waits for a stack since before `before_ns`; forgets requests whose end never came. */
void aw_trace_join_flush(struct aw_trace_join *join, uint64_t before_ns);

/* Requests not followed: too many at once. */
uint64_t aw_trace_join_full(const struct aw_trace_join *join);

#endif

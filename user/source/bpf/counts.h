/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The failures that the BPF programs only counted, read as records.
 */
#ifndef AW_SOURCE_BPF_COUNTS_H
#define AW_SOURCE_BPF_COUNTS_H

#include "source/bpf/load.h"

struct aw_bpf_counts;

/* NULL: no memory. */
struct aw_bpf_counts *aw_bpf_counts_new(const struct aw_bpf_object *bpf);
void aw_bpf_counts_free(struct aw_bpf_counts *counts);	/* NULL allowed */

/*
 * Delivers one record for each signature (struct aw_wire_failure with
 * `unsampled`) of what was counted since the last call.  0, or -errno: nothing is
 * lost, and the next call delivers it.
 */
int aw_bpf_counts_read(struct aw_bpf_counts *counts, aw_bpf_record_fn take, void *arg);

/* Delivers the number of successes of each order since the last call. */
void aw_bpf_counts_allocations(struct aw_bpf_counts *counts,
			       void (*take)(void *arg, unsigned int order, uint64_t count), void *arg);

#endif

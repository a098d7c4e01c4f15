/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The trace buffers of all cpus, as one stream of records in the order of time.
 */
#ifndef AW_SOURCE_TRACEFS_RING_H
#define AW_SOURCE_TRACEFS_RING_H

#include "source/tracefs_record.h"

struct aw_trace_ring;

/* `formats` is borrowed.  NULL: no memory. */
struct aw_trace_ring *aw_trace_ring_new(const struct aw_trace_formats *formats, const char *root);
void aw_trace_ring_free(struct aw_trace_ring *ring);	/* NULL allowed */

/* Adds all cpus of an instance.  `wakes`: aw_trace_ring_wait() waits for these.  0 or -errno. */
int aw_trace_ring_add(struct aw_trace_ring *ring, const char *dir, bool wakes);

/* Adds one buffer that is open already (tests: a file); takes `fd`. */
int aw_trace_ring_add_fd(struct aw_trace_ring *ring, int fd, unsigned int cpu, bool wakes);

/*
 * Starts a round: records up to `until_ns` are handed out.  A thread may move
 * to a cpu whose buffer was read before: what is newer waits for the next round.
 */
void aw_trace_ring_round(struct aw_trace_ring *ring, uint64_t until_ns);

/* The next record of the round: 1, or 0: no more in this round. */
int aw_trace_ring_next(struct aw_trace_ring *ring, struct aw_trace_record *out);

/* Waits until something is there. */
void aw_trace_ring_wait(struct aw_trace_ring *ring, int timeout_ms);

/* Records that were no use: damaged, or of an event that is not ours. */
uint64_t aw_trace_ring_damaged(const struct aw_trace_ring *ring);

/* Records that the kernel says it dropped between those that were read. */
uint64_t aw_trace_ring_missed(const struct aw_trace_ring *ring);

#endif

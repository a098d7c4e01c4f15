/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The trace buffers of all cpus as one stream of records, sorted by time.
 */
#ifndef AW_SOURCE_TRACEFS_BUFFER_H
#define AW_SOURCE_TRACEFS_BUFFER_H

#include <sys/types.h>

#include "source/tracefs/record.h"

struct aw_trace_buffer;

/* `formats` is borrowed.  NULL: no memory. */
struct aw_trace_buffer *aw_trace_buffer_new(const struct aw_trace_formats *formats, const char *root);
void aw_trace_buffer_free(struct aw_trace_buffer *buffer);	/* NULL allowed */

/* Adds the buffers of all cpus of an instance.  `wakes`: aw_trace_buffer_wait() waits for them.  0 or -errno. */
int aw_trace_buffer_add(struct aw_trace_buffer *buffer, const char *dir, bool wakes);

/*
 * For pages that were saved in a file.  Records of other events do not count as
 * damaged there: others may have been recorded, too.
 */
struct aw_trace_buffer *aw_trace_buffer_new_saved(const struct aw_trace_formats *formats, size_t page_size);

/* Reads the next page: its bytes, 0 at the end, or -errno. */
typedef ssize_t (*aw_trace_page_fn)(void *arg, void *page, size_t size);

/* Adds the saved pages of a cpu.  `free_arg` (NULL: nothing) is called when the buffer is freed, or this fails. */
int aw_trace_buffer_add_saved(struct aw_trace_buffer *buffer, unsigned int cpu, aw_trace_page_fn read_page, void *arg,
			      void (*free_arg)(void *arg));

/* Adds one open buffer (in tests a file), and takes over `fd`. */
int aw_trace_buffer_add_fd(struct aw_trace_buffer *buffer, int fd, unsigned int cpu, bool wakes);

/*
 * Starts a round, which delivers records up to `until_ns`.  Newer ones wait for
 * the next round, because a thread may have moved to a cpu whose buffer was read
 * before.
 */
void aw_trace_buffer_round(struct aw_trace_buffer *buffer, uint64_t until_ns);

/* 1 and the next record of the round; 0: there are no more. */
int aw_trace_buffer_next(struct aw_trace_buffer *buffer, struct aw_trace_record *out);

/* Waits until there is a record. */
void aw_trace_buffer_wait(struct aw_trace_buffer *buffer, int timeout_ms);

/* Records that could not be used: damaged ones, and those of other events. */
uint64_t aw_trace_buffer_damaged(const struct aw_trace_buffer *buffer);

/* Records that the kernel dropped between those that were read. */
uint64_t aw_trace_buffer_missed(const struct aw_trace_buffer *buffer);

#endif

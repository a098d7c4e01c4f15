/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the module share.
 *
 * Hooks run in any context that asks for memory, under the zone's lock too:
 * nothing here sleeps, allocates or takes a lock once the module is loaded.
 */
#ifndef AW_KMOD_H
#define AW_KMOD_H

#include "compat.h"
#include "abi.h"
#include "wire.h"

#include <linux/atomic.h>
#include <linux/types.h>

struct pt_regs;
struct tracepoint;

/* Into zeroed memory, cut so that a NUL is left; strscpy() came with 4.3 and strlcpy() went with 6.8. */
static inline void aw_copy_text(char *to, const char *from, unsigned int size)
{
	unsigned int i;

	for (i = 0; i + 1 < size && from[i]; i++)
		to[i] = from[i];
}

/* AW_KMOD_*: what is hooked.  Set while loading, read everywhere. */
extern u32 aw_hooks;

/* ---- ring.c: records of every cpu, kept until they are overwritten ---- */

int aw_ring_init(unsigned int kilobytes);
void aw_ring_exit(void);
unsigned int aw_ring_bytes(void);

/*
 * A zeroed record with its head filled, to be filled and committed by the
 * same function; interrupts are off in between.  NULL: lost, and counted.
 */
void *aw_record_begin(enum aw_wire_type type, size_t size, u64 time_ns, unsigned long *flags);
void aw_record_commit(unsigned long flags);

void aw_count_lost(enum aw_wire_lost why);
unsigned long aw_lost_count(enum aw_wire_lost why);
unsigned long aw_nested_count(void);

/* How many records there have been: changes when there is something new. */
unsigned long aw_ring_news(void);

/* One reader's place in every ring, in memory of aw_cursor_size() bytes. */
struct aw_cursor;
size_t aw_cursor_size(void);
void aw_cursor_start(struct aw_cursor *cursor);
/*
 * Copies the next record, at most AW_KMOD_RECORD_MAX bytes, and returns its
 * size; 0: there is none up to record number `limit`.  What was overwritten
 * before it could be read is added to lost[].
 */
int aw_cursor_pending(const struct aw_cursor *cursor);	/* is there anything that was not read? */
unsigned int aw_cursor_next(struct aw_cursor *cursor, unsigned long limit, void *record, u64 *lost);

/* ---- task.c: who is running ---- */

enum aw_wire_context aw_context(void);
void aw_fill_task(struct aw_wire_task *task);

/* ---- request.c: notes on requests in their slow path ---- */

struct aw_request {
	unsigned long key;		/* whose; 0: free */
	u64 begin_ns;			/* when the notes were begun */
	u64 warn_ns;			/* warn_alloc was entered; 0: not */
	u64 warn_gfp;
	u64 warn_caller;
	u64 zones_id;			/* pictures are in the ring under this id; 0: none */
	u64 reclaim_ns;			/* direct reclaim runs since; 0: it does not */
	u64 attempt_ns;			/* compaction is tried since; 0: it is not */
	u32 warn_order;
	s32 order;			/* of the request; -1: not known */
	u32 printed;
	u32 nr_zones;
	u32 zones_flags;		/* AW_SEEN_ZONES_* */
	u32 compacting;			/* a zone is being compacted: allocations inside are not this request's */
	struct aw_wire_effort effort;
};

/* How many requests are followed: the one counter that the success path looks at. */
extern atomic_t aw_following;

int aw_request_init(void);
void aw_request_exit(void);
struct aw_request *aw_request_find(void);	/* of what runs here; NULL */
struct aw_request *aw_request_begin(void);	/* new ones if there are none; NULL: no room, which is counted */
void aw_request_end(struct aw_request *request);
void aw_request_reset(struct aw_request *request);
void aw_request_expire(void);			/* forgets those whose end was missed; every few seconds */

/* ---- effort.c: what a request tries ---- */

void aw_effort_end(struct aw_request *request);

/* ---- failure.c: the end of a request ---- */

struct aw_failed {
	u64 gfp;
	u32 order;
	s32 migratetype;
	u32 seen;		/* AW_SEEN_* */
};

/* `regs`: of a kprobe at a function's entry; NULL: the stack is the one we are on. */
void aw_send_failure(enum aw_wire_type type, const struct aw_failed *failed,
		     const struct aw_request *request, struct pt_regs *regs);
extern u64 aw_stall_ns;		/* slow successes from here on are records; ~0: none */

/* ---- zones.c ---- */

void aw_take_zones(struct aw_request *request);

/* ---- filter.c: what readers want ---- */

#define AW_READERS 4

void aw_filter_set(unsigned int reader, const struct aw_kmod_options *options);
void aw_filter_clear(unsigned int reader);
int aw_wanted(s32 order);	/* of what runs here; -1: an event without an order */

/* ---- stack.c ---- */

unsigned int aw_stack_here(__u64 *frames, unsigned int max);
unsigned int aw_stack_at(struct pt_regs *regs, __u64 *frames, unsigned int max);

/* ---- warn.c ---- */

int aw_warn_init(void);		/* 0 or why warn_alloc has no kprobe: -errno */
void aw_warn_exit(void);
extern int aw_warn_error;

/* ---- tracepoints.c: hooks by name ---- */

struct aw_hook {
	const char *event;
	void *probe;			/* void probe(void *data, ARGUMENTS...) */
	u32 part;			/* AW_KMOD_* that needs it, along with the others of that part */
	struct tracepoint *found;
	int active;
};

extern struct aw_hook aw_page_alloc_hooks[], aw_extfrag_hooks[], aw_effort_hooks[];
extern const unsigned int aw_page_alloc_hooks_count, aw_extfrag_hooks_count, aw_effort_hooks_count;

int aw_tracepoints_init(void);
void aw_tracepoints_exit(void);

/* ---- device.c ---- */

int aw_device_init(void);
void aw_device_exit(void);

#endif

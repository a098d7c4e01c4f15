/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the module share.
 *
 * Hooks run in every context that allocates, even under the zone lock: once the
 * module is loaded, nothing here sleeps, allocates or takes a lock.
 */
#ifndef AW_KMOD_H
#define AW_KMOD_H

#include "compat.h"
#include "abi.h"
#include "wire.h"

#include <linux/atomic.h>
#include <linux/math64.h>
#include <linux/types.h>

#define aw_ns_to_us(ns) div_u64(ns, 1000)
#include "effort.h"

struct pt_regs;
struct tracepoint;

/* Into zeroed memory, truncated so that it ends with a NUL.  strscpy() is from 4.3; strlcpy() was removed in 6.8. */
static inline void aw_copy_text(char *to, const char *from, unsigned int size)
{
	unsigned int i;

	for (i = 0; i + 1 < size && from[i]; i++)
		to[i] = from[i];
}

/* Built into the kernel, by drivers/misc/allocwatch: builtin. */
#ifdef MODULE
#define AW_BUILT_IN 0
#else
#define AW_BUILT_IN 1
#endif

/* Records are kept for readers to come: built in, or loaded with keep=1.  Written before hooks run only. */
extern bool aw_keeps;

/* AW_KMOD_*: what is hooked.  Written while loading only. */
extern u32 aw_hooks;

/* ---- ring.c: the ring buffers, in which records stay until they are overwritten ---- */

int aw_ring_init(unsigned int kilobytes);
void aw_ring_exit(void);
unsigned int aw_ring_bytes(void);

/*
 * A zeroed record with its head filled.  The same function sets the sizes of
 * its parts (aw_wire_size_*), fills and commits it; interrupts are off in
 * between.  NULL: lost, and counted.
 */
void *aw_record_begin(enum aw_wire_type type, size_t size, u64 time_ns, unsigned long *flags);
void aw_record_commit(unsigned long flags);

void aw_count_lost(enum aw_wire_lost why);
unsigned long aw_lost_count(enum aw_wire_lost why);
unsigned long aw_nested_count(void);

/* The number of records so far: it changes when there is a new one. */
unsigned long aw_ring_news(void);

/* A reader's position in every ring buffer, in memory of aw_cursor_size() bytes. */
struct aw_cursor;
size_t aw_cursor_size(void);
void aw_cursor_start(struct aw_cursor *cursor);		/* at the records to come */
void aw_cursor_rewind(struct aw_cursor *cursor);	/* at the oldest: what was overwritten since the boot counts as lost */
int aw_cursor_pending(const struct aw_cursor *cursor);	/* is there an unread record? */
/*
 * Copies the next record, at most AW_KMOD_RECORD_MAX bytes, and returns its
 * size; 0: there is none up to record number `limit`.  Records that were
 * overwritten before they could be read are added to lost[].
 */
unsigned int aw_cursor_next(struct aw_cursor *cursor, unsigned long limit, void *record, u64 *lost);

/* ---- task.c: the current context and task ---- */

enum aw_wire_context aw_context(void);
void aw_fill_task(struct aw_wire_task *task);

/* ---- request.c: the state of requests that are in their slow path, or have failed and are not over ---- */

struct aw_request {
	unsigned long key;		/* of the context; 0: the slot is free */
	u64 begin_ns;			/* when it was first noticed */
	u64 warn_ns;			/* warn_alloc was entered; 0: not */
	u64 warn_gfp;
	u64 warn_caller;
	u64 zones_id;			/* zone snapshots are in the ring buffer under this id; 0: none */
	u32 warn_order;
	u32 printed;
	u32 nr_zones;
	u32 zones_flags;		/* AW_SEEN_ZONES_* */
	struct aw_effort_state tried;
};

/* Which request of the current context. */
enum aw_request_which {
	AW_REQUEST_HERE,		/* the one whose slow path is followed */
	AW_REQUEST_NESTED		/* one that fails inside that slow path */
};

/* How many requests are followed: the only counter that is read for a success. */
extern atomic_t aw_following;

int aw_request_init(void);
void aw_request_exit(void);
struct aw_request *aw_request_find(enum aw_request_which which);	/* NULL: none */
/* A new one if there is none; NULL: no room, which is counted. */
struct aw_request *aw_request_begin(enum aw_request_which which);
/* The request is over.  If it began inside another one, that one is followed again. */
void aw_request_end(struct aw_request *request);
void aw_request_reset(struct aw_request *request);
void aw_request_expire(void);			/* drops those whose end was missed; to be called every few seconds */

/* ---- failure.c: the end of a request ---- */

struct aw_failed {
	u64 gfp;
	u32 order;
	s32 migratetype;
	u32 seen;		/* AW_SEEN_* */
};

/* With the current stack.  `request`: its state; NULL: there is none. */
void aw_send_failure(enum aw_wire_type type, const struct aw_failed *failed, const struct aw_request *request);

/* Is a request that fails now the one that is followed, or nested in its slow path? */
enum aw_request_which aw_failing(u32 order, u64 gfp);
/* Sends a request that warn_alloc was entered for and whose mm_page_alloc was missed, and clears its state. */
void aw_request_unpaired(struct aw_request *request);
extern u64 aw_stall_ns;		/* successes that took this long are records (stalls); ~0: none */

/* ---- zones.c ---- */

void aw_take_zones(struct aw_request *request);

/* ---- filter.c: which records readers want ---- */

#define AW_READERS 4

void aw_filter_set(unsigned int reader, const struct aw_kmod_options *options);
void aw_filter_clear(unsigned int reader);
int aw_wanted(s32 order);	/* in the current context; -1: the event has no order */

/* ---- stack.c: both fill a zeroed part ---- */

void aw_stack_here(struct aw_wire_stack *stack);
void aw_stack_at(struct pt_regs *regs, struct aw_wire_stack *stack);

/* ---- warn.c ---- */

int aw_warn_init(void);		/* 0, or -errno: why warn_alloc has no kprobe */
void aw_warn_exit(void);
extern int aw_warn_error;

/* ---- tracepoints.c: hooks by name ---- */

struct aw_hook {
	const char *event;
	void *probe;			/* void probe(void *data, ARGUMENTS...) */
	u32 part;			/* AW_KMOD_*, which needs all hooks of that part */
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

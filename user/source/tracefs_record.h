/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The trace events that are used, and their binary records.
 */
#ifndef AW_SOURCE_TRACEFS_RECORD_H
#define AW_SOURCE_TRACEFS_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/trace_format.h"

enum aw_trace_kind {
	AW_TRACE_ALLOC,			/* kmem:mm_page_alloc with no page */
	AW_TRACE_EXTFRAG,
	AW_TRACE_STACK,			/* of the record before it, in the same context */
	AW_TRACE_RECLAIM_BEGIN,
	AW_TRACE_RECLAIM_END,
	AW_TRACE_COMPACT_TRY,
	AW_TRACE_COMPACT_SUITABLE,
	AW_TRACE_COMPACT_DEFERRED,
	AW_TRACE_COMPACT_BEGIN,
	AW_TRACE_COMPACT_END,
	AW_TRACE_RECLAIM_RETRY,
	AW_TRACE_COMPACT_RETRY,
	AW_TRACE_KINDS
};

/* Which field of a kind is where in value[]. */
enum { AW_ALLOC_PAGE, AW_ALLOC_ORDER, AW_ALLOC_GFP, AW_ALLOC_MIGRATETYPE };
enum {
	AW_EXTFRAG_PAGE, AW_EXTFRAG_ALLOC_ORDER, AW_EXTFRAG_FALLBACK_ORDER, AW_EXTFRAG_ALLOC_TYPE,
	AW_EXTFRAG_FALLBACK_TYPE, AW_EXTFRAG_OWNERSHIP
};
enum { AW_STACK_SIZE, AW_STACK_CALLER };
enum { AW_BEGIN_ORDER, AW_BEGIN_GFP, AW_BEGIN_PRIO };	/* reclaim, compaction */
enum { AW_END_VALUE };					/* pages, result, status */
enum {
	AW_RETRY_RECLAIMABLE, AW_RETRY_AVAILABLE, AW_RETRY_MIN_WMARK, AW_RETRY_LOOPS, AW_RETRY_WMARK_OK
};
enum { AW_RETRY_PRIO, AW_RETRY_RESULT, AW_RETRY_RETRIES, AW_RETRY_MAX, AW_RETRY_AGAIN };

#define AW_TRACE_FIELDS 6
#define AW_TRACE_STACK_FRAMES 48

struct aw_trace_event {
	const char *group, *name;
	bool failures;		/* needs a stack; else part of the effort */
	bool required;
	struct {
		const char *name, *other;	/* other: its name in some kernels; NULL */
	} fields[AW_TRACE_FIELDS];
};

/* By enum aw_trace_kind. */
extern const struct aw_trace_event aw_trace_events[AW_TRACE_KINDS];

/* What this kernel's format files say. */
struct aw_trace_formats {
	struct aw_trace_field type, flags, preempt_count, pid;	/* common to all */
	struct {
		int id;			/* 0: this kernel does not have the event */
		struct aw_trace_field fields[AW_TRACE_FIELDS];
		bool other[AW_TRACE_FIELDS];	/* the field has its other name */
	} events[AW_TRACE_KINDS];
};

/* Adds one event from its format file.  0 or -EINVAL: a field that is needed is not there. */
int aw_trace_formats_add(struct aw_trace_formats *formats, enum aw_trace_kind kind, const char *text, size_t len);

struct aw_trace_record {
	enum aw_trace_kind kind;
	uint64_t time_ns;
	uint32_t cpu;
	uint32_t tid;
	uint8_t flags;			/* AW_TRACE_FLAG_* */
	uint64_t value[AW_TRACE_FIELDS];
	unsigned int nr_frames;
	uint64_t stack[AW_TRACE_STACK_FRAMES];
};

/* include/linux/trace_events.h, enum trace_flag_type: the same from 3.18 to 7.1. */
#define AW_TRACE_FLAG_HARDIRQ	0x08u
#define AW_TRACE_FLAG_SOFTIRQ	0x10u
#define AW_TRACE_FLAG_NMI	0x40u	/* 4.6 on */

/*
 * One record as the ring buffer holds it.  0, -ENOENT (another event's) or
 * -EINVAL (too short).  Time and cpu are the caller's to fill.
 */
int aw_trace_record_decode(const struct aw_trace_formats *formats, const void *data, size_t size,
			   struct aw_trace_record *out);

/* Did this mm_page_alloc return no page?  pfn -1 since 4.1, page NULL before. */
bool aw_trace_no_page(const struct aw_trace_formats *formats, const struct aw_trace_record *record);

/* "pfn == 0xffffffffffffffff && order >= 4": the filter on failures.  -1UL is not understood by any kernel. */
void aw_trace_filter(const struct aw_trace_formats *formats, uint32_t order_min, uint32_t order_max,
		     char *out, size_t size);

#endif

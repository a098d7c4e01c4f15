/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The trace events that are used, and their binary records.
 */
#ifndef AW_SOURCE_TRACEFS_RECORD_H
#define AW_SOURCE_TRACEFS_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "system/trace_format.h"

enum aw_trace_type {
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
	AW_TRACE_TYPES
};

/* The indexes of fields in value[], by type. */
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
enum { AW_RETRY_RETRIES, AW_RETRY_MAX, AW_RETRY_AGAIN };	/* compact_retry */

#define AW_TRACE_FIELDS 6
#define AW_TRACE_STACK_FRAMES 48

struct aw_trace_event {
	const char *group, *name;
	bool failures;		/* needs a stack; otherwise it is part of the effort */
	bool required;
	struct {
		const char *name, *other;	/* other: the name that it has in some kernels; NULL */
	} fields[AW_TRACE_FIELDS];
};

/* By enum aw_trace_type. */
extern const struct aw_trace_event aw_trace_events[AW_TRACE_TYPES];

/* From the format files of this kernel. */
struct aw_trace_formats {
	struct aw_trace_field type, flags, preempt_count, pid;	/* common to all events */
	struct {
		int id;			/* 0: this kernel does not have the event */
		struct aw_trace_field fields[AW_TRACE_FIELDS];
		bool other[AW_TRACE_FIELDS];	/* the field has its other name */
	} events[AW_TRACE_TYPES];
};

/* Adds one event from its format file.  0, or -EINVAL: a required field is missing. */
int aw_trace_formats_add(struct aw_trace_formats *formats, enum aw_trace_type type, const char *text, size_t len);

/* Adds all events that this kernel has.  0, or -ENODEV with the reason: one that is needed can't be used. */
int aw_trace_formats_read(struct aw_trace_formats *formats, struct aw_error *error);

struct aw_trace_record {
	enum aw_trace_type type;
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
 * Decodes one record of the trace buffer.  0, -ENOENT (of another event) or
 * -EINVAL (too short).  The caller fills in time and cpu.
 */
int aw_trace_record_decode(const struct aw_trace_formats *formats, const void *data, size_t size,
			   struct aw_trace_record *out);

/* Did this mm_page_alloc return no page?  Since 4.1 pfn is -1, before page is NULL. */
bool aw_trace_no_page(const struct aw_trace_formats *formats, const struct aw_trace_record *record);

/* The filter for failures: "pfn == 0xffffffffffffffff && order >= 4".  No kernel accepts -1. */
void aw_trace_filter(const struct aw_trace_formats *formats, uint32_t order_min, uint32_t order_max,
		     char *out, size_t size);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The stored form of events: numbers that the writer and the reader of
 * recordings share.  docs/recording-format.md describes it byte by byte; all
 * numbers here are on disk and only ever appended to.
 */
#ifndef AW_EVENT_RECORDING_H
#define AW_EVENT_RECORDING_H

#include <stdbool.h>
#include <stdint.h>

/* File: a header, then blocks. */
#define AW_RECORDING_MAGIC "AWREC\r\n\x1a"	/* 8 bytes; a transfer as text damages it */
#define AW_RECORDING_VERSION 1
#define AW_RECORDING_HEADER 32
#define AW_RECORDING_BYTE_ORDER 0x01020304u
#define AW_RECORDING_RAW_ADDRESSES 0x1u		/* frames have addresses */

/* Block: a header, then one zlib stream of records. */
#define AW_RECORDING_BLOCK_MAGIC 0x4b425741u	/* "AWBK" */
#define AW_RECORDING_BLOCK_HEADER 20
#define AW_RECORDING_BLOCK_MAX (4u << 20)	/* of either length; more is damage */

/* Record: u16 type, u16 zero, u32 bytes that follow. */
#define AW_RECORDING_RECORD_HEADER 8

enum aw_recording_type {
	/* facts of the run */
	AW_RECORD_KERNEL = 1,
	AW_RECORD_ENUM = 2,	/* the names of one enum's numbers */
	AW_RECORD_GFP_TABLE = 3,
	AW_RECORD_MISSING = 4,
	AW_RECORD_SNAPSHOT = 5,	/* time and losses so far */
	AW_RECORD_END = 6,	/* the same, and nothing more comes */
	AW_RECORD_RESET = 7,	/* all dictionaries start again */
	/* dictionaries: each entry gets the next number of its kind, from 1 on */
	AW_RECORD_STRING = 16,
	AW_RECORD_STACK = 17,
	AW_RECORD_TASK = 18,
	AW_RECORD_GFP = 19,
	/* events */
	AW_RECORD_FAILURE = 32,
	AW_RECORD_STALL = 33,
	AW_RECORD_EXTFRAG = 34,
	AW_RECORD_WARNING = 35,
	AW_RECORD_OOM_KILL = 36,
	AW_RECORD_CMA_FAILURE = 37,
	AW_RECORD_ALLOCATIONS = 38
};

/* The enums whose numbers a recording names, so that they may change in the program. */
enum aw_recording_enum {
	AW_ENUM_CONTEXT = 0,
	AW_ENUM_LOG = 1,
	AW_ENUM_CLASS = 2,
	AW_ENUM_MIGRATETYPE = 3,
	AW_ENUM_ZONE_TYPE = 4,
	AW_ENUM_COMPACT_RESULT = 5,
	AW_ENUM_COMPACT_PRIO = 6,
	AW_ENUM_ZONES_WHEN = 7,
	AW_ENUM_GFP_FLAG = 8,
	AW_ENUM_COUNT
};

#define AW_NO_SITE 0xffu

/* Most entries of a dictionary; the writer resets all of them before. */
#define AW_RECORDING_ENTRIES 65536
#define AW_RECORDING_STACKS 8192

/* Times and offsets in ns stay below 146 years: they can be added. */
#define AW_RECORDING_TIME_MAX (INT64_C(1) << 62)

/* Bytes of a string at most; longer ones are cut. */
#define AW_RECORDING_STRING 1024

/* Flags of a failure. */
#define AW_FAILURE_WARN_WATCHED	0x1u
#define AW_FAILURE_BEFORE_START	0x2u
#define AW_FAILURE_OVER_BUDGET	0x4u	/* of zone pictures */
#define AW_FAILURE_EFFORT	0x8u	/* the effort follows */
#define AW_FAILURE_RETRY	0x10u	/* what the retry rules said follows */
#define AW_FAILURE_UNSAMPLED	0x20u	/* so many that were only counted: an u64 at the record's end */

/* Flags of an effort. */
#define AW_EFFORT_KNOWN		0x1u
#define AW_EFFORT_KNOWS_RECLAIM	0x2u
#define AW_EFFORT_KNOWS_COMPACTION 0x4u
#define AW_EFFORT_KNOWS_RETRY	0x8u
#define AW_EFFORT_LOWER_BOUND	0x10u

#define AW_RETRY_WMARK_OK	0x1u
#define AW_RETRY_COMPACT_AGAIN	0x2u

/* Flags of a task. */
#define AW_STORED_MEMALLOC	0x1u
#define AW_STORED_NOIO		0x2u
#define AW_STORED_NOFS		0x4u
#define AW_STORED_PIN		0x8u
#define AW_STORED_EXITING	0x10u
#define AW_STORED_DUMPING	0x20u
#define AW_STORED_KTHREAD	0x40u
#define AW_STORED_KSWAPD	0x80u
#define AW_STORED_VICTIM	0x100u
#define AW_STORED_REALTIME	0x200u

#define AW_KERNEL_ANDROID	0x1u

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The recording format: constants that the writer and the reader share.
 * docs/recording-format.md describes it byte by byte.  All values are stored in
 * files, so they never change; new ones are appended.
 */
#ifndef AW_RECORDING_FORMAT_H
#define AW_RECORDING_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

/* File: a header, then blocks. */
#define AW_RECORDING_MAGIC "AWREC\r\n\x1a"	/* 8 bytes; a transfer in text mode damages them */
#define AW_RECORDING_VERSION 2		/* 1 has no groups, and is read, too */
#define AW_RECORDING_HEADER 32
#define AW_RECORDING_BYTE_ORDER 0x01020304u
#define AW_RECORDING_RAW_ADDRESSES 0x1u		/* frames include addresses */
#define AW_RECORDING_FLAGS AW_RECORDING_RAW_ADDRESSES	/* all that this program knows */

/* Block: a header, then a zlib stream of records. */
#define AW_RECORDING_BLOCK_MAGIC 0x4b425741u	/* "AWBK" */
#define AW_RECORDING_BLOCK_HEADER 20
#define AW_RECORDING_BLOCK_MAX (4u << 20)	/* of both lengths; a larger value means damage */

/* The content of a GROUP record. */
#define AW_RECORDING_GROUP_SIZE 40

/* Record: u16 type, u16 zero, u32 number of bytes that follow. */
#define AW_RECORDING_RECORD_HEADER 8

enum aw_recording_type {
	/* facts of the run */
	AW_RECORD_KERNEL = 1,
	AW_RECORD_ENUM = 2,	/* the names of an enum's numbers */
	AW_RECORD_GFP_TABLE = 3,
	AW_RECORD_MISSING = 4,
	AW_RECORD_SNAPSHOT = 5,	/* time and losses so far */
	AW_RECORD_END = 6,	/* the same, as the last record */
	AW_RECORD_RESET = 7,	/* clears all dictionaries */
	AW_RECORD_GROUP = 8,	/* the same, as the first record of a group: facts follow again */
	/* dictionaries: each one numbers its entries from 1 on */
	AW_RECORD_STRING = 16,
	AW_RECORD_STACK = 17,
	AW_RECORD_TASK = 18,
	AW_RECORD_GFP = 19,
	/* events: 32 to 63 */
	AW_RECORD_FAILURE = 32,
	AW_RECORD_STALL = 33,
	AW_RECORD_EXTFRAG = 34,
	AW_RECORD_WARNING = 35,
	AW_RECORD_OOM_KILL = 36,
	AW_RECORD_CMA_FAILURE = 37,
	AW_RECORD_ALLOCATIONS = 38,
	AW_RECORD_SCAN = 39,
	AW_RECORD_HELD = 40,
	AW_RECORD_EVENTS_END = 64
};

/* The enums whose numbers are named in the file, so that they may change in the program. */
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
	AW_ENUM_PAGE_CLASS = 9,
	AW_ENUM_PAGE_SOURCE = 10,
	AW_ENUM_CELL_TYPE = 11,
	AW_ENUM_HOLDER_TYPE = 12,
	AW_ENUM_COUNT
};

#define AW_NO_SITE 0xffu

/* Maximum number of entries in a dictionary; the writer resets all dictionaries before it is exceeded. */
#define AW_RECORDING_ENTRIES 65536
#define AW_RECORDING_STACKS 8192

/* Times and offsets stay below 146 years, so that adding them cannot overflow. */
#define AW_RECORDING_TIME_MAX (INT64_C(1) << 62)

/* Maximum length of a string in bytes; longer ones are truncated. */
#define AW_RECORDING_STRING 1024

/* Flags of a failure. */
#define AW_STORED_WARN_WATCHED		0x1u
#define AW_STORED_BEFORE_START		0x2u
#define AW_STORED_OVER_BUDGET		0x4u	/* no zone snapshot: over the budget of its second */
#define AW_STORED_EFFORT		0x8u	/* the effort follows */
#define AW_STORED_RETRY			0x10u	/* the results of the retry rules follow */
#define AW_STORED_UNSAMPLED		0x20u	/* counted only: the number is a u64 at the end of the record */

#define AW_STORED_NODEMASK		0x40u	/* the nodes that it was bound to are a u64 behind that */
#define AW_STORED_FAILURE_FLAGS		0x7fu	/* all: others change the layout in an unknown way */

/* Flags of an effort. */
#define AW_STORED_EFFORT_KNOWN		0x1u
#define AW_STORED_KNOWS_RECLAIM		0x2u
#define AW_STORED_KNOWS_COMPACTION	0x4u
#define AW_STORED_KNOWS_RETRY		0x8u
#define AW_STORED_LOWER_BOUND		0x10u
#define AW_STORED_KNOWS_PAGES		0x20u	/* the pages of compaction are at the end of the record */
#define AW_STORED_KNOWS_ZONES		0x40u

/* Flags of what the retry rules said. */
#define AW_STORED_WMARK_OK		0x1u
#define AW_STORED_COMPACT_AGAIN		0x2u

/* Flags of a task.  0x8 and 0x40 were once written, and are not to be given another meaning. */
#define AW_STORED_MEMALLOC		0x1u
#define AW_STORED_NOIO			0x2u
#define AW_STORED_NOFS			0x4u
#define AW_STORED_PIN			0x400u
#define AW_STORED_EXITING		0x10u
#define AW_STORED_DUMPING		0x20u
#define AW_STORED_KSWAPD		0x80u
#define AW_STORED_VICTIM		0x100u
#define AW_STORED_REALTIME		0x200u

/* Flags of a scan. */
#define AW_STORED_SCAN_MOVABLE		0x1u	/* the request was movable */
#define AW_STORED_SCAN_FOLIOS		0x2u	/* compaction of this kernel moves compound pages */
#define AW_STORED_SCAN_CMA		0x4u	/* made for a failed cma_alloc(); its areas follow at the end */
#define AW_STORED_SCAN_TAKEN		0x8u	/* who took what is in the way follows at the end */
#define AW_STORED_SCAN_FLAGS		0xfu	/* all */

/* Flags of a row of holders. */
#define AW_STORED_HELD_REST		0x1u	/* the sum of the rows that found no room */

/* How a simulated compaction ends. */
#define AW_STORED_RAN_OUT		0x1u	/* for want of free pages */
#define AW_STORED_MISSED		0x2u	/* and there were some, which its free scanner strode over */

/* Holders of stuck pages that a scan for CMA stores. */
#define AW_RECORDING_HOLDERS 16

/* Pages, windows and blocks of a scan stay below this, so that sums and per cents cannot overflow. */
#define AW_RECORDING_PAGES_MAX (UINT64_C(1) << 52)

/* Of a sample: what it stands for, up to 2^18 times as much, cannot overflow, nor can sums of it. */
#define AW_RECORDING_HELD_MAX (UINT64_C(1) << 24)

/* Flags of a kernel. */
#define AW_STORED_ANDROID		0x1u

#endif

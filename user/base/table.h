/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Hash tables: uthash without its exit() on a failed allocation, which would end
 * the program without a message, and without restoring tracefs and the terminal.
 */
#ifndef AW_BASE_TABLE_H
#define AW_BASE_TABLE_H

#define HASH_NONFATAL_OOM 1
#include <uthash.h>

/*
 * uthash starts with 32 buckets, and doubles them when a chain reaches 10: each entry
 * passed is a cache miss.  Tables of a few hundred entries, as most are, get short
 * chains; those of thousands must not grow at shorter ones, or they take 16 MB each.  A file
 * whose tables are asked for every event defines more.
 */
#ifndef AW_TABLE_BITS
#define AW_TABLE_BITS 9
#endif
#undef HASH_INITIAL_NUM_BUCKETS
#undef HASH_INITIAL_NUM_BUCKETS_LOG2
#define HASH_INITIAL_NUM_BUCKETS (1U << AW_TABLE_BITS)
#define HASH_INITIAL_NUM_BUCKETS_LOG2 AW_TABLE_BITS

/* Did HASH_ADD add this entry?  If not, there was no memory, and the caller still owns the entry. */
#define aw_table_took(entry) ((entry)->hh.tbl != NULL)

#endif

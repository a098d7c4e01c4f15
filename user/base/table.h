/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Hash tables: uthash without its exit() on a failed allocation, which would end
 * the program without a message, and without restoring tracefs and the terminal.
 */
#ifndef AW_BASE_TABLE_H
#define AW_BASE_TABLE_H

#define HASH_NONFATAL_OOM 1
#include <uthash.h>

/* uthash doubles a table when a chain reaches 10; each entry passed is a cache miss. */
#undef HASH_BKT_CAPACITY_THRESH
#define HASH_BKT_CAPACITY_THRESH 4U

/* Did HASH_ADD add this entry?  If not, there was no memory, and the caller still owns the entry. */
#define aw_table_took(entry) ((entry)->hh.tbl != NULL)

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who held the memory, from the totals of a report.
 */
#ifndef AW_EXPLAIN_HOLDERS_H
#define AW_EXPLAIN_HOLDERS_H

#include <stdio.h>

#include "base/json_writer.h"
#include "event/event.h"
#include "klog/totals.h"

/*
 * A bar of 40 columns, what each letter in it stands for, swap and the largest
 * tasks, as rows of an answer. Without the size of RAM there is no bar. Where the report has no totals, the rows of its
 * zones tell which pages are on the lists of reclaim; else nothing.
 * `page_size` in bytes; 0: not known.
 */
void aw_holders_print(FILE *out, const struct aw_failure *failure, const struct aw_klog_totals *totals, uint64_t page_size, unsigned int width);

/* One account, such as "anon". */
struct aw_holding {
	char letter;		/* in the bar */
	const char *name;
	uint64_t bytes;
};
#define AW_HOLDINGS 15

/*
 * The accounts that hold anything, the largest first; 0: the report has no totals.  *ram in bytes; 0: it is not in the log, and the
 * accounts are the least.
 */
unsigned int aw_holders_sorted(const struct aw_failure *failure, const struct aw_klog_totals *totals, uint64_t page_size,
			       struct aw_holding out[AW_HOLDINGS], uint64_t *ram);

/* The same as an object, in bytes; null where the report has no totals. */
void aw_holders_json(struct aw_json *json, const char *key, const struct aw_klog_totals *totals, uint64_t page_size);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory that is not the page allocator's: what a report of it is called, what
 * it says, and the verdict on it.
 */
#ifndef AW_EXPLAIN_POOL_H
#define AW_EXPLAIN_POOL_H

#include "base/json_writer.h"
#include "explain/types.h"

/* Is the event about such a pool? */
static inline bool aw_explain_is_pool(const struct aw_event *event)
{
	return event->type == AW_EVENT_WARNING && event->warning.pool.pool != AW_POOL_NONE;
}

/* How it is told; `pool` is not AW_POOL_NONE. */
const struct aw_report_type *aw_explain_pool_type(enum aw_pool pool);

void aw_explain_pool_verdict(const struct aw_warning *warning, struct aw_verdict *out);

/* "pool" of --json; null where the event is not about one. */
void aw_explain_pool_json(struct aw_json *json, const char *key, const struct aw_event *event);

#endif

// SPDX-License-Identifier: GPL-2.0
/*
 * When a failure is worth a page scan.
 */
#include "session/scan_due.h"

static uint64_t hash_text(uint64_t hash, const char *text)
{
	while (*text)
		hash = (hash ^ (unsigned char)*text++) * UINT64_C(0x100000001b3);	/* FNV-1a */
	return hash;
}

static uint64_t site_of(const struct aw_event *event)
{
	bool cma = event->type == AW_EVENT_CMA_FAILURE;
	uint64_t hash = UINT64_C(0xcbf29ce484222325) + (cma ? AW_MAX_ORDERS : event->failure.order);

	if (!event->site)
		return hash;
	hash = hash_text(hash, event->site->name);
	hash = hash_text(hash, event->site->module);
	return event->site->name[0] ? hash : hash ^ event->site->addr;
}

static unsigned int place_of(struct aw_scan_due *due, uint64_t site)
{
	unsigned int oldest = 0;

	for (unsigned int i = 0; i < due->count; i++) {
		if (due->seen[i].site == site)
			return i;
		if (due->seen[i].last_ns < due->seen[oldest].last_ns)
			oldest = i;
	}
	if (due->count < AW_DUE_SITES)
		oldest = due->count++;
	due->seen[oldest].site = site;
	due->seen[oldest].last_ns = 0;
	return oldest;
}

static bool is_worth_it(const struct aw_event *event)
{
	const struct aw_failure *failure = &event->failure;

	if (event->type == AW_EVENT_CMA_FAILURE)
		return event->cma.count;
	return event->type == AW_EVENT_FAILURE && failure->class == AW_CLASS_HARD && !failure->unsampled &&
	       !failure->before_start && failure->order && failure->cause == AW_CAUSE_FRAGMENTATION;
}

bool aw_scan_is_due(struct aw_scan_due *due, const struct aw_event *event, uint64_t now_ns)
{
	unsigned int at;

	if (due->again_ns == AW_SCAN_NEVER || now_ns < due->not_before_ns || !is_worth_it(event))
		return false;
	at = place_of(due, site_of(event));
	if (due->seen[at].last_ns && now_ns - due->seen[at].last_ns < due->again_ns)
		return false;
	due->seen[at].last_ns = now_ns;
	return true;
}

void aw_scan_took(struct aw_scan_due *due, uint64_t now_ns, uint64_t ns)
{
	due->not_before_ns = now_ns + ns * AW_DUE_SHARE;
}

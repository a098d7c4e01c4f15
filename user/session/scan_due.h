/* SPDX-License-Identifier: GPL-2.0 */
/*
 * When a failure is worth a page scan.
 */
#ifndef AW_SESSION_SCAN_DUE_H
#define AW_SESSION_SCAN_DUE_H

#include <stdbool.h>
#include <stdint.h>

#include "event/event.h"

/* Sites and orders that are told apart; when there are more, the one that waits longest is forgotten. */
#define AW_DUE_SITES 64

/* At most a twentieth of the time is spent with scans. */
#define AW_DUE_SHARE 20

#define AW_SCAN_NEVER 0
#define AW_SCAN_FIRST UINT64_MAX
#define AW_SCAN_AGAIN_DEFAULT UINT64_C(60000000000)

struct aw_scan_due {
	uint64_t again_ns;	/* for a site and order that had one: NEVER, FIRST (only the first), or after this time */
	uint64_t not_before_ns;	/* of any: the last one's cost */
	unsigned int count;
	struct {
		uint64_t site;	/* a hash of its name, module, and the order */
		uint64_t last_ns;
	} seen[AW_DUE_SITES];
};

/*
 * Is it a hard failure by fragmentation whose site and order have waited long enough, or a failed cma_alloc() of
 * such a site?  Then it counts as scanned.
 */
bool aw_scan_is_due(struct aw_scan_due *due, const struct aw_event *event, uint64_t now_ns);

/* A scan that ended now took so long. */
void aw_scan_took(struct aw_scan_due *due, uint64_t now_ns, uint64_t ns);

#endif

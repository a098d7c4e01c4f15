/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The page scans of a run.  All that one needs is open before privileges are
 * given up.  A scan is made between two polls of the source, and gives way to
 * more of them while it runs, so that no event waits for it.
 */
#ifndef AW_SESSION_SCANNER_H
#define AW_SESSION_SCANNER_H

#include <stdint.h>

#include "base/error.h"
#include "blockers/headroom.h"
#include "event/event.h"
#include "mm/kernel.h"
#include "pages/pause.h"
#include "source/source.h"

struct aw_btf;
struct aw_scanner;

/*
 * `again_ns`: see aw_scan_due.  `headroom_ns`: how often headroom is looked for; 0: never.
 * `kernel` is borrowed, and `btf`, that of this kernel, during the call only.  0, or -errno with the reason.
 */
int aw_scanner_open(uint64_t again_ns, uint64_t headroom_ns, const struct aw_kernel *kernel,
		    const struct aw_btf *btf, struct aw_scanner **out, struct aw_error *error);
void aw_scanner_close(struct aw_scanner *scanner);	/* NULL allowed */

/* How it looks at pages: "bpf"; and why not better, "" if there is no better way. */
const char *aw_scanner_source(const struct aw_scanner *scanner);
const char *aw_scanner_limits(const struct aw_scanner *scanner);

/* Can it still scan, with the privileges that are left?  0 or -errno. */
int aw_scanner_try(struct aw_scanner *scanner);

/* An event was seen: if it is worth a scan, that waits until aw_scanner_run(). */
void aw_scanner_see(struct aw_scanner *scanner, const struct aw_event *event, uint64_t now_ns);

/*
 * Makes the scan that waits; `source`: whose sample of holders tells who is in the way.  1: it is in *event, valid until
 * the next call; 0: none waited; -errno with the reason.
 */
int aw_scanner_run(struct aw_scanner *scanner, struct aw_source *source, const struct aw_pause *pause,
		   struct aw_event *event, struct aw_error *error);

/* Looks for headroom if it is time to.  0, or -errno with the reason. */
int aw_scanner_look_for_headroom(struct aw_scanner *scanner, const struct aw_pause *pause, struct aw_error *error);

/* What was found last; NULL: nothing yet. */
const struct aw_headroom *aw_scanner_headroom(const struct aw_scanner *scanner);

#endif

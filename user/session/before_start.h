/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Failures before watching starts: in this kernel's log, traced while it booted,
 * and in the logs of earlier boots.
 */
#ifndef AW_SESSION_BEFORE_START_H
#define AW_SESSION_BEFORE_START_H

#include <stdbool.h>
#include <stdint.h>

#include "event/event.h"
#include "mm/kernel.h"
#include "summary/filter.h"

struct aw_boot_trace;

typedef void (*aw_before_start_fn)(void *arg, const struct aw_event *event);

struct aw_before_start_config {
	const struct aw_kernel *kernel;
	const struct aw_filter *filter;
	struct aw_boot_trace *boot;		/* aw_boot_trace_open(), taken over; NULL: none */
	uint64_t until_ns;		/* when watching began, CLOCK_MONOTONIC: later ones are seen by its source */
	bool traced_only;		/* not those that only the kernel log has */
};

struct aw_before_start {
	unsigned int failures;		/* that were handed out */
	bool traced;			/* the kernel traced failures before user space */
	bool by_module;			/* ... by the module, not by trace events */
	uint64_t trace_lost;		/* records of that trace that were overwritten, or did not fit here */
	uint64_t overwritten;		/* records since boot that are not in the log any more */
};

/*
 * Hands out each page allocation failure before watching began that the filter
 * wants: those of the boot trace, with the zones of their reports, and the other
 * reports of this kernel's log; judged and marked before_start, oldest first.
 * None where nothing can be read.
 */
struct aw_before_start aw_before_start(const struct aw_before_start_config *config, aw_before_start_fn deliver,
				       void *arg);

/* What the kernel logs hold that earlier boots left here. */
struct aw_earlier_boots {
	unsigned int logs;
	uint64_t failures;
	char first[128];	/* the path of the first log that has some; "": none has */
};

/* Reads all of them, for counts only: their times are of another boot.  `root`: see aw_klog_earlier(). */
struct aw_earlier_boots aw_earlier_boots(const char *root);

#endif

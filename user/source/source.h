/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where events come from: one interface for BPF, the module, tracefs, the
 * kernel log and recordings.
 */
#ifndef AW_SOURCE_SOURCE_H
#define AW_SOURCE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "event/capture.h"
#include "event/event.h"
#include "event/loss.h"
#include "mm/kernel.h"
#include "source/choose.h"

/* The event is the receiver's during the call: the session sets what was concluded from it, and need not copy it. */
typedef void (*aw_event_fn)(void *arg, struct aw_event *event);

/* A block in use: the address of its first struct page, and who took it (NULL: not known), valid during the call. */
typedef void (*aw_held_fn)(void *arg, uint64_t page, unsigned int order, const struct aw_frame *site);

struct aw_source;

/* What a source that reads a recording knows about the run that made it. */
struct aw_recorded {
	const char *source;	/* of that run: "bpf" */
	uint64_t start_ns;	/* when it began, CLOCK_MONOTONIC of its machine */
	uint64_t end_ns;	/* when it ended, as far as it was read */
	uint64_t now_ns;	/* the current time of that run: in a paced replay it advances between events, up to the end */
	uint64_t losses_ns;	/* losses are known up to this time, if the end is missing: the recording counts them now and then */
	const char *damage;	/* "": none; else a sentence: where the file is damaged or cut, and what was read or skipped */
	bool cut;		/* damaged at its end: what was lost is known only up to losses_ns */
	bool raw_addresses;	/* stack frames have addresses */
	uint64_t read, size;	/* bytes of the file: so far, and all; size 0: not known, as of a pipe */
};

struct aw_source_ops {
	const char *name;	/* "bpf" */
	const char *summary;	/* one line for --help */
	bool takes_argument;	/* NAME:ARGUMENT is allowed */
	const char *argument;	/* what that is, in help; NULL: "FILE" */
	bool needs_argument;	/* ... and NAME alone is not: never taken by "auto" */
	bool counts;		/* counts in the kernel: failures that the capture wants, allocations on request */
	/*
	 * 0, or -errno with the reason in `error`: -ENODEV if the source is not
	 * available on this machine or to this user, anything else if something
	 * went wrong.
	 */
	int (*open)(const struct aw_capture *capture, struct aw_source **out, struct aw_error *error);
	/*
	 * Delivers the events that are there, after waiting for up to timeout_ms.
	 * Returns their number or -errno; 0 instead of -EINTR.  -ENODATA: all
	 * events were delivered and there will be no more.
	 */
	int (*poll)(struct aw_source *source, int timeout_ms, aw_event_fn deliver, void *arg);
	const struct aw_kernel *(*kernel)(const struct aw_source *source);
	/* Both return how many they filled in. */
	unsigned int (*missing)(const struct aw_source *source, struct aw_missing out[AW_MAX_MISSING_FEATURES]);
	unsigned int (*losses)(struct aw_source *source, struct aw_loss out[AW_MAX_LOSSES]);
	/* The sample of --holders as it is now.  0 or -errno.  NULL: it has none. */
	int (*held)(struct aw_source *source, aw_held_fn take, void *arg);
	/* Reads now what events will need, so that they find it in memory.  NULL: nothing. */
	void (*prepare)(struct aw_source *source);
	/* Stops capturing; what was captured can still be polled. */
	void (*stop)(struct aw_source *source);
	void (*close)(struct aw_source *source);
	bool names_cgroups;	/* asks for the path of a cgroup when an event comes, which needs CAP_DAC_READ_SEARCH */
	/*
	 * Can it still be read, with the capabilities that are effective now?  NULL: it needs none once it is
	 * open.
	 */
	bool (*readable)(struct aw_source *source);
	/* NULL: the events are live ones of this machine. */
	const struct aw_recorded *(*recorded)(const struct aw_source *source);
};

struct aw_source {
	const struct aw_source_ops *ops;
};

/* NULL: the source watches this machine. */
static inline const struct aw_recorded *aw_source_recorded(const struct aw_source *source)
{
	return source->ops->recorded ? source->ops->recorded(source) : NULL;
}

extern const struct aw_source_ops aw_source_bpf;
extern const struct aw_source_ops aw_source_recording;
extern const struct aw_source_ops aw_source_kmod;
extern const struct aw_source_ops aw_source_tracefs;
extern const struct aw_source_ops aw_source_klog;
extern const struct aw_source_ops aw_source_trace;

/* Every source of this build, in order of preference. */
extern const struct aw_source_ops *const aw_sources[];
extern const unsigned int aw_sources_count;

/* By NAME, NAME:ARGUMENT if it takes one, FILE.aw or "-".  NULL: there is none. */
const struct aw_source_ops *aw_source_find(const char *name);

/*
 * Opens `name`, or for "auto" the first source that works here, and says in
 * `choice` which one that is and why it is not the best.  0, -EINVAL (no such
 * source), -ENODEV (none works here) or -errno, with the reason.
 */
int aw_source_open(const char *name, const struct aw_capture *capture, struct aw_choice *choice,
		   struct aw_source **out, struct aw_error *error);

/* All sources of this build; none was tried yet. */
void aw_source_facts_start(struct aw_source_facts *facts);

/* Opens one of them and stores the result.  0, or -errno with the reason. */
int aw_source_try(struct aw_source_facts *facts, unsigned int index, const struct aw_capture *capture,
		  struct aw_source **out, struct aw_error *error);

#endif

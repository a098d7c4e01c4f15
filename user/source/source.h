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
#include "kernel/kernel.h"
#include "source/choose.h"

typedef void (*aw_event_fn)(void *arg, const struct aw_event *event);

struct aw_source;

/* What a source that reads a file knows of the run that made it. */
struct aw_recorded {
	const char *source;	/* that run's: "bpf" */
	uint64_t start_ns;	/* its window, CLOCK_MONOTONIC of its machine */
	uint64_t end_ns;	/* as far as it was read */
	uint64_t now_ns;	/* what its clock shows: a paced replay's goes on between events, and stops at the end */
	const char *damage;	/* "" none; a sentence: where the file is damaged or cut, and what was read */
	bool raw_addresses;	/* frames have addresses */
};

struct aw_source_ops {
	const char *name;	/* "bpf" */
	const char *summary;	/* one line for --help */
	bool takes_argument;	/* NAME:ARGUMENT is allowed */
	bool needs_argument;	/* ... and NAME alone is not: never taken by "auto" */
	/*
	 * 0, or -errno with the reason in `error`: -ENODEV when this machine or this
	 * user cannot have the source, anything else when something went wrong.
	 */
	int (*open)(const struct aw_capture *capture, struct aw_source **out, struct aw_error *error);
	/*
	 * Delivers what is there, waiting up to timeout_ms. Number of events or -errno; -EINTR is 0,
	 * -ENODATA says that all was delivered and nothing more can come.
	 */
	int (*poll)(struct aw_source *source, int timeout_ms, aw_event_fn deliver, void *arg);
	const struct aw_kernel *(*kernel)(const struct aw_source *source);
	/* Both return how many they filled. */
	unsigned int (*missing)(const struct aw_source *source, struct aw_missing out[AW_MAX_MISSING_FEATURES]);
	unsigned int (*losses)(struct aw_source *source, struct aw_loss out[AW_MAX_LOSSES]);
	/* Stops capturing; what is on the way can still be polled. */
	void (*stop)(struct aw_source *source);
	void (*close)(struct aw_source *source);
	/* NULL: events are of this machine and now. */
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

/* Every source that this build has, the preferred first. */
extern const struct aw_source_ops *const aw_sources[];
extern const unsigned int aw_sources_count;

/* By NAME, or NAME:ARGUMENT where it takes one, FILE.aw or "-"; NULL: none. */
const struct aw_source_ops *aw_source_find(const char *name);

/*
 * Opens `name`, or for "auto" the first source that can be had.  0, -EINVAL
 * (no such source), -ENODEV (none can be had here) or -errno, with the reason.
 */
int aw_source_open(const char *name, const struct aw_capture *capture, struct aw_source **out,
		   struct aw_error *error);

/* The same, and tells what was chosen and why it is not the best. */
int aw_source_open_told(const char *name, const struct aw_capture *capture, struct aw_choice *choice,
			struct aw_source **out, struct aw_error *error);

/* All sources of this build, untried. */
void aw_source_facts_start(struct aw_source_facts *facts);

/* Opens one of them and notes how that went.  0 or -errno with the reason. */
int aw_source_try(struct aw_source_facts *facts, unsigned int index, const struct aw_capture *capture,
		  struct aw_source **out, struct aw_error *error);

#endif

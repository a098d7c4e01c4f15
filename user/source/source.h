/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where events come from: one interface for BPF, the module, tracefs, the
 * kernel log and recordings.
 */
#ifndef AW_SOURCE_SOURCE_H
#define AW_SOURCE_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "event/capture.h"
#include "event/event.h"
#include "kernel/kernel.h"
#include "source/choose.h"

/* Something that does not work here. */
struct aw_missing {
	const char *what;	/* "warn_alloc kprobe" */
	char why[160];		/* "this kernel has no kprobes (CONFIG_KPROBES)" */
	const char *cost;	/* "the log state of a failure is not known ..." */
};

struct aw_loss {
	const char *cause;	/* stable key: "ring_full_failures" */
	const char *meaning;	/* for people */
	uint64_t count;
};

#define AW_MAX_MISSING_FEATURES 16
#define AW_MAX_LOSSES 32

typedef void (*aw_event_fn)(void *arg, const struct aw_event *event);

struct aw_source;

struct aw_source_ops {
	const char *name;	/* "bpf" */
	const char *summary;	/* one line for --help */
	bool takes_argument;	/* NAME:ARGUMENT is allowed */
	/*
	 * 0, or -errno with the reason in `error`: -ENODEV when this machine or this
	 * user cannot have the source, anything else when something went wrong.
	 */
	int (*open)(const struct aw_capture *capture, struct aw_source **out, struct aw_error *error);
	/* Delivers what is there, waiting up to timeout_ms. Number of events or -errno; -EINTR is 0. */
	int (*poll)(struct aw_source *source, int timeout_ms, aw_event_fn deliver, void *arg);
	const struct aw_kernel *(*kernel)(const struct aw_source *source);
	/* Both return how many they filled. */
	unsigned int (*missing)(const struct aw_source *source, struct aw_missing out[AW_MAX_MISSING_FEATURES]);
	unsigned int (*losses)(struct aw_source *source, struct aw_loss out[AW_MAX_LOSSES]);
	/* Stops capturing; what is on the way can still be polled. */
	void (*stop)(struct aw_source *source);
	void (*close)(struct aw_source *source);
};

struct aw_source {
	const struct aw_source_ops *ops;
};

extern const struct aw_source_ops aw_source_bpf;
extern const struct aw_source_ops aw_source_tracefs;
extern const struct aw_source_ops aw_source_klog;

/* Every source that this build has, the preferred first. */
extern const struct aw_source_ops *const aw_sources[];
extern const unsigned int aw_sources_count;

/* By NAME or NAME:ARGUMENT; NULL. */
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

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a run could not see, and what it saw and lost.
 */
#ifndef AW_EVENT_LOSS_H
#define AW_EVENT_LOSS_H

#include <stdint.h>

#define AW_MAX_MISSING_FEATURES 16
#define AW_MAX_LOSSES 32

/* Something that does not work here. */
struct aw_missing {
	const char *what;	/* "warn_alloc kprobe" */
	char why[240];		/* "this kernel has no kprobes (CONFIG_KPROBES)" */
	const char *cost;	/* "the log state of a failure is not known ..." */
};

/*
 * Every cause of losses: its key, which outputs and recordings use and which is
 * never changed, and whether failures lost to it are missing from all counts.
 * Other causes cost details, or say themselves what is missing.
 */
#define AW_LOSS_CAUSES(CAUSE)		\
	CAUSE(ring_full_failures, 1)	\
	CAUSE(ring_full_samples, 0)	\
	CAUSE(ring_full_extfrag, 0)	\
	CAUSE(ring_full_other, 0)	\
	CAUSE(inflight_full, 0)		\
	CAUSE(unpaired, 0)		\
	CAUSE(expired, 0)		\
	CAUSE(zones_budget, 0)		\
	CAUSE(held_full, 0)		\
	CAUSE(held_missed, 0)		\
	CAUSE(recursion_misses, 1)	\
	CAUSE(damaged_records, 1)	\
	CAUSE(unknown_records, 1)	\
	CAUSE(orphan_zones, 0)		\
	CAUSE(stackless, 0)		\
	CAUSE(unsampled_filtered, 1)	\
	CAUSE(log_overwritten, 0)	\
	CAUSE(log_suppressed, 0)	\
	CAUSE(log_incomplete, 0)	\
	CAUSE(recording_unknown, 0)	\
	CAUSE(recording_bad, 0)		\
	CAUSE(recording_damaged, 1)	\
	CAUSE(disk_full_files, 0)	\
	CAUSE(disk_full_events, 1)

#define AW_LOSS_ENUMERATOR(key, uncounted) AW_LOSS_##key,
enum aw_loss_cause {
	AW_LOSS_other,		/* a newer program wrote it into a recording */
	AW_LOSS_CAUSES(AW_LOSS_ENUMERATOR)
};

struct aw_loss {
	enum aw_loss_cause id;
	const char *cause;	/* key: "ring_full_failures" */
	const char *meaning;	/* for people */
	uint64_t count;
};

/* AW_LOSS(ring_full_failures, "failures: ...", 7): an initialiser; a key that is not in the list does not compile. */
#define AW_LOSS(key, sentence, number) \
	{ .id = AW_LOSS_##key, .cause = #key, .meaning = (sentence), .count = (number) }

/* By its key, which may be any text. */
enum aw_loss_cause aw_loss_cause_of(const char *key);

/* At most this many failures may have happened that are in no count. */
uint64_t aw_losses_uncounted(const struct aw_loss *losses, unsigned int count);

/* Failures that were only counted, for which --filter asks what is not known. */
struct aw_loss aw_loss_unsampled_filtered(uint64_t count);

/* To the one of its cause, or a new one.  Returns how many there are. */
unsigned int aw_loss_add(struct aw_loss losses[AW_MAX_LOSSES], unsigned int count, struct aw_loss more);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a run could not see, and what it saw and lost.
 */
#ifndef AW_EVENT_LOSS_H
#define AW_EVENT_LOSS_H

#include <stdint.h>

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

/* So many failures at most may have happened that no count has. */
uint64_t aw_losses_uncounted(const struct aw_loss *losses, unsigned int count);

/* Failures that were only counted, of which --filter asks what is not known. */
struct aw_loss aw_loss_unsampled_filtered(uint64_t count);

#define AW_MAX_MISSING_FEATURES 16
#define AW_MAX_LOSSES 32

/* To the one of its cause, or a new one.  Returns how many there are. */
unsigned int aw_loss_add(struct aw_loss losses[AW_MAX_LOSSES], unsigned int count, struct aw_loss more);

#endif

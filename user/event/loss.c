// SPDX-License-Identifier: GPL-2.0
/*
 * What was lost, and what that means for the counts.
 */
#include "event/loss.h"

#include <string.h>

/* The other causes cost details, or say themselves what is missing. */
static const char *const hide_failures[] = {
	"ring_full_failures", "recursion_misses", "damaged_records", "unsampled_filtered", "unknown_records", "disk_full_events",
};

uint64_t aw_losses_uncounted(const struct aw_loss *losses, unsigned int count)
{
	uint64_t uncounted = 0;

	for (unsigned int i = 0; i < count; i++)
		for (unsigned int c = 0; c < sizeof(hide_failures) / sizeof(hide_failures[0]); c++)
			if (!strcmp(losses[i].cause, hide_failures[c]))
				uncounted += losses[i].count;
	return uncounted;
}

struct aw_loss aw_loss_unsampled_filtered(uint64_t count)
{
	return (struct aw_loss){ "unsampled_filtered", "failures only counted: the filter asks what is not known of "
				 "them", count };
}

unsigned int aw_loss_add(struct aw_loss losses[AW_MAX_LOSSES], unsigned int count, struct aw_loss more)
{
	for (unsigned int i = 0; i < count; i++) {
		if (strcmp(losses[i].cause, more.cause))
			continue;
		losses[i].count += more.count;
		return count;
	}
	if (count < AW_MAX_LOSSES)
		losses[count++] = more;
	return count;
}

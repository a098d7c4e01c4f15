// SPDX-License-Identifier: GPL-2.0
/*
 * The causes of losses, and what they mean for the counts.
 */
#include "event/loss.h"

#include <stdbool.h>
#include <string.h>

#include "base/array.h"

#define ROW(name, hides) [AW_LOSS_##name] = { #name, hides },

static const struct {
	const char *key;
	bool uncounted;
} causes[] = {
	[AW_LOSS_other] = { "", false },
	AW_LOSS_CAUSES(ROW)
};

enum aw_loss_cause aw_loss_cause_of(const char *key)
{
	for (unsigned int cause = AW_LOSS_other + 1; cause < ARRAY_SIZE(causes); cause++)
		if (!strcmp(causes[cause].key, key))
			return cause;
	return AW_LOSS_other;
}

uint64_t aw_losses_uncounted(const struct aw_loss *losses, unsigned int count)
{
	uint64_t uncounted = 0;

	for (unsigned int i = 0; i < count; i++)
		if (causes[losses[i].id].uncounted)
			uncounted += losses[i].count;
	return uncounted;
}

struct aw_loss aw_loss_unsampled_filtered(uint64_t count)
{
	return (struct aw_loss)AW_LOSS(unsampled_filtered, "failures that were only counted: the filter asks what is "
				       "not known of them", count);
}

unsigned int aw_loss_add(struct aw_loss losses[AW_MAX_LOSSES], unsigned int count, struct aw_loss more)
{
	for (unsigned int i = 0; i < count; i++) {
		if (losses[i].id != more.id || more.id == AW_LOSS_other)
			continue;
		losses[i].count += more.count;
		return count;
	}
	if (count < AW_MAX_LOSSES)
		losses[count++] = more;
	return count;
}

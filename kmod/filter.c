// SPDX-License-Identifier: GPL-2.0
/*
 * What readers want: a record is made when at least one of them does.
 *
 * Hooks look without a lock.  What they see of options that change right now
 * may be mixed; programs filter again.
 */
#include "kmod.h"

#include <linux/sched.h>
#include <linux/string.h>

struct aw_filter {
	int used;
	struct aw_kmod_options options;
};

static struct aw_filter filters[AW_READERS];

void aw_filter_set(unsigned int reader, const struct aw_kmod_options *options)
{
	struct aw_filter *filter = &filters[reader];

	filter->options = *options;
	smp_wmb();	/* the options before the mark that they are there */
	WRITE_ONCE(filter->used, 1);
}

void aw_filter_clear(unsigned int reader)
{
	WRITE_ONCE(filters[reader].used, 0);
}

static int comm_fits(const struct aw_kmod_options *options)
{
	u32 len = options->comm_len;

	if (len > sizeof(options->comm))
		len = sizeof(options->comm);
	if (strncmp(current->comm, options->comm, len))
		return 0;
	return !options->comm_whole || len == TASK_COMM_LEN || !current->comm[len];
}

/* pid and comm of an interrupt are only those of the task that it interrupted: neither ever fits. */
static int fits(const struct aw_kmod_options *options, s32 order)
{
	if (order >= 0 && ((u32)order < options->order_min || (u32)order > options->order_max))
		return 0;
	if (!options->pid && !options->comm_len)
		return 1;
	if (aw_context() > AW_CONTEXT_TASK)
		return 0;
	if (options->pid && options->pid != (u32)current->tgid)
		return 0;
	return !options->comm_len || comm_fits(options);
}

int aw_wanted(s32 order)
{
	unsigned int i;

	for (i = 0; i < AW_READERS; i++) {
		if (!READ_ONCE(filters[i].used))
			continue;
		smp_rmb();	/* pairs with aw_filter_set() */
		if (fits(&filters[i].options, order))
			return 1;
	}
	return 0;
}

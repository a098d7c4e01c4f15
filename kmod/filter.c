// SPDX-License-Identifier: GPL-2.0
/*
 * Which records readers want: one is made if at least one reader wants it.
 *
 * Hooks take no lock: options that are set go into the copy that no hook reads,
 * which then becomes the current one.  Where they are kept for later, all are
 * made.
 */
#include "kmod.h"

#include <linux/sched.h>
#include <linux/string.h>
#include <linux/tracepoint.h>

struct aw_filter {
	struct aw_kmod_options copies[2];
	const struct aw_kmod_options *current_copy;	/* NULL: there is no reader */
};

static struct aw_filter filters[AW_READERS];

/* May sleep; calls for one reader do not overlap. */
void aw_filter_set(unsigned int reader, const struct aw_kmod_options *options)
{
	struct aw_filter *filter = &filters[reader];
	struct aw_kmod_options *next = &filter->copies[filter->current_copy == &filter->copies[0]];

	*next = *options;
	smp_store_release(&filter->current_copy, next);
	/* Hooks run without preemption: after this none reads the other copy, which may be written next. */
	tracepoint_synchronize_unregister();
}

void aw_filter_clear(unsigned int reader)
{
	WRITE_ONCE(filters[reader].current_copy, NULL);
	tracepoint_synchronize_unregister();
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

/* In an interrupt, pid and comm are those of the task that was interrupted, so neither ever fits. */
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

	if (aw_keeps)
		return 1;
	for (i = 0; i < AW_READERS; i++) {
		const struct aw_kmod_options *options = smp_load_acquire(&filters[i].current_copy);

		if (options && fits(options, order))
			return 1;
	}
	return 0;
}

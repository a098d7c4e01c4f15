// SPDX-License-Identifier: GPL-2.0
/*
 * Hooking tracepoints by name.  They are not exported to modules, but modules can
 * walk them since 3.15 (de7b2973903c, "tracepoint: Use struct pointer instead of
 * name hash for reg/unreg tracepoints").
 */
#include "kmod.h"

#include <linux/string.h>
#include <linux/tracepoint.h>

static struct {
	struct aw_hook *hooks;
	const unsigned int *count;
} subjects[] = {
	{ aw_extfrag_hooks, &aw_extfrag_hooks_count },
	{ aw_effort_hooks, &aw_effort_hooks_count },
	/* Last, so that every failure that is seen is seen with everything that is watched. */
	{ aw_page_alloc_hooks, &aw_page_alloc_hooks_count },
};

#define for_each_hook(s, h)								\
	for ((s) = 0; (s) < ARRAY_SIZE(subjects); (s)++)				\
		for ((h) = subjects[s].hooks; (h) < subjects[s].hooks + *subjects[s].count; (h)++)

static void note_tracepoint(struct tracepoint *tracepoint, void *unused)
{
	struct aw_hook *hook;
	unsigned int s;

	for_each_hook(s, hook)
		if (hook->event && !strcmp(hook->event, tracepoint->name))
			hook->found = tracepoint;
}

static void hook_all(void)
{
	struct aw_hook *hook;
	u32 missing = 0;
	unsigned int s;

	for_each_hook(s, hook) {
		/* Without one of its hooks, the others of a part would be misleading. */
		if (!(missing & hook->part) && hook->found &&
		    !tracepoint_probe_register(hook->found, hook->probe, NULL))
			hook->active = 1;
		else
			missing |= hook->part;
		/* Up to date before the last hook, from which on it is used. */
		if (hook->active)
			aw_hooks |= hook->part;
		aw_hooks &= ~missing;
	}
}

static void unhook_all(void)
{
	struct aw_hook *hook;
	unsigned int s;

	for_each_hook(s, hook) {
		if (hook->active)
			tracepoint_probe_unregister(hook->found, hook->probe, NULL);
		hook->active = 0;
	}
	tracepoint_synchronize_unregister();
}

int aw_tracepoints_init(void)
{
	for_each_kernel_tracepoint(note_tracepoint, NULL);
	hook_all();
	if (aw_hooks & AW_KMOD_PAGE_ALLOC)
		return 0;
	pr_err("allocwatch: this kernel has no tracepoint mm_page_alloc (CONFIG_TRACEPOINTS)\n");
	unhook_all();
	return -ENODEV;
}

void aw_tracepoints_exit(void)
{
	unhook_all();
}

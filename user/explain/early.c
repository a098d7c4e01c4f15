// SPDX-License-Identifier: GPL-2.0
/*
 * Requests of start_kernel(), while the kernel has no tasks and perhaps no memory to give.
 */
#include "explain/early.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "explain/verdict.h"

#define say(field, ...) snprintf((field), sizeof(field), __VA_ARGS__)

/*
 * Behind rest_init() the first cpu's idle task has start_kernel() in its trace for ever, and interrupts come in front
 * of it: init/main.c.  Older names of the loop and of the entry stand where rest_init() is not printed.
 */
static bool is_of_idle_task(const char *name)
{
	static const char *const names[] = { "rest_init", "cpu_startup_entry", "cpu_idle", "default_idle", "ret_from_irq", "ret_from_intr",
					     "handle_IRQ", "do_IRQ" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

bool aw_explain_is_early_boot(const struct aw_event *event)
{
	const struct aw_stack *stack = event->stack;

	for (unsigned int i = 0; stack && i < stack->count; i++) {
		if (is_of_idle_task(stack->frames[i].name))
			return false;
		if (!strcmp(stack->frames[i].name, "start_kernel"))
			return aw_event_has_mask(event) && !event->task.pid && aw_task_is_own(&event->task) &&
			       !aw_gfp_may_direct_reclaim(&event->failure.gfp);
	}
	return false;
}

/* setup_per_zone_wmarks() runs after memblock_free_all(), as an initcall. */
bool aw_explain_is_before_memory(const struct aw_event *event)
{
	const struct aw_failure *failure = &event->failure;

	if (event->type != AW_EVENT_FAILURE || !failure->nr_zones || !aw_explain_is_early_boot(event))
		return false;
	for (unsigned int i = 0; i < failure->nr_zones; i++) {
		const struct aw_zone *zone = &failure->zones[i];

		if (!(zone->known & AW_ZONE_KNOWS_WATERMARKS) || zone->free || zone->min || zone->low || zone->high)
			return false;
	}
	return true;
}

void aw_explain_before_memory(struct aw_verdict *verdict)
{
	say(verdict->headline, "so early in the boot, the page allocator has no memory yet");
	say(verdict->cause_text, "every zone has 0 pages free and no watermarks: memblock hands memory over later in start_kernel() "
	    "(memblock_free_all())");
	verdict->nr_advice = 0;
	aw_explain_advise(verdict, AW_FOR_CALLER, "after_memory",
			  "ask later, or memblock_alloc(): what is asked for so early cannot come from the page allocator");
}

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How a stack is saved.
 *
 * PROBE HAVE_STACK_TRACE_SAVE (5.2 on)
 * PROBE HAVE_SAVE_STACK_TRACE (a structure, up to 5.1)
 */
#include <linux/module.h>
#include <linux/stacktrace.h>

void probe(unsigned long *frames);
void probe(unsigned long *frames)
{
#if defined(HAVE_STACK_TRACE_SAVE)
	stack_trace_save(frames, 1, 0);
#elif defined(HAVE_SAVE_STACK_TRACE)
	struct stack_trace trace = { .max_entries = 1, .entries = frames };

	save_stack_trace(&trace);
#endif
}

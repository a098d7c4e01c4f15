// SPDX-License-Identifier: GPL-2.0
/*
 * Stacks: of the code that a tracepoint sits in, and at a function's entry.
 */
#include "kmod.h"

#include <linux/kernel.h>
#include <linux/ptrace.h>
#include <linux/stacktrace.h>
#include <linux/string.h>

#define OWN_FRAMES 16	/* of this module and of the unwinder, before those that matter */
#define RAW_FRAMES (AW_WIRE_STACK + OWN_FRAMES)

/*
 * stack_trace_save() since 5.2 (e9b98e162aa5, "stacktrace: Provide helpers for
 * common stack trace operations"); a structure before, whose end some
 * architectures mark with ULONG_MAX, which they count.
 */
static unsigned int save(unsigned long *frames)
{
#if defined(HAVE_STACK_TRACE_SAVE)
	return stack_trace_save(frames, RAW_FRAMES, 0);
#elif defined(HAVE_SAVE_STACK_TRACE)
	struct stack_trace trace = { .max_entries = RAW_FRAMES, .entries = frames };

	save_stack_trace(&trace);
	if (trace.nr_entries && frames[trace.nr_entries - 1] == ULONG_MAX)
		trace.nr_entries--;
	return trace.nr_entries;
#else
	return 0;
#endif
}

static unsigned int copy(__u64 *to, unsigned int max, const unsigned long *from, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count && i < max; i++)
		to[i] = from[i];
	return i;
}

/*
 * Up to the last frame of this module near the top, all is ours or the
 * unwinder's.  How many there are is the compiler's choice.
 */
static unsigned int own_frames(const unsigned long *frames, unsigned int count)
{
	unsigned int i, own = 0;

	for (i = 0; i < count && i < OWN_FRAMES; i++)
		if (within_module(frames[i], THIS_MODULE))
			own = i + 1;
	return own;
}

unsigned int aw_stack_here(__u64 *frames, unsigned int max)
{
	unsigned long raw[RAW_FRAMES];
	unsigned int count = save(raw), own = own_frames(raw, count);

	return copy(frames, max, raw + own, count - own);
}

#if defined(CONFIG_ARM64)

/* Return addresses may be signed (ARMv8.3): a hint that older cpus take for a no-op. */
static unsigned long without_signature(unsigned long address)
{
	register unsigned long x30 asm("x30") = address;

	asm volatile("hint #7" : "+r"(x30));	/* xpaclri */
	return x30;
}

/*
 * At a function's entry x29 is still the caller's frame: { x29 before it, where
 * it returns to }.  The caller itself is in x30.  No farther than the stack
 * that x29 is on: stacks are aligned to their size, and in the kernel's half of
 * the addresses (vmalloc's area lay below PAGE_OFFSET up to 5.3).
 */
unsigned int aw_stack_at(struct pt_regs *regs, __u64 *frames, unsigned int max)
{
	unsigned long at = regs->regs[29], end = ALIGN(at + 1, THREAD_SIZE), next;
	unsigned int count = 0;

	frames[count++] = regs->pc;
	while (count < max && !(at & 7) && (long)at < 0 && at + 16 <= end) {
		frames[count++] = without_signature(((unsigned long *)at)[1]);
		next = *(unsigned long *)at;
		if (next <= at)
			break;
		at = next;
	}
	return count;
}

#else

/* Behind the frame that the function returns to, if the unwinder gets there. */
unsigned int aw_stack_at(struct pt_regs *regs, __u64 *frames, unsigned int max)
{
	unsigned long raw[RAW_FRAMES], caller = *(unsigned long *)kernel_stack_pointer(regs);
	unsigned int count = save(raw), i;

	frames[0] = instruction_pointer(regs);
	for (i = 0; i < count; i++)
		if (raw[i] == caller)
			return 1 + copy(frames + 1, max - 1, raw + i, count - i);
	return 1;
}

#endif

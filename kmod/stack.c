// SPDX-License-Identifier: GPL-2.0
/*
 * Stacks: of the code around a tracepoint, and at the entry of a function.
 */
#include "kmod.h"

#include <linux/kernel.h>
#include <linux/ptrace.h>
#include <linux/stacktrace.h>
#include <linux/string.h>

#define OWN_FRAMES 16	/* at most, of this module and the unwinder, before those of the caller */
#define RAW_FRAMES (AW_WIRE_STACK + OWN_FRAMES)

/*
 * stack_trace_save() since 5.2 (e9b98e162aa5, "stacktrace: Provide helpers for
 * common stack trace operations").  Before, a structure; some architectures end
 * it with ULONG_MAX and count that.
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

static void add(struct aw_wire_stack *stack, const unsigned long *frames, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count && stack->nr_frames < AW_WIRE_STACK; i++)
		stack->frames[stack->nr_frames++] = frames[i];
}

#if defined(MODULE)
static bool is_own(unsigned long address)
{
	return within_module(address, THIS_MODULE);
}
#else
/* first.c and last.c */
extern const char aw_text_begin[], aw_text_end[];

static bool is_own(unsigned long address)
{
	return address >= (unsigned long)aw_text_begin && address < (unsigned long)aw_text_end;
}
#endif

/*
 * All frames up to the last one of this module are those of the module and the
 * unwinder.  Their number depends on the compiler.
 */
static unsigned int own_frames(const unsigned long *frames, unsigned int count)
{
	unsigned int i, own = 0;

	for (i = 0; i < count && i < OWN_FRAMES; i++)
		if (is_own(frames[i]))
			own = i + 1;
	return own;
}

void aw_stack_here(struct aw_wire_stack *stack)
{
	unsigned long raw[RAW_FRAMES];
	unsigned int count = save(raw), own = own_frames(raw, count);

	add(stack, raw + own, count - own);
}

#if defined(CONFIG_ARM64)

/* Removes the signature of a return address (ARMv8.3); older cpus execute the hint as a no-op. */
static unsigned long without_signature(unsigned long address)
{
	register unsigned long x30 asm("x30") = address;

	asm volatile("hint #7" : "+r"(x30));	/* xpaclri */
	return x30;
}

/*
 * At the entry of a function, x29 still points to the frame of the caller: its
 * own x29 and its return address.  The caller's address is in x30.  The walk
 * stays on the stack that x29 points to: stacks are aligned to their size, and
 * kernel addresses are negative (up to 5.3 the vmalloc area was below
 * PAGE_OFFSET).
 */
void aw_stack_at(struct pt_regs *regs, struct aw_wire_stack *stack)
{
	unsigned long at = regs->regs[29], end = ALIGN(at + 1, THREAD_SIZE);
	unsigned long frame[2];		/* of the caller: its x29 and its return address */

	stack->frames[stack->nr_frames++] = regs->pc;
	while (stack->nr_frames < AW_WIRE_STACK && !(at & 7) && (long)at < 0 && at + 16 <= end) {
		if (aw_read_nofault(frame, (const void *)at, sizeof(frame)))
			break;
		stack->frames[stack->nr_frames++] = without_signature(frame[1]);
		if (frame[0] <= at)
			break;
		at = frame[0];
	}
}

#else

/* From the frame that the function returns to, if the unwinder finds it. */
void aw_stack_at(struct pt_regs *regs, struct aw_wire_stack *stack)
{
	unsigned long raw[RAW_FRAMES], caller = 0;
	unsigned int count = save(raw), i;

	aw_read_nofault(&caller, (const void *)kernel_stack_pointer(regs), sizeof(caller));

	stack->frames[stack->nr_frames++] = instruction_pointer(regs);
	for (i = 0; i < count && raw[i] != caller; i++)
		;
	add(stack, raw + i, count - i);
}

#endif

// SPDX-License-Identifier: GPL-2.0
/*
 * The trace of a report as a stack, and what a trace says once it is whole.
 */
#include "klog/stack.h"

#include <string.h>

#include "base/array.h"
#include "event/stacks.h"
#include "klog/context.h"
#include "mm/function.h"
#include "mm/site.h"

/*
 * Without a frame of the allocator the trace lacks some of its lines, and perhaps whoever asked with them; or
 * it is all that was found on a stack.  The functions that report and kill stand in front of the allocator's;
 * a memory cgroup's limit is met in a charge, if a fault was not told of it on its way out.
 */
static bool lacks_allocator(const struct aw_klog_report *report)
{
	if ((report->type != AW_KLOG_FAILURE && report->type != AW_KLOG_STALL && report->type != AW_KLOG_OOM) ||
	    report->trace_has & AW_KLOG_TRACE_PAGEFAULT_OOM || report->vmemmap)	/* vmemmap_alloc_block() itself reports */
		return false;
	for (unsigned int i = 0; i < report->nr_frames; i++) {
		enum aw_function_group group = aw_function_group(report->frames[i].name, report->frames[i].module);

		if (aw_function_is_wrapper(group) && group != AW_FN_REPORTING && group != AW_FN_KILLING)
			return false;
	}
	return true;
}

void aw_klog_stack(const struct aw_klog_report *report, struct aw_stack *stack)
{
	uint8_t stale = report->trace_cut || lacks_allocator(report) ? AW_FRAME_STALE : 0;

	stack->count = 0;
	stack->groups = 0;
	for (unsigned int i = 0; i < report->nr_frames && stack->count < AW_MAX_STACK; i++) {
		const struct aw_klog_frame *frame = &report->frames[i];

		stack->frames[stack->count++] = (struct aw_frame){
			.addr = frame->addr, .offset = frame->offset, .size = frame->size,
			.name = frame->name, .module = frame->module, .suffix = frame->suffix,
			.flags = (frame->guess ? AW_FRAME_STALE : stale) | (frame->irq ? AW_FRAME_IRQ : 0),
		};
	}
	stack->id = aw_stack_id(stack);
}

/* May this function have asked for the memory? */
static bool may_be_site(const struct aw_klog_frame *frame)
{
	enum aw_function_group group = aw_function_group(frame->name, frame->module);

	return frame->name[0] && group != AW_FN_END && !aw_function_is_wrapper(group);
}

bool aw_klog_reaches_site(const struct aw_klog_report *report)
{
	for (unsigned int i = 0; i < report->nr_frames; i++)
		if (!report->frames[i].guess && !report->frames[i].pc && may_be_site(&report->frames[i]))
			return true;
	return false;
}

/*
 * Does the trace stop at the allocator: are all sure frames its own, and is the
 * log cut before the end of the stack and before Mem-Info?  What is marked "?"
 * there can be left from anything; only in a module it is likely whoever asked.
 */
static bool is_cut_in_allocator(const struct aw_klog_report *report)
{
	bool pages = false;

	for (unsigned int i = 0; i < report->nr_frames; i++) {
		const struct aw_klog_frame *frame = &report->frames[i];
		enum aw_function_group group = aw_function_group(frame->name, frame->module);

		if (group == AW_FN_END || (frame->guess && frame->module[0]))
			return false;
		pages = pages || (!frame->guess && (group == AW_FN_PAGES || group == AW_FN_KILLING));
	}
	return pages && !report->mem_info && !report->nr_zones;
}

/* Frames marked "?" are noise when the unwinder found the real ones, up to whoever asked. */
static void drop_guesses(struct aw_klog_report *report)
{
	unsigned int sure = 0;
	bool reaches = false;

	for (unsigned int i = 0; i < report->nr_frames; i++) {
		sure += !report->frames[i].guess;
		reaches = reaches || (!report->frames[i].guess && may_be_site(&report->frames[i]));
	}
	if (sure < 2 || sure == report->nr_frames || (!reaches && !is_cut_in_allocator(report)))
		return;
	sure = 0;
	for (unsigned int i = 0; i < report->nr_frames; i++)
		if (!report->frames[i].guess)
			report->frames[sure++] = report->frames[i];
	report->nr_frames = sure;
}

/*
 * Up to 2.6.24 x86 printed every address of the stack that may be one of code,
 * without a "?".  The allocator is named __alloc_pages() there.
 */
static void mark_old_guesses(struct aw_klog_report *report)
{
	if (report->form != AW_KLOG_FORM_DOT || !report->nr_frames || strcmp(report->frames[0].name, "__alloc_pages") != 0)
		return;
	for (unsigned int i = 0; i < report->nr_frames; i++)
		report->frames[i].guess = true;
}

/* arm and arm64 have no marks as <IRQ> is: up to where an interrupt came in, the frames are its own. */
static void mark_interrupt(struct aw_klog_report *report)
{
	static const char *const entries[] = { "__irq_svc", "__irq_usr", "el1_irq", "el1_interrupt" };

	for (unsigned int i = 0; i < report->nr_frames; i++) {
		bool entry = false;

		if (report->frames[i].irq || report->frames[i].guess)
			return;
		for (size_t k = 0; k < ARRAY_SIZE(entries); k++)
			entry = entry || !strcmp(report->frames[i].name, entries[k]);
		if (!entry)
			continue;
		for (unsigned int k = 0; k <= i; k++)
			report->frames[k].irq = true;
		return;
	}
}

/*
 * A whole trace of another's: dump_stack(), and then neither who reports nor the allocator, though the unwinder
 * found frames.
 */
static bool is_foreign(const struct aw_klog_report *report)
{
	if (report->no_header || report->form == AW_KLOG_FORM_DOT || report->nr_frames < 2 ||
	    strncmp(report->frames[0].name, "dump_stack", 10) != 0 ||
	    (report->type != AW_KLOG_FAILURE && report->type != AW_KLOG_STALL && report->type != AW_KLOG_OOM))
		return false;
	for (unsigned int i = 0; i < report->nr_frames; i++) {
		const struct aw_klog_frame *frame = &report->frames[i];
		enum aw_function_group group = aw_function_group(frame->name, frame->module);

		if (frame->guess || !frame->name[0] || group == AW_FN_KILLING || !strncmp(frame->name, "warn_alloc", 10) ||
		    (aw_function_is_wrapper(group) && group != AW_FN_REPORTING && group != AW_FN_TRACING))
			return false;
	}
	return true;
}

/*
 * In front of the allocator stands whoever crashes, warns, prints or is shown by a watchdog: none of these asks for memory,
 * so the trace is of another report that was printed at the same time.
 */
bool aw_klog_shows_another(const struct aw_klog_report *report)
{
	static const char *const names[] = {
		"panic", "__warn", "warn_slowpath_fmt", "warn_slowpath_null", "warn_slowpath_common", "report_bug", "die", "__die",
		"oops_end", "kasan_report", "__kasan_report", "kasan_report_error", "kasan_end_report", "sched_show_task", "printk",
		"_printk", "vprintk_emit", "console_unlock", "rcu_dump_cpu_stacks", "watchdog_timer_fn", "print_usage_bug", "nmi_cpu_backtrace",
	};

	if (report->above_limit || report->of_mask || report->type == AW_KLOG_POOL || report->type == AW_KLOG_CMA)
		return false;
	for (unsigned int i = 0; i < report->nr_frames; i++) {
		const struct aw_klog_frame *frame = &report->frames[i];
		enum aw_function_group group = aw_function_group(frame->name, frame->module);

		for (size_t k = 0; k < ARRAY_SIZE(names) && !frame->guess; k++)
			if (!strcmp(frame->name, names[k]) && (k || report->type != AW_KLOG_OOM))	/* panic_on_oom */
				return true;
		if (!frame->guess && (group == AW_FN_KILLING || (aw_function_is_wrapper(group) && group != AW_FN_REPORTING && group != AW_FN_TRACING)))
			return false;
	}
	return false;
}

/*
 * Cut behind the functions of the OOM killer: what is marked "?" there was left by its own calls, and does not tell who
 * asked, nor whether a memory cgroup was at its limit.
 */
static bool ends_in_kill(const struct aw_klog_report *report)
{
	unsigned int killing = 0;
	bool all_guesses = true;

	if (report->type != AW_KLOG_OOM || report->nr_zones ||
	    aw_klog_trace_has(report) & (AW_KLOG_TRACE_MEMCG | AW_KLOG_TRACE_PAGEFAULT_OOM))
		return false;
	for (unsigned int i = 0; i < report->nr_frames; i++)
		all_guesses = all_guesses && report->frames[i].guess;
	for (unsigned int i = 0; i < report->nr_frames; i++) {
		const struct aw_klog_frame *frame = &report->frames[i];
		enum aw_function_group group = aw_function_group(frame->name, frame->module);

		/* without any sure frame, one of the allocator tells that more is there than the report of the kill */
		if (all_guesses && aw_function_is_wrapper(group) && group != AW_FN_KILLING && group != AW_FN_REPORTING)
			return false;
		killing += (!frame->guess || all_guesses) && group == AW_FN_KILLING;
		if (!frame->guess && group != AW_FN_KILLING && group != AW_FN_REPORTING)
			return false;
	}
	return killing > 0;
}

/* A '-' behind '_' is a mailer's: no module is called so. */
static void drop_hyphen(char *module)
{
	char *at = strstr(module, "_-");

	if (at)
		memmove(at + 1, at + 2, strlen(at + 2) + 1);
}

/* Are both the name of one module, but for a '-' that a wrap added to it or took from it? */
static bool same_but_hyphen(const char *a, const char *b)
{
	for (;; a++, b++) {
		a += *a == '-';
		b += *b == '-';
		if (*a != *b)
			return false;
		if (!*a)
			return true;
	}
}

static unsigned int count_module(const struct aw_klog_report *report, const char *module)
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < report->nr_frames; i++)
		count += !strcmp(report->frames[i].module, module);
	return count;
}

/* Modules whose names a wrap tore at a hyphen are called as most frames of the trace call them. */
static void settle_modules(struct aw_klog_report *report)
{
	for (unsigned int i = 0; i < report->nr_frames; i++)
		drop_hyphen(report->frames[i].module);
	for (unsigned int i = 0; i < report->nr_frames; i++) {
		char *module = report->frames[i].module;

		for (unsigned int k = 0; k < report->nr_frames && module[0]; k++) {
			const char *other = report->frames[k].module;

			if (strcmp(module, other) != 0 && same_but_hyphen(module, other) &&
			    count_module(report, other) > count_module(report, module))
				memcpy(module, other, sizeof(report->frames[k].module));
		}
	}
}

/*
 * From 3.0 to 4.9 vmalloc says a line of its own, and then warn_alloc_failed() the header of any failure: where that line
 * is cut off, the trace tells.  vmalloc calls it itself, and the page allocator from its own functions.
 */
static void settle_vmalloc(struct aw_klog_report *report)
{
	unsigned int i = 0;

	if (report->type != AW_KLOG_FAILURE || report->order != 0 || (report->form != AW_KLOG_FORM_COLON && report->form != AW_KLOG_FORM_NAMES))
		return;
	while (i < report->nr_frames && strcmp(report->frames[i].name, "warn_alloc_failed") != 0)
		i++;
	if (i + 1 >= report->nr_frames || report->frames[i].guess || report->frames[i + 1].guess || report->trace_cut ||
	    aw_function_group(report->frames[i + 1].name, report->frames[i + 1].module) != AW_FN_VMALLOC)
		return;
	report->type = AW_KLOG_VMALLOC;
	if (!strcmp(report->frames[i + 1].name, "__vmalloc_area_node"))
		report->vmalloc_failed = AW_VMALLOC_NO_PAGES;
	else
		report->order = -1;
}

/*
 * The OOM killer was called from where a cgroup is charged: up to 3.11 mem_cgroup_out_of_memory() is inlined there, and a
 * trace may be cut there.  For the machine it is called from the page allocator.
 */
static bool kills_for_charge(const struct aw_klog_report *report)
{
	for (unsigned int i = 0; i < report->nr_frames; i++) {
		enum aw_function_group group = aw_function_group(report->frames[i].name, report->frames[i].module);

		if (!report->frames[i].guess && group != AW_FN_KILLING && group != AW_FN_REPORTING && group != AW_FN_TRACING)
			return i > 0 && group == AW_FN_CHARGE;
	}
	return false;
}

void aw_klog_trace_finish(struct aw_klog_report *report)
{
	struct aw_stack stack;
	bool likely;

	settle_modules(report);
	mark_old_guesses(report);
	drop_guesses(report);
	if (report->no_header && report->nr_frames && (aw_klog_trace_has(report) & AW_KLOG_TRACE_OOM_REPORT ||
	    aw_function_group(report->frames[0].name, report->frames[0].module) == AW_FN_KILLING))
		report->type = AW_KLOG_OOM;
	report->ends_in_kill = ends_in_kill(report);
	if (is_foreign(report) || aw_klog_shows_another(report) || report->ends_in_kill) {
		report->nr_frames = 0;
		report->trace_gap_us = 0;
	}
	mark_interrupt(report);
	settle_vmalloc(report);
	report->trace_has = aw_klog_trace_has(report);
	if (report->type == AW_KLOG_OOM && (report->trace_has & AW_KLOG_TRACE_MEMCG_OOM || (!report->global_kill && kills_for_charge(report))))
		report->memcg = true;
	aw_klog_stack(report, &stack);
	report->site_guess = aw_site_find(&stack, &likely) ? likely : report->workqueue_func[0] != '\0';
}

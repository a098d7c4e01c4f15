// SPDX-License-Identifier: GPL-2.0
/*
 * What a reader must know before trusting a verdict from a log: what was
 * missing, guessed or ambiguous.
 */
#include "explain/notes.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "explain/early.h"
#include "explain/pool.h"
#include "explain/types.h"
#include "mm/function.h"

__attribute__((format(printf, 2, 3)))
static void note(struct aw_explain_notes *notes, const char *format, ...)
{
	va_list args;

	if (notes->count == AW_EXPLAIN_NOTES)
		return;
	va_start(args, format);
	vsnprintf(notes->text[notes->count], sizeof(notes->text[0]), format, args);
	va_end(args);
	notes->count++;
}

static void note_gap(const struct aw_logged *logged, struct aw_explain_notes *notes)
{
	int64_t seconds = llabs(logged->trace_gap_us) / 1000000;
	const char *when = logged->trace_gap_us > 0 ? "after" : "before";
	char text[40];

	if (!seconds)
		return;
	if (seconds >= 2 * 86400)
		snprintf(text, sizeof(text), "%" PRId64 " days", (seconds + 43200) / 86400);
	else if (seconds >= 7200)
		snprintf(text, sizeof(text), "%" PRId64 " hours", seconds / 3600);
	else
		snprintf(text, sizeof(text), "%" PRId64 " minutes", seconds / 60);
	note(notes, "the trace is stamped %s %s the header: it may be of another occurrence", text, when);
}

static void note_kernel(const struct aw_klog_era *era, struct aw_explain_notes *notes)
{
	char range[40], safe[260];

	if (era->contradicts[0]) {
		note(notes, "bits of the mask mean nothing in %s, so its flags are those of another release, which fits a backport: read as %s",
		     aw_escape_terminal(era->contradicts, safe, sizeof(safe)), era->release);
		return;
	}
	aw_escape_terminal(era->release, safe, sizeof(safe));
	aw_klog_releases(era->first, era->last, range, sizeof(range));
	switch (era->told_by) {
	case AW_KLOG_TOLD_BY_NOTHING:
		note(notes, "the log does not name its kernel; its wording, mask and trace fit %s: read as %s "
			"(--kernel tells)", range, era->release);
		break;
	case AW_KLOG_TOLD_BY_WORDS:
		note(notes, "kernel %s is taken from the words around the log; its wording, mask and trace fit "
			"%s", safe, range);
		break;
	case AW_KLOG_TOLD_BY_LOG:
		note(notes, "kernel %s is named elsewhere in the log, not in this report", safe);
		break;
	case AW_KLOG_TOLD_BY_OPTION:
	case AW_KLOG_TOLD_BY_REPORT:
		break;
	}
	if (era->names_differ)
		note(notes, "the printed flags are not those of %s's usual bits: the names are trusted", safe);
}

static void note_readings(const struct aw_logged *logged, struct aw_explain_notes *notes)
{
	const struct aw_klog_era *era = &logged->era;
	char range[40];

	if (era->nr_readings < 2)
		return;
	note(notes, "mode 0x%" PRIx64 " is ambiguous without the kernel's release (--kernel):", logged->mode);
	for (unsigned int i = 0; i < era->nr_readings; i++) {
		aw_klog_releases(era->readings[i].first, era->readings[i].last, range, sizeof(range));
		note(notes, "  %s: %s", range, era->readings[i].names);
	}
}

/* A CMA failure has no Mem-Info, and Mem-Info says nothing about the limit of a memory cgroup. */
static bool wants_zones(const struct aw_event *event)
{
	const struct aw_report_type *type = aw_report_type_of(event);

	return type->has_trace && !type->lacks_zones && !(event->type == AW_EVENT_OOM_KILL && event->oom.memcg);
}

/* Are sizes computed from the page size? */
static bool wants_page_size(const struct aw_answer *answer)
{
	return answer->logged->order >= 0 || answer->event->type == AW_EVENT_CMA_FAILURE ||
	       (aw_explain_is_pool(answer->event) && answer->event->warning.pool.pool == AW_POOL_RANGE);
}

/* Where the trace does not reach the site, the work item is the next best answer to who asked. */
static void note_work(const struct aw_answer *answer, struct aw_explain_notes *notes)
{
	const struct aw_logged *logged = answer->logged;
	char function[160], module[100];
	bool has_module = logged->work_module[0];

	if (!aw_explain_has_work(answer))
		return;
	aw_escape_terminal(logged->work_func, function, sizeof(function));
	aw_escape_terminal(logged->work_module, module, sizeof(module));
	note(notes, "work item: %s%s%s%s: it asked, or something that it called", function,
	     has_module ? " [" : "", has_module ? module : "", has_module ? "]" : "");
}

bool aw_explain_has_work(const struct aw_answer *answer)
{
	return !answer->event->site && answer->logged->work_func[0];
}

/* Where the trace ends, or goes on with what was interrupted: the last wrapper of the page allocator. */
static const char *last_wrapper(const struct aw_stack *stack)
{
	const char *name = NULL;

	for (unsigned int i = 0; stack && i < stack->count; i++) {
		enum aw_function_group group = aw_function_group(stack->frames[i].name, stack->frames[i].module);

		if (!stack->frames[i].name[0] || !aw_function_is_wrapper(group))
			break;
		name = group == AW_FN_REPORTING || group == AW_FN_KILLING || group == AW_FN_PAGES ? NULL : stack->frames[i].name;
	}
	return name;
}

/* Does a kernel without its symbols (CONFIG_KALLSYMS) print the frames? */
static bool is_nameless(const struct aw_stack *stack)
{
	bool wrapper = true;

	for (unsigned int i = 0; stack && i < stack->count; i++) {
		const struct aw_frame *frame = &stack->frames[i];

		if (!frame->name[0])
			return wrapper;
		wrapper = wrapper && aw_function_is_wrapper(aw_function_group(frame->name, frame->module));
	}
	return false;
}

static void note_no_site(const struct aw_event *event, struct aw_explain_notes *notes)
{
	const char *last = last_wrapper(event->stack);
	char name[4 * AW_KLOG_NAME];

	if (is_nameless(event->stack))
		note(notes, "the site is an address without a name: it is not known (System.map or vmlinux of that kernel tells, unless it was a "
		     "module that is gone, or code of BPF)");
	else if (last)
		note(notes, "the trace ends inside the allocator, in %s: the site is not known", aw_escape_terminal(last, name, sizeof(name)));
	else
		note(notes, "the trace ends inside the allocator: the site is not known");
}

/*
 * warn_alloc_show_mem() has a rate limit of its own, one Mem-Info a second, in 4.11, 4.14, 4.19 and 5.3; warn_alloc() of 4.9
 * and 5.4 prints it with each report.
 */
static bool limits_mem_info(const struct aw_answer *answer)
{
	const struct aw_kernel *kernel = answer->kernel;

	return answer->event->type == AW_EVENT_FAILURE && answer->logged->has_trace && !kernel->release_guessed &&
	       kernel->version >= AW_VERSION(4, 11, 0) && kernel->version < AW_VERSION(5, 4, 0);
}

static void note_missing(const struct aw_answer *answer, struct aw_explain_notes *notes)
{
	const struct aw_logged *logged = answer->logged;
	char zone[4 * sizeof(logged->cut_zone)];

	if (!aw_report_type_of(answer->event)->has_trace || (answer->event->type == AW_EVENT_OOM_KILL && answer->event->oom.lmk))
		return;
	if (logged->trace_in_kill)
		note(notes, "the trace is cut inside the OOM killer: the site is not known");
	else if (!logged->has_trace)
		note(notes, "no call trace was found for it: the site is not known");
	else if (!answer->event->site)
		note_no_site(answer->event, notes);
	note_work(answer, notes);
	if (!wants_zones(answer->event))
		return;
	if (logged->lists_no_zone)
		note(notes, "Mem-Info lists no zone: its lines were left out, or the allocator had none yet");
	else if (!logged->has_zones && logged->totals.has)
		note(notes, "Mem-Info is cut: its zones are missing, what was free in each is not known");
	else if (!logged->has_zones && limits_mem_info(answer))
		note(notes, "no Mem-Info was found for it: %u.%u prints one a second at most, so that of a report just before it "
			"may tell", answer->kernel->version >> 24, answer->kernel->version >> 16 & 0xff);
	else if (!logged->has_zones)
		note(notes, "no Mem-Info was found for it: what memory looked like is not known");
	if (logged->cut_zone[0])
		note(notes, "Mem-Info is cut: the free blocks of zone %s are missing, or not all there",
		     aw_escape_terminal(logged->cut_zone, zone, sizeof(zone)));
	if (logged->too_long)
		note(notes, "the report has more frames or zones than are kept (%u and %u)", AW_KLOG_FRAMES,
		     AW_KLOG_ZONES);
}

static void note_rest(const struct aw_answer *answer, struct aw_explain_notes *notes)
{
	char cache[260];

	if (aw_explain_is_before_memory(answer->event))
		note(notes, "asked by start_kernel(), when the kernel takes all flags of reclaim from masks");
	else if (aw_explain_is_early_boot(answer->event))
		note(notes, "asked by start_kernel(), when the kernel takes all flags of reclaim from masks; early in it no memory was "
		     "handed to the allocator yet");
	if (answer->logged->suppressed_lines)
		note(notes, "the kernel left out %" PRIu64 " lines before it: of such failures, or others that share printk's rate limit",
		     answer->logged->suppressed_lines);
	if (answer->event->failure.kdump)
		note(notes, "a kdump kernel (elfcorehdr= on its command line): its memory is what crashkernel= kept, small on purpose");
	if (answer->logged->page_size_taken && wants_page_size(answer))
		note(notes, "the page size is not in the log: %u bytes taken (--page-size tells)", answer->kernel->page_size);
	if (answer->logged->slab_cache[0])
		note(notes, "SLUB asked, for its cache %s",
		     aw_escape_terminal(answer->logged->slab_cache, cache, sizeof(cache)));
}

bool aw_explain_is_doubtful(const struct aw_logged *logged)
{
	return 2 * logged->unknown_lines > logged->lines;
}

void aw_explain_notes(const struct aw_answer *answer, struct aw_explain_notes *notes)
{
	notes->count = 0;
	note_gap(answer->logged, notes);
	if (answer->logged->of_2_4 && answer->logged->era.told_by == AW_KLOG_TOLD_BY_NOTHING)
		note(notes, "the log does not name its kernel; its wording is that of 2.4");
	else if (answer->logged->has_mode)
		note_kernel(&answer->logged->era, notes);
	note_readings(answer->logged, notes);
	note_missing(answer, notes);
	note_rest(answer, notes);
}

unsigned int aw_explain_missing(const struct aw_answer *answer, const char *out[AW_EXPLAIN_MISSING])
{
	const struct aw_logged *logged = answer->logged;
	const struct aw_report_type *type = aw_report_type_of(answer->event);
	bool zones = wants_zones(answer->event);
	const struct {
		const char *what;
		bool lacks;
	} rows[AW_EXPLAIN_MISSING] = {
		{ "header", answer->event->failure.no_header },
		{ "order", type->has_order && logged->order < 0 },
		{ "mask", type->has_order && !logged->has_mode },
		{ "trace", type->has_trace && !logged->has_trace },
		{ "site", type->has_trace && !answer->event->site },
		{ "Mem-Info", zones && !logged->has_zones },
		{ "free blocks", zones && logged->cut_zone[0] },
		{ "page size", logged->page_size_taken && wants_page_size(answer) },
		{ "release", logged->era.told_by == AW_KLOG_TOLD_BY_NOTHING },
	};
	unsigned int count = 0;

	for (unsigned int i = 0; i < AW_EXPLAIN_MISSING; i++)
		if (rows[i].lacks)
			out[count++] = rows[i].what;
	return count;
}

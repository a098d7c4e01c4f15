// SPDX-License-Identifier: GPL-2.0
/*
 * Lines -> reports: which line belongs to which report, when several cpus
 * print at once.
 *
 * A line goes to the open report that waits for it most.  printk's and
 * vendors' prefixes tell printers apart; without them, dump_stack() prints
 * one trace at a time (it takes a lock), the task line names the comm, and
 * Mem-Info lines go to whom they are the next line of.
 */
#include "kernel/klog_report.h"

#include <errno.h>
#include <stdlib.h>

#include "kernel/klog_header.h"
#include "kernel/klog_open.h"

#define IDLE_LINES 200		/* without a line of its own, a report is over */
#define IDLE_LINES_COMPLETE 12	/* when it has everything */

int aw_klog_assembly_init(struct aw_klog_assembly *a, aw_klog_fn fn, void *ctx,
			  struct aw_klog_stats *stats)
{
	*a = (struct aw_klog_assembly){ .fn = fn, .ctx = ctx, .stats = stats };
	for (; a->nr_free < AW_KLOG_OPEN; a->nr_free++) {
		a->free[a->nr_free] = malloc(sizeof(*a->free[0]));
		if (!a->free[a->nr_free]) {
			aw_klog_assembly_clear(a);
			return -ENOMEM;
		}
	}
	return 0;
}

void aw_klog_assembly_clear(struct aw_klog_assembly *a)
{
	while (a->nr_free)
		free(a->free[--a->nr_free]);
	while (a->nr_open)
		free(a->open[--a->nr_open]);
}

/* Frames marked "?" are noise when the unwinder found the real ones. */
static void drop_guesses(struct aw_klog_report *r)
{
	unsigned int sure = 0;

	for (unsigned int i = 0; i < r->nr_frames; i++)
		sure += !r->frames[i].guess;
	if (sure < 2 || sure == r->nr_frames)
		return;
	sure = 0;
	for (unsigned int i = 0; i < r->nr_frames; i++)
		if (!r->frames[i].guess)
			r->frames[sure++] = r->frames[i];
	r->nr_frames = sure;
}

static void late_release(const struct aw_klog_assembly *a, struct aw_klog_report *r)
{
	if (r->release[0])
		return;
	r->release_guess = !a->release[0] && a->release_guess[0];
	memcpy(r->release, r->release_guess ? a->release_guess : a->release, sizeof(r->release));
}

static bool is_incomplete(const struct aw_klog_report *r)
{
	if (r->kind == AW_KLOG_CMA || r->memcg)
		return false;	/* these have none */
	return !r->nr_frames || !r->nr_zones || !r->has_mode;
}

static void emit(struct aw_klog_assembly *a, struct aw_klog_report *r)
{
	drop_guesses(r);
	late_release(a, r);
	a->stats->reports[r->kind]++;
	a->stats->incomplete += is_incomplete(r);
	a->fn(a->ctx, r);
}

/* Reports leave in the order of their headers. */
static void emit_closed(struct aw_klog_assembly *a)
{
	while (a->nr_open && a->open[0]->closed) {
		struct aw_klog_open *o = a->open[0];

		emit(a, &o->r);
		a->nr_open--;
		memmove(a->open, a->open + 1, a->nr_open * sizeof(a->open[0]));
		a->free[a->nr_free++] = o;
	}
}

static void close_idle(struct aw_klog_assembly *a)
{
	for (unsigned int i = 0; i < a->nr_open; i++) {
		struct aw_klog_open *o = a->open[i];
		uint64_t idle = a->serial - o->touched;
		bool complete = o->r.mem_info_end && o->r.kind != AW_KLOG_OOM;

		complete = complete || o->r.victim_pid >= 0 || o->r.kind == AW_KLOG_CMA;
		if (idle > (complete ? IDLE_LINES_COMPLETE : IDLE_LINES))
			o->closed = true;
	}
	emit_closed(a);
}

/* Its printer begins another report: the one before is over. */
static void close_printers(struct aw_klog_assembly *a, const struct aw_klog_line *line,
			   const struct aw_klog_report *next)
{
	for (unsigned int i = 0; i < a->nr_open; i++) {
		struct aw_klog_open *o = a->open[i];
		bool known = (line->tid > 0 && o->tid > 0) || (line->cpu >= 0 && o->cpu >= 0);

		if (known ? aw_klog_same_printer(o, line) : !strcmp(o->r.comm, next->comm))
			o->closed = true;
		if (o->r.mem_info_end && o->r.kind != AW_KLOG_OOM)
			o->closed = true;
		if (line->mono_us >= 0 && o->last_mono > line->mono_us + 1000000)
			o->closed = true;	/* another boot */
	}
	emit_closed(a);
}

/* Up to 4.8 vmalloc says its own line, then warn_alloc_failed says the header's. */
static bool names_vmalloc(struct aw_klog_assembly *a, const struct aw_klog_report *r)
{
	struct aw_klog_open *last = a->nr_open ? a->open[a->nr_open - 1] : NULL;

	if (!last || last->r.kind != AW_KLOG_VMALLOC || r->kind != AW_KLOG_FAILURE ||
	    last->r.has_mode || last->touched + 1 != a->serial)
		return false;
	last->r.has_mode = true;
	last->r.mode = r->mode;
	last->r.form = r->form;
	memcpy(last->r.comm, r->comm, sizeof(r->comm));
	memcpy(last->r.mode_names, r->mode_names, sizeof(r->mode_names));
	last->touched = a->serial;
	return true;
}

static void begin(struct aw_klog_open *o, const struct aw_klog_line *line, uint64_t number)
{
	o->r.line = number;
	o->r.mono_us = line->mono_us;
	o->r.wall_us = line->wall_us;
	o->r.wall_has_year = line->wall_has_year;
	o->r.logcat = line->logcat;
	o->r.pid = o->r.cpu = o->r.victim_pid = -1;
	if (line->cpu >= 0)
		o->r.cpu = line->cpu;
	if (line->tid > 0)
		o->r.pid = line->tid;
	o->tid = line->tid;
	o->cpu = line->cpu;
	o->last_mono = line->mono_us;
	o->last_zone = -1;
	o->closed = o->no_frames = o->irq = false;
}

static struct aw_klog_open *take_free(struct aw_klog_assembly *a)
{
	if (!a->nr_free) {
		a->open[0]->closed = true;
		emit_closed(a);
	}
	return a->free[--a->nr_free];
}

static bool header(struct aw_klog_assembly *a, const struct aw_klog_line *line, uint64_t number)
{
	struct aw_klog_open *o;
	enum aw_klog_match match;

	if (!aw_klog_may_be_header(line))
		return false;
	o = take_free(a);
	memset(&o->r, 0, sizeof(o->r));
	match = aw_klog_header(line, &o->r);
	if (match == AW_KLOG_NO || (match == AW_KLOG_MORE && o->r.order < 0) || names_vmalloc(a, &o->r)) {
		a->free[a->nr_free++] = o;
		return match != AW_KLOG_NO;
	}
	close_printers(a, line, &o->r);
	begin(o, line, number);
	o->opened = o->touched = a->serial;
	a->open[a->nr_open++] = o;
	return true;
}

/* One line, classified once; which report it belongs to is asked of each. */
struct piece {
	const struct aw_klog_line *line;
	bool is_task, is_trace;
	struct aw_klog_task task;
	struct aw_klog_trace_line trace;
	enum aw_klog_mem mem;
	struct aw_klog_zone zone;
};

static int wants(const struct aw_klog_open *o, const struct piece *p)
{
	if (p->is_task)
		return aw_klog_wants_task(o, &p->task);
	if (p->mem != AW_KLOG_MEM_NONE)
		return aw_klog_wants_mem(o, p->mem, &p->zone);
	return aw_klog_wants_trace(o, &p->trace);
}

/*
 * Between reports that want a line equally: of a trace, whoever printed last.
 * Of Mem-Info, the newer one, unless the older has printed since that began:
 * then both are being printed, and the older is ahead.
 */
static bool goes_before(const struct aw_klog_open *older, const struct aw_klog_open *newer,
			const struct piece *p)
{
	if (p->mem != AW_KLOG_MEM_NONE)
		return older->touched > newer->opened && older->r.nr_zones <= newer->r.nr_zones;
	return older->touched > newer->touched;
}

static struct aw_klog_open *pick(struct aw_klog_assembly *a, const struct piece *p)
{
	struct aw_klog_open *best = NULL;
	int best_want = 0;

	for (unsigned int i = a->nr_open; i-- > 0;) {
		struct aw_klog_open *o = a->open[i];
		int want;

		if (o->closed || !aw_klog_same_printer(o, p->line))
			continue;
		want = wants(o, p);
		if (want > best_want || (want && want == best_want && goes_before(o, best, p))) {
			best = o;
			best_want = want;
		}
	}
	return best;
}

static void touch(struct aw_klog_assembly *a, struct aw_klog_open *o, const struct aw_klog_line *line)
{
	o->touched = a->serial;
	if (line->mono_us >= 0)
		o->last_mono = line->mono_us;
}

static void give(struct aw_klog_assembly *a, struct aw_klog_open *o, const struct piece *p)
{
	touch(a, o, p->line);
	if (p->is_task)
		aw_klog_take_task(o, &p->task);
	else if (p->mem != AW_KLOG_MEM_NONE)
		aw_klog_take_mem(o, p->mem, &p->zone);
	else
		aw_klog_take_trace(o, &p->trace, p->line);
}

/* Something else is being reported: its trace is not ours. */
static bool is_foreign(const struct aw_klog_line *line)
{
	static const char *const starts[] = {
		"WARNING: ", "BUG: ", "------------[ cut here", "INFO: ", "Unable to handle kernel",
		"Internal error: ", "Kernel panic", "general protection fault", "rcu: INFO", "sysrq: ",
		"Oops", "watchdog: BUG", "NMI backtrace", "UBSAN:", "kasan:", "kernel BUG at",
	};

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (aw_text_starts(&line->text, starts[i]))
			return true;
	return false;
}

static void end_traces(struct aw_klog_assembly *a, const struct aw_klog_line *line)
{
	for (unsigned int i = 0; i < a->nr_open; i++)
		if (aw_klog_same_printer(a->open[i], line) && a->open[i]->r.kind != AW_KLOG_OOM)
			a->open[i]->no_frames = true;
}

static bool take_extra(struct aw_klog_assembly *a, struct aw_klog_open *o, const struct aw_klog_line *line)
{
	if (o->closed || !aw_klog_same_printer(o, line) || !aw_klog_take_extra(o, line))
		return false;
	touch(a, o, line);
	return true;
}

/* Whoever printed last, else the newest that knows what to do with the line. */
static void extra(struct aw_klog_assembly *a, const struct aw_klog_line *line)
{
	struct aw_klog_open *last = a->open[0];

	for (unsigned int i = 1; i < a->nr_open; i++)
		if (a->open[i]->touched > last->touched)
			last = a->open[i];
	if (take_extra(a, last, line))
		return;
	for (unsigned int i = a->nr_open; i-- > 0;)
		if (a->open[i] != last && take_extra(a, a->open[i], line))
			return;
}

static bool classify(const struct aw_klog_line *line, struct piece *p)
{
	p->line = line;
	p->mem = AW_KLOG_MEM_NONE;
	p->is_trace = false;
	p->is_task = aw_klog_task(line, &p->task);
	if (p->is_task)
		return true;
	p->mem = aw_klog_mem_line(&line->text, &p->zone);
	if (p->mem != AW_KLOG_MEM_NONE)
		return true;
	p->is_trace = aw_klog_trace(line, &p->trace);
	return p->is_trace;
}

static void body(struct aw_klog_assembly *a, const struct aw_klog_line *line)
{
	struct aw_klog_open *o;
	struct piece p;

	if (classify(line, &p)) {
		if (p.is_task && p.task.release[0])
			memcpy(a->release, p.task.release, sizeof(a->release));
		o = pick(a, &p);
		if (o)
			give(a, o, &p);
		else if (p.is_trace && p.trace.mark == AW_KLOG_MARK_TRACE)
			end_traces(a, line);
	} else if (is_foreign(line)) {
		end_traces(a, line);
	} else {
		extra(a, line);
	}
	close_idle(a);
}

void aw_klog_assembly_line(struct aw_klog_assembly *a, const struct aw_klog_line *line,
			   uint64_t number)
{
	a->serial++;
	a->stats->suppressed += aw_klog_suppressed(line);
	aw_klog_linux_version(line, a->release, sizeof(a->release));
	if (header(a, line, number))
		return;
	if (a->nr_open)
		body(a, line);
}

void aw_klog_assembly_finish(struct aw_klog_assembly *a)
{
	for (unsigned int i = 0; i < a->nr_open; i++)
		a->open[i]->closed = true;
	emit_closed(a);
}

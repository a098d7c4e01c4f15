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
#include "klog/report.h"

#include <errno.h>
#include <stdlib.h>

#include "klog/around.h"
#include "klog/arrows.h"
#include "klog/belongs.h"
#include "klog/close.h"
#include "klog/filler.h"
#include "klog/foreign.h"
#include "klog/header.h"
#include "klog/headless.h"
#include "klog/listed.h"
#include "klog/open.h"
#include "klog/stack.h"
#include "klog/title.h"

#define FRONT_OF_TRACE 8	/* frames up to the one that tells who reports */

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
	free(a->title);
	a->title = NULL;
	while (a->nr_free)
		free(a->free[--a->nr_free]);
	while (a->nr_open)
		free(a->open[--a->nr_open]);
}

static void begin(struct aw_klog_open *o, const struct aw_klog_line *line, uint64_t number)
{
	o->r.line = number;
	o->r.mono_us = line->mono_us;
	o->r.wall_us = line->wall_us;
	o->r.wall_has_year = line->wall_has_year;
	o->r.logcat = line->logcat;
	o->r.host = line->host;
	if (o->r.pid <= 0)
		o->r.pid = -1;
	o->r.cpu = -1;
	if (!o->r.lmk)
		o->r.victim_pid = -1;
	if (line->cpu >= 0)
		o->r.cpu = line->cpu;
	if (line->tid > 0)
		o->r.pid = line->tid;
	memset((char *)o + offsetof(struct aw_klog_open, tid), 0, sizeof(*o) - offsetof(struct aw_klog_open, tid));
	o->tid = line->tid;
	o->cpu = line->cpu;
	o->last_mono = line->mono_us;
	o->last_zone = -1;
}

static struct aw_klog_open *take_free(struct aw_klog_assembly *a)
{
	if (!a->nr_free) {
		a->open[0]->closed = true;
		a->open[0]->opened = 0;		/* no more waiting */
		aw_klog_emit_closed(a);
	}
	return a->free[--a->nr_free];
}

static void open_report(struct aw_klog_assembly *a, struct aw_klog_open *o, const struct aw_klog_line *line,
			uint64_t number)
{
	begin(o, line, number);
	o->r.suspended = a->suspended;
	o->r.kdump = a->kdump;
	a->nommu |= o->r.nommu;
	o->r.nommu = a->nommu;
	/* no line of it will name the kernel, and a later one may be another's */
	if (o->r.one_line)
		memcpy(o->r.release, a->release, sizeof(o->r.release));
	o->opened = o->touched = a->serial;
	o->unknown_before = a->unknown;
	o->r.lines = 1;
	a->open[a->nr_open++] = o;
}

/* The reports before it are over, and what was suppressed is of its kind. */
static void begin_printers(struct aw_klog_assembly *a, const struct aw_klog_line *line, struct aw_klog_open *o)
{
	aw_klog_close_printers(a, line, &o->r);
	if (o->r.type == AW_KLOG_POOL)
		return;
	o->r.suppressed = a->suppressed;
	o->r.suppressed_lines = o->r.type == AW_KLOG_VMALLOC ? a->suppressed_lines : 0;
	a->suppressed = a->suppressed_lines = 0;
}

static bool header(struct aw_klog_assembly *a, const struct aw_klog_line *line, uint64_t number)
{
	struct aw_klog_open *o;
	enum aw_klog_match match;

	if (!line->has_word)
		return false;
	o = take_free(a);
	memset(&o->r, 0, sizeof(o->r));
	match = aw_klog_header(line, &o->r);
	if (match == AW_KLOG_YES && aw_klog_belongs(a, line, &o->r)) {
		a->free[a->nr_free++] = o;
		return false;
	}
	if (match == AW_KLOG_NO || (match == AW_KLOG_MORE && o->r.order < 0 && o->r.type != AW_KLOG_CMA) || aw_klog_told_already(a, line, &o->r)) {
		a->free[a->nr_free++] = o;
		return match != AW_KLOG_NO;
	}
	if (!o->r.one_line)
		begin_printers(a, line, o);
	open_report(a, o, line, number);
	if (o->r.type == AW_KLOG_VMALLOC && o->r.vmalloc_failed == AW_VMALLOC_NO_SPACE && !o->r.has_mode)
		a->vmap_lines++;
	o->titled = aw_klog_is_titled(line, &o->r);
	if (o->r.kill_alone && !o->r.one_line)
		aw_klog_take_extra(o, line);
	aw_klog_emit_closed(a);
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
	o->r.lines = a->serial - o->opened + 1;
	o->r.unknown_lines = a->unknown - o->unknown_before;
	if (line->mono_us >= 0)
		o->last_mono = line->mono_us;
}

static void take_mem(struct aw_klog_open *o, const struct piece *p)
{
	aw_klog_take_mem(o, p->mem, &p->zone);
	if (p->mem == AW_KLOG_MEM_ZONE)
		aw_klog_totals_of_zone(&p->line->text, &o->r.totals);
	else if (p->mem == AW_KLOG_MEM_OTHER || p->mem == AW_KLOG_MEM_END)
		aw_klog_take_totals(o, p->line);
}

/* Who reports, by the front of a trace: warn_alloc() for a failure or a stall, dump_header() for a kill. */
static bool is_of_other_type(const struct aw_klog_open *o)
{
	const char *name = o->r.frames[o->r.nr_frames - 1].name;

	if (o->r.type == AW_KLOG_OOM)
		return !strncmp(name, "warn_alloc", 10);
	return (o->r.type == AW_KLOG_FAILURE || o->r.type == AW_KLOG_STALL) && !o->headless && !strcmp(name, "dump_header");
}

/* Two cpus print at once, and the trace was given to the wrong one of their reports: the other one gets it. */
static void settle_trace(struct aw_klog_assembly *a, struct aw_klog_open *o, const struct aw_klog_line *line)
{
	if (!o->r.nr_frames || o->r.nr_frames > FRONT_OF_TRACE || !is_of_other_type(o))
		return;
	for (unsigned int i = a->nr_open; i-- > 0;) {
		struct aw_klog_open *other = a->open[i];

		if (other == o || other->closed || other->headless || other->r.nr_frames || other->no_frames || other->r.mem_info ||
		    other->r.one_line || !aw_klog_same_printer(other, line) ||
		    (other->r.type == AW_KLOG_OOM) == (o->r.type == AW_KLOG_OOM) || other->r.type > AW_KLOG_OOM)
			continue;
		memcpy(other->r.frames, o->r.frames, o->r.nr_frames * sizeof(o->r.frames[0]));
		other->r.nr_frames = o->r.nr_frames;
		other->irq = o->irq;
		other->stale = o->stale;
		o->r.nr_frames = 0;
		o->irq = o->stale = false;
		o->touched--;
		touch(a, other, line);
		return;
	}
}

static void give(struct aw_klog_assembly *a, struct aw_klog_open *o, const struct piece *p)
{
	touch(a, o, p->line);
	if (p->is_task)
		aw_klog_take_task(o, &p->task);
	else if (p->mem != AW_KLOG_MEM_NONE)
		take_mem(o, p);
	else {
		aw_klog_take_trace(o, &p->trace, p->line);
		settle_trace(a, o, p->line);
	}
}

/*
 * A line that may be the first one left of a report.  A log without headers has
 * nothing else open.
 */
static bool may_begin_headless(const struct aw_klog_assembly *a, const struct piece *p)
{
	for (unsigned int i = 0; i < a->nr_open; i++) {
		const struct aw_klog_open *o = a->open[i];

		/* a line that stands alone has no trace: that is of another request */
		if (o->r.one_line && p->is_trace)
			continue;
		if (!o->closed && (!o->headless || (p->is_trace && o->no_frames && !o->r.mem_info)))
			return false;
	}
	if (a->serial < a->foreign_until)
		return false;
	if (p->is_trace)
		return !a->foreign_trace && p->trace.mark != AW_KLOG_MARK_END && p->trace.place == AW_KLOG_ON_STACK &&
		       !aw_text_starts(&p->line->text, "</");
	if (p->mem == AW_KLOG_MEM_OTHER || p->mem == AW_KLOG_MEM_RESERVE || p->mem == AW_KLOG_MEM_BLOCKS)
		return !a->nr_open && !a->after_line;
	/* "DMA free:0kB" alone is a quotation */
	if (p->mem == AW_KLOG_MEM_ZONE)
		return p->zone.has & AW_KLOG_ZONE_WATERMARKS;
	return p->is_task || p->mem == AW_KLOG_MEM_START;
}

static struct aw_klog_open *begin_headless(struct aw_klog_assembly *a, const struct piece *p, uint64_t number)
{
	struct aw_klog_open *o;

	if (!may_begin_headless(a, p))
		return NULL;
	aw_klog_close_headless(a, p->line);
	o = take_free(a);
	memset(&o->r, 0, sizeof(o->r));
	o->r.type = AW_KLOG_FAILURE;
	o->r.no_header = true;
	o->r.order = -1;
	open_report(a, o, p->line, number);
	o->headless = true;
	/* in front of "Mem-Info:" a report has its trace: a line of text there is of what called show_mem() */
	o->first = p->mem == AW_KLOG_MEM_START ? !a->after_text : !a->after_line;
	o->begins_cut = p->is_trace && p->trace.count && p->trace.mark == AW_KLOG_MARK_NONE;
	o->r.mem_info = p->mem != AW_KLOG_MEM_NONE;
	return o;
}

static bool take_extra(struct aw_klog_assembly *a, struct aw_klog_open *o, const struct aw_klog_line *line)
{
	if (o->closed || !aw_klog_same_printer(o, line) || !aw_klog_take_extra(o, line))
		return false;
	touch(a, o, line);
	return true;
}

/* Whoever printed last, else the newest that knows what to do with the line. */
static bool extra(struct aw_klog_assembly *a, const struct aw_klog_line *line)
{
	struct aw_klog_open *last = a->open[0];

	if (!a->nr_open)
		return false;
	for (unsigned int i = 1; i < a->nr_open; i++)
		if (a->open[i]->touched > last->touched)
			last = a->open[i];
	if (take_extra(a, last, line))
		return true;
	for (unsigned int i = a->nr_open; i-- > 0;)
		if (a->open[i] != last && take_extra(a, a->open[i], line))
			return true;
	return false;
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

/* A function in a list under the newest header? */
static bool is_listed(struct aw_klog_assembly *a, struct piece *p)
{
	p->is_trace = a->nr_open && aw_klog_listed(p->line, a->open[a->nr_open - 1], a->serial, &p->trace);
	return p->is_trace;
}

/* A trace in a sentence under the newest header? */
static bool is_sentence(struct aw_klog_assembly *a, const struct aw_klog_line *line)
{
	struct aw_klog_open *o = a->nr_open ? a->open[a->nr_open - 1] : NULL;

	if (!o || !aw_klog_take_arrows(line, o, a->serial))
		return false;
	touch(a, o, line);
	return true;
}

/* The task line is of every header of this task that nothing else was printed for. */
static void share_release(struct aw_klog_assembly *a, const struct aw_klog_report *from)
{
	for (unsigned int i = 0; i < a->nr_open; i++) {
		struct aw_klog_report *r = &a->open[i]->r;

		if (!a->open[i]->closed || !aw_klog_is_header_only(r) || strcmp(r->comm, from->comm))
			continue;
		memcpy(r->release, from->release, sizeof(r->release));
		r->release_near = true;
		r->upstream = from->upstream;
	}
}

static void give_to_any(struct aw_klog_assembly *a, const struct piece *p, uint64_t number)
{
	struct aw_klog_open *o;

	if (p->is_task && p->task.release[0]) {
		memcpy(a->release, p->task.release, sizeof(a->release));
		a->release_line = number;
		a->release_us = p->line->mono_us;
		aw_klog_note_upstream(a, p->task.release, p->task.upstream);
	}
	if (a->nr_open && (p->is_task || p->is_trace))
		aw_klog_forget_arrows(a->open[a->nr_open - 1]);
	o = pick(a, p);
	if (!o)
		o = begin_headless(a, p, number);
	if (p->is_trace && p->trace.mark == AW_KLOG_MARK_END)
		a->foreign_until = 0;
	if (o)
		give(a, o, p);
	else if (p->is_trace && p->trace.mark == AW_KLOG_MARK_TRACE)
		aw_klog_end_traces(a, p->line);
	a->foreign_trace = !o && p->is_trace && (a->foreign_trace || p->trace.mark == AW_KLOG_MARK_TRACE);
	if (o && p->is_task && o->r.release[0])
		share_release(a, &o->r);
}

static void body(struct aw_klog_assembly *a, const struct aw_klog_line *line, uint64_t number)
{
	struct piece p;

	if (line->behind)
		aw_klog_note_lost_frame(a, line);
	if (classify(line, &p) || is_listed(a, &p)) {
		give_to_any(a, &p, number);
	} else if (aw_klog_is_foreign(line) && !aw_klog_is_own_warning(a, line)) {
		if (aw_text_starts(&line->text, "Kernel panic"))
			extra(a, line);	/* the OOM killer's */
		if (!aw_klog_is_own_panic(a, line))
			aw_klog_begin_foreign(a, line);
	} else if (!extra(a, line) && !is_sentence(a, line) && !aw_klog_is_filler(&line->text)) {
		a->unknown++;
		aw_klog_note_lost_frame(a, line);
	}
	aw_klog_close_idle(a);
}

void aw_klog_assembly_line(struct aw_klog_assembly *a, const struct aw_klog_line *line,
			   uint64_t number)
{
	a->serial++;
	if (line->has_word)
		aw_klog_note_around(a, line);
	if (!header(a, line, number))
		body(a, line, number);
	a->after_line = line->prefixed;
	/* more than "```"; registers and "</TASK>" are the end of a trace */
	a->after_text = (line->prefixed || aw_text_left(&line->text) > 3) && !aw_klog_is_registers(&line->text) &&
			!aw_text_starts(&line->text, "</TASK>");
}

void aw_klog_assembly_finish(struct aw_klog_assembly *a)
{
	for (unsigned int i = 0; i < a->nr_open; i++)
		a->open[i]->closed = true;
	aw_klog_emit_closed(a);
	aw_klog_settle_title(a, NULL);
}

void aw_klog_assembly_restart(struct aw_klog_assembly *a, bool of_same)
{
	a->serial = a->unknown = a->suppressed = a->suppressed_lines = a->vmap_lines = a->emitted = 0;
	a->foreign_until = 0;
	a->copies.text++;
	if (!of_same)
		a->copies.count = 0;
	a->foreign_trace = a->suspended = a->kdump = a->nommu = a->after_line = a->after_text = false;
	a->release[0] = a->release_guess[0] = a->based[0] = '\0';
	a->upstream = 0;
}

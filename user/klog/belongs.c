// SPDX-License-Identifier: GPL-2.0
/*
 * Lines that could begin a report, and belong to one that is open.
 */
#include "klog/belongs.h"

#include "klog/context.h"
#include "klog/headless.h"
#include "klog/pool.h"
#include "klog/stack.h"
#include "mm/function.h"

#define WRAPPED 2	/* lines from one to the next: the end of the first may be a line of its own */
#define AT_ONCE_US 10000	/* from the end of Mem-Info to what the caller prints */
#define AMID_US 1000	/* between the lines of two tasks that print at once */
#define TORN 4		/* lines within which the header's line comes, wrapped, with the same time */

/* Is it the very next line?  Where lines are wrapped, others are between them, and the time tells as far as it is left. */
static bool is_next(const struct aw_klog_assembly *a, const struct aw_klog_open *last, const struct aw_klog_line *line)
{
	int64_t gap = line->mono_us >= 0 && last->last_mono >= 0 ? line->mono_us - last->last_mono : 0;

	if (last->touched + 1 == a->serial)
		return true;
	return !last->r.nr_frames && !last->r.has_task && last->touched + TORN >= a->serial && gap >= 0 && gap < 1000;
}

static bool is_bare_vmalloc(const struct aw_klog_open *o)
{
	return !o->closed && o->r.type == AW_KLOG_VMALLOC && !o->r.has_mode;
}

bool aw_klog_prints_vmalloc_too(const struct aw_klog_assembly *a, const struct aw_klog_open *o, const struct aw_klog_line *line,
				const struct aw_klog_report *next)
{
	return is_bare_vmalloc(o) && o->r.vmalloc_failed == AW_VMALLOC_NO_SPACE && next->type == AW_KLOG_VMALLOC && !next->has_mode &&
	       o->touched + 1 == a->serial && o->last_mono >= 0 && line->mono_us >= o->last_mono && line->mono_us - o->last_mono < AMID_US;
}

/* The report of vmalloc that waits for its header: the last one, or the one that it was printed amid, whose header is next. */
static struct aw_klog_open *waiting_vmalloc(struct aw_klog_assembly *a, const struct aw_klog_report *r)
{
	struct aw_klog_open *last = a->nr_open ? a->open[a->nr_open - 1] : NULL;
	struct aw_klog_open *before = a->nr_open > 1 ? a->open[a->nr_open - 2] : NULL;

	if (last && is_bare_vmalloc(last))
		return last;
	if (!before || !is_bare_vmalloc(before) || last->r.type != AW_KLOG_VMALLOC || last->touched + 1 != a->serial ||
	    last->r.mode != r->mode)
		return NULL;
	return before;
}

/* Up to 4.8 vmalloc says its own line, then warn_alloc_failed says the header's. */
static bool names_vmalloc(struct aw_klog_assembly *a, const struct aw_klog_line *line, const struct aw_klog_report *r)
{
	struct aw_klog_open *last = waiting_vmalloc(a, r);

	if (!last)
		return false;
	if (r->type == AW_KLOG_FAILURE ? r->order > 0 || !is_next(a, last, line) :
					 r->type != AW_KLOG_VMALLOC || !r->has_mode || last->touched + 3 < a->serial)
		return false;
	if (r->type == AW_KLOG_VMALLOC && r->bytes)
		last->r.bytes = r->bytes;
	last->r.vmalloc_gives_none |= r->vmalloc_gives_none;
	if (a->vmap_lines && last->r.vmalloc_failed == AW_VMALLOC_NO_SPACE)
		a->vmap_lines--;
	last->r.has_mode = r->has_mode;
	last->r.mode = r->mode;
	last->r.form = r->form;
	memcpy(last->r.comm, r->comm, sizeof(r->comm));
	memcpy(last->r.mode_names, r->mode_names, sizeof(r->mode_names));
	last->touched = a->serial;
	return true;
}

/*
 * Is there a report of the OOM killer that a line from its end belongs to?  Up
 * to 4.x two lines name the victim.
 */
static bool is_of_kill(const struct aw_klog_open *o, const struct aw_klog_line *line, int64_t victim_pid, uint64_t serial)
{
	if (o->r.type != AW_KLOG_OOM || o->closed || o->r.one_line || !aw_klog_same_printer(o, line))
		return false;
	/* "Kill process 24572 (java) score 0 or sacrifice child", and then a child of it: "Killed process 28438 (java) ..." */
	if (o->may_be_child && o->touched + WRAPPED >= serial && aw_text_starts(&line->text, "Killed process "))
		return true;
	if (o->r.no_victim)
		return false;
	if (o->r.victim_pid < 0 || o->r.victim_pid == victim_pid || o->group_kill)
		return true;
	/* its own lines stand before the one that ends it: what comes behind that is of a kill whose report was suppressed */
	return victim_pid < 0 ? !o->r.kill_alone && !o->killed : !o->killed && aw_text_find(&line->text, " total-vm:");
}

/* A trace or Mem-Info without its header, and the lines of a kill behind it: the OOM killer printed both. */
static bool ends_headless(struct aw_klog_open *o, const struct aw_klog_line *line)
{
	if (o->closed || !o->headless || !aw_klog_same_printer(o, line))
		return false;
	if (!o->r.nr_zones && !(aw_klog_trace_has(&o->r) & AW_KLOG_TRACE_OOM_REPORT) && !aw_klog_begins_in_kill(o) &&
	    !aw_klog_is_tail(o))
		return false;
	o->headless = false;
	o->r.type = AW_KLOG_OOM;
	return true;
}

/* Did a slab ask?  A trace that is cut, or not there, does not tell. */
static bool may_be_of_slab(const struct aw_klog_report *r)
{
	for (unsigned int i = 0; i < r->nr_frames; i++) {
		enum aw_function_group group = aw_function_group(r->frames[i].name, r->frames[i].module);

		if (group == AW_FN_SLAB || group == AW_FN_SLAB_BULK)
			return true;
	}
	return !aw_klog_reaches_site(r) || r->trace_cut;
}

/* SLUB's line behind the report of its own request; every further one is of another request. */
static bool is_of_slab(const struct aw_klog_open *o, const struct aw_klog_line *line)
{
	return o->r.type == AW_KLOG_FAILURE && !o->closed && !o->r.one_line && !o->r.slab_seen && !o->headless &&
	       (o->r.nr_frames || o->r.mem_info) && may_be_of_slab(&o->r) && aw_klog_same_printer(o, line);
}

/*
 * SLUB's line right behind the end of a Mem-Info whose header the log lacks, by its place and its time: it tells that the
 * request failed, as none follows what sysrq or the OOM killer print of memory.  Its mask is that of the object, not of the pages.
 */
static bool ends_headless_of_slab(struct aw_klog_open *o, const struct aw_klog_line *line, uint64_t serial)
{
	if (!o->headless || o->closed || o->r.type != AW_KLOG_FAILURE || !o->r.mem_info_end || o->touched + TORN < serial ||
	    o->last_mono < 0 || line->mono_us < 0 || line->mono_us - o->last_mono > AT_ONCE_US || !may_be_of_slab(&o->r) || !aw_klog_same_printer(o, line))
		return false;
	o->headless = false;
	return true;
}

bool aw_klog_belongs(struct aw_klog_assembly *a, const struct aw_klog_line *line, const struct aw_klog_report *r)
{
	for (unsigned int i = a->nr_open; i-- > 0;) {
		struct aw_klog_open *o = a->open[i];

		if (r->kill_alone && !r->one_line && (is_of_kill(o, line, r->victim_pid, a->serial) || ends_headless(o, line)))
			return true;
		if (r->slab_line && (is_of_slab(o, line) || (!r->quoted && ends_headless_of_slab(o, line, a->serial))))
			return true;
	}
	return false;
}

/* Two lines of one failure: the second may have a trace. */
static bool is_of_pool(struct aw_klog_assembly *a, const struct aw_klog_report *r)
{
	struct aw_klog_open *last = a->nr_open ? a->open[a->nr_open - 1] : NULL;

	if (!last || last->touched + 1 != a->serial || !aw_klog_pool_same(&last->r, r))
		return false;
	last->r.one_line = r->one_line;
	last->r.pool.coherent |= r->pool.coherent;
	last->touched = a->serial;
	return true;
}

/* Up to 4.8 the line of vmalloc itself has no mask either, and stands behind that of its addresses. */
static bool is_of_vmap(struct aw_klog_assembly *a, const struct aw_klog_report *r)
{
	struct aw_klog_open *last = a->nr_open ? a->open[a->nr_open - 1] : NULL;

	if (!last || last->r.type != AW_KLOG_VMALLOC || last->r.vmalloc_failed != AW_VMALLOC_NO_SPACE || last->r.has_mode ||
	    last->touched + WRAPPED < a->serial || r->type != AW_KLOG_VMALLOC || r->has_mode ||
	    r->vmalloc_failed != AW_VMALLOC_UNKNOWN)
		return false;
	if (r->bytes)
		last->r.bytes = r->bytes;
	last->touched = a->serial;
	return true;
}

#define SECOND_PICTURE 100	/* lines of the Mem-Info that stands behind the line at most */

/* With pages of 4 to 64 KiB, whichever it has. */
static bool is_block_for(uint64_t bytes, int order)
{
	for (unsigned int shift = 12; shift <= 16 && order >= 0 && order < 32; shift++)
		if (UINT64_C(1) << shift << order >= bytes && (!order || UINT64_C(1) << shift << (order - 1) < bytes))
			return true;
	return false;
}

/* Without an MMU two lines tell of one request: the allocator's report, then the line of the mapping, with Mem-Info again. */
static bool is_of_nommu(struct aw_klog_assembly *a, const struct aw_klog_line *line, const struct aw_klog_report *r)
{
	for (unsigned int i = a->nr_open; i-- > 0 && r->nommu;) {
		struct aw_klog_open *o = a->open[i];

		if (o->closed || o->headless || o->r.type != AW_KLOG_FAILURE || !is_block_for(r->bytes, o->r.order) || !aw_klog_same_printer(o, line) ||
		    (r->comm[0] ? strcmp(o->r.comm, r->comm) != 0 : o->r.pid != r->pid))
			continue;
		o->r.nommu = a->nommu = true;
		if (o->r.mem_info) {
			o->closed = true;
			a->foreign_until = a->serial + SECOND_PICTURE;
		}
		return true;
	}
	return false;
}

bool aw_klog_told_already(struct aw_klog_assembly *a, const struct aw_klog_line *line, const struct aw_klog_report *r)
{
	return names_vmalloc(a, line, r) || is_of_vmap(a, r) || is_of_pool(a, r) || is_of_nommu(a, line, r);
}

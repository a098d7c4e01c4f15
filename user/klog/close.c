// SPDX-License-Identifier: GPL-2.0
/* When a report is over, and in which order reports leave. */
#include "klog/close.h"

#include "klog/belongs.h"
#include "klog/headless.h"
#include "klog/mask_warning.h"
#include "klog/stack.h"

#define IDLE_LINES 200		/* without a line of its own, a report is over */
#define IDLE_LINES_COMPLETE 12	/* when it has everything */
#define IDLE_LINES_HEADLESS 24	/* when it has no header */
#define WAIT_FOR_RELEASE 16	/* lines from a header to the task line of the next one */

/* Named behind the report, and at an earlier time since boot: another machine's, or another boot's. */
static bool is_of_another_boot(const struct aw_klog_assembly *a, const struct aw_klog_report *r)
{
	return a->release_line > r->line && a->release_us >= 0 && r->mono_us >= 0 && a->release_us < r->mono_us - 1000000;
}

static void late_release(const struct aw_klog_assembly *a, struct aw_klog_report *r)
{
	if (!r->release[0] && !is_of_another_boot(a, r)) {
		r->release_guess = !a->release[0] && a->release_guess[0];
		memcpy(r->release, r->release_guess ? a->release_guess : a->release, sizeof(r->release));
	}
	if (!r->upstream && r->release[0] && !strcmp(r->release, a->based))
		r->upstream = a->upstream;
}

static bool is_incomplete(const struct aw_klog_report *r)
{
	if (r->type == AW_KLOG_CMA || r->type == AW_KLOG_POOL || r->memcg || r->lmk)
		return false;	/* these have none */
	return !r->nr_frames || !r->nr_zones || !r->has_mode;
}

/*
 * Bits of up to 4.3 that only mean something for a request that may wait (__GFP_IO 0x40, __GFP_FS 0x80, __GFP_NOFAIL
 * 0x800), in one that may not, and is neither atomic (0x20) nor silent (0x200): what is left of a longer mask.  Those
 * of 4.4 and 4.5 have 0x400000 or 0x2000000; from 4.6 on names stand behind it.
 */
static bool is_torn_mask(const struct aw_klog_report *r)
{
	return (r->form == AW_KLOG_FORM_COLON || r->form == AW_KLOG_FORM_ADJ) && !r->mode_names[0] && r->mode < 0x400000 && (r->mode & 0x8c0) && !(r->mode & 0x630);
}

/*
 * 4.4 and 4.5 print no names.  Whoever may reclaim, or wakes kswapd, has one of two high bits there, and who has
 * neither asks silently: what is printed without them is the front of a longer mask.
 */
#define RECLAIM_4_4 0x2400000	/* ___GFP_DIRECT_RECLAIM, ___GFP_KSWAPD_RECLAIM */

static bool lacks_reclaim_bits(const struct aw_klog_report *r, uint64_t major, uint64_t minor)
{
	return major == 4 && (minor == 4 || minor == 5) && !(r->mode & RECLAIM_4_4);
}

/*
 * From 4.6 on (commit "mm, page_alloc: print symbolic gfp_flags on allocation
 * failure") names stand behind the mask: without them, it may be cut.  So it
 * is where only the bits of zones are left, which come last of all.
 */
static void drop_cut_mask(struct aw_klog_report *r)
{
	struct aw_text t = aw_text_of(r->release, strlen(r->release));
	bool only_zones = r->has_mode && r->mode && r->mode <= 0xf && !r->mode_names[0];
	/* its task line ends before the release: lines of this log are cut, and the mask stands at the end of one */
	bool cut_lines = r->has_task && !r->release_near && r->form == AW_KLOG_FORM_COLON && !r->loops;
	uint64_t major, minor;

	if ((only_zones || cut_lines || is_torn_mask(r)) && !r->mask_2_4) {
		r->has_mode = false;
		r->mode = 0;
		r->form = AW_KLOG_FORM_OTHER;
		return;
	}
	if (r->form != AW_KLOG_FORM_COLON || r->loops || r->release_guess || !aw_text_u64(&t, &major) || !aw_text_skip_char(&t, '.') ||
	    !aw_text_u64(&t, &minor))
		return;
	if ((major < 4 || (major == 4 && minor < 6)) && !lacks_reclaim_bits(r, major, minor))
		return;
	r->has_mode = false;
	r->mode = 0;
	r->form = AW_KLOG_FORM_OTHER;
}

/* A paste that ends behind the free lists lacks "pages RAM": the zones tell it. */
static void take_ram(struct aw_klog_report *r)
{
	uint64_t free_kb = 0, present_kb = 0, managed_kb = 0;

	for (unsigned int i = 0; i < r->nr_zones; i++) {
		const struct aw_klog_zone *zone = &r->zones[i];

		if (!(zone->has & AW_KLOG_ZONE_FREE && zone->has & AW_KLOG_ZONE_PRESENT && zone->has & AW_KLOG_ZONE_MANAGED))
			return;
		free_kb += zone->free_kb;
		present_kb += zone->present_kb;
		managed_kb += zone->managed_kb;
	}
	aw_klog_totals_ram(&r->totals, free_kb, present_kb, managed_kb);
}

static void emit(struct aw_klog_assembly *a, struct aw_klog_report *r)
{
	late_release(a, r);
	drop_cut_mask(r);
	aw_klog_trace_finish(r);
	if (aw_klog_is_mask_warning(r)) {
		if (!aw_klog_is_copy(&a->copies, r))
			aw_klog_note_mask_warning(a->stats, r);
		return;
	}
	if (aw_klog_is_copy(&a->copies, r)) {
		a->stats->copies++;
		return;
	}
	a->stats->report_lines += r->lines;
	a->stats->unknown_lines += r->unknown_lines;
	a->stats->reports[r->type]++;
	a->stats->incomplete += is_incomplete(r);
	a->emitted++;
	take_ram(r);
	a->fn(a->ctx, r);
}

bool aw_klog_is_header_only(const struct aw_klog_report *r)
{
	return !r->has_task && !r->nr_frames && !r->mem_info && !r->nr_zones && !r->release[0] && r->type != AW_KLOG_CMA &&
	       r->type != AW_KLOG_POOL && !r->one_line;
}

/*
 * One task line tells the release for several headers of a task, when the
 * kernel printed no more for the first: it is waited for.  SLUB's line never has one.
 */
static bool waits_for_release(const struct aw_klog_assembly *a, const struct aw_klog_open *o)
{
	bool slab = o->r.slab_line && !o->r.release[0] && !a->release[0];

	if ((!slab && !aw_klog_is_header_only(&o->r)) || a->serial - o->opened > WAIT_FOR_RELEASE)
		return false;
	for (unsigned int i = 1; i < a->nr_open; i++)
		if (slab ? !a->open[i]->closed && !a->open[i]->r.release[0] : !a->open[i]->closed && aw_klog_is_header_only(&a->open[i]->r) && !strcmp(a->open[i]->r.comm, o->r.comm))
			return true;
	return false;
}

/* A stamp that counts jiffies may be that of several lines. */
static bool is_stamped_header(const struct aw_klog_report *r)
{
	return !r->kill_alone && !r->no_header && r->has_mode && r->comm[0] && r->mono_us > 0 && r->mono_us % AW_KLOG_COARSE_US;
}

/*
 * The subject of a mail or the title of an issue repeats the header of the report below, and so does a list of
 * warnings in front of them: it is the first header of a text, without a time and with nothing behind it.  So does
 * the line of a kill in the words above its report.  Of a kill the lines that say the most may be shown first: the OOM
 * killer prints one report at a time, each with its trace or Mem-Info.  A header that was shown with its stamp is known by that.
 */
static bool may_be_title(const struct aw_klog_assembly *a, const struct aw_klog_open *o)
{
	bool alone = !o->r.has_task && !o->r.nr_frames && !o->r.mem_info && !o->r.nr_zones && !o->r.one_line &&
		     !o->r.cma_total && o->r.type != AW_KLOG_POOL;
	bool shown_first = o->r.type == AW_KLOG_OOM && !o->r.kill_alone && o->r.has_mode;
	bool titled = (o->titled || o->r.above_limit || o->r.quoted || shown_first) && o->r.mono_us < 0 && o->r.wall_us < 0;

	return !a->emitted && !a->title && !o->headless && alone && (titled || is_stamped_header(&o->r) || (o->r.kill_alone && o->r.victim_vm_kb)) &&
	       a->nr_free > 1;
}

/* "vmap allocation for size 20480 failed": vmalloc's own line, if it follows, leaves out the guard page. */
static bool names_same_range(const struct aw_klog_report *title, const struct aw_klog_report *r)
{
	uint64_t more = title->bytes - r->bytes;

	return r->type == AW_KLOG_VMALLOC && r->vmalloc_failed == title->vmalloc_failed && title->bytes &&
	       (!more || more == 4096 || more == 16384 || more == 65536);
}

static bool names_same_cma(const struct aw_klog_report *title, const struct aw_klog_report *r)
{
	return r->type == AW_KLOG_CMA && title->cma_pages && title->cma_pages == r->cma_pages && title->error == r->error &&
	       !strcmp(title->cma_name, r->cma_name);
}

static bool names_same(const struct aw_klog_report *title, const struct aw_klog_report *r)
{
	if (title->type == AW_KLOG_CMA)
		return names_same_cma(title, r);
	if (title->type == AW_KLOG_VMALLOC && title->vmalloc_failed == AW_VMALLOC_NO_SPACE && !title->has_mode)
		return names_same_range(title, r);
	/* the line of a warning names its task */
	if (title->above_limit && (!r->above_limit || (title->pid >= 0 && title->pid != r->pid)))
		return false;
	if (title->kill_alone)
		return aw_klog_same_kill(title, r);
	if (title->victim_pid >= 0 && r->victim_pid >= 0 && r->victim_pid != title->victim_pid)
		return false;
	/* another task of that name asks here, so the kill may be another, too */
	if (title->victim_pid >= 0 && r->victim_pid < 0 && r->pid >= 0 && r->pid != title->victim_pid)
		return false;
	return title->type == r->type && (r->has_task || r->nr_frames || r->mem_info) && title->order == r->order &&
	       (!title->has_mode || !r->has_mode || title->mode == r->mode);
}

/* Of lines that were shown first those of the victim may be all that is left. */
static void take_victim(struct aw_klog_report *r, const struct aw_klog_report *title)
{
	if (r->victim_pid >= 0 || title->victim_pid < 0)
		return;
	r->victim_pid = title->victim_pid;
	r->victim_vm_kb = title->victim_vm_kb;
	r->victim_anon_kb = title->victim_anon_kb;
	r->memcg |= title->memcg;
	r->global_kill |= title->global_kill;
	memcpy(r->victim_comm, title->victim_comm, sizeof(r->victim_comm));
}

/* The same line of one machine, from one microsecond, and a report behind it. */
static bool is_same_header(const struct aw_klog_report *title, const struct aw_klog_report *r)
{
	return title->mono_us == r->mono_us && title->wall_us == r->wall_us && title->host == r->host && title->type == r->type &&
	       title->order == r->order && title->mode == r->mode && title->bytes == r->bytes && !strcmp(title->comm, r->comm) &&
	       !strcmp(title->mode_names, r->mode_names) && (r->has_task || r->nr_frames || r->mem_info);
}

/* Is it the title of the report behind it, in whose header it says nothing else? */
static bool is_title_of(const struct aw_klog_open *title, const struct aw_klog_open *next)
{
	bool shown_first = !title->titled && !title->r.above_limit && !title->r.kill_alone;

	if (is_stamped_header(&title->r))
		return is_same_header(&title->r, &next->r);
	/* where the next header begins so, too, every line does */
	if (next->titled && !title->r.kill_alone)
		return false;
	return names_same(&title->r, &next->r) && (!shown_first || !strcmp(title->r.comm, next->r.comm));
}

/* `next`: the first report behind it, NULL: there is none. */
void aw_klog_settle_title(struct aw_klog_assembly *a, struct aw_klog_open *next)
{
	struct aw_klog_open *title = a->title;

	if (!title)
		return;
	a->title = NULL;
	if (next && is_title_of(title, next))
		take_victim(&next->r, &title->r);
	else
		emit(a, &title->r);
	a->free[a->nr_free++] = title;
}

/* Reports leave in the order of their headers. */
void aw_klog_emit_closed(struct aw_klog_assembly *a)
{
	while (a->nr_open && a->open[0]->closed && !waits_for_release(a, a->open[0])) {
		struct aw_klog_open *o = a->open[0];

		a->nr_open--;
		memmove(a->open, a->open + 1, a->nr_open * sizeof(a->open[0]));
		if (may_be_title(a, o)) {
			a->title = o;
			continue;
		}
		if (!o->headless || aw_klog_headless_is_failure(o)) {
			aw_klog_settle_title(a, o);
			emit(a, &o->r);
		}
		a->free[a->nr_free++] = o;
	}
}

void aw_klog_close_idle(struct aw_klog_assembly *a)
{
	for (unsigned int i = 0; i < a->nr_open; i++) {
		struct aw_klog_open *o = a->open[i];
		uint64_t idle = a->serial - o->touched;
		bool complete = o->r.mem_info_end && o->r.type != AW_KLOG_OOM;

		complete = complete || o->r.victim_pid >= 0 || o->r.type == AW_KLOG_CMA || o->r.one_line;
		if (idle > (complete ? IDLE_LINES_COMPLETE : o->headless ? IDLE_LINES_HEADLESS : IDLE_LINES))
			o->closed = true;
	}
	aw_klog_emit_closed(a);
}

/* Its printer begins something else: a report that has no header to tell it apart is over. */
void aw_klog_close_headless(struct aw_klog_assembly *a, const struct aw_klog_line *line)
{
	for (unsigned int i = 0; i < a->nr_open; i++)
		a->open[i]->closed |= a->open[i]->headless && aw_klog_same_printer(a->open[i], line);
}

/* Its printer begins another report: the one before is over. */
void aw_klog_close_printers(struct aw_klog_assembly *a, const struct aw_klog_line *line,
			   const struct aw_klog_report *next)
{
	aw_klog_close_headless(a, line);
	for (unsigned int i = 0; i < a->nr_open; i++) {
		struct aw_klog_open *o = a->open[i];
		bool known = (line->tid > 0 && o->tid > 0) || (line->cpu >= 0 && o->cpu >= 0);

		if (line->host && o->r.host && line->host != o->r.host)
			continue;
		if (known ? aw_klog_same_printer(o, line) : !strcmp(o->r.comm, next->comm) && !aw_klog_prints_vmalloc_too(a, o, line, next))
			o->closed = true;
		if (o->r.mem_info_end && o->r.type != AW_KLOG_OOM)
			o->closed = true;
		if (line->mono_us >= 0 && o->last_mono > line->mono_us + 1000000)
			o->closed = true;	/* another boot */
	}
}

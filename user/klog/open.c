// SPDX-License-Identifier: GPL-2.0
/*
 * A report that is still being printed, and what it waits for.
 */
#include "klog/open.h"

#include "base/array.h"

#define PAUSE_US 5000000	/* between two lines of one report at most ... */
#define PAUSE_OF_TASK_US 60000000	/* ... where printk tells the task: a slow console holds it up */
#define ODD_GAP_US 60000000	/* a trace this much later may be another's */

static bool in_time(const struct aw_klog_open *o, const struct aw_klog_line *line)
{
	if (line->mono_us < 0 || o->last_mono < 0)
		return true;
	return line->mono_us >= o->last_mono - 1000000 &&
	       line->mono_us <= o->last_mono + (line->tid > 0 && line->tid == o->tid ? PAUSE_OF_TASK_US : PAUSE_US);
}

bool aw_klog_same_printer(const struct aw_klog_open *o, const struct aw_klog_line *line)
{
	/* a log that several machines send their lines to */
	if (!in_time(o, line) || (line->host && o->r.host && line->host != o->r.host))
		return false;
	if (line->tid > 0 || o->tid > 0) {
		if (line->tid >= 0 && o->tid >= 0)
			return line->tid == o->tid;
		/* [T123] against [C1] */
		return !((line->tid > 0 && o->cpu >= 0) || (o->tid > 0 && line->cpu >= 0));
	}
	return line->cpu < 0 || o->cpu < 0 || line->cpu == o->cpu;
}

/* An unknown prefix may stand before the header's comm, or its front be lost. */
static bool comm_fits(const char *a, const char *b)
{
	size_t na = strlen(a), nb = strlen(b);

	return na >= nb ? !strcmp(a + na - nb, b) : !strcmp(b + nb - na, a);
}

int aw_klog_wants_task(const struct aw_klog_open *o, const struct aw_klog_task *task)
{
	if (o->r.has_task || o->no_frames || o->r.nr_frames || o->r.mem_info || o->r.one_line)
		return 0;
	if (!task->comm[0] || !o->r.comm[0])
		return 1;
	if (!strcmp(task->comm, o->r.comm))
		return 3;
	return comm_fits(o->r.comm, task->comm) ? 2 : 0;
}

void aw_klog_take_task(struct aw_klog_open *o, const struct aw_klog_task *task)
{
	o->r.has_task = true;
	if (task->cpu >= 0)
		o->r.cpu = task->cpu;
	if (task->pid >= 0)
		o->r.pid = task->pid;
	if (task->comm[0])
		memcpy(o->r.comm, task->comm, sizeof(o->r.comm));
	if (task->release[0]) {
		memcpy(o->r.release, task->release, sizeof(o->r.release));
		o->r.release_near = true;
		o->r.upstream = task->upstream;
	}
}

/* Functions that stand at the start of a trace, once. */
static bool starts_trace(const char *name)
{
	static const char *const names[] = { "dump_backtrace", "unwind_backtrace", "show_stack", "dump_stack" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

static bool restarts(const struct aw_klog_open *o, const struct aw_klog_trace_line *trace)
{
	if (!trace->count || trace->pair || !starts_trace(trace->frames[0].name))
		return false;
	for (unsigned int i = 0; i < o->r.nr_frames; i++)
		if (!strcmp(o->r.frames[i].name, trace->frames[0].name))
			return true;
	return false;
}

/* WARN() shows where the cpu was before the trace: that alone is none. */
static bool has_stack(const struct aw_klog_open *o)
{
	return o->r.nr_frames > 1 || (o->r.nr_frames && !o->r.frames[0].pc);
}

int aw_klog_wants_trace(const struct aw_klog_open *o, const struct aw_klog_trace_line *trace)
{
	if (o->no_frames || o->r.mem_info || o->r.nr_zones || o->r.type == AW_KLOG_CMA || o->r.one_line)
		return 0;
	/* the line of the addresses alone has none */
	if (o->r.type == AW_KLOG_VMALLOC && o->r.vmalloc_failed == AW_VMALLOC_NO_SPACE && !o->r.has_mode && !o->r.has_task &&
	    trace->mark != AW_KLOG_MARK_TRACE && !o->r.nr_frames)
		return 0;
	if (trace->mark == AW_KLOG_MARK_TRACE && has_stack(o) && !trace->count)
		return 0;
	return restarts(o, trace) ? 0 : 1;
}

/* "WARNING: CPU: 3 PID: 1 at kernel/dma/remap.c:190 | dma_alloc_from_pool+0x94/0xa0": a mailer wrapped where the cpu was. */
static bool is_place_of_warning(const struct aw_klog_open *o, const struct aw_klog_trace_line *trace, const struct aw_klog_line *line)
{
	return o->r.type == AW_KLOG_POOL && !o->r.nr_frames && !o->marked && trace->count == 1 && !trace->pair && !line->prefixed;
}

static void add_frame(struct aw_klog_open *o, const struct aw_klog_frame *frame)
{
	/* SLUB prints its lines when the report of its request is over: those amid the trace are another cpu's */
	if (o->r.slab_seen) {
		o->r.slab_of_another = true;
		o->r.slab_cache[0] = '\0';
	}
	if (o->r.nr_frames == AW_KLOG_FRAMES) {
		o->r.frames_cut = true;
		return;
	}
	o->r.frames[o->r.nr_frames] = *frame;
	o->r.frames[o->r.nr_frames].guess |= o->stale;
	o->r.frames[o->r.nr_frames++].irq = o->irq;
}

/* A mail wrapped "[<ffffffc0001868fc>] | __alloc_pages_nodemask+0x72c/0x994" */
static bool completes_last(const struct aw_klog_open *o, const struct aw_klog_trace_line *trace,
			   const struct aw_klog_line *line)
{
	const struct aw_klog_frame *last;

	if (!o->r.nr_frames || trace->pair || line->prefixed)
		return false;
	last = &o->r.frames[o->r.nr_frames - 1];
	return !last->name[0] && last->addr && !trace->frames[0].addr;
}

/* arm names every function twice: as who calls, then as who is called */
static bool repeats_last(const struct aw_klog_open *o, const struct aw_klog_frame *frame)
{
	const struct aw_klog_frame *last;

	if (!o->r.nr_frames)
		return false;
	last = &o->r.frames[o->r.nr_frames - 1];
	return frame->name[0] ? !strcmp(last->name, frame->name) : !last->name[0];
}

static void note_gap(struct aw_klog_open *o, const struct aw_klog_line *line)
{
	int64_t gap = 0;

	if (line->wall_us >= 0 && o->r.wall_us >= 0)
		gap = line->wall_us - o->r.wall_us;
	else if (line->mono_us >= 0 && o->r.mono_us >= 0)
		gap = line->mono_us - o->r.mono_us;
	if (gap > ODD_GAP_US || gap < -ODD_GAP_US)
		o->r.trace_gap_us = gap;
}

/* powerpc says it behind the frames of the interrupt. */
static void was_interrupt(struct aw_klog_open *o)
{
	for (; o->context_from < o->r.nr_frames; o->context_from++)
		o->r.frames[o->context_from].irq = true;
}

static void take_mark(struct aw_klog_open *o, enum aw_klog_mark mark)
{
	switch (mark) {
	case AW_KLOG_MARK_IRQ:
		o->irq = true;
		break;
	case AW_KLOG_MARK_TASK:
		o->irq = false;
		break;
	case AW_KLOG_MARK_INTERRUPTED:
		was_interrupt(o);
		break;
	case AW_KLOG_MARK_STALE:
		o->stale = true;
		break;
	case AW_KLOG_MARK_END:
		o->no_frames = true;
		break;
	case AW_KLOG_MARK_NONE:
	case AW_KLOG_MARK_TRACE:
	case AW_KLOG_MARK_ENTRY:
		break;
	}
}

/* arm64's trace begins with the function that "pc :" named. */
static bool is_pc_again(const struct aw_klog_open *o, const struct aw_klog_frame *frame)
{
	const struct aw_klog_frame *last = &o->r.frames[0];

	return o->r.nr_frames == 1 && last->pc && !strcmp(last->name, frame->name) &&
	       last->offset == frame->offset;
}

void aw_klog_take_trace(struct aw_klog_open *o, const struct aw_klog_trace_line *trace,
			const struct aw_klog_line *line)
{
	bool place = is_place_of_warning(o, trace, line);

	take_mark(o, trace->mark);
	o->marked |= trace->mark == AW_KLOG_MARK_TRACE;
	if (!trace->count || trace->place == AW_KLOG_IN_LR)
		return;
	if (!o->r.nr_frames)
		note_gap(o, line);
	if (completes_last(o, trace, line)) {
		uint64_t addr = o->r.frames[o->r.nr_frames - 1].addr;

		o->r.frames[o->r.nr_frames - 1] = trace->frames[0];
		o->r.frames[o->r.nr_frames - 1].addr = addr;
		return;
	}
	/* each pair begins with the function that ended the one before: else a line is missing, or names are torn */
	if (trace->pair && o->r.nr_frames && !repeats_last(o, &trace->frames[0]))
		o->r.trace_cut = true;
	if (trace->pair ? !repeats_last(o, &trace->frames[0]) : !is_pc_again(o, &trace->frames[0]))
		add_frame(o, &trace->frames[0]);
	if (place && o->r.nr_frames)
		o->r.frames[0].pc = true;
	for (unsigned int i = 1; i < trace->count; i++)
		add_frame(o, &trace->frames[i]);
}

static int find_zone(const struct aw_klog_open *o, const struct aw_klog_zone *zone)
{
	for (unsigned int i = 0; i < o->r.nr_zones; i++)
		if (o->r.zones[i].node == zone->node && !strcmp(o->r.zones[i].name, zone->name))
			return (int)i;
	return -1;
}

static int wants_zone(const struct aw_klog_open *o, const struct aw_klog_zone *zone, uint32_t part)
{
	int at = find_zone(o, zone);

	if (at >= 0 && o->r.zones[at].has & part)
		return 0;
	/* all "free:" lines come before the first line of blocks */
	if (part == AW_KLOG_ZONE_FREE && o->r.nr_zones && o->r.zones[0].has & AW_KLOG_ZONE_BLOCKS)
		return 0;
	if (at >= 0)
		return 3;
	return o->r.mem_info ? 2 : 1;
}

static int wants_reserve(const struct aw_klog_open *o)
{
	if (o->last_zone < 0)
		return 0;
	return o->r.zones[o->last_zone].nr_reserves ||
	       o->r.zones[o->last_zone].has & AW_KLOG_ZONE_BLOCKS ? 0 : 2;
}

int aw_klog_wants_mem(const struct aw_klog_open *o, enum aw_klog_mem line,
		      const struct aw_klog_zone *zone)
{
	if (o->r.type == AW_KLOG_CMA || o->r.type == AW_KLOG_POOL || o->r.one_line)
		return 0;
	if (o->r.mem_info_end)
		return line == AW_KLOG_MEM_END;	/* several lines end it */
	switch (line) {
	case AW_KLOG_MEM_START:
		return o->r.mem_info ? 0 : o->r.nr_frames ? 2 : 1;
	case AW_KLOG_MEM_ZONE:
		return wants_zone(o, zone, AW_KLOG_ZONE_FREE);
	case AW_KLOG_MEM_BLOCKS:
		return wants_zone(o, zone, AW_KLOG_ZONE_BLOCKS);
	case AW_KLOG_MEM_RESERVE:
		return wants_reserve(o);
	case AW_KLOG_MEM_OTHER:
	case AW_KLOG_MEM_END:
		return o->r.mem_info || o->r.nr_zones ? 2 : 0;
	case AW_KLOG_MEM_NONE:
		break;
	}
	return 0;
}

static struct aw_klog_zone *zone_for(struct aw_klog_open *o, const struct aw_klog_zone *zone)
{
	int at = find_zone(o, zone);

	if (at < 0) {
		if (o->r.nr_zones == AW_KLOG_ZONES) {
			o->r.zones_cut = true;
			return NULL;
		}
		at = (int)o->r.nr_zones++;
	}
	o->last_zone = at;
	return &o->r.zones[at];
}

static void take_blocks(struct aw_klog_open *o, const struct aw_klog_zone *zone)
{
	struct aw_klog_zone *to = zone_for(o, zone);

	if (!to)
		return;
	if (!to->has) {
		*to = *zone;
		return;
	}
	to->has |= zone->has;
	to->nr_orders = zone->nr_orders;
	to->block_kb = zone->block_kb;
	to->blocks_total_kb = zone->blocks_total_kb;
	memcpy(to->blocks, zone->blocks, sizeof(to->blocks));
	memcpy(to->types, zone->types, sizeof(to->types));
}

void aw_klog_take_mem(struct aw_klog_open *o, enum aw_klog_mem line, const struct aw_klog_zone *zone)
{
	struct aw_klog_zone *to;

	switch (line) {
	case AW_KLOG_MEM_START:
		o->r.mem_info = true;
		break;
	case AW_KLOG_MEM_ZONE:
		to = zone_for(o, zone);
		if (to)
			*to = *zone;
		break;
	case AW_KLOG_MEM_RESERVE:
		if (o->last_zone < 0)	/* its zone's row is cut off */
			break;
		to = &o->r.zones[o->last_zone];
		to->nr_reserves = zone->nr_reserves;
		memcpy(to->reserve, zone->reserve, sizeof(to->reserve));
		break;
	case AW_KLOG_MEM_BLOCKS:
		take_blocks(o, zone);
		break;
	case AW_KLOG_MEM_END:
		o->r.mem_info_end = true;
		break;
	case AW_KLOG_MEM_OTHER:
	case AW_KLOG_MEM_NONE:
		break;
	}
}

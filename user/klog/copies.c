// SPDX-License-Identifier: GPL-2.0
/*
 * Reports that are there twice: quoted again in a mail, from the console and
 * from the journal, or in several files that one machine keeps of its log.
 */
#include "klog/copies.h"

#include <string.h>

#define ONE_KILL_US 60000000	/* from the header of a report to the line of its kill, on a slow console */
#define ZONE_STEP 900		/* seconds: clocks of two time zones differ by a multiple of it */

static uint64_t mix(uint64_t hash, const void *data, size_t len)
{
	const unsigned char *bytes = data;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
	return hash;
}

/* What a trace and the zones say, which two failures of one task hardly have in common to the kB. */
static uint64_t content_of(const struct aw_klog_report *r)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	if (!r->nr_frames && !r->nr_zones)
		return 0;
	for (unsigned int i = 0; i < r->nr_frames; i++)
		hash = mix(hash, r->frames[i].name, strlen(r->frames[i].name));
	for (unsigned int i = 0; i < r->nr_zones; i++) {
		const struct aw_klog_zone *zone = &r->zones[i];

		hash = mix(hash, &zone->free_kb, sizeof(zone->free_kb));
		hash = mix(hash, &zone->min_kb, sizeof(zone->min_kb));
		hash = mix(hash, zone->blocks, zone->nr_orders * sizeof(zone->blocks[0]));
	}
	return hash;
}

static struct aw_klog_finger mark_of(const struct aw_klog_report *r)
{
	struct aw_klog_finger mark = {
		.type = r->type, .alone = r->kill_alone, .host = r->host, .mono_us = r->mono_us, .wall_us = r->wall_us, .pid = r->pid,
		.named = !r->no_header && !r->kill_alone && (r->has_mode || r->bytes || r->one_line || r->type == AW_KLOG_CMA),
		.whole = !r->no_header && (r->nr_frames || r->nr_zones || r->one_line || r->type == AW_KLOG_CMA),
		.victim_pid = r->victim_pid, .victim_vm_kb = r->victim_vm_kb, .victim_anon_kb = r->victim_anon_kb,
		.order = r->order, .mode = r->mode, .bytes = r->bytes, .pages = r->cma_pages,
		.content = content_of(r), .zones = r->nr_zones, .quoted = r->quoted,
	};

	memcpy(mark.comm, r->comm, sizeof(mark.comm));
	memcpy(mark.pool, r->pool.name, sizeof(mark.pool));
	memcpy(mark.victim_comm, r->victim_comm, sizeof(mark.victim_comm));
	return mark;
}

/* The time between, in us, whatever the year that one of them leaves out, and the time zones. */
static int64_t zones_gap(int64_t a, int64_t b)
{
	const int64_t step = ZONE_STEP * INT64_C(1000000);
	int64_t gap = (a - b) % step;

	if (gap > step / 2)
		return gap - step;
	return gap < -step / 2 ? gap + step : gap;
}

/* Both are of one second. */
static bool same_second(int64_t a, int64_t b)
{
	int64_t gap = zones_gap(a, b) / 1000000;

	return a >= 0 && b >= 0 && gap <= 1 && gap >= -1;
}

/* By the kernel's stamps, else by the clock on the wall, which two texts may write down in two time zones. */
static int64_t kill_gap(const struct aw_klog_finger *a, const struct aw_klog_finger *b)
{
	if (a->mono_us >= 0 && b->mono_us >= 0)
		return a->mono_us - b->mono_us;
	if (a->wall_us < 0 || b->wall_us < 0)
		return 0;
	return a->text != b->text ? zones_gap(a->wall_us, b->wall_us) : a->wall_us - b->wall_us;
}

/* A task dies once, and what it had is printed to the kB. */
static bool same_kill(const struct aw_klog_finger *a, const struct aw_klog_finger *b)
{
	int64_t gap = kill_gap(a, b);

	return a->type == AW_KLOG_OOM && b->type == AW_KLOG_OOM && a->victim_vm_kb && a->victim_pid == b->victim_pid &&
	       a->victim_vm_kb == b->victim_vm_kb && a->victim_anon_kb == b->victim_anon_kb && gap <= ONE_KILL_US &&
	       gap >= -ONE_KILL_US && !strcmp(a->victim_comm, b->victim_comm);
}

/* Of a header that is quoted once more the lines behind it are missing, and with them the pid. */
static bool same_words(const struct aw_klog_finger *before, const struct aw_klog_finger *mark)
{
	return before->type == mark->type && (before->whole || !mark->whole) && before->order == mark->order &&
	       before->mode == mark->mode && before->bytes == mark->bytes && before->pages == mark->pages &&
	       (before->pid == mark->pid || (mark->pid < 0 && !mark->whole)) && !strcmp(before->comm, mark->comm) &&
	       !strcmp(before->pool, mark->pool);
}

/* Nobody prints a report, or the same line, twice at one microsecond. */
static bool same_instant(const struct aw_klog_finger *a, const struct aw_klog_finger *b)
{
	return a->named && a->mono_us > 0 && a->mono_us == b->mono_us && a->mono_us % AW_KLOG_COARSE_US && same_words(a, b);
}

/* Zones tell failures apart to the kB.  What has none may come again in another quarter of an hour. */
static bool same_clock(const struct aw_klog_finger *a, const struct aw_klog_finger *b)
{
	int64_t gap = a->wall_us - b->wall_us;

	return a->zones ? same_second(a->wall_us, b->wall_us) : gap <= 1000000 && gap >= -1000000;
}

/*
 * Of two texts of one machine, the second repeats what the first has: each report of that once.  The journal leaves out
 * the kernel's own stamps, and syslog may write down another second.
 */
static bool same_in_another_text(const struct aw_klog_finger *before, const struct aw_klog_finger *mark)
{
	if (before->text == mark->text || !mark->whole || before->content != mark->content || !same_words(before, mark))
		return false;
	if (before->mono_us >= 0 && mark->mono_us >= 0 && before->mono_us != mark->mono_us)
		return false;
	if (before->wall_us >= 0 && mark->wall_us >= 0)
		return same_clock(before, mark);
	if (before->mono_us >= 0 && mark->mono_us >= 0)
		return mark->mono_us % AW_KLOG_COARSE_US;	/* of two boots, coarse stamps may be the same */
	return mark->zones;	/* the kernel's stamps in one, the journal's in the other */
}

static void take_stamps(struct aw_klog_finger *before, const struct aw_klog_finger *mark)
{
	if (before->mono_us < 0)
		before->mono_us = mark->mono_us;
	if (before->wall_us < 0)
		before->wall_us = mark->wall_us;
	before->text = mark->text;
}

bool aw_klog_same_kill(const struct aw_klog_report *a, const struct aw_klog_report *b)
{
	struct aw_klog_finger one = mark_of(a), other = mark_of(b);

	return same_kill(&one, &other);
}

/* A whole report is no copy of its last line; at each boot a task may be killed with the same number and size. */
static bool copies_kill(const struct aw_klog_finger *before, const struct aw_klog_finger *mark)
{
	if (!same_kill(before, mark) || (before->alone && !mark->alone))
		return false;
	return before->text == mark->text || before->alone != mark->alone || before->mono_us == mark->mono_us ||
	       before->mono_us < 0 || mark->mono_us < 0;
}

/* A mail shows the report without the kernel's stamps, and has the log of that boot below: trace and zones are the same to the kB. */
static bool same_excerpt(const struct aw_klog_finger *before, const struct aw_klog_finger *mark)
{
	return before->text == mark->text && before->zones && mark->zones && before->whole && mark->whole &&
	       before->content == mark->content && (before->mono_us < 0) != (mark->mono_us < 0) &&
	       (before->wall_us < 0 || mark->wall_us < 0) && same_words(before, mark);
}

/* "... I have not seen the "SLUB: Unable to allocate memory ..." again": a line in quotes, below what it speaks of. */
static bool is_quoted(const struct aw_klog_finger *before, const struct aw_klog_finger *mark)
{
	return mark->quoted && mark->mono_us < 0 && mark->wall_us < 0 && before->text == mark->text &&
	       before->type == mark->type && before->mode == mark->mode && before->bytes == mark->bytes;
}

#define RELAYED_US 1000000	/* from the header of a report to the line of its kill, which alone is in the other log */

/*
 * Two names stand in front: two machines, or one log that a relay wrote down under its own name, too.  No two machines
 * agree in what a task had or what was free in each zone, to the kB and at one time since boot.  Nodes that run one job may agree in
 * the task, and be a minute apart.
 */
static bool is_relayed(const struct aw_klog_finger *before, const struct aw_klog_finger *mark)
{
	int64_t gap = before->mono_us > mark->mono_us ? before->mono_us - mark->mono_us : mark->mono_us - before->mono_us;
	bool timed = before->mono_us > 0 && mark->mono_us > 0;
	bool exact = timed && !gap && mark->mono_us % AW_KLOG_COARSE_US;	/* then the clocks on the wall may be of two time zones */

	if (!exact && before->wall_us >= 0 && mark->wall_us >= 0 && !same_second(before->wall_us, mark->wall_us))
		return false;
	if (copies_kill(before, mark))
		return timed ? gap <= (before->alone != mark->alone ? RELAYED_US : 0) :
			       before->zones && before->content == mark->content;
	return timed && before->zones && mark->zones && before->content == mark->content && same_instant(before, mark);
}

static bool is_same(const struct aw_klog_finger *before, const struct aw_klog_finger *mark)
{
	if (before->host && mark->host && before->host != mark->host)
		return is_relayed(before, mark);
	return copies_kill(before, mark) || same_instant(before, mark) || same_in_another_text(before, mark) ||
	       same_excerpt(before, mark) || is_quoted(before, mark);
}

bool aw_klog_is_copy(struct aw_klog_copies *copies, const struct aw_klog_report *r)
{
	struct aw_klog_finger mark = mark_of(r);
	uint64_t first = copies->count > AW_KLOG_COPIES ? copies->count - AW_KLOG_COPIES : 0;

	mark.text = copies->text;
	for (uint64_t i = first; i < copies->count; i++) {
		struct aw_klog_finger *before = &copies->marks[i % AW_KLOG_COPIES];

		if (is_same(before, &mark)) {
			take_stamps(before, &mark);
			return true;
		}
	}
	copies->marks[copies->count++ % AW_KLOG_COPIES] = mark;
	return false;
}

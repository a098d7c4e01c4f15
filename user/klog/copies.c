// SPDX-License-Identifier: GPL-2.0
/*
 * Reports that a text holds twice: quoted again in a mail, or from the console
 * and from the journal.
 */
#include "klog/copies.h"

#include <string.h>

#define COARSE_US 1000		/* stamps that count jiffies are multiples of it: two reports may have the same */
#define ONE_KILL_US 60000000	/* from the header of a report to the line of its kill, on a slow console */

static struct aw_klog_finger mark_of(const struct aw_klog_report *r)
{
	struct aw_klog_finger mark = {
		.type = r->type, .alone = r->kill_alone, .mono_us = r->mono_us, .pid = r->pid,
		.whole = !r->no_header && (r->nr_frames || r->nr_zones || r->one_line || r->type == AW_KLOG_CMA),
		.victim_pid = r->victim_pid, .victim_vm_kb = r->victim_vm_kb, .victim_anon_kb = r->victim_anon_kb,
		.order = r->order, .mode = r->mode, .bytes = r->bytes, .pages = r->cma_pages,
	};

	memcpy(mark.comm, r->comm, sizeof(mark.comm));
	memcpy(mark.pool, r->pool.name, sizeof(mark.pool));
	memcpy(mark.victim_comm, r->victim_comm, sizeof(mark.victim_comm));
	return mark;
}

/* A task dies once, and what it had is printed to the kB. */
static bool same_kill(const struct aw_klog_finger *a, const struct aw_klog_finger *b)
{
	int64_t gap = a->mono_us >= 0 && b->mono_us >= 0 ? a->mono_us - b->mono_us : 0;

	return a->type == AW_KLOG_OOM && b->type == AW_KLOG_OOM && a->victim_vm_kb && a->victim_pid == b->victim_pid &&
	       a->victim_vm_kb == b->victim_vm_kb && a->victim_anon_kb == b->victim_anon_kb && gap <= ONE_KILL_US &&
	       gap >= -ONE_KILL_US && !strcmp(a->victim_comm, b->victim_comm);
}

/* Nobody prints a report, or the same line, twice at one microsecond. */
static bool at_one_instant(const struct aw_klog_finger *a, const struct aw_klog_finger *b)
{
	return a->mono_us > 0 && a->mono_us == b->mono_us && a->mono_us % COARSE_US;
}

static bool same_instant(const struct aw_klog_finger *a, const struct aw_klog_finger *b)
{
	return a->whole && b->whole && at_one_instant(a, b) && a->type == b->type &&
	       a->order == b->order && a->mode == b->mode && a->bytes == b->bytes && a->pages == b->pages && a->pid == b->pid &&
	       !strcmp(a->comm, b->comm) && !strcmp(a->pool, b->pool);
}

bool aw_klog_same_kill(const struct aw_klog_report *a, const struct aw_klog_report *b)
{
	struct aw_klog_finger one = mark_of(a), other = mark_of(b);

	return same_kill(&one, &other);
}

bool aw_klog_is_copy(struct aw_klog_copies *copies, const struct aw_klog_report *r)
{
	struct aw_klog_finger mark = mark_of(r);
	uint64_t first = copies->count > AW_KLOG_COPIES ? copies->count - AW_KLOG_COPIES : 0;

	for (uint64_t i = first; i < copies->count; i++) {
		const struct aw_klog_finger *before = &copies->marks[i % AW_KLOG_COPIES];

		/* a whole report is no copy of its last line; at each boot a task may be killed with the same number and size */
		if ((same_kill(before, &mark) && (mark.alone || !before->alone) &&
		     (i >= copies->others || at_one_instant(before, &mark))) ||
		    same_instant(before, &mark))
			return true;
	}
	copies->marks[copies->count++ % AW_KLOG_COPIES] = mark;
	return false;
}

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reports that a text holds twice: quoted again in a mail, or from the console
 * and from the journal.
 */
#ifndef AW_KLOG_COPIES_H
#define AW_KLOG_COPIES_H

#include "klog/klog.h"

#define AW_KLOG_COPIES 64	/* reports back that a copy is looked for */

/* What tells a report from any other. */
struct aw_klog_finger {
	enum aw_klog_type type;
	bool alone;		/* only the line of a kill */
	bool whole;		/* it has a header, and a trace or Mem-Info, or is one line */
	int64_t mono_us;
	int64_t pid, victim_pid;
	uint64_t victim_vm_kb, victim_anon_kb;
	int order;
	uint64_t mode, bytes, pages;
	char comm[AW_KLOG_COMM], victim_comm[AW_KLOG_COMM], pool[sizeof(((struct aw_klog_pool *)NULL)->name)];
};

struct aw_klog_copies {
	struct aw_klog_finger marks[AW_KLOG_COPIES];
	uint64_t count;
	uint64_t others;	/* of them, those of other texts, perhaps of other boots */
};

/* Do both tell of the same kill, by what the killed task had? */
bool aw_klog_same_kill(const struct aw_klog_report *a, const struct aw_klog_report *b);

/* Was this very report there before?  If not, it is noted. */
bool aw_klog_is_copy(struct aw_klog_copies *copies, const struct aw_klog_report *r);

#endif

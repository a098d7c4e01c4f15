/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reports that are there twice: quoted again in a mail, from the console and
 * from the journal, or in several files that one machine keeps of its log.
 */
#ifndef AW_KLOG_COPIES_H
#define AW_KLOG_COPIES_H

#include "klog/klog.h"

#define AW_KLOG_COARSE_US 1000	/* stamps that count jiffies are multiples of it: two reports may have the same */
#define AW_KLOG_COPIES 1024	/* reports back that a copy is looked for */

/* What tells a report from any other. */
struct aw_klog_finger {
	enum aw_klog_type type;
	bool alone;		/* only the line of a kill */
	bool named;		/* its header says what was asked for */
	bool whole;		/* it has a header, and a trace or Mem-Info, or is one line */
	uint32_t host;
	int64_t mono_us, wall_us;
	uint64_t content;	/* of the trace and of the zones; 0: it has neither */
	bool zones;
	bool quoted;		/* a line in quotes, amid a sentence */
	unsigned int text;	/* in which it was found last */
	int64_t pid, victim_pid;
	uint64_t victim_vm_kb, victim_anon_kb;
	int order;
	uint64_t mode, bytes, pages;
	char comm[AW_KLOG_COMM], victim_comm[AW_KLOG_COMM], pool[sizeof(((struct aw_klog_pool *)NULL)->name)];
};

struct aw_klog_copies {
	struct aw_klog_finger marks[AW_KLOG_COPIES];
	uint64_t count;
	unsigned int text;	/* that is read now; what it has in common with those before are copies */
};

/* Do both tell of the same kill, by what the killed task had? */
bool aw_klog_same_kill(const struct aw_klog_report *a, const struct aw_klog_report *b);

/* Was this very report there before?  If not, it is noted. */
bool aw_klog_is_copy(struct aw_klog_copies *copies, const struct aw_klog_report *r);

#endif

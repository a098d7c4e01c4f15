/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The input of every output format, and the interface of a format.
 */
#ifndef AW_OUTPUT_REPORT_H
#define AW_OUTPUT_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "blockers/headroom.h"
#include "event/loss.h"
#include "mm/kernel.h"
#include "summary/summary.h"

/* The results of a run or a recording.  All pointers are borrowed. */
struct aw_report {
	const struct aw_kernel *kernel;
	const struct aw_summary *summary;
	const char *source;		/* its name, such as "bpf" */
	const char *degraded;		/* why a better source was not used; NULL or "": this is the best one */
	uint64_t start_ns, end_ns;	/* CLOCK_MONOTONIC of `kernel`, whose wall_offset_ns gives wall-clock time */
	const char *sort;		/* order of the groups: "worst", "count", "last" or a key */
	unsigned int top;		/* number of groups shown */
	unsigned int width;		/* of texts, in columns; 0: do not wrap */
	bool raw_addresses;		/* kernel addresses may be shown */
	const char *damage;		/* of the recording: "" none, or which part of it was not read; NULL: not from a recording */
	bool cut;			/* its end is missing, too */
	uint64_t losses_ns;		/* if it is cut: what was lost is known up to this time */
	const char *table;		/* csv: name of the table; NULL: not given */
	unsigned int nr_missing;
	const struct aw_missing *missing;
	unsigned int nr_losses;
	const struct aw_loss *losses;
	const struct aw_headroom *headroom;	/* of this machine, not long ago; NULL: not looked for */
};

struct aw_exporter {
	const char *name;		/* "json" */
	const char *summary;		/* one line for --help */
	const char *endings[2];		/* of the names of its files, beside its own name, without the first dot */
	/* 0, or -errno with the reason; the caller checks `out` for errors. */
	int (*write)(FILE *out, const struct aw_report *report, struct aw_error *error);
	/*
	 * For formats that are written as events come: `begin` writes the first line, `event` one line (or
	 * packets, if binary), and `write` the end.  NULL: the format has no lines for events.  When `begin` is called, only kernel, source,
	 * start_ns, missing and raw_addresses of `report` are set.  0 or -errno.
	 */
	int (*begin)(FILE *out, const struct aw_report *report);
	int (*event)(FILE *out, const struct aw_report *report, const struct aw_event *event);
	bool by_stack;			/* needs groups by stack */
	unsigned int top;		/* groups shown without --top; 0: all */
	const char *sort;		/* their order without --sort; NULL: by count */
	bool binary;			/* not for terminals */
	/*
	 * Checks a table name (NULL: none was given, the groups).  0, or -EINVAL with the valid names.
	 * NULL: the format has no tables.
	 */
	int (*check_table)(const char *table, struct aw_error *error);
	/* "order, gfp, ...", in `text`; NULL: the format has no tables. */
	const char *(*tables)(char *text, size_t size);
};

/* Is a part of the recording missing? */
bool aw_report_damaged(const struct aw_report *report);

/* Is it the end?  Then what is not in the report is not known. */
bool aw_report_cut(const struct aw_report *report);

/* Sets the message for -ENOMEM and returns it. */
int aw_report_no_memory(struct aw_error *error);

/*
 * The failure with the newest zone snapshot among the groups' samples, stored in
 * `room`; NULL: no sample has one.
 */
const struct aw_event *aw_report_newest_zones(const struct aw_report *report, struct aw_sample_room *room);

/* Number of buckets of the timeline up to the last one with failures. */
unsigned int aw_timeline_length(const struct aw_timeline *timeline);

#endif

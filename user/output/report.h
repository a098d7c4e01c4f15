/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What every output format is handed, and the table of formats.
 */
#ifndef AW_OUTPUT_REPORT_H
#define AW_OUTPUT_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "kernel/kernel.h"
#include "source/source.h"
#include "summary/summary.h"

/* All that a run or a recording has to say.  Everything is borrowed. */
struct aw_report {
	const struct aw_kernel *kernel;
	const struct aw_summary *summary;
	const char *source;		/* name: "bpf" */
	const char *degraded;		/* why the source is not the best; NULL or "": it is */
	uint64_t start_ns, end_ns;	/* CLOCK_MONOTONIC of `kernel`; wall clock by its wall_offset_ns */
	const char *sort;		/* of the groups */
	unsigned int top;		/* groups shown */
	unsigned int width;		/* of texts; 0: not wrapped */
	bool raw_addresses;		/* kernel addresses may be shown */
	const char *table;		/* csv: which; NULL: not given */
	unsigned int nr_missing;
	const struct aw_missing *missing;
	unsigned int nr_losses;
	const struct aw_loss *losses;
};

/* One format. */
struct aw_exporter {
	const char *name;		/* "json" */
	const char *summary;		/* one line for --help */
	/* 0, or -errno with the reason; errors of `out` are checked by the caller. */
	int (*write)(FILE *out, const struct aw_report *report, struct aw_error *error);
	/*
	 * A format with a line an event: what opens it and what each event adds, before `write` closes
	 * it.  NULL: the format tells of the whole only.  Of `report`, kernel, source, start_ns,
	 * missing and raw_addresses are there from the beginning.  0 or -errno.
	 */
	int (*begin)(FILE *out, const struct aw_report *report);
	int (*event)(FILE *out, const struct aw_report *report, const struct aw_event *event);
	bool by_stack;			/* the groups must be told apart by stack */
	/* Is this one of its tables (NULL: none was given)?  0 or -EINVAL with the names; NULL: it has none. */
	int (*check_table)(const char *table, struct aw_error *error);
};

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Metrics in the Prometheus text format 0.0.4 and in OpenMetrics 1.0.0.
 *
 * Counters never decrease while the process runs.  Metrics whose labels are
 * known in advance start at 0, so that increase() sees the first event.  The
 * series of allocwatch_failures_total appear with their first failure.
 */
#ifndef AW_OUTPUT_PROMETHEUS_H
#define AW_OUTPUT_PROMETHEUS_H

#include <stdio.h>

#include "output/report.h"

enum aw_exposition {
	AW_EXPOSE_TEXT,		/* node_exporter's textfile collector reads this one */
	AW_EXPOSE_OPENMETRICS
};
#define AW_EXPOSITIONS 2

/* The value of the HTTP header Content-Type. */
const char *aw_prometheus_content_type(enum aw_exposition exposition);

void aw_prometheus_write(FILE *out, const struct aw_report *report, enum aw_exposition exposition);

extern const struct aw_exporter aw_export_prometheus;

#endif

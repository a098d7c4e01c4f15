/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Metrics: Prometheus' text format 0.0.4 and OpenMetrics 1.0.0.
 *
 * Counters of one process never go down.  Metrics whose labels are known
 * beforehand are there with 0 from the start, so that increase() sees the
 * first event; allocwatch_failures_total appears as failures do.
 */
#ifndef AW_OUTPUT_PROMETHEUS_H
#define AW_OUTPUT_PROMETHEUS_H

#include <stdio.h>

#include "output/report.h"

enum aw_exposition {
	AW_EXPOSE_TEXT,		/* also what node_exporter's textfile collector reads */
	AW_EXPOSE_OPENMETRICS
};
#define AW_EXPOSITIONS 2

/* What the HTTP header Content-Type says of it. */
const char *aw_prometheus_content_type(enum aw_exposition exposition);

void aw_prometheus_write(FILE *out, const struct aw_report *report, enum aw_exposition exposition);

extern const struct aw_exporter aw_export_prometheus;

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Metrics of headroom.  Without a look at pages they have no samples.
 */
#ifndef AW_OUTPUT_PROMETHEUS_HEADROOM_H
#define AW_OUTPUT_PROMETHEUS_HEADROOM_H

#include <stdio.h>

#include "output/report.h"

void aw_prometheus_headroom(FILE *out, const char *name, const struct aw_report *report);
void aw_prometheus_usable(FILE *out, const char *name, const struct aw_report *report);
void aw_prometheus_makeable(FILE *out, const char *name, const struct aw_report *report);
void aw_prometheus_blocked(FILE *out, const char *name, const struct aw_report *report);
void aw_prometheus_headroom_time(FILE *out, const char *name, const struct aw_report *report);
void aw_prometheus_headroom_took(FILE *out, const char *name, const struct aw_report *report);

#endif

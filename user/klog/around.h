/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What lines outside of reports say: which kernel prints, whether it is being
 * suspended, how many reports it kept back.
 */
#ifndef AW_KLOG_AROUND_H
#define AW_KLOG_AROUND_H

#include "klog/report.h"

/* Notes what the line says for the reports behind it. */
void aw_klog_note_around(struct aw_klog_assembly *a, const struct aw_klog_line *line);

/* The log says which stable release this one is based on; 0: it does not. */
void aw_klog_note_upstream(struct aw_klog_assembly *a, const char *release, uint32_t upstream);

/* Something else is being reported ("BUG: ", "Oops"): its trace is not ours. */
bool aw_klog_is_foreign(const struct aw_klog_line *line);

#endif

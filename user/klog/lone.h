/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lines that tell of a failure without the report of the page allocator: file
 * systems that ask again and again, SLUB's own line, and what is left of the
 * OOM killer's report where its front is cut.
 *
 * Each fills type, comm, mask, ... of a zeroed report.
 */
#ifndef AW_KLOG_LONE_H
#define AW_KLOG_LONE_H

#include "klog/header.h"

enum aw_klog_match aw_klog_lone_deadlock(struct aw_text t, struct aw_klog_report *r);
enum aw_klog_match aw_klog_lone_2_4(struct aw_text t, struct aw_klog_report *r);
enum aw_klog_match aw_klog_lone_fault(struct aw_text t, struct aw_klog_report *r);
enum aw_klog_match aw_klog_lone_slab(struct aw_text t, struct aw_klog_report *r);
enum aw_klog_match aw_klog_lone_nommu(struct aw_text t, struct aw_klog_report *r);
enum aw_klog_match aw_klog_lone_kill(struct aw_text t, struct aw_klog_report *r);

/* Do the kernel's words begin at `words`, with a quote before them, words of the line's own before that, and a quote behind? */
bool aw_klog_in_quotes(const struct aw_text *line, const char *words);

/* The lines behind aw_klog_lone_slab()'s, or behind a report of SLUB's request; false: none of them. */
bool aw_klog_lone_slab_more(struct aw_text t, struct aw_klog_report *r);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The lines that begin a report: what failed, for whom, with which mask.
 */
#ifndef AW_KLOG_HEADER_H
#define AW_KLOG_HEADER_H

#include "klog/klog.h"
#include "klog/line.h"

enum aw_klog_match {
	AW_KLOG_NO,
	AW_KLOG_YES,
	AW_KLOG_MORE	/* begins like one, the rest may be on the next line */
};

#define AW_KLOG_HEADER_WORDS 72

/*
 * Words of which every line that begins a report, names a kernel, counts
 * suppressed reports or tells of suspend has one at least; the same one may come twice.  How many.
 */
size_t aw_klog_header_words(const char *words[AW_KLOG_HEADER_WORDS]);

/* Fills type, form, comm, order, mode, ... of a zeroed report: with MORE, what is there (order -1: nothing). */
enum aw_klog_match aw_klog_header(const struct aw_klog_line *line, struct aw_klog_report *report);

/* Steps past "mode:0xc0d0(...), nodemask=..."; false: there is none. */
bool aw_klog_mode(struct aw_text *t, struct aw_klog_report *r);

/* Steps past "(GFP_ATOMIC|__GFP_COMP)", where that is next. */
void aw_klog_mode_names(struct aw_text *t, struct aw_klog_report *r);

/* mems_allowed and nodemask of a line that has them; the report's stay where it has not. */
void aw_klog_nodes(const struct aw_text *text, struct aw_klog_report *report);

/* "warn_alloc: 427 callbacks suppressed" -> 427; 0: not such a line.  `of_pools`: those of swiotlb and of CMA instead. */
uint64_t aw_klog_suppressed(const struct aw_klog_line *line, bool of_pools);

/* "Linux version 6.1.0-51-arm64 (debian...)" -> release; false: not such a line. */
bool aw_klog_linux_version(const struct aw_klog_line *line, char *release, size_t size, uint32_t *upstream);

/* "Kernel command line: BOOT_IMAGE=...", as the kernel prints it at boot */
bool aw_klog_is_command_line(const struct aw_klog_line *line);

/* "Command line: ... elfcorehdr=0x2f000000": a crashed kernel's memory is to be saved by this one. */
bool aw_klog_is_kdump(const struct aw_klog_line *line);

#endif

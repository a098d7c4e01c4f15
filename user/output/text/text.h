/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Plain text: one line per event, and the report.
 */
#ifndef AW_OUTPUT_TEXT_TEXT_H
#define AW_OUTPUT_TEXT_TEXT_H

#include <stdint.h>
#include <stdio.h>

#include "output/report.h"

/*
 * Prints one line per event, with the whole verdict below the first failure
 * with the same gfp, order, site, cause and rule.  In a storm, it prints at
 * most AW_LINES_PER_SECOND lines and then the number of omitted ones; the
 * report includes all.
 */
#define AW_LINES_PER_SECOND 50

struct aw_lines {
	FILE *out;
	const struct aw_kernel *kernel;
	unsigned int width;	/* of the verdicts, in columns; 0: do not wrap */
	struct aw_seen *seen;	/* keys of the verdicts that were printed */
	uint64_t second_ns;	/* start of the current second */
	unsigned int printed;	/* lines in this second */
	uint64_t left_out;	/* failures and other events omitted in this second */
};

void aw_lines_header(struct aw_lines *lines);
void aw_lines_event(struct aw_lines *lines, const struct aw_event *event);
/* Prints how many events were omitted in the last second. */
void aw_lines_end(struct aw_lines *lines);
void aw_lines_free(struct aw_lines *lines);

/* The zone snapshot of a failure, and when it was taken. */
void aw_zones_text(FILE *out, const struct aw_kernel *kernel, const struct aw_failure *failure);

/* One frame per line, as the kernel prints them: "        ioctx_alloc+0x5d4". */
void aw_stack_text(FILE *out, const struct aw_stack *stack);

/* Who holds what stays; nothing where that was not asked for. */
void aw_held_text(FILE *out, const struct aw_report *report);

void aw_report_text(FILE *out, const struct aw_report *report);

/* "13:05:11.123" in local time; "-" if the time or the wall-clock time is not known. */
const char *aw_format_time(const struct aw_kernel *kernel, uint64_t time_ns, char text[16]);

/* "16:29:07.733 UTC", "18:29:07.733 +02:00" or "-". */
#define AW_ZONE_TEXT 8
#define AW_ZONED_TEXT (16 + AW_ZONE_TEXT)
const char *aw_format_time_zoned(const struct aw_kernel *kernel, uint64_t time_ns, char text[AW_ZONED_TEXT]);

/* "repro[89]", "softirq/cpu3", or "counted only"; escaped for a terminal. */
#define AW_WHO_TEXT 96
const char *aw_format_who(const struct aw_event *event, char text[AW_WHO_TEXT]);

/* "fragmentation", "costly-order"; "-" if failures were counted only and mask and order do not determine it. */
const char *aw_format_cause(const struct aw_failure *failure);
const char *aw_format_rule(const struct aw_failure *failure);

/* "ioctx_alloc", "hog_get_buffer [hog]", "0xffff..."; "?": not known.  Escaped for a terminal. */
#define AW_SITE_TEXT 192
const char *aw_format_site(const struct aw_frame *site, char text[AW_SITE_TEXT]);

#endif

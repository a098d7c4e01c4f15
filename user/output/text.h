/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Plain text for people: a line an event, and the report.
 */
#ifndef AW_OUTPUT_TEXT_H
#define AW_OUTPUT_TEXT_H

#include <stdint.h>
#include <stdio.h>

#include "output/report.h"

/*
 * Lines as events come, with the whole verdict under the first of each kind.  A storm prints at most AW_LINES_PER_SECOND of them
 * and then says how many it left out; all are in the report.
 */
#define AW_LINES_PER_SECOND 50

struct aw_lines {
	FILE *out;
	const struct aw_kernel *kernel;
	unsigned int width;	/* of the verdicts; 0: not wrapped */
	struct aw_seen *seen;	/* kinds of failures whose verdict was printed */
	uint64_t second_ns;	/* start of the current second */
	unsigned int printed;	/* in it */
	uint64_t left_out;	/* in it: failures and other events */
};

void aw_lines_header(struct aw_lines *lines);
void aw_lines_event(struct aw_lines *lines, const struct aw_event *event);
/* Says what is still unsaid. */
void aw_lines_end(struct aw_lines *lines);
void aw_lines_free(struct aw_lines *lines);

/* The zones of a failure's picture, with when it was taken. */
void aw_zones_text(FILE *out, const struct aw_kernel *kernel, const struct aw_failure *failure);

/* A frame a line, as the kernel writes them: "        ioctx_alloc+0x5d4". */
void aw_stack_text(FILE *out, const struct aw_stack *stack);

void aw_report_text(FILE *out, const struct aw_report *report);

/* "13:05:11.123", local time; "-" when it or the wall clock is not known. */
const char *aw_format_time(const struct aw_kernel *kernel, uint64_t time_ns, char text[16]);

/* "repro[89]", "softirq/cpu3", or "only counted"; escaped for a terminal. */
#define AW_WHO_TEXT 96
const char *aw_format_who(const struct aw_event *event, char text[AW_WHO_TEXT]);

/* "fragmentation", "costly-order"; "-" where failures were only counted, and their kind does not say. */
const char *aw_format_cause(const struct aw_failure *failure);
const char *aw_format_rule(const struct aw_failure *failure);

/* "ioctx_alloc", "hog_get_buffer [hog]", "0xffff..."; "?" not known; escaped. */
#define AW_SITE_TEXT 192
const char *aw_format_site(const struct aw_frame *site, char text[AW_SITE_TEXT]);

#endif

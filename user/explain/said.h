/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is said of an answer besides its verdict, as texts that are safe for a
 * terminal.
 */
#ifndef AW_EXPLAIN_SAID_H
#define AW_EXPLAIN_SAID_H

#include <stdbool.h>
#include <stdio.h>

#include "explain/print.h"

#define AW_EXPLAIN_SAID (AW_EXPLAIN_PLACE + 800)	/* bytes of the longest, NUL included */

/* "12 requests for 64 KiB by ioctx_alloc failed: memory is fragmented, not short." */
void aw_explain_headline(FILE *out, const struct aw_answer *answer);

/* "hard, insmod[306], at [0.617583]" */
void aw_explain_who(const struct aw_answer *answer, char text[AW_EXPLAIN_SAID]);

/* "order:4 (65536 bytes), mode:0xc0d0, line 1, Linux 3.18.20+, cpu 0, linux,dummy-virt (DT)"; `files` as in the style */
void aw_explain_logged(const struct aw_answer *answer, bool files, char text[AW_EXPLAIN_SAID]);

/* "java[1202]"; false: nobody was killed, or it is not known who. */
bool aw_explain_victim(const struct aw_answer *answer, char text[AW_EXPLAIN_SAID]);

/* "3 more failures were not printed: ... by the rate limit"; false: it kept back none. */
bool aw_explain_suppressed(const struct aw_klog_stats *stats, char text[AW_EXPLAIN_SAID]);

/*
 * "a warning of the page allocator about a mask, no failure (line 12, by exqueue_add [exqueue], 6.12.40): ...";
 * false: there was none.
 */
bool aw_explain_mask_warning(const struct aw_klog_stats *stats, char text[AW_EXPLAIN_SAID]);

/* "212 of 340 lines of the report were not understood"; false: the most of them were. */
bool aw_explain_doubt(const struct aw_logged *logged, char text[AW_EXPLAIN_SAID]);

#endif

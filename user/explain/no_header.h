/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reports of which the log lacks the header: what can be said without order
 * and mask.
 */
#ifndef AW_EXPLAIN_NO_HEADER_H
#define AW_EXPLAIN_NO_HEADER_H

#include <stdio.h>

#include "explain/answers.h"

/*
 * No cause and no rule is certain: what the zones held is told, and shortage
 * is likely where every zone that was read is below its min watermark.
 */
void aw_explain_no_header(const struct aw_event *event, const struct aw_kernel *kernel, struct aw_verdict *out);

/* "1 request by ring_open [nic] failed: the header is missing: order and mask are not known." */
void aw_explain_no_header_headline(FILE *out, const struct aw_answer *answer);

#endif

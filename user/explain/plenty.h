/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reports without zones whose totals say that much memory is free.
 */
#ifndef AW_EXPLAIN_PLENTY_H
#define AW_EXPLAIN_PLENTY_H

#include "event/event.h"
#include "verdict/verdict.h"

/*
 * Takes a *likely* shortage back where a quarter of RAM or more is free, as the totals of Mem-Info say: which zones that
 * is in, the log lacks.  Changes nothing in any other verdict.
 */
void aw_explain_plenty(const struct aw_event *event, const struct aw_kernel *kernel, struct aw_verdict *verdict);

#endif

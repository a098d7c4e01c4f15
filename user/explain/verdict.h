/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verdict on any event of a kernel log: aw_verdict_make() for failures of
 * the page allocator, and rules of its own for OOM kills, CMA areas, pools and vmalloc.
 *
 * A pure function over the event and its kernel, as aw_verdict_make() is, so
 * that it can move to where that is.
 */
#ifndef AW_EXPLAIN_VERDICT_H
#define AW_EXPLAIN_VERDICT_H

#include "event/event.h"
#include "mm/kernel.h"
#include "verdict/verdict.h"

/* FAILURE, STALL, OOM_KILL, CMA_FAILURE or WARNING; fills all of `out`. */
void aw_explain_verdict(const struct aw_event *event, const struct aw_kernel *kernel, struct aw_verdict *out);

/* Begins a verdict whose rule is not known: all else of it is empty. */
void aw_explain_start(struct aw_verdict *verdict, enum aw_cause cause, enum aw_certainty certainty);

/* Adds advice, for which the verdict has room (AW_MAX_ADVICE). */
void aw_explain_advise(struct aw_verdict *verdict, enum aw_advice_for who, const char *id, const char *text);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The parts of a verdict, in the order in which they are made: each reads the
 * case and what the parts before it wrote, and fills its own fields.
 */
#ifndef AW_VERDICT_INTERNAL_H
#define AW_VERDICT_INTERNAL_H

#include "verdict/case.h"
#include "verdict/verdict.h"

/* cause, cause_certainty, likely_cause, missing[] */
void aw_verdict_find_cause(const struct aw_case *request, struct aw_verdict *verdict);

/* rule, rule_certainty, missing[] */
void aw_verdict_find_rule(const struct aw_case *request, struct aw_verdict *verdict);

/* rule_text */
void aw_verdict_tell_rule(const struct aw_case *request, struct aw_verdict *verdict);

/* headline, cause_text */
void aw_verdict_tell_cause(const struct aw_case *request, struct aw_verdict *verdict);

/* scope_text */
void aw_verdict_tell_scope(const struct aw_case *request, struct aw_verdict *verdict);

/* tried_text */
void aw_verdict_tell_tried(const struct aw_case *request, struct aw_verdict *verdict);

/* pages_text */
void aw_verdict_tell_pages(const struct aw_case *request, struct aw_verdict *verdict);

/* evidence[] */
void aw_verdict_list_evidence(const struct aw_case *request, struct aw_verdict *verdict);

/* advice[] */
void aw_verdict_advise(const struct aw_case *request, struct aw_verdict *verdict);

/* Names a fact that would have decided more; once each. `fact` is a literal. */
void aw_verdict_miss(struct aw_verdict *verdict, const char *fact);

#endif

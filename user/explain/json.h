/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Answers for programs: schema "allocwatch-explain/1"
 * (docs/schema/allocwatch-explain-1.json).
 */
#ifndef AW_EXPLAIN_JSON_H
#define AW_EXPLAIN_JSON_H

#include <stdio.h>

#include "explain/answers.h"
#include "explain/read.h"

/* One document.  0 or -ENOMEM; errors of `out` are checked by who closes it. */
int aw_explain_json(FILE *out, const struct aw_answers *answers, const struct aw_explain_logs *logs);

#endif

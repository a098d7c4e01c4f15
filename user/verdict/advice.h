/* SPDX-License-Identifier: GPL-2.0 */
/* The advice tables, and what their rows ask about a case. */
#ifndef AW_VERDICT_ADVICE_H
#define AW_VERDICT_ADVICE_H

#include <stdbool.h>
#include <stdio.h>

#include "verdict/case.h"
#include "verdict/verdict.h"

/* One piece of advice; rows are tried in the order of their table. */
struct aw_advice_row {
	const char *id;
	bool soft;	/* also where nobody goes without */
	bool (*fits)(const struct aw_case *c, const struct aw_verdict *v);
	void (*write)(const struct aw_case *c, const struct aw_verdict *v, struct aw_advice *a);
};

/* What to change in the code that asked, and in the machine.  End with id NULL. */
extern const struct aw_advice_row aw_advice_caller_rows[];
extern const struct aw_advice_row aw_advice_admin_rows[];

#define aw_advice_say(field, ...) snprintf((field), sizeof(field), __VA_ARGS__)

/* The cause, or the likely one where it is not known. */
enum aw_cause aw_advice_cause(const struct aw_verdict *v);

/* Memory is there, but not as a block that this request may have. */
bool aw_advice_wants_block(const struct aw_case *c, const struct aw_verdict *v);

/* Somebody goes without. */
bool aw_advice_is_hard(const struct aw_case *c);

/* Nothing says yet that compaction is of no use here. */
bool aw_advice_compaction_helps(const struct aw_case *c);

/* Where it is of no use: why. */
const char *aw_advice_why_not_compaction(const struct aw_case *c);

#endif

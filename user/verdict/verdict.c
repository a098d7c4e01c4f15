// SPDX-License-Identifier: GPL-2.0
/* A verdict, made of its parts. */
#include "verdict/verdict.h"

#include <stddef.h>
#include <string.h>

#include "verdict/parts.h"

void aw_verdict_miss(struct aw_verdict *v, const char *fact)
{
	unsigned int i;

	for (i = 0; i < v->nr_missing; i++)
		if (!strcmp(v->missing[i], fact))
			return;
	if (v->nr_missing < AW_MAX_MISSING)
		v->missing[v->nr_missing++] = fact;
}

void aw_verdict_make(const struct aw_event *event, const struct aw_kernel *kernel,
		     struct aw_verdict *out)
{
	struct aw_case c;

	memset(out, 0, sizeof(*out));
	aw_case_make(event, kernel, &c);
	aw_era_name(&c.era);
	aw_verdict_find_cause(&c, out);
	aw_verdict_find_rule(&c, out);
	if (!c.failure->effort.known && c.allows.direct_reclaim)
		aw_verdict_miss(out, "effort");
	aw_verdict_tell_cause(&c, out);
	aw_verdict_tell_rule(&c, out);
	aw_verdict_tell_scope(&c, out);
	aw_verdict_tell_tried(&c, out);
	aw_verdict_list_evidence(&c, out);
	aw_verdict_advise(&c, out);
}

void aw_verdict_judge(const struct aw_event *event, const struct aw_kernel *kernel,
		      enum aw_cause *cause, enum aw_rule *rule)
{
	struct aw_verdict v;
	struct aw_case c;

	/* All but the texts, which take longer to zero than the judgement. */
	memset(&v, 0, offsetof(struct aw_verdict, headline));
	v.nr_missing = 0;
	aw_case_make(event, kernel, &c);
	aw_verdict_find_cause(&c, &v);
	aw_verdict_find_rule(&c, &v);
	*cause = v.cause;
	*rule = v.rule;
}

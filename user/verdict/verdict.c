// SPDX-License-Identifier: GPL-2.0
/* A verdict, made of its parts. */
#include "verdict/verdict.h"

#include <stddef.h>
#include <string.h>

#include "base/array.h"
#include "verdict/internal.h"

static const char *const certainty_names[] = {
	[AW_CERTAIN] = "certain",
	[AW_LIKELY] = "likely",
	[AW_NOT_KNOWN] = "not-known",
};
_Static_assert(ARRAY_SIZE(certainty_names) == AW_CERTAINTIES, "a name for every certainty");

const char *aw_certainty_name(enum aw_certainty certainty)
{
	return certainty_names[(unsigned int)certainty < AW_CERTAINTIES ? certainty : AW_NOT_KNOWN];
}

void aw_verdict_miss(struct aw_verdict *verdict, const char *fact)
{
	unsigned int i;

	for (i = 0; i < verdict->nr_missing; i++)
		if (!strcmp(verdict->missing[i], fact))
			return;
	if (verdict->nr_missing < AW_MAX_MISSING)
		verdict->missing[verdict->nr_missing++] = fact;
}

void aw_verdict_make(const struct aw_event *event, const struct aw_kernel *kernel,
		     struct aw_verdict *out)
{
	struct aw_case request;

	/* Evidence and advice are filled row by row; to zero them takes longer than to judge. */
	memset(out, 0, offsetof(struct aw_verdict, evidence));
	out->nr_advice = 0;
	aw_case_make(event, kernel, true, &request);
	aw_era_name(&request.era);
	aw_verdict_find_cause(&request, out);
	aw_verdict_find_rule(&request, out);
	if (!request.failure->effort.known && request.allows.direct_reclaim)
		aw_verdict_miss(out, "effort");
	aw_verdict_tell_cause(&request, out);
	aw_verdict_tell_rule(&request, out);
	aw_verdict_tell_scope(&request, out);
	aw_verdict_tell_tried(&request, out);
	aw_verdict_tell_pages(&request, out);
	aw_verdict_list_evidence(&request, out);
	aw_verdict_advise(&request, out);
}

void aw_verdict_judge(const struct aw_event *event, const struct aw_kernel *kernel,
		      enum aw_cause *cause, enum aw_rule *rule)
{
	struct aw_verdict verdict;
	struct aw_case request;

	/* All but the texts: to zero them takes longer than to judge. */
	memset(&verdict, 0, offsetof(struct aw_verdict, headline));
	verdict.nr_missing = 0;
	aw_case_make(event, kernel, true, &request);
	aw_verdict_find_cause(&request, &verdict);
	aw_verdict_find_rule(&request, &verdict);
	*cause = verdict.cause;
	*rule = verdict.rule;
}

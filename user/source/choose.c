// SPDX-License-Identifier: GPL-2.0
/*
 * Which source to use.
 */
#include "source/choose.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const enum aw_choice_type types[] = {
	[AW_SOURCE_UNTRIED] = AW_CHOICE_TRY,
	[AW_SOURCE_WORKS] = AW_CHOICE_TAKE,
	[AW_SOURCE_CANNOT] = AW_CHOICE_NONE,
	[AW_SOURCE_BROKEN] = AW_CHOICE_STOP,
};

/* "tracefs instead of bpf: no BTF; kmod: not loaded" */
static void describe_degraded(const struct aw_source_facts *facts, const char *asked, struct aw_choice *choice)
{
	const char *name = facts->source[choice->index].name;
	int used;

	if (!choice->index)
		return;
	if (asked) {
		snprintf(choice->degraded, sizeof(choice->degraded), "%s was asked for, %s shows more", name,
			 facts->source[0].name);
		return;
	}
	used = snprintf(choice->degraded, sizeof(choice->degraded), "%s instead of ", name);
	for (unsigned int i = 0; i < choice->index && used < (int)sizeof(choice->degraded); i++)
		used += snprintf(choice->degraded + used, sizeof(choice->degraded) - used, "%s%s: %s", i ? "; " : "",
				 facts->source[i].name, facts->source[i].why);
}

void aw_choose(const struct aw_source_facts *facts, const char *asked, struct aw_choice *out)
{
	*out = (struct aw_choice){ .type = AW_CHOICE_NONE };
	for (unsigned int i = 0; i < facts->count; i++) {
		if (asked && strcmp(asked, facts->source[i].name))
			continue;
		out->type = types[facts->source[i].state];
		out->index = i;
		if (out->type != AW_CHOICE_NONE)
			break;
	}
	if (out->type == AW_CHOICE_TAKE)
		describe_degraded(facts, asked, out);
}

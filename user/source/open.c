// SPDX-License-Identifier: GPL-2.0
/*
 * Opening a source by name, or the one that is chosen.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "source/source.h"

const struct aw_source_ops *aw_source_find(const char *name)
{
	size_t len = strcspn(name, ":");

	for (unsigned int i = 0; i < aw_sources_count; i++)
		if (strlen(aw_sources[i]->name) == len && !memcmp(aw_sources[i]->name, name, len) &&
		    (!name[len] || (aw_sources[i]->takes_argument && name[len + 1])))
			return aw_sources[i];
	return NULL;
}

void aw_source_facts_start(struct aw_source_facts *facts)
{
	*facts = (struct aw_source_facts){ .count = aw_sources_count };
	for (unsigned int i = 0; i < aw_sources_count; i++)
		facts->source[i].name = aw_sources[i]->name;
}

int aw_source_try(struct aw_source_facts *facts, unsigned int index, const struct aw_capture *capture,
		  struct aw_source **out, struct aw_error *error)
{
	struct aw_source_fact *fact = &facts->source[index];
	int err = aw_sources[index]->open(capture, out, error);

	fact->state = !err ? AW_SOURCE_WORKS : err == -ENODEV ? AW_SOURCE_CANNOT : AW_SOURCE_BROKEN;
	if (err)
		snprintf(fact->why, sizeof(fact->why), "%.*s", (int)sizeof(fact->why) - 1, error->text);
	return err;
}

/* Every reason in one sentence: what to do about the first is not always possible. */
static int none(const struct aw_source_facts *facts, struct aw_error *error)
{
	struct aw_error all;
	int used = 0;

	if (facts->count == 1)
		return -ENODEV;
	for (unsigned int i = 0; i < facts->count && used < (int)sizeof(all.text); i++)
		used += snprintf(all.text + used, sizeof(all.text) - used, "%s%s: %s", i ? "; " : "",
				 facts->source[i].name, facts->source[i].why);
	return aw_error_set(error, -ENODEV, "%s", all.text);
}

static int open_chosen(const char *asked, const struct aw_capture *capture, struct aw_choice *choice,
		       struct aw_source **out, struct aw_error *error)
{
	struct aw_source_facts facts;
	int err = -ENODEV;

	aw_source_facts_start(&facts);
	for (;;) {
		aw_choose(&facts, asked, choice);
		if (choice->kind == AW_CHOICE_TAKE)
			return 0;
		if (choice->kind != AW_CHOICE_TRY)
			break;
		err = aw_source_try(&facts, choice->index, capture, out, error);
	}
	return asked || choice->kind == AW_CHOICE_STOP ? err : none(&facts, error);
}

int aw_source_open_told(const char *name, const struct aw_capture *wanted, struct aw_choice *choice,
			struct aw_source **out, struct aw_error *error)
{
	struct aw_capture capture = *wanted;
	const struct aw_source_ops *ops = aw_source_find(name);
	const char *colon = strchr(name, ':');

	if (!strcmp(name, "auto"))
		return open_chosen(NULL, &capture, choice, out, error);
	if (!ops)
		return aw_error_set(error, -EINVAL, "no source is called '%s'", name);
	capture.argument = colon ? colon + 1 : NULL;
	return open_chosen(ops->name, &capture, choice, out, error);
}

int aw_source_open(const char *name, const struct aw_capture *capture, struct aw_source **out,
		   struct aw_error *error)
{
	struct aw_choice choice;

	return aw_source_open_told(name, capture, &choice, out, error);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Opening a source by name, or the one that is chosen.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "source/source.h"

/* The usual names of recordings: FILE.aw, its predecessor FILE.aw.old, and -. */
static bool is_recording(const char *name)
{
	const char *suffix = strstr(name, ".aw");

	while (suffix && strstr(suffix + 1, ".aw"))
		suffix = strstr(suffix + 1, ".aw");
	return !strcmp(name, "-") || (suffix && (!strcmp(suffix, ".aw") || !strcmp(suffix, ".aw.old")));
}

const struct aw_source_ops *aw_source_find(const char *name)
{
	size_t len = strcspn(name, ":");

	for (unsigned int i = 0; i < aw_sources_count; i++) {
		const struct aw_source_ops *ops = aw_sources[i];

		if (strlen(ops->name) != len || memcmp(ops->name, name, len))
			continue;
		if (name[len] ? ops->takes_argument && name[len + 1] : !ops->needs_argument)
			return ops;
	}
	return is_recording(name) ? &aw_source_recording : NULL;
}

/* Of NAME:ARGUMENT; the name of a recording alone is its file. */
static const char *argument_of(const struct aw_source_ops *ops, const char *name)
{
	size_t len = strlen(ops->name);

	if (!strncmp(name, ops->name, len) && (name[len] == ':' || !name[len]))
		return name[len] ? name + len + 1 : NULL;
	return name;
}

void aw_source_facts_start(struct aw_source_facts *facts)
{
	/* Sources that watch this machine come first; a recording has to be named. */
	*facts = (struct aw_source_facts){ .count = 0 };
	for (unsigned int i = 0; i < aw_sources_count && !aw_sources[i]->needs_argument; i++)
		facts->source[facts->count++].name = aw_sources[i]->name;
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

/* All reasons in one sentence, because what the first one suggests is not always possible. */
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
		if (choice->type == AW_CHOICE_TAKE)
			return 0;
		if (choice->type != AW_CHOICE_TRY)
			break;
		err = aw_source_try(&facts, choice->index, capture, out, error);
	}
	return asked || choice->type == AW_CHOICE_STOP ? err : none(&facts, error);
}

int aw_source_open(const char *name, const struct aw_capture *wanted, struct aw_choice *choice,
		   struct aw_source **out, struct aw_error *error)
{
	struct aw_capture capture = *wanted;
	const struct aw_source_ops *ops = aw_source_find(name);

	if (!strcmp(name, "auto"))
		return open_chosen(NULL, &capture, choice, out, error);
	if (!ops)
		return aw_error_set(error, -EINVAL, "no source is called '%s'", name);
	capture.argument = argument_of(ops, name);
	if (ops->needs_argument) {
		*choice = (struct aw_choice){ .type = AW_CHOICE_TAKE };
		return ops->open(&capture, out, error);
	}
	return open_chosen(ops->name, &capture, choice, out, error);
}

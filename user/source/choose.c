// SPDX-License-Identifier: GPL-2.0
/*
 * Which source to take.
 */
#include <errno.h>
#include <string.h>

#include "source/source.h"

/* What recordings are usually called: FILE.aw, its older FILE.aw.old, and -. */
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

/* NAME:ARGUMENT; a recording's name alone is its file. */
static const char *argument_of(const struct aw_source_ops *ops, const char *name)
{
	size_t len = strlen(ops->name);

	if (!strncmp(name, ops->name, len) && (name[len] == ':' || !name[len]))
		return name[len] ? name + len + 1 : NULL;
	return name;
}

int aw_source_open(const char *name, const struct aw_capture *capture, struct aw_source **out,
		   struct aw_error *error)
{
	struct aw_capture of = *capture;
	const struct aw_source_ops *ops;
	int err = -ENODEV;

	if (strcmp(name, "auto")) {
		ops = aw_source_find(name);
		if (!ops)
			return aw_error_set(error, -EINVAL, "no source is called '%s'", name);
		of.argument = argument_of(ops, name);
		return ops->open(&of, out, error);
	}
	for (unsigned int i = 0; i < aw_sources_count; i++) {
		if (aw_sources[i]->needs_argument)
			continue;
		err = aw_sources[i]->open(capture, out, error);
		if (err != -ENODEV)
			return err;
	}
	return err;
}

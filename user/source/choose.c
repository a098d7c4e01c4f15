// SPDX-License-Identifier: GPL-2.0
/*
 * Which source to take.
 */
#include <errno.h>
#include <string.h>

#include "source/source.h"

static const struct aw_source_ops *find(const char *name, size_t len)
{
	for (unsigned int i = 0; i < aw_sources_count; i++)
		if (strlen(aw_sources[i]->name) == len && !memcmp(aw_sources[i]->name, name, len))
			return aw_sources[i];
	return NULL;
}

/* What recordings are usually called: FILE.aw, its older FILE.aw.old, and -. */
static bool is_recording(const char *name)
{
	const char *suffix = strstr(name, ".aw");

	while (suffix && strstr(suffix + 1, ".aw"))
		suffix = strstr(suffix + 1, ".aw");
	return !strcmp(name, "-") || (suffix && (!strcmp(suffix, ".aw") || !strcmp(suffix, ".aw.old")));
}

const struct aw_source_ops *aw_source_find(const char *name, const char **file)
{
	const char *colon = strchr(name, ':');
	const struct aw_source_ops *ops = find(name, colon ? (size_t)(colon - name) : strlen(name));

	*file = NULL;
	if (!ops && is_recording(name)) {
		*file = name;
		return &aw_source_recording;
	}
	if (!ops || ops->needs_file != !!colon)
		return NULL;
	*file = colon ? colon + 1 : NULL;
	return ops;
}

int aw_source_open(const char *name, const struct aw_capture *capture, struct aw_source **out,
		   struct aw_error *error)
{
	struct aw_capture of = *capture;
	const struct aw_source_ops *ops;
	int err = -ENODEV;

	if (strcmp(name, "auto")) {
		ops = aw_source_find(name, &of.file);
		if (!ops)
			return aw_error_set(error, -EINVAL, "no source is called '%s'", name);
		return ops->open(&of, out, error);
	}
	for (unsigned int i = 0; i < aw_sources_count; i++) {
		if (aw_sources[i]->needs_file)
			continue;
		err = aw_sources[i]->open(capture, out, error);
		if (err != -ENODEV)
			return err;
	}
	return err;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Which source to take.
 */
#include <errno.h>
#include <string.h>

#include "source/source.h"

const struct aw_source_ops *aw_source_find(const char *name)
{
	for (unsigned int i = 0; i < aw_sources_count; i++)
		if (!strcmp(aw_sources[i]->name, name))
			return aw_sources[i];
	return NULL;
}

int aw_source_open(const char *name, const struct aw_capture *capture, struct aw_source **out,
		   struct aw_error *error)
{
	const struct aw_source_ops *ops;
	int err = -ENODEV;

	if (strcmp(name, "auto")) {
		ops = aw_source_find(name);
		if (!ops)
			return aw_error_set(error, -EINVAL, "no source is called '%s'", name);
		return ops->open(capture, out, error);
	}
	for (unsigned int i = 0; i < aw_sources_count; i++) {
		err = aw_sources[i]->open(capture, out, error);
		if (err != -ENODEV)
			return err;
	}
	return err;
}

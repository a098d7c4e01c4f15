// SPDX-License-Identifier: GPL-2.0
/*
 * A bounded set of files, named by the time when they were started.
 */
#include "recording/rotation.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/cleanup.h"

/* STEM-20261122T142744.123Z.aw */
static bool is_stamp(const char *text)
{
	static const char form[] = "-dddddddd" "Tdddddd" ".dddZ.aw";

	if (strlen(text) != sizeof(form) - 1)
		return false;
	for (size_t i = 0; form[i]; i++)
		if (form[i] == 'd' ? !isdigit((unsigned char)text[i]) : form[i] != text[i])
			return false;
	return true;
}

static bool is_ours(const struct aw_recording_rotation *rotation, const char *name)
{
	size_t len = strlen(rotation->stem);

	return !strncmp(name, rotation->stem, len) && is_stamp(name + len);
}

static int add(struct aw_recording_rotation *rotation, char *name)
{
	char **larger = name ? realloc(rotation->names, (rotation->count + 1) * sizeof(*larger)) : NULL;

	if (!larger) {
		free(name);
		return -ENOMEM;
	}
	rotation->names = larger;
	rotation->names[rotation->count++] = name;
	return 0;
}

static char *path_of(const struct aw_recording_rotation *rotation, const char *name)
{
	char *path = NULL;

	return asprintf(&path, "%s/%s", rotation->directory, name) < 0 ? NULL : path;
}

/* Adds existing files.  The order of the names is that of their times. */
static int take_in(struct aw_recording_rotation *rotation)
{
	struct dirent **entries;
	int count = scandir(rotation->directory, &entries, NULL, alphasort), err = 0;

	if (count < 0)
		return -errno;
	for (int i = 0; i < count; i++) {
		if (!err && is_ours(rotation, entries[i]->d_name))
			err = add(rotation, path_of(rotation, entries[i]->d_name));
		free(entries[i]);
	}
	free(entries);
	return err;
}

int aw_recording_rotation_open(struct aw_recording_rotation *rotation, const char *path, unsigned int max)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	size_t len = strlen(name);

	if (len > 3 && !strcmp(name + len - 3, ".aw"))
		len -= 3;
	*rotation = (struct aw_recording_rotation){
		.directory = slash ? strndup(path, (size_t)(slash - path) + (slash == path)) : strdup("."),
		.stem = strndup(name, len),
		.max = max,
	};
	if (!rotation->directory || !rotation->stem ||
	    asprintf(&rotation->draft, "%s/%s.new", rotation->directory, rotation->stem) < 0)
		return -ENOMEM;
	return take_in(rotation);
}

void aw_recording_rotation_close(struct aw_recording_rotation *rotation)
{
	for (unsigned int i = 0; i < rotation->count; i++)
		free(rotation->names[i]);
	free(rotation->names);
	free(rotation->directory);
	free(rotation->stem);
	free(rotation->draft);
	memset(rotation, 0, sizeof(*rotation));
}

static void remove_oldest(struct aw_recording_rotation *rotation)
{
	unlink(rotation->names[0]);
	free(rotation->names[0]);
	memmove(rotation->names, rotation->names + 1, --rotation->count * sizeof(*rotation->names));
}

int aw_recording_rotation_drop(struct aw_recording_rotation *rotation)
{
	if (rotation->count < 2)
		return -ENOENT;
	remove_oldest(rotation);
	return 0;
}

static char *stamped(const struct aw_recording_rotation *rotation, unsigned int attempt)
{
	struct timespec now;
	struct tm utc;
	char stamp[64];
	AW_FREE char *name = NULL;

	clock_gettime(CLOCK_REALTIME, &now);
	now.tv_nsec += attempt % 500 * 1000000L;
	if (now.tv_nsec >= 1000000000) {
		now.tv_sec++;
		now.tv_nsec -= 1000000000;
	}
	gmtime_r(&now.tv_sec, &utc);
	strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%S", &utc);
	if (asprintf(&name, "%s-%s.%03ldZ.aw", rotation->stem, stamp, now.tv_nsec / 1000000) < 0)
		return NULL;
	return path_of(rotation, name);
}

const char *aw_recording_rotation_next(struct aw_recording_rotation *rotation, unsigned int attempt)
{
	while (rotation->count >= rotation->max)
		remove_oldest(rotation);
	return add(rotation, stamped(rotation, attempt)) ? NULL : rotation->names[rotation->count - 1];
}

void aw_recording_rotation_give_back(struct aw_recording_rotation *rotation)
{
	free(rotation->names[--rotation->count]);
}

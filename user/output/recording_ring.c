// SPDX-License-Identifier: GPL-2.0
/*
 * A bounded row of files, named for the time when they were begun.
 */
#include "output/recording_ring.h"

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

static bool is_ours(const struct aw_recording_ring *ring, const char *name)
{
	size_t len = strlen(ring->stem);

	return !strncmp(name, ring->stem, len) && is_stamp(name + len);
}

static int add(struct aw_recording_ring *ring, char *name)
{
	char **larger = name ? realloc(ring->names, (ring->count + 1) * sizeof(*larger)) : NULL;

	if (!larger) {
		free(name);
		return -ENOMEM;
	}
	ring->names = larger;
	ring->names[ring->count++] = name;
	return 0;
}

static char *path_of(const struct aw_recording_ring *ring, const char *name)
{
	char *path = NULL;

	return asprintf(&path, "%s/%s", ring->directory, name) < 0 ? NULL : path;
}

/* The stamps sort by time. */
static int take_in(struct aw_recording_ring *ring)
{
	struct dirent **entries;
	int count = scandir(ring->directory, &entries, NULL, alphasort), err = 0;

	if (count < 0)
		return -errno;
	for (int i = 0; i < count; i++) {
		if (!err && is_ours(ring, entries[i]->d_name))
			err = add(ring, path_of(ring, entries[i]->d_name));
		free(entries[i]);
	}
	free(entries);
	return err;
}

int aw_recording_ring_open(struct aw_recording_ring *ring, const char *path, unsigned int max)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	size_t len = strlen(name);

	if (len > 3 && !strcmp(name + len - 3, ".aw"))
		len -= 3;
	*ring = (struct aw_recording_ring){
		.directory = slash ? strndup(path, (size_t)(slash - path) + (slash == path)) : strdup("."),
		.stem = strndup(name, len),
		.max = max,
	};
	if (!ring->directory || !ring->stem || asprintf(&ring->draft, "%s/%s.new", ring->directory, ring->stem) < 0)
		return -ENOMEM;
	return take_in(ring);
}

void aw_recording_ring_close(struct aw_recording_ring *ring)
{
	for (unsigned int i = 0; i < ring->count; i++)
		free(ring->names[i]);
	free(ring->names);
	free(ring->directory);
	free(ring->stem);
	free(ring->draft);
	memset(ring, 0, sizeof(*ring));
}

static void remove_oldest(struct aw_recording_ring *ring)
{
	unlink(ring->names[0]);
	free(ring->names[0]);
	memmove(ring->names, ring->names + 1, --ring->count * sizeof(*ring->names));
}

int aw_recording_ring_drop(struct aw_recording_ring *ring)
{
	if (ring->count < 2)
		return -ENOENT;
	remove_oldest(ring);
	return 0;
}

static char *stamped(const struct aw_recording_ring *ring, unsigned int attempt)
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
	if (asprintf(&name, "%s-%s.%03ldZ.aw", ring->stem, stamp, now.tv_nsec / 1000000) < 0)
		return NULL;
	return path_of(ring, name);
}

const char *aw_recording_ring_next(struct aw_recording_ring *ring, unsigned int attempt)
{
	while (ring->count >= ring->max)
		remove_oldest(ring);
	return add(ring, stamped(ring, attempt)) ? NULL : ring->names[ring->count - 1];
}

void aw_recording_ring_give_back(struct aw_recording_ring *ring)
{
	free(ring->names[--ring->count]);
}

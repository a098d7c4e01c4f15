// SPDX-License-Identifier: GPL-2.0
/*
 * Moves the files of a recorder that started before its place could be written.
 */
#include "cli/record_move.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "recording/rotation.h"

#define LOOK_NS UINT64_C(500000000)
#define CHUNK (64u << 10)

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Without memory from the heap: its lack would look like a directory that can't be written. */
static bool can_be_written(const char *path)
{
	int len = (int)(name_of(path) - path);
	char directory[PATH_MAX];

	if (len >= (int)sizeof(directory))
		return false;
	snprintf(directory, sizeof(directory), "%.*s", len ? len : 1, len ? path : ".");
	return !access(directory, W_OK | X_OK);
}

int aw_record_move_plan(struct aw_record_move *move, const char *to, const char *memory)
{
	*move = (struct aw_record_move){ .to = NULL };
	if (!memory || can_be_written(to))
		return 0;
	if (asprintf(&move->from, "%s/%s", memory, name_of(to)) < 0) {
		move->from = NULL;
		return -ENOMEM;
	}
	move->to = to;
	return 0;
}

void aw_record_move_clear(struct aw_record_move *move)
{
	free(move->from);
	*move = (struct aw_record_move){ .to = NULL };
}

bool aw_record_move_is_due(struct aw_record_move *move, uint64_t now_ns)
{
	if (!move->to || now_ns < move->next_ns)
		return false;
	move->next_ns = now_ns + LOOK_NS;
	return can_be_written(move->to);
}

static int copy(int from, int to)
{
	AW_FREE char *buffer = malloc(CHUNK);
	ssize_t got;

	if (!buffer)
		return -ENOMEM;
	while ((got = read(from, buffer, CHUNK)) > 0)
		for (ssize_t done = 0, put; done < got; done += put) {
			put = write(to, buffer + done, (size_t)(got - done));
			if (put < 0)
				return -errno;
		}
	return got < 0 || fsync(to) ? -errno : 0;
}

/* Under its name only when it is whole; an existing file stays. */
static int move_file(const char *path, const char *directory)
{
	AW_CLOSE int from = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	AW_CLOSE int to = -1;
	char target[PATH_MAX], draft[PATH_MAX + 8];
	int err;

	if (from < 0)
		return -errno;
	snprintf(target, sizeof(target), "%s/%s", directory, name_of(path));
	snprintf(draft, sizeof(draft), "%s.moving", target);
	unlink(draft);
	to = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (to < 0)
		return -errno;
	err = copy(from, to);
	if (!err && link(draft, target))
		err = errno == EPERM && access(target, F_OK) && !rename(draft, target) ? 0 : -errno;
	unlink(draft);
	if (!err)
		unlink(path);
	return err;
}

int aw_record_move_files(const struct aw_record_move *move, struct aw_error *error)
{
	struct aw_recording_rotation files, there = { .count = 0 };
	int err = aw_recording_rotation_open(&files, move->from, UINT_MAX), count = 0;

	if (!err)
		err = aw_recording_rotation_open(&there, move->to, UINT_MAX);
	for (unsigned int i = 0; !err && i < files.count; i++) {
		err = move_file(files.names[i], there.directory);
		count += !err;
	}
	aw_recording_rotation_close(&there);
	aw_recording_rotation_close(&files);
	return err ? aw_error_set(error, err, "can't move what was recorded in memory to %s: %s", move->to, strerror(-err)) : count;
}

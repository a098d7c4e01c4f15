// SPDX-License-Identifier: GPL-2.0
/*
 * A file of a recording, written block by block.
 */
#include "recording/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/hint.h"
#include "base/output_file.h"

static int open_stdout(struct aw_recording_file *file, struct aw_error *error)
{
	if (isatty(STDOUT_FILENO))
		return aw_error_set(error, -EINVAL, "-o -: will not write a recording to a terminal: give a file, or use a pipe");
	file->fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	if (file->fd < 0)
		return aw_error_set(error, -errno, "can't write to standard output: %s", strerror(errno));
	file->is_stream = true;
	return 0;
}

/* Replaces only regular files. */
static int check_old(const char *path, struct aw_error *error)
{
	struct stat old;

	if (lstat(path, &old))
		return errno == ENOENT ? 0 : aw_error_set(error, -errno, "can't write %s: %s%s", path, strerror(errno),
							    aw_hint_writing(errno));
	if (aw_output_check(path))
		return aw_error_set(error, -ELOOP, "can't write %s: %s", path, aw_output_strerror(-ELOOP));
	if (!S_ISREG(old.st_mode))
		return aw_error_set(error, -EINVAL, "can't write %s: it is not a regular file; "
				    "-o - writes to standard output", path);
	return 0;
}

int aw_recording_file_draft(struct aw_recording_file *file, const char *path, struct aw_error *error)
{
	AW_FREE char *draft = NULL;
	int err;

	if (!strcmp(path, "-"))
		return open_stdout(file, error);
	err = check_old(path, error);
	if (err)
		return err;
	file->path = strdup(path);
	if (!file->path || asprintf(&draft, "%s.XXXXXX", path) < 0)
		return aw_error_set(error, -ENOMEM, "out of memory");
	file->fd = mkostemp(draft, O_CLOEXEC);	/* O_EXCL, 0600 */
	if (file->fd < 0)
		return aw_error_set(error, -errno, "can't write %s: %s%s", path, strerror(errno), aw_hint_writing(errno));
	file->draft = TAKE_PTR(draft);
	return 0;
}

static int keep_old(const char *path)
{
	AW_FREE char *old = NULL;

	if (asprintf(&old, "%s.old", path) < 0)
		return -ENOMEM;
	return rename(path, old) && errno != ENOENT ? -errno : 0;
}

int aw_recording_file_commit(struct aw_recording_file *file, struct aw_error *error)
{
	int err;

	if (!file->draft)
		return 0;
	err = keep_old(file->path);
	if (!err && rename(file->draft, file->path))
		err = -errno;
	if (err)
		return aw_error_set(error, err, "can't write %s: %s%s", file->path, strerror(-err), aw_hint_writing(err));
	free(TAKE_PTR(file->draft));
	return 0;
}

int aw_recording_file_create(struct aw_recording_file *file, const char *path, const char *draft)
{
	struct stat there;

	if (!lstat(path, &there))
		return -EEXIST;
	unlink(draft);	/* left by a run that was killed */
	file->fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (file->fd < 0)
		return -errno;
	file->size = 0;
	file->path = strdup(path);
	file->draft = strdup(draft);
	if (file->path && file->draft)
		return 0;
	unlink(draft);
	aw_recording_file_close(file);
	return -ENOMEM;
}

int aw_recording_file_publish(struct aw_recording_file *file)
{
	if (!file->draft)
		return 0;
	if (rename(file->draft, file->path))
		return -errno;
	free(TAKE_PTR(file->draft));
	return 0;
}

/* Truncates what was written of a block that does not fit. */
static int take_back(struct aw_recording_file *file, int err)
{
	if (err == -EDQUOT)
		err = -ENOSPC;
	if (!file->is_stream && !ftruncate(file->fd, (off_t)file->size))
		lseek(file->fd, (off_t)file->size, SEEK_SET);
	return err;
}

int aw_recording_file_write(struct aw_recording_file *file, const void *data, size_t size)
{
	size_t used = 0;

	while (used < size) {
		ssize_t put = write(file->fd, (const char *)data + used, size - used);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return take_back(file, -errno);
		used += (size_t)put;
	}
	file->size += size;
	return 0;
}

static int sync_result(int failed)
{
	return failed && errno != EINVAL && errno != ENOTSUP && errno != EROFS ? -errno : 0;
}

int aw_recording_file_sync(const struct aw_recording_file *file)
{
	return file->fd >= 0 && !file->is_stream ? sync_result(fdatasync(file->fd)) : 0;
}

int aw_recording_file_sync_name(const struct aw_recording_file *file)
{
	AW_FREE char *path = file->path ? strdup(file->path) : NULL;
	AW_CLOSE int fd = -1;

	if (file->is_stream)
		return 0;
	if (!path)
		return -ENOMEM;
	fd = open(dirname(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -errno : sync_result(fsync(fd));
}

int aw_recording_file_close(struct aw_recording_file *file)
{
	int err = 0;

	if (file->fd >= 0 && close(file->fd))
		err = -errno;
	if (file->draft)
		unlink(file->draft);
	free(file->draft);
	free(file->path);
	*file = (struct aw_recording_file)AW_RECORDING_FILE_NONE;
	return err;
}

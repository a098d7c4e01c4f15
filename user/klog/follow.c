// SPDX-License-Identifier: GPL-2.0
/*
 * Kernel log text as it comes: this kernel's, or a file's that somebody
 * appends to, cuts or replaces.
 */
#include "klog/follow.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int open_end(const char *path, struct aw_klog_follow *follow)
{
	uint64_t overwritten = follow->input.overwritten;
	struct stat status;
	int err = aw_klog_input_open(path, AW_KLOG_FROM_END, &follow->input);

	if (err)
		return err;
	follow->input.overwritten = overwritten;
	follow->offset = lseek(follow->input.fd, 0, SEEK_CUR);
	if (!fstat(follow->input.fd, &status)) {
		follow->device = status.st_dev;
		follow->inode = status.st_ino;
	}
	return 0;
}

static int say_why(const char *path, int err, struct aw_error *error)
{
	if (path)
		return aw_error_set(error, err, "can't follow the log file %s: %s", path, strerror(-err));
	if ((err == -EPERM || err == -EACCES) && !geteuid())
		return aw_error_set(error, -ENODEV, "/dev/kmsg is closed: this process lacks CAP_SYSLOG");
	if (err == -EPERM || err == -EACCES)
		return aw_error_set(error, -ENODEV, "/dev/kmsg is closed to this user: run as root, with sudo, "
				    "or sysctl kernel.dmesg_restrict=0");
	return aw_error_set(error, -ENODEV, "can't read /dev/kmsg: %s; --source klog:FILE follows a log file",
			    strerror(-err));
}

int aw_klog_follow_open(const char *path, struct aw_klog_follow *out, struct aw_error *error)
{
	struct aw_klog_follow follow = { .input.fd = -1 };
	int err = open_end(path, &follow);

	if (err)
		return say_why(path, err, error);
	*out = follow;
	return 0;
}

void aw_klog_follow_close(struct aw_klog_follow *follow)
{
	aw_klog_input_close(&follow->input);
}

static void to_start(struct aw_klog_follow *follow)
{
	follow->offset = lseek(follow->input.fd, 0, SEEK_SET);
}

/* Log rotation: another file has the name.  Only looked at when nothing more is in the old one. */
static bool was_replaced(const struct aw_klog_follow *follow)
{
	struct stat status;

	return stat(follow->input.path, &status) || status.st_dev != follow->device ||
	       status.st_ino != follow->inode;
}

static bool was_cut(const struct aw_klog_follow *follow)
{
	struct stat status;

	return !fstat(follow->input.fd, &status) && S_ISREG(status.st_mode) && status.st_size < follow->offset;
}

/* To where the text goes on, when nothing more comes from what is open. */
static void find_next(struct aw_klog_follow *follow)
{
	const char *path = follow->input.path;

	if (follow->input.fd >= 0 && was_cut(follow))
		to_start(follow);
	if (follow->input.fd >= 0 && !was_replaced(follow))
		return;
	aw_klog_input_close(&follow->input);
	if (!open_end(path, follow))
		to_start(follow);
}

ssize_t aw_klog_follow_read(struct aw_klog_follow *follow, char *buffer, size_t size)
{
	for (int tries = 0; tries < 2; tries++) {
		ssize_t got = aw_klog_input_read(&follow->input, buffer, size);

		if (got > 0)
			follow->offset += got;
		if (got || !follow->input.path)
			return got;
		find_next(follow);
	}
	return 0;
}

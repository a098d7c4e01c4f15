// SPDX-License-Identifier: GPL-2.0
/*
 * Kernel log text as it comes.
 */
#include "source/klog_text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KMSG "/dev/kmsg"

static int open_text(struct aw_klog_text *text)
{
	struct stat status;

	text->fd = open(text->path ? text->path : KMSG, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (text->fd < 0)
		return -errno;
	if (!fstat(text->fd, &status)) {
		text->device = status.st_dev;
		text->inode = status.st_ino;
	}
	text->offset = 0;
	return 0;
}

static int explain(const struct aw_klog_text *text, int err, struct aw_error *error)
{
	if (text->path)
		return aw_error_set(error, err, "can't follow the log file %s: %s", text->path, strerror(-err));
	if ((err == -EPERM || err == -EACCES) && !geteuid())
		return aw_error_set(error, -ENODEV, KMSG " is closed: this process lacks CAP_SYSLOG");
	if (err == -EPERM || err == -EACCES)
		return aw_error_set(error, -ENODEV, KMSG " is closed to this user: run as root (sudo allocwatch live), "
				    "or sysctl kernel.dmesg_restrict=0");
	return aw_error_set(error, -ENODEV, "can't read " KMSG ": %s; --source klog:FILE follows a log file", strerror(-err));
}

int aw_klog_text_open(const char *path, struct aw_klog_text *text, struct aw_error *error)
{
	struct aw_klog_text new = { .path = path, .fd = -1 };
	char record;
	int err = open_text(&new);

	if (err)
		return explain(&new, err, error);
	new.offset = lseek(new.fd, 0, SEEK_END);
	/* Opening /dev/kmsg may be allowed where reading is not: a record is longer than one byte (EINVAL). */
	if (!path && read(new.fd, &record, 1) < 0 && (errno == EPERM || errno == EACCES || errno == EBADF)) {
		err = -errno;
		aw_klog_text_close(&new);
		return explain(&new, err, error);
	}
	*text = new;
	return 0;
}

void aw_klog_text_close(struct aw_klog_text *text)
{
	if (text->fd >= 0)
		close(text->fd);
	text->fd = -1;
}

/* Log rotation: another file has the name.  Only looked at when nothing more is in the old one. */
static bool was_replaced(const struct aw_klog_text *text)
{
	struct stat status;

	return stat(text->path, &status) || status.st_dev != text->device || status.st_ino != text->inode;
}

static void follow(struct aw_klog_text *text)
{
	struct stat status;

	if (text->fd >= 0 && !fstat(text->fd, &status) && S_ISREG(status.st_mode) && status.st_size < text->offset)
		text->offset = lseek(text->fd, 0, SEEK_SET);
	if (text->fd >= 0 && !was_replaced(text))
		return;
	aw_klog_text_close(text);
	open_text(text);
}

ssize_t aw_klog_text_read(struct aw_klog_text *text, char *buffer, size_t size)
{
	for (int tries = 0; tries < 2; tries++) {
		ssize_t got = text->fd >= 0 ? read(text->fd, buffer, size) : 0;

		if (got > 0) {
			text->offset += got;
			return got;
		}
		if (got < 0 && errno == EPIPE && !text->path) {
			text->overwritten++;
			tries = 0;
			continue;
		}
		if (got < 0 && errno != EAGAIN && errno != EINTR)
			return -errno;
		if (!text->path)
			return 0;
		follow(text);
	}
	return 0;
}

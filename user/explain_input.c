// SPDX-License-Identifier: GPL-2.0
/*
 * Where `explain` gets kernel log text from.
 */
#include "explain_input.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <unistd.h>

#include "base/cleanup.h"

#define PIECE (256 * 1024)
#define PSTORE "/sys/fs/pstore"
#define SYSLOG_READ_ALL 3
#define SYSLOG_SIZE_BUFFER 10

static int feed_fd(int fd, aw_explain_feed_fn feed, void *ctx)
{
	AW_FREE char *buffer = malloc(PIECE);

	if (!buffer)
		return -ENOMEM;
	for (;;) {
		ssize_t got = read(fd, buffer, PIECE);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (!got)
			return 0;
		feed(ctx, buffer, (size_t)got);
	}
}

int aw_explain_read_file(const char *path, aw_explain_feed_fn feed, void *ctx, struct aw_error *error)
{
	AW_CLOSE int fd = -1;
	int err;

	if (strcmp(path, "-")) {
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			return aw_error_set(error, -errno, "can't open %s: %s", path, strerror(errno));
	}
	err = feed_fd(fd >= 0 ? fd : STDIN_FILENO, feed, ctx);
	if (err)
		return aw_error_set(error, err, "can't read %s: %s",
				    fd >= 0 ? path : "standard input", strerror(-err));
	return 0;
}

static int read_klogctl(aw_explain_feed_fn feed, void *ctx)
{
	int size = klogctl(SYSLOG_SIZE_BUFFER, NULL, 0);
	AW_FREE char *buffer = NULL;
	int got;

	if (size <= 0)
		return size < 0 ? -errno : -ENODATA;
	buffer = malloc((size_t)size);
	if (!buffer)
		return -ENOMEM;
	got = klogctl(SYSLOG_READ_ALL, buffer, size);
	if (got < 0)
		return -errno;
	feed(ctx, buffer, (size_t)got);
	return 0;
}

/* One read() is one record; EPIPE: some were overwritten meanwhile. */
static int read_kmsg(aw_explain_feed_fn feed, void *ctx)
{
	AW_CLOSE int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	char record[8192];

	if (fd < 0)
		return -errno;
	for (;;) {
		ssize_t got = read(fd, record, sizeof(record));

		if (got < 0 && (errno == EINTR || errno == EPIPE))
			continue;
		if (got < 0 && errno != EAGAIN)
			return -errno;
		if (got <= 0)
			return 0;
		feed(ctx, record, (size_t)got);
	}
}

int aw_explain_read_kernel(aw_explain_feed_fn feed, void *ctx, struct aw_error *error)
{
	int err = read_klogctl(feed, ctx);

	if (!err || !read_kmsg(feed, ctx))
		return 0;
	return aw_error_set(error, err, "can't read this kernel's log: %s%s; give a log file instead",
			    strerror(-err), err == -EPERM ?
			    " (needs root, or sysctl kernel.dmesg_restrict=0)" : "");
}

static int is_log(const struct dirent *entry)
{
	return !strncmp(entry->d_name, "dmesg-", 6) || !strncmp(entry->d_name, "console-", 8);
}

int aw_explain_read_pstore(aw_explain_feed_fn feed, void (*next)(void *ctx), void *ctx)
{
	struct dirent **list;
	int n = scandir(PSTORE, &list, is_log, alphasort), files = 0;

	for (int i = 0; i < n; i++) {
		struct aw_error error;
		char path[sizeof(PSTORE) + sizeof(list[i]->d_name)];

		snprintf(path, sizeof(path), PSTORE "/%s", list[i]->d_name);
		free(list[i]);
		next(ctx);
		files += !aw_explain_read_file(path, feed, ctx, &error);
	}
	if (n >= 0)
		free(list);
	return files;
}

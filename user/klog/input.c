// SPDX-License-Identifier: GPL-2.0
/*
 * Kernel log text: this kernel's own, a file's, standard input's.
 */
#include "klog/input.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <unistd.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/cursor.h"

#define KMSG "/dev/kmsg"
#define PIECE (256 * 1024)
#define SYSLOG_READ_ALL 3
#define SYSLOG_SIZE_BUFFER 10

/* 6,339,5140900,-;NET: Registered protocol family 10 */
uint64_t aw_klog_record_number(const char *record, size_t len)
{
	const char *comma = memchr(record, ',', len);
	uint64_t number = 0;

	for (const char *p = comma ? comma + 1 : record + len; p < record + len && *p >= '0' && *p <= '9'; p++)
		number = number * 10 + (uint64_t)(*p - '0');
	return number;
}

/*
 * Opening may be allowed where reading is not, so the first record is read,
 * which also tells how many were before it.  EPIPE: it was overwritten just now,
 * and the next one is read.
 */
static int read_first(int fd, struct aw_klog_input *input)
{
	char record[AW_KLOG_RECORD];
	ssize_t got;

	while ((got = read(fd, record, sizeof(record))) < 0 && (errno == EPIPE || errno == EINTR))
		;
	if (got < 0)
		return errno == EAGAIN ? 0 : -errno;
	input->gone = aw_klog_record_number(record, (size_t)got);
	return 0;
}

/* Documentation/ABI/testing/dev-kmsg: SEEK_DATA is behind the last SYSLOG_ACTION_CLEAR. */
static int open_kmsg(enum aw_klog_from from, struct aw_klog_input *input)
{
	AW_CLOSE int fd = open(KMSG, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	int err = fd < 0 ? -errno : read_first(fd, input);

	if (err)
		return err;
	/* To before the record that was read.  Up to 3.4 one can neither read nor seek here. */
	if (lseek(fd, 0, from == AW_KLOG_FROM_END ? SEEK_END : SEEK_DATA) < 0)
		return -errno;
	input->fd = fd;
	fd = -1;
	return 0;
}

/* The log as syslog(2) has it. */
static int copy_log(struct aw_klog_input *input)
{
	int size = klogctl(SYSLOG_SIZE_BUFFER, NULL, 0), got;
	AW_FREE char *copy = size > 0 ? malloc((size_t)size) : NULL;

	if (size <= 0)
		return size < 0 ? -errno : -ENODATA;
	if (!copy)
		return -ENOMEM;
	got = klogctl(SYSLOG_READ_ALL, copy, size);
	if (got < 0)
		return -errno;
	input->copy = TAKE_PTR(copy);
	input->copied = (size_t)got;
	return 0;
}

static int open_kernel(enum aw_klog_from from, struct aw_klog_input *input)
{
	int err = open_kmsg(from, input);

	return err && from == AW_KLOG_FROM_START && !copy_log(input) ? 0 : err;
}

static int open_file(const char *path, enum aw_klog_from from, struct aw_klog_input *input)
{
	if (from == AW_KLOG_FROM_END)
		input->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	else if (strcmp(path, "-"))
		input->fd = open(path, O_RDONLY | O_CLOEXEC);
	else
		input->fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
	if (input->fd < 0)
		return -errno;
	if (from == AW_KLOG_FROM_END)
		lseek(input->fd, 0, SEEK_END);	/* a pipe has no place to go to */
	return 0;
}

int aw_klog_input_open(const char *path, enum aw_klog_from from, struct aw_klog_input *out)
{
	struct aw_klog_input input = { .path = path, .fd = -1 };
	int err = path ? open_file(path, from, &input) : open_kernel(from, &input);

	if (!err)
		*out = input;
	return err;
}

void aw_klog_input_close(struct aw_klog_input *input)
{
	if (input->fd >= 0)
		close(input->fd);
	input->fd = -1;
	free(input->copy);
	input->copy = NULL;
}

static ssize_t read_copy(struct aw_klog_input *input, char *buffer, size_t size)
{
	size_t left = input->copied - input->taken, len = left < size ? left : size;

	memcpy(buffer, input->copy + input->taken, len);
	input->taken += len;
	return (ssize_t)len;
}

size_t aw_klog_record_line(char *record, size_t len)
{
	const char *newline = memchr(record, '\n', len), *end = newline ? newline + 1 : record + len;
	char *to = record;

	for (const char *p = record; p < end;) {
		int high = end - p >= 4 && p[0] == '\\' && p[1] == 'x' ? aw_hex_digit(p[2]) : -1;
		int low = high >= 0 ? aw_hex_digit(p[3]) : -1;
		int byte = low >= 0 ? high << 4 | low : 0;

		if (byte && byte != '\n') {
			*to++ = (char)byte;
			p += 4;
		} else {
			*to++ = *p++;
		}
	}
	return (size_t)(to - record);
}

ssize_t aw_klog_input_read(struct aw_klog_input *input, char *buffer, size_t size)
{
	if (input->copy)
		return read_copy(input, buffer, size);
	while (input->fd >= 0) {
		ssize_t got = read(input->fd, buffer, size);

		if (got >= 0)
			return input->path ? got : (ssize_t)aw_klog_record_line(buffer, (size_t)got);
		if (errno == EPIPE && !input->path)
			input->overwritten++;
		else if (errno != EINTR)
			return errno == EAGAIN ? 0 : -errno;
	}
	return 0;
}

static int say_why(const char *path, const char *what, int err, struct aw_error *error)
{
	if (!path)
		return aw_error_set(error, err, "can't read this kernel's log: %s%s", strerror(-err),
				    err == -EPERM || err == -EACCES ?
				    " (needs root, or sysctl kernel.dmesg_restrict=0)" : "");
	return aw_error_set(error, err, "can't %s %s: %s", what, strcmp(path, "-") ? path : "standard input",
			    strerror(-err));
}

int aw_klog_read_all(const char *path, struct aw_klog *klog, struct aw_error *error)
{
	AW_FREE char *buffer = malloc(PIECE);
	struct aw_klog_input input;
	ssize_t got;
	int err;

	if (!buffer)
		return aw_error_set(error, -ENOMEM, "out of memory");
	err = aw_klog_input_open(path, AW_KLOG_FROM_START, &input);
	if (err)
		return say_why(path, "open", err, error);
	aw_klog_miss(klog, input.gone);
	while ((got = aw_klog_input_read(&input, buffer, PIECE)) > 0)
		aw_klog_feed(klog, buffer, (size_t)got);
	aw_klog_finish(klog);
	aw_klog_input_close(&input);
	return got < 0 ? say_why(path, "read", (int)got, error) : 0;
}

/* In each of these places a kernel log of an earlier boot may be. */
static const char *const earlier[] = {
	"/sys/fs/pstore/console-*",
	"/sys/fs/pstore/dmesg-*",
	"/var/lib/systemd/pstore/*/dmesg.txt",	/* systemd-pstore.service, by time */
	"/var/lib/systemd/pstore/*/*/dmesg.txt",
	"/proc/last_kmsg",
	"/var/crash/*/vmcore-dmesg.txt",	/* kexec-tools */
	"/var/crash/*/dmesg.*",			/* Debian's kdump-tools */
};

unsigned int aw_klog_earlier(const char *root, void (*fn)(void *ctx, const char *path), void *ctx)
{
	unsigned int count = 0;

	for (size_t i = 0; i < ARRAY_SIZE(earlier); i++) {
		char pattern[PATH_MAX];
		glob_t found;

		snprintf(pattern, sizeof(pattern), "%s%s", root, earlier[i]);
		if (glob(pattern, 0, NULL, &found))
			continue;
		for (size_t k = 0; k < found.gl_pathc; k++)
			fn(ctx, found.gl_pathv[k]);
		count += (unsigned int)found.gl_pathc;
		globfree(&found);
	}
	return count;
}

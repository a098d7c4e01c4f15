/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Kernel log text as it comes: /dev/kmsg, or a file that somebody appends to.
 */
#ifndef AW_SOURCE_KLOG_TEXT_H
#define AW_SOURCE_KLOG_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

struct aw_klog_text {
	const char *path;	/* of the file; NULL: /dev/kmsg */
	int fd;			/* -1: the file is away, and may come back */
	uint64_t device, inode;	/* of what is open */
	off_t offset;		/* read so far */
	uint64_t overwritten;	/* times that the kernel overwrote records before they were read */
};

/* `path` NULL: /dev/kmsg.  Starts at the end of what is there.  0, or -errno with the reason. */
int aw_klog_text_open(const char *path, struct aw_klog_text *text, struct aw_error *error);
void aw_klog_text_close(struct aw_klog_text *text);

/*
 * New text, without waiting: its length, 0 (none now) or -errno.  A file that
 * was replaced or cut is read from its start, as tail -F does.
 */
ssize_t aw_klog_text_read(struct aw_klog_text *text, char *buffer, size_t size);

#endif

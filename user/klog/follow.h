/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Kernel log text as it comes: this kernel's, or a file's that somebody
 * appends to, cuts or replaces.
 */
#ifndef AW_KLOG_FOLLOW_H
#define AW_KLOG_FOLLOW_H

#include "klog/input.h"

struct aw_klog_follow {
	struct aw_klog_input input;	/* fd -1: the file is away, and may come back */
	uint64_t device, inode;		/* of what is open */
	off_t offset;			/* read so far */
};

/* `path` NULL: this kernel's log.  Starts at the end of what is there.  0, or -errno with the reason. */
int aw_klog_follow_open(const char *path, struct aw_klog_follow *out, struct aw_error *error);
void aw_klog_follow_close(struct aw_klog_follow *follow);

/*
 * New text, without waiting: its length, 0 (none now) or -errno.  A file that
 * was replaced or cut is read from its start, as tail -F does.  `size` is at
 * least AW_KLOG_RECORD.
 */
ssize_t aw_klog_follow_read(struct aw_klog_follow *follow, char *buffer, size_t size);

#endif

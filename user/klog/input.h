/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Kernel log text: this kernel's own, a file's, standard input's.
 */
#ifndef AW_KLOG_INPUT_H
#define AW_KLOG_INPUT_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "klog/klog.h"

/* The least buffer to read into: a record of /dev/kmsg (CONSOLE_EXT_LOG_MAX of kernel/printk/). */
#define AW_KLOG_RECORD 8192

struct aw_klog_input {
	const char *path;	/* borrowed; "-": standard input, from its start; NULL: this kernel's log */
	int fd;			/* -1: none */
	char *copy;		/* owned; the kernel's log where there is no /dev/kmsg to read; NULL: fd is read */
	size_t copied, taken;	/* bytes of it, and of these how many were read */
	uint64_t overwritten;	/* times that the kernel overwrote records before they were read */
	uint64_t gone;		/* of the kernel's log: records since boot that were overwritten before it was opened */
};

enum aw_klog_from {
	AW_KLOG_FROM_START,	/* of the kernel's log: since it was last cleared (dmesg -C) */
	AW_KLOG_FROM_END	/* does not wait for text, see aw_klog_input_read() */
};

/* 0 or -errno, with nothing open. */
int aw_klog_input_open(const char *path, enum aw_klog_from from, struct aw_klog_input *out);
void aw_klog_input_close(struct aw_klog_input *input);

/*
 * The next piece: its length, 0 at the end (of what is there now) or -errno.
 * `size` is at least AW_KLOG_RECORD.  Waits only for a file or standard input
 * that is read from its start.
 */
ssize_t aw_klog_input_read(struct aw_klog_input *input, char *buffer, size_t size);

/*
 * The sequence number of a record of /dev/kmsg; 0: it has none.  The kernel
 * counts from 0 at boot, so that of the first record that can be read tells how
 * many are gone.
 */
uint64_t aw_klog_record_number(const char *record, size_t len);

/*
 * A record of /dev/kmsg (Documentation/ABI/testing/dev-kmsg) as the line that
 * the kernel printed, in place: the fields behind it go, and \xNN, which stands
 * for a byte that is not printable ASCII, and for a backslash, is that byte
 * again.  Not so a line feed: a record stays one line whatever a task's name
 * holds.  Returns the length.
 */
size_t aw_klog_record_line(char *record, size_t len);

/* Feeds all that there is to `klog`, and finishes it.  0, or -errno with a sentence in `error`. */
int aw_klog_read_all(const char *path, struct aw_klog *klog, struct aw_error *error);

/*
 * Calls `fn` with the path of each kernel log that an earlier boot left on this
 * machine, place by place and in the order of their names: pstore and where
 * systemd moves it, Android's /proc/last_kmsg, what kdump wrote.  `root`: "", or
 * where these places are (in tests).  Returns how many there are; what can't be
 * looked at has none.
 */
unsigned int aw_klog_earlier(const char *root, void (*fn)(void *ctx, const char *path), void *ctx);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where tracefs is, and its event formats as text.
 */
#ifndef AW_KERNEL_TRACEFS_H
#define AW_KERNEL_TRACEFS_H

#include <stddef.h>

/*
 * The directory with events/: /sys/kernel/tracing, or before 4.1 and on older
 * set-ups /sys/kernel/debug/tracing.  NULL: not mounted or not readable.
 */
const char *aw_tracefs_dir(void);

/* The command that makes it reachable here: 3.18 to 4.0 have it in debugfs only. */
const char *aw_tracefs_mount(void);

/*
 * events/GROUP/NAME/format, whole, in memory that the caller frees.
 * Returns 0, -ENOENT (no tracefs, no such event) or -errno.
 */
int aw_tracefs_format(const char *group, const char *name, char **text, size_t *len);

#endif

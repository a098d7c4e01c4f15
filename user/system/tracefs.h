/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Finds tracefs, and reads its event formats.
 */
#ifndef AW_SYSTEM_TRACEFS_H
#define AW_SYSTEM_TRACEFS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The directory that has events/: /sys/kernel/tracing, or before 4.1 and on older
 * systems /sys/kernel/debug/tracing.  If neither is mounted and the process has
 * CAP_SYS_ADMIN, the first call makes a mount that only this process sees and
 * that lasts as long as the process.  NULL: not accessible.
 */
const char *aw_tracefs_dir(void);

/* Is `dir` the private mount? */
bool aw_tracefs_is_private(const char *dir);

/* The command that mounts it for all processes: up to 4.0, it is only in debugfs. */
const char *aw_tracefs_mount(void);

/*
 * Reads events/GROUP/NAME/format into memory that the caller frees.  Returns 0,
 * -ENOENT (no tracefs, or no such event) or -errno.
 */
int aw_tracefs_format(const char *group, const char *name, char **text, size_t *len);

#endif

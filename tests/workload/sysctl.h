/* SPDX-License-Identifier: GPL-2.0 */
/* Changes a /proc/sys setting until the program exits. */
#ifndef REPRO_SYSCTL_H
#define REPRO_SYSCTL_H

long sysctl_read(const char *path);

/* Does nothing on kernels without this setting. */
void sysctl_for_now(const char *path, long value);

#endif

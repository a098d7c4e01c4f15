/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A mount that only this process sees.
 */
#ifndef AW_SYSTEM_PRIVATE_MOUNT_H
#define AW_SYSTEM_PRIVATE_MOUNT_H

/*
 * Mounts the file system `type` where no other process can see it.  Returns a
 * file descriptor (O_PATH, close on exec) of its root; the mount ends when the
 * last descriptor below it is closed, at the latest with the process.  Needs
 * CAP_SYS_ADMIN and /proc.  -errno: -EPERM, -ENODEV (the kernel has no such
 * file system), -ENOSYS (no mount namespaces).
 */
int aw_private_mount(const char *type);

#endif

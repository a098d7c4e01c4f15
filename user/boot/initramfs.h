/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A boot configuration at the end of an initramfs, where the kernel looks for it:
 * Documentation/admin-guide/bootconfig.rst.
 */
#ifndef AW_BOOT_INITRAMFS_H
#define AW_BOOT_INITRAMFS_H

#include <stddef.h>

#include "base/error.h"

/*
 * Appends `text` to the file.  0; -EEXIST: it has one already; or -errno; with
 * the reason, and the file is as it was.
 */
int aw_initramfs_append(const char *path, const char *text, size_t len, struct aw_error *error);

#endif

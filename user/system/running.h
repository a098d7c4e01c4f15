/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The facts about the running kernel.
 */
#ifndef AW_SYSTEM_RUNNING_H
#define AW_SYSTEM_RUNNING_H

#include "mm/kernel.h"

/*
 * Fills in the running kernel from uname, sysconf, /proc/buddyinfo, tracefs and
 * BTF, as far as they are readable, even if it fails.  Returns 0 or -errno.
 */
int aw_kernel_running(struct aw_kernel *out);

struct aw_btf;
/* The same with BTF that was already read, because that takes longest; NULL: there is none. */
int aw_kernel_running_with(const struct aw_btf *btf, struct aw_kernel *out);

/* Without /proc/pagetypeinfo, which can hold a cpu for milliseconds: where BTF is missing, migratetypes are those of the release. */
int aw_kernel_running_quietly(const struct aw_btf *btf, struct aw_kernel *out);

#endif

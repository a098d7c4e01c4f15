/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Gives up privileges that the process needs no more, and every way back to
 * them.  All of this is for the calling thread and those that it starts, except
 * the filter of system calls, which is for all threads.
 */
#ifndef AW_BASE_PRIVILEGES_H
#define AW_BASE_PRIVILEGES_H

#include <stdint.h>

/* As a bit of a set. */
#define AW_CAPABILITY(number) (UINT64_C(1) << (number))

/* The effective set: what this thread may do now. */
uint64_t aw_capabilities_effective(void);

/*
 * The permitted set becomes the effective one, without those in `without`: what
 * works then can be tried, and taken back.  0 or -errno.
 */
int aw_capabilities_try_without(uint64_t without);

/*
 * Keeps only those in `keep`, as far as they are permitted, and clears the
 * bounding, inheritable and ambient sets.  No program that is run later gets any:
 * no_new_privs is set, and root has no special meaning any more (securebits).
 * 0, or -errno: more is left than was asked for.
 */
int aw_capabilities_keep(uint64_t keep);

/*
 * Allows only the system calls that live and serve make after they have begun;
 * others fail with EPERM.  Needs aw_capabilities_keep() before.  0, or -errno:
 * -EINVAL if the kernel has no filters (CONFIG_SECCOMP_FILTER).
 */
int aw_calls_limit(void);

#endif

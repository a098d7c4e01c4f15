/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How much memory this process can have at most.
 */
#ifndef AW_SYSTEM_MEMORY_LIMIT_H
#define AW_SYSTEM_MEMORY_LIMIT_H

#include <stdint.h>

/* Bytes: the memory of the machine, or less where a cgroup (v2) has a limit. */
uint64_t aw_memory_limit(void);

#endif

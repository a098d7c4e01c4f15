/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How much memory this process can have at most.
 */
#ifndef AW_SYSTEM_MEMORY_LIMIT_H
#define AW_SYSTEM_MEMORY_LIMIT_H

#include <stdint.h>

/* Bytes: the memory of the machine, or less where a cgroup (v2) has a limit. */
uint64_t aw_memory_limit(void);

/* Bytes that the cgroups of this process let it have in addition; UINT64_MAX: as many as there are. */
uint64_t aw_memory_left_by_cgroups(void);

/* MemAvailable of the machine, in bytes; UINT64_MAX: it is not known. */
uint64_t aw_memory_available(void);

#endif

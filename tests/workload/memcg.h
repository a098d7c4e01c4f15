/* SPDX-License-Identifier: GPL-2.0 */
/* A memory cgroup that refuses charges while the machine has free memory. */
#ifndef REPRO_MEMCG_H
#define REPRO_MEMCG_H

/* Moves this program into a new cgroup with little memory: of cgroup2 on /sys/fs/cgroup, else of a mount of version 1. */
void memcg_enter(void);

/* Moves it back to the root cgroup. */
void memcg_leave(void);

#endif

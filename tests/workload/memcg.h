/* SPDX-License-Identifier: GPL-2.0 */
/* A memory cgroup that refuses what the machine could give. */
#ifndef REPRO_MEMCG_H
#define REPRO_MEMCG_H

/* Moves this program into a cgroup of its own with little memory; needs cgroup2 on /sys/fs/cgroup. */
void memcg_enter(void);

/* Back to the root cgroup. */
void memcg_leave(void);

#endif

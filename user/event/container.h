/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the path of a cgroup tells of containers.
 */
#ifndef AW_EVENT_CONTAINER_H
#define AW_EVENT_CONTAINER_H

#include "event/event.h"

/*
 * Sets the cgroup of the task, with its container and pod, "" if the path names
 * none, and with the names of the pod.  `path` is borrowed, "" not known.  Known are the paths of systemd and of
 * cgroupfs, v1 and v2, by docker, containerd, CRI-O, podman, LXC and nspawn.
 */
void aw_task_set_cgroup(struct aw_task *task, const char *path);

#endif

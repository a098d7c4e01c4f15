/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The names of Kubernetes pods, by their uids: the path of a cgroup has only
 * the uid.  One list for the process, read when a user asks for names.
 */
#ifndef AW_EVENT_PODS_H
#define AW_EVENT_PODS_H

#include "base/error.h"

struct aw_pod {
	char *uid, *namespace, *name;
};

/*
 * Reads the list: a directory as /var/log/pods, which has an entry
 * NAMESPACE_NAME_UID for each pod of the node, or a file with lines of
 * "UID NAMESPACE NAME", as kubectl prints them.  0, or -errno with the reason.
 */
int aw_pods_load(const char *path, struct aw_error *error);

/* The pod with this uid, valid until the next aw_pods_load(); NULL: not in the list. */
const struct aw_pod *aw_pods_find(const char *uid);

/* Forgets the list. */
void aw_pods_clear(void);

#endif

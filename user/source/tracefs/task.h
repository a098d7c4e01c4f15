/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The task of a trace record: from /proc, else from the kernel's list of names.
 */
#ifndef AW_SOURCE_TRACEFS_TASK_H
#define AW_SOURCE_TRACEFS_TASK_H

#include "../bpf/wire.h"

/*
 * Fills in pid, comm and the allowed nodes of a task by its tid.  `global`: tids
 * are those of this /proc (the initial pid namespace).
 */
void aw_trace_task_fill(const char *root, int global, struct aw_wire_task *task);

/*
 * The same for a record of long ago, in the initial pid namespace: the kernel's
 * list of names first, because a process of now may have had another name then
 * (process 1), or be another one.
 */
void aw_trace_task_fill_past(const char *root, struct aw_wire_task *task);

/* Is this the initial pid namespace, whose numbers trace records have? */
int aw_trace_pids_are_ours(void);

#endif

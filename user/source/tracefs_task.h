/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who a thread of a trace record is: from /proc, else from the kernel's list
 * of names.
 */
#ifndef AW_SOURCE_TRACEFS_TASK_H
#define AW_SOURCE_TRACEFS_TASK_H

#include "../bpf/wire.h"

/*
 * Fills pid, comm and the allowed nodes of a task whose tid is known.
 * `global`: thread ids are those of our /proc (the initial pid namespace).
 */
void aw_trace_task_fill(const char *root, int global, struct aw_wire_task *task);

/* Are we in the initial pid namespace?  Records carry its numbers. */
int aw_trace_pids_are_ours(void);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One request for memory that is refused, and hurts nobody.
 *
 * A process of its own, in a memory cgroup of its own with a limit of a MiB,
 * enlarges a pipe: the kernel asks for a larger block than that for its slots
 * (pipe_resize_ring(), with __GFP_NOWARN).  The charge to the cgroup is refused,
 * so the request gets no page, whatever memory looks like.  The OOM killer is not
 * called for such an order, and nothing is printed.
 */
#ifndef AW_DOCTOR_REFUSED_H
#define AW_DOCTOR_REFUSED_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

struct aw_refused {
	char root[64];		/* cgroups with the memory controller are made there; "": nothing is prepared */
	char directory[128];	/* the cgroup; "": it was not made */
	bool enabled;		/* the controller was enabled for it, and is to be disabled again */
	pid_t pid;		/* that asked */
	unsigned int slots;
	uint64_t bytes;		/* of the request, at least */
};

/* Makes the cgroup.  0, or -errno with the reason.  Removed by aw_refused_end() in any case. */
int aw_refused_begin(struct aw_refused *refused, struct aw_error *error);

/* Makes the request.  0: it was refused; -errno with the reason: it was not, or could not be made. */
int aw_refused_ask(struct aw_refused *refused, struct aw_error *error);

void aw_refused_end(struct aw_refused *refused);

#endif

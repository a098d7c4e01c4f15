/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The set-up in tracefs: two instances, or the top-level buffer on kernels whose
 * instances have no options (3.18 to 4.3).  Everything is restored afterwards.
 */
#ifndef AW_SOURCE_TRACEFS_SETUP_H
#define AW_SOURCE_TRACEFS_SETUP_H

#include "base/error.h"
#include "source/tracefs/instance_name.h"
#include "source/tracefs/record.h"

#define AW_TRACE_PATH 192

struct aw_trace_setup {
	const char *root;			/* tracefs */
	bool top;				/* the top-level buffer is used, for both parts */
	struct aw_instance_name name;
	int marker;				/* keeps an instance busy, so that another start does not remove it */
	char made[2][AW_TRACE_PATH];		/* instances to remove; "": none */
	char failures[AW_TRACE_PATH];		/* the directory of events with stacks */
	char effort[AW_TRACE_PATH];		/* that of the others; the same with `top` */
	uint32_t enabled;			/* bit k: event k is traced */
	uint32_t failed;			/* bit k: the kernel has event k, and would not trace it */
	int why;				/* -errno of the last one */
};

/*
 * Cleans up after runs that crashed, then sets up and starts tracing.  0, or
 * -ENODEV (no tracefs, no permission, in use by another program) with the reason;
 * nothing is changed then.
 */
int aw_trace_setup_open(const struct aw_trace_formats *formats, const char *filter, struct aw_trace_setup *setup,
			struct aw_error *error);

/* Stops tracing; what is in the buffers can still be read. */
void aw_trace_setup_stop(const struct aw_trace_setup *setup);

/* Restores everything.  Buffers have to be closed before. */
void aw_trace_setup_close(struct aw_trace_setup *setup);

/* Cleans up after runs that ended without doing so.  Returns the number of instances that were removed. */
unsigned int aw_trace_setup_clean(const char *root);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where tracing is set up: instances of our own, or on kernels whose
 * instances have no options (3.18 to 4.3) the top-level buffer, with
 * everything put back afterwards.
 */
#ifndef AW_SOURCE_TRACEFS_PLACE_H
#define AW_SOURCE_TRACEFS_PLACE_H

#include "base/error.h"
#include "source/tracefs_note.h"
#include "source/tracefs_record.h"

#define AW_TRACE_PATH 192

struct aw_trace_place {
	const char *root;			/* tracefs */
	bool top;				/* the top-level buffer is used, for both parts */
	struct aw_trace_note note;
	int marker;				/* keeps the note's instance busy: another start leaves it alone */
	char made[2][AW_TRACE_PATH];		/* instances to remove; "" none */
	char failures[AW_TRACE_PATH];		/* the directory whose events have stacks */
	char effort[AW_TRACE_PATH];		/* the same with `top` */
	uint32_t enabled;			/* bit k: event k is traced */
};

/*
 * Cleans what a crashed run left, then sets all up and starts tracing.  0, or
 * -ENODEV (no tracefs, no right to it, in use by somebody else) with the
 * reason; nothing stays changed then.
 */
int aw_trace_place_open(const struct aw_trace_formats *formats, const char *filter, struct aw_trace_place *place,
			struct aw_error *error);

/* Traces no more; what is in the buffers can still be read. */
void aw_trace_place_stop(const struct aw_trace_place *place);

/* Puts back everything.  Whoever reads the buffers closes them first. */
void aw_trace_place_close(struct aw_trace_place *place);

/* Instances that runs left which ended without cleaning up are removed.  How many. */
unsigned int aw_trace_place_clean(const char *root);

#endif

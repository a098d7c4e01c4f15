/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading a whole recording, for commands that make something of it.
 */
#ifndef AW_READ_RECORDING_H
#define AW_READ_RECORDING_H

#include "output/report.h"
#include "session.h"

#define AW_RECORDING_DEFAULT "allocwatch.aw"

/* The source that reads `file` ("-": stdin), for struct aw_options; the caller frees it. NULL: no memory. */
char *aw_recording_source(const char *file);

/*
 * Runs an opened session to the end of its file.  `event` (NULL: none) is told
 * of each event that the filter wants; after its first -errno no more, and
 * that is returned.  0 or -errno with the reason, -EINTR when a signal came:
 * half a recording must not pass for the whole.
 */
int aw_recording_read(struct aw_session *session, int (*event)(void *arg, const struct aw_event *event),
		      void *arg, struct aw_error *error);

/* Says on stderr how far a damaged recording could be read. */
void aw_recording_warn_damage(const struct aw_session *session);

/* Says on stderr what was lost: not every format has a place for it. */
void aw_recording_warn_losses(const struct aw_report *report);

#endif

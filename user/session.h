/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One run: a source, a filter and a summary, connected, until time or a
 * signal ends it.
 */
#ifndef AW_SESSION_H
#define AW_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "options.h"
#include "source/source.h"
#include "summary/summary.h"

struct aw_session {
	const struct aw_options *options;	/* borrowed */
	struct aw_source *source;
	struct aw_choice choice;		/* why this source */
	struct aw_summary *summary;
	uint64_t start_ns, end_ns;		/* CLOCK_MONOTONIC; end_ns 0: still running */
	struct aw_capture capture;		/* what the source was asked for */
	uint64_t unsampled_left_out;		/* failures only counted, of which the filter asks what is not known */
};

/* Who is told what happens; any may be NULL. */
struct aw_session_watcher {
	void (*event)(void *arg, const struct aw_event *event);
	void (*interval)(void *arg);
	bool (*tick)(void *arg);	/* after every poll, at least ten times a second; true ends the run */
	bool stay;			/* go on ticking at the end of a recording */
	void *arg;
};

/* Opens the source. 0 or -errno with the reason. */
int aw_session_open(const struct aw_options *options, struct aw_session *session, struct aw_error *error);

/*
 * Runs until the duration is over or SIGINT or SIGTERM comes, then stops the
 * source and delivers what was on the way.  A second signal ends the process
 * at once.  0 or -errno with the reason.
 */
int aw_session_run(struct aw_session *session, const struct aw_session_watcher *watcher,
		   struct aw_error *error);

/* The source's losses, and what the filter could not tell.  Returns how many causes. */
unsigned int aw_session_losses(const struct aw_session *session, struct aw_loss out[AW_MAX_LOSSES]);

/* Did a signal end the run?  Who reads a file has not read all of it then. */
bool aw_session_interrupted(void);

/* Where the session's window ends: for now, while it runs; the file's, when it reads one. */
uint64_t aw_session_end(const struct aw_session *session);

/* Forgets what was counted: a new summary, and the session begins now.  0 or -ENOMEM, nothing changed. */
int aw_session_reset(struct aw_session *session);

/* CLOCK_MONOTONIC in ns. */
uint64_t aw_session_now(void);

void aw_session_close(struct aw_session *session);

#endif

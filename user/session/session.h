/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One run: a source, a filter and a summary, connected, until time or a
 * signal ends it.
 */
#ifndef AW_SESSION_SESSION_H
#define AW_SESSION_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "session/joined.h"
#include "session/options.h"
#include "session/scanner.h"
#include "source/source.h"
#include "summary/summary.h"

struct aw_session {
	const struct aw_options *options;	/* borrowed */
	struct aw_source *source;
	struct aw_choice choice;		/* why this source */
	struct aw_summary *summary;
	uint64_t start_ns, end_ns;		/* CLOCK_MONOTONIC; end_ns 0: still running */
	struct aw_capture capture;		/* what the source was asked for */
	struct aw_btf *btf;			/* of this kernel, until the scanner is open; NULL: it has none */
	bool at_end;				/* the source gave all that it has: a file was read whole */
	struct aw_scanner *scanner;		/* NULL: no page scans are made */
	struct aw_joined joined;		/* those that were made, or recorded */
	uint64_t unsampled_left_out;		/* failures that were counted only, and that the filter cannot decide */
};

/* Callbacks of a run; any may be NULL. */
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
 * Makes page scans for failures of this session, as its options say, and frees
 * the BTF of this kernel, which takes megabytes: before privileges are given up.  0, or -errno with the reason, and none are made.
 */
int aw_session_open_scanner(struct aw_session *session, struct aw_error *error);

/*
 * Runs until the duration is over or SIGINT or SIGTERM comes, then stops the
 * source and delivers what was on the way.  A second signal ends the process
 * at once.  0 or -errno with the reason.
 */
int aw_session_run(struct aw_session *session, const struct aw_session_watcher *watcher,
		   struct aw_error *error);

/* The losses of the source, and failures that the filter could not decide.  Returns the number of causes. */
unsigned int aw_session_losses(const struct aw_session *session, struct aw_loss out[AW_MAX_LOSSES]);

/* Did a signal end the run? */
bool aw_session_interrupted(void);

/* The end of the session's window: now while it runs, or the end of the recording that it reads. */
uint64_t aw_session_end(const struct aw_session *session);

/* Starts again with an empty summary.  0, or -ENOMEM and nothing is changed. */
int aw_session_reset(struct aw_session *session);

void aw_session_close(struct aw_session *session);

#endif

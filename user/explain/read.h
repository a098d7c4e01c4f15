/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading the logs that explain was given, one after the other.
 */
#ifndef AW_EXPLAIN_READ_H
#define AW_EXPLAIN_READ_H

#include "base/error.h"
#include "explain/answers.h"

/* A log that was read. */
struct aw_explain_log {
	char *file;			/* owned; of a member "a.zip:kern.log"; NULL: standard input */
	struct aw_klog_stats stats;	/* of what was read */
	bool failed;			/* not all could be read */
	struct aw_error error;		/* why */
};

struct aw_explain_logs {
	unsigned int count;
	struct aw_explain_log **logs;	/* owned; members of directories and archives only with reports, or failed */
	unsigned int texts;		/* all that were read */
	struct aw_klog_stats total;
	unsigned int failed;		/* of texts */
};

/*
 * Reads `files` ("-": standard input; also archives and directories) into
 * `answers`; no file: standard input
 * if that is no terminal, else this kernel's log and those of earlier boots.  `out` starts as
 * zeros; it owns the names that the answers point to.  0 or -ENOMEM; a log that
 * can't be read is no error here.
 */
int aw_explain_read(char *const *files, unsigned int nr_files, struct aw_answers *answers,
		    struct aw_explain_logs *out);

void aw_explain_logs_clear(struct aw_explain_logs *logs);

#endif

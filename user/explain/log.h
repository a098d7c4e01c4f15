/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading logs, explaining what is in them, and saying what was read.
 */
#ifndef AW_EXPLAIN_LOG_H
#define AW_EXPLAIN_LOG_H

#include <stdbool.h>

#include "explain/kernels.h"

struct aw_explain_run {
	struct aw_explain_config config;
	unsigned int nr_logs;
	char *const *logs;	/* files, "-"; none: standard input if that is no terminal, else this kernel's log and those of earlier boots */
	bool json;		/* instead of text, schema allocwatch-explain/1 */
	const char *html;	/* instead of text, a page to this file, "-": standard output; NULL: none */
	bool exit_code;		/* AW_EXIT_HARD when there are hard failures */
	unsigned int width;	/* of the text; 0: not wrapped */
};

/*
 * Reads one log after the other: verdicts to stdout, messages to stderr.  A log
 * that can't be read is named, the others are explained all the same.  Returns
 * an enum aw_exit.
 */
int aw_explain_logs(const struct aw_explain_run *run);

#endif

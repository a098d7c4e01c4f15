/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading a log, explaining what is in it, and saying what was read.
 */
#ifndef AW_EXPLAIN_LOG_H
#define AW_EXPLAIN_LOG_H

#include <stdbool.h>

#include "explain_groups.h"

/*
 * `log`: a file, "-", or NULL: standard input if that is no terminal, else
 * this kernel's log and pstore.  Verdicts go to stdout, messages to stderr.
 * Returns an enum aw_exit; AW_EXIT_HARD only with `exit_code`.
 */
int aw_explain_log(const char *log, struct aw_explain_config *config, bool exit_code,
		   unsigned int width);

#endif

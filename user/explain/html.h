/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Answers as one self-contained page, in the form of a recording's.
 */
#ifndef AW_EXPLAIN_HTML_H
#define AW_EXPLAIN_HTML_H

#include <stdio.h>

#include "explain/answers.h"
#include "explain/read.h"

/* The answers are sorted.  0 or -ENOMEM: the page is not whole; the caller checks ferror(out). */
int aw_explain_html(FILE *out, const struct aw_answers *answers, const struct aw_explain_logs *logs);

#endif

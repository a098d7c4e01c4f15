/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Log lines in a page of HTML.
 */
#ifndef AW_LINES_HTML_H
#define AW_LINES_HTML_H

#include <stdbool.h>

#include "lines/out.h"

/* Is there an entity ("&lt;") or a tag of HTML in the text?  The kernel's <IRQ>, <TASK>, <4> are none. */
bool aw_log_html_dirty(const char *text, size_t len);

/* Copies the text with entities resolved and without tags; "<br>" and what begins or ends a block become '\n'. */
void aw_log_html_clean(const char *text, size_t len, struct aw_log_out *out);

#endif

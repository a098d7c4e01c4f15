/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What terminals, editors and web pages put between the characters of a line:
 * colours, cursor movements, special spaces, characters of no width.
 */
#ifndef AW_LINES_CONTROL_H
#define AW_LINES_CONTROL_H

#include <stdbool.h>

#include "lines/out.h"

/* Is there anything in the text that aw_log_control_clean() would change? */
bool aw_log_control_dirty(const char *text, size_t len);

/*
 * Copies the text without them: spaces of any kind become ' ', carriage
 * returns and cursor movements to another line '\n'.  Other bytes stay.  A
 * code that clears the screen goes at the start of a line only: elsewhere
 * it is part of what was logged, as the name of a task may be.
 */
void aw_log_control_clean(const char *text, size_t len, struct aw_log_out *out);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A trace that somebody wrote into a sentence: "sys_ioctl -> cam_alloc -> alloc_pages".
 */
#ifndef AW_KLOG_ARROWS_H
#define AW_KLOG_ARROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "klog/open.h"

/*
 * Is the line a sentence with a trace in it, and `o`, the newest report, a header that waits for one?  Then it has these
 * functions.  `serial` of the line.
 */
bool aw_klog_take_arrows(const struct aw_klog_line *line, struct aw_klog_open *o, uint64_t serial);

/* Lines of a trace come: what a sentence before them said is no trace of this report. */
void aw_klog_forget_arrows(struct aw_klog_open *o);

/* Is `next` the rest of a trace that `text` ends in?  *gap: what the wrap took. */
bool aw_klog_arrows_go_on(const struct aw_text *text, const struct aw_text *next, const char **gap);

#endif

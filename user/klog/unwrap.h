/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lines that a terminal, a mailer or a logger wrapped, put together again.
 */
#ifndef AW_KLOG_UNWRAP_H
#define AW_KLOG_UNWRAP_H

#include "klog/window.h"

/*
 * Makes the first line of the window whole: joins lines that go on where it
 * ends.  One that was cut at a column instead loses its last word, which may
 * be half of one, and is marked.
 */
void aw_klog_unwrap(struct aw_klog_window *window);

#endif

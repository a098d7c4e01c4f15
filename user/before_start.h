/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Failures that this kernel's log already holds when watching starts.
 */
#ifndef AW_BEFORE_START_H
#define AW_BEFORE_START_H

#include "event/event.h"
#include "kernel/kernel.h"
#include "summary/filter.h"

typedef void (*aw_before_start_fn)(void *arg, const struct aw_event *event);

/*
 * Hands out each page allocation failure of this kernel's log that the filter
 * wants, judged and marked before_start, oldest first.  Returns how many; 0
 * also where the log can't be read.
 */
unsigned int aw_before_start(const struct aw_kernel *kernel, const struct aw_filter *filter,
			     aw_before_start_fn deliver, void *arg);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A verdict as text: the lines below the headline of a failure.
 */
#ifndef AW_OUTPUT_TEXT_VERDICT_H
#define AW_OUTPUT_TEXT_VERDICT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "event/event.h"
#include "mm/kernel.h"
#include "verdict/verdict.h"

/*
 * Prints the lines request, cause, tried, stopped by, caller and now, wrapped
 * at `width` columns (0: do not wrap).  Names from outside are escaped.  The
 * caller checks ferror(out).
 */
void aw_verdict_print(FILE *out, const struct aw_event *event, const struct aw_verdict *verdict,
		      unsigned int width);

/*
 * The headline: "12 requests for 64 KiB by ioctx_alloc failed: memory is
 * fragmented, not short."  The caller adds class, time and process.  `count` is
 * at least 1.  Returns `text`.
 */
const char *aw_verdict_sentence(const struct aw_event *event, const struct aw_kernel *kernel,
				const struct aw_verdict *verdict, uint64_t count, char *text,
				size_t size);

#endif

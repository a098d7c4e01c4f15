/* SPDX-License-Identifier: GPL-2.0 */
/* A verdict as text: the block under a failure's headline. */
#ifndef AW_OUTPUT_VERDICT_TEXT_H
#define AW_OUTPUT_VERDICT_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "event/event.h"
#include "kernel/kernel.h"
#include "verdict/verdict.h"

/*
 * Prints "request / cause / tried / stopped by / caller / now", wrapped at
 * `width` columns (0: not wrapped).  Names from outside are escaped.
 * Errors show in ferror(out).
 */
void aw_verdict_print(FILE *out, const struct aw_event *ev, const struct aw_kernel *k,
		      const struct aw_verdict *v, unsigned int width);

/*
 * The headline's sentence: "12 requests for 64 KiB by ioctx_alloc failed:
 * memory is fragmented, not short." without class, time and process, which
 * the caller adds.  `count` is at least 1.  Returns `text`.
 */
const char *aw_verdict_sentence(const struct aw_event *ev, const struct aw_kernel *k,
				const struct aw_verdict *v, uint64_t count, char *text,
				size_t size);

#endif

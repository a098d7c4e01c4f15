/* SPDX-License-Identifier: GPL-2.0 */
/* Makes the kernel ask for a block of order 4 with GFP_ATOMIC, from 4.5 on. */
#ifndef REPRO_ATOMIC_H
#define REPRO_ATOMIC_H

#include "requests.h"

/* To be called while memory is not fragmented; needs some MiB. */
void atomic_prepare(void);

/* The kernel log tells of the one that fails. */
void request_atomic(struct request_count *count);

#endif

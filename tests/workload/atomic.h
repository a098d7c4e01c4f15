/* SPDX-License-Identifier: GPL-2.0 */
/* Makes the kernel allocate a block of order 4 with GFP_ATOMIC, on 4.5 and later. */
#ifndef REPRO_ATOMIC_H
#define REPRO_ATOMIC_H

#include "requests.h"

/* To be called before memory is fragmented; needs a few MiB. */
void atomic_prepare(void);

/* If it fails, the kernel log shows it. */
void request_atomic(struct request_count *count);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/* System calls of which each makes the kernel ask for one big block, and what became of it. */
#ifndef REPRO_REQUESTS_H
#define REPRO_REQUESTS_H

#define REQUEST_ORDER 4

struct request_count {
	long failed, ok;
};

/* Whether this page size allows a warned request of order 4; ends the program if not. Raises fs.aio-max-nr for now. */
void warned_prepare(void);

/* io_setup(): GFP_KERNEL | __GFP_COMP | __GFP_ZERO. A block that was given is given back. */
void request_warned(struct request_count *count);

/* F_SETPIPE_SZ: the same with __GFP_ACCOUNT and __GFP_NOWARN. A block that was given is kept. */
void request_silent(struct request_count *count);

/* As request_silent(), of order 4 to silent_order_max(). */
void request_silent_order(struct request_count *count, int order);
int silent_order_max(void);

/* Takes free blocks of order 4 and more until none is left or none is given. */
void use_up_blocks(struct request_count *count);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/* System calls that each make the kernel allocate one large block, and their result. */
#ifndef REPRO_REQUESTS_H
#define REPRO_REQUESTS_H

#define REQUEST_ORDER 4

struct request_count {
	long failed, ok;
};

/* Checks that this page size allows a request of order 4 with a warning, else ends the program. Raises fs.aio-max-nr. */
void warned_prepare(void);

/* io_setup(): GFP_KERNEL | __GFP_COMP | __GFP_ZERO. If it succeeds, the block is freed again. */
void request_warned(struct request_count *count);

/* F_SETPIPE_SZ: the same with __GFP_ACCOUNT and __GFP_NOWARN. If it succeeds, the block is kept. */
void request_silent(struct request_count *count);

/* Like request_silent(), of order 4 to silent_order_max(). */
void request_silent_order(struct request_count *count, int order);
int silent_order_max(void);

/* Takes free blocks of order 4 and larger until none is left, or a request fails. */
void use_up_blocks(struct request_count *count);

#endif

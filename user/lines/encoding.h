/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Text of any encoding -> UTF-8: UTF-16 is recognised and converted, anything
 * else passes as it is.
 */
#ifndef AW_LINES_ENCODING_H
#define AW_LINES_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AW_LOG_ENCODING_LOOK 256	/* bytes that tell the encoding */

struct aw_log_encoding {
	bool known;
	bool wide;		/* UTF-16 */
	bool big;		/* its bytes: most significant first */
	unsigned char held[AW_LOG_ENCODING_LOOK];	/* the start of the text, or half a unit */
	unsigned int nr_held;
	uint16_t high;		/* a surrogate that waits for its second half; 0 none */
};

typedef void (*aw_log_encoding_fn)(void *ctx, const char *text, size_t len);

/*
 * The text in pieces of any size; hands on UTF-8 in pieces of any size.  With
 * a byte order mark, or several letters of ASCII as 16 bits in the first
 * AW_LOG_ENCODING_LOOK bytes, the text is UTF-16.
 */
void aw_log_encoding_feed(struct aw_log_encoding *encoding, const char *text, size_t len, aw_log_encoding_fn fn, void *ctx);

/* The text is over: hands on what was held back, and starts afresh. */
void aw_log_encoding_finish(struct aw_log_encoding *encoding, aw_log_encoding_fn fn, void *ctx);

#endif

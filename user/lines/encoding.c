// SPDX-License-Identifier: GPL-2.0
/*
 * Text of any encoding -> UTF-8.
 *
 * Windows tools write UTF-16 ("dmesg > file" in PowerShell, Notepad's
 * "Unicode"), with a byte order mark or without.
 */
#include "lines/encoding.h"

#include "lines/out.h"

#define PIECE 4096
#define LEAST_LETTERS 8

static bool is_ascii(unsigned char byte)
{
	return (byte >= 0x20 && byte < 0x7f) || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Letters of ASCII as 16 bits, their upper byte at `zero` of each two; -1: other bytes are 0 as well. */
static int count_letters(const struct aw_log_encoding *encoding, unsigned int zero)
{
	const unsigned char *b = encoding->held;
	int count = 0, others = 0;

	for (unsigned int i = 0; i + 1 < encoding->nr_held; i += 2) {
		others += !b[i + !zero];
		count += !b[i + zero] && is_ascii(b[i + !zero]);
	}
	return others > count / 8 ? -1 : count;
}

static void tell(struct aw_log_encoding *encoding)
{
	const unsigned char *b = encoding->held;
	int least = encoding->nr_held < 4 * LEAST_LETTERS ? 2 : LEAST_LETTERS;

	encoding->known = true;
	if (encoding->nr_held < 2)
		return;
	if ((b[0] == 0xff && b[1] == 0xfe) || (b[0] == 0xfe && b[1] == 0xff)) {
		encoding->wide = true;
		encoding->big = b[0] == 0xfe;
	} else {
		encoding->big = count_letters(encoding, 0) >= least;
		encoding->wide = encoding->big || count_letters(encoding, 1) >= least;
	}
}

static void take_unit(struct aw_log_encoding *encoding, uint16_t unit, struct aw_log_out *out)
{
	if (encoding->high && unit >= 0xdc00 && unit <= 0xdfff) {
		aw_log_out_code(out, 0x10000 + ((uint32_t)(encoding->high - 0xd800) << 10) + (unit - 0xdc00));
		encoding->high = 0;
		return;
	}
	if (encoding->high)
		aw_log_out_byte(out, '?');
	encoding->high = unit >= 0xd800 && unit <= 0xdbff ? unit : 0;
	if (!encoding->high)
		aw_log_out_code(out, unit);
}

static void convert(struct aw_log_encoding *encoding, const char *text, size_t len, aw_log_encoding_fn fn, void *ctx)
{
	char data[PIECE];
	struct aw_log_out out = { data, 0, sizeof(data) };

	for (size_t i = 0; i < len; i++) {
		const unsigned char *b = encoding->held;

		encoding->held[encoding->nr_held++] = (unsigned char)text[i];
		if (encoding->nr_held < 2)
			continue;
		encoding->nr_held = 0;
		take_unit(encoding, encoding->big ? (uint16_t)(b[0] << 8 | b[1]) : (uint16_t)(b[1] << 8 | b[0]), &out);
		if (out.len > sizeof(data) - 8) {
			fn(ctx, data, out.len);
			out.len = 0;
		}
	}
	if (out.len)
		fn(ctx, data, out.len);
}

static void pass(struct aw_log_encoding *encoding, const char *text, size_t len, aw_log_encoding_fn fn, void *ctx)
{
	if (encoding->wide)
		convert(encoding, text, len, fn, ctx);
	else if (len)
		fn(ctx, text, len);
}

static void pass_held(struct aw_log_encoding *encoding, aw_log_encoding_fn fn, void *ctx)
{
	char held[AW_LOG_ENCODING_LOOK];
	size_t len = encoding->nr_held;

	memcpy(held, encoding->held, len);
	encoding->nr_held = 0;
	pass(encoding, held, len, fn, ctx);
}

void aw_log_encoding_feed(struct aw_log_encoding *encoding, const char *text, size_t len, aw_log_encoding_fn fn, void *ctx)
{
	while (!encoding->known && len) {
		encoding->held[encoding->nr_held++] = (unsigned char)*text++;
		len--;
		if (encoding->nr_held < AW_LOG_ENCODING_LOOK)
			continue;
		tell(encoding);
		pass_held(encoding, fn, ctx);
	}
	if (len)
		pass(encoding, text, len, fn, ctx);
}

void aw_log_encoding_finish(struct aw_log_encoding *encoding, aw_log_encoding_fn fn, void *ctx)
{
	if (!encoding->known) {
		tell(encoding);
		pass_held(encoding, fn, ctx);
	}
	*encoding = (struct aw_log_encoding){ 0 };
}

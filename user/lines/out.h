/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Text that is being written into a buffer of a fixed size: what does not
 * fit is left out.
 */
#ifndef AW_LINES_OUT_H
#define AW_LINES_OUT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct aw_log_out {
	char *data;
	size_t len, size;
};

static inline void aw_log_out_byte(struct aw_log_out *out, char byte)
{
	if (out->len < out->size)
		out->data[out->len++] = byte;
}

static inline void aw_log_out_bytes(struct aw_log_out *out, const char *bytes, size_t len)
{
	if (len > out->size - out->len)
		len = out->size - out->len;
	memcpy(out->data + out->len, bytes, len);
	out->len += len;
}

/* A character as UTF-8; what is no character becomes '?'. */
static inline void aw_log_out_code(struct aw_log_out *out, uint32_t code)
{
	if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		code = '?';
	if (code < 0x80) {
		aw_log_out_byte(out, (char)code);
		return;
	}
	if (code < 0x800) {
		aw_log_out_byte(out, (char)(0xc0 | code >> 6));
	} else {
		if (code < 0x10000) {
			aw_log_out_byte(out, (char)(0xe0 | code >> 12));
		} else {
			aw_log_out_byte(out, (char)(0xf0 | code >> 18));
			aw_log_out_byte(out, (char)(0x80 | (code >> 12 & 0x3f)));
		}
		aw_log_out_byte(out, (char)(0x80 | (code >> 6 & 0x3f)));
	}
	aw_log_out_byte(out, (char)(0x80 | (code & 0x3f)));
}

#endif

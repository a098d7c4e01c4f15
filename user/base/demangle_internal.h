/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parsers of the two manglings share: the text that they write.
 */
#ifndef AW_BASE_DEMANGLE_INTERNAL_H
#define AW_BASE_DEMANGLE_INTERNAL_H

#include <stddef.h>
#include <string.h>

enum aw_demangle_ending {
	AW_DEMANGLE_WHOLE,
	AW_DEMANGLE_CUT,	/* the symbol ends in the middle */
	AW_DEMANGLE_WRONG	/* it is not of the grammar */
};

/* A path of at most size - 1 bytes, NUL-terminated; what has no room is left out. */
struct aw_demangled {
	char *text;
	size_t used, size;
};

static inline void aw_demangled_put(struct aw_demangled *out, const char *text, size_t len)
{
	if (len > out->size - 1 - out->used)
		len = out->size - 1 - out->used;
	memcpy(out->text + out->used, text, len);
	out->used += len;
	out->text[out->used] = '\0';
}

/* The symbol behind its "_R", up to `end`. */
enum aw_demangle_ending aw_demangle_v0(const char *symbol, const char *end, struct aw_demangled *out);

#endif

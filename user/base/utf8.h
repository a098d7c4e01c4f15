/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Decodes well-formed UTF-8, one character at a time.
 */
#ifndef AW_BASE_UTF8_H
#define AW_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/*
 * The length in bytes of the first character of the NUL-terminated `s`, and its
 * code.  0: not well-formed (RFC 3629 excludes overlong forms, surrogates and
 * codes above U+10FFFF).  The NUL is a character of one byte.
 */
size_t aw_utf8_decode(const char *s, uint32_t *code);

/* The length of a non-ASCII, printable character at the start of `s`; 0: there is none. */
size_t aw_utf8_printable(const char *s);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Well-formed UTF-8, one character at a time.
 */
#ifndef AW_BASE_UTF8_H
#define AW_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/*
 * Length in bytes of the character that the NUL-terminated `s` starts with, and
 * its code; 0: none starts here (RFC 3629: no overlong form, no surrogate,
 * nothing above U+10FFFF).  The NUL is a character of one byte.
 */
size_t aw_utf8_decode(const char *s, uint32_t *code);

/* Length of the character beyond ASCII that starts here and may be shown to people; 0: none. */
size_t aw_utf8_printable(const char *s);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Escapes strings from outside for XML and HTML.
 */
#ifndef AW_BASE_ESCAPE_XML_H
#define AW_BASE_ESCAPE_XML_H

#include <stddef.h>
#include <stdio.h>

/*
 * For element text, and for attribute values in single or double quotes, of XML
 * 1.0 and HTML: the five special characters become entities.  XML forbids most
 * control characters even as &#NN;.  They become \xNN as on a terminal, as do
 * bytes that are not valid UTF-8 and characters that hide or reorder others.  A
 * backslash is kept, because the text may already have passed
 * aw_escape_terminal().
 */
void aw_put_xml(FILE *out, const char *text);

/* The same into at most `size` bytes including the NUL, and never a partial escape.  Returns `out`. */
const char *aw_escape_xml(const char *text, char *out, size_t size);

#endif

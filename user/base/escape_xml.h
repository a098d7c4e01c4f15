/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Strings from outside made safe for XML and HTML.
 */
#ifndef AW_BASE_ESCAPE_XML_H
#define AW_BASE_ESCAPE_XML_H

#include <stddef.h>
#include <stdio.h>

/*
 * For element text and for attribute values in either kind of quotes, of XML
 * 1.0 and of HTML: the five special characters become entities.  XML forbids
 * most control characters even as &#NN;, so these, bytes that are no UTF-8
 * and characters that hide or reorder others become \xNN, as on a terminal.
 * A backslash stays: the text may have been through aw_escape_terminal().
 */
void aw_put_xml(FILE *out, const char *text);

/* The same into at most `size` bytes with the NUL, never half an escape. Returns `out`. */
const char *aw_escape_xml(const char *text, char *out, size_t size);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Formats of the kernel's printk() as words for people.
 */
#ifndef AW_OUTPUT_TEXT_PRINTK_FORMAT_H
#define AW_OUTPUT_TEXT_PRINTK_FORMAT_H

#include <stddef.h>

/*
 * Writes `format` without its line feed and with "..." for each value, which is
 * not known: "vmalloc: allocation failure: %lu bytes\n" becomes "vmalloc:
 * allocation failure: ... bytes".  Cut if `size` bytes are too few.  Control
 * characters are still to be escaped.
 */
void aw_printk_format_words(const char *format, char *out, size_t size);

#endif

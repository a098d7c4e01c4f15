// SPDX-License-Identifier: GPL-2.0
/*
 * Formats of the kernel's printk() as words for people.
 */
#include "output/text/printk_format.h"

#include <ctype.h>
#include <string.h>

static void add(char *out, size_t size, size_t *used, const char *text, size_t len)
{
	for (size_t i = 0; i < len && *used + 1 < size; i++)
		out[(*used)++] = text[i];
}

/*
 * Behind a conversion that begins at '%': Documentation/core-api/printk-formats.rst.
 * %p takes letters and digits that say what it points to: "%pISpc".
 */
static const char *conversion_end(const char *p)
{
	p++;
	p += strspn(p, "-+ #0");
	p += strspn(p, "0123456789*.");
	p += strspn(p, "hlLzjt");
	if (*p != 'p')
		return *p ? p + 1 : p;
	p++;
	while (isalnum((unsigned char)*p))
		p++;
	return p;
}

void aw_printk_format_words(const char *format, char *out, size_t size)
{
	size_t used = 0, len = strlen(format);

	while (len && format[len - 1] == '\n')
		len--;
	for (const char *p = format, *end = format + len; p < end;) {
		const char *next = *p == '%' ? conversion_end(p) : p + 1;

		if (*p != '%')
			add(out, size, &used, p, 1);
		else if (p[1] == '%')
			add(out, size, &used, "%", 1);
		else
			add(out, size, &used, "...", 3);
		p = next;
	}
	if (size)
		out[used] = '\0';
}

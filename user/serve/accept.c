// SPDX-License-Identifier: GPL-2.0
/*
 * Chooses the metrics format that a client asks for.  Prometheus 2.42 sends, in one line:
 * application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,
 * text/plain;version=0.0.4;q=0.5,* / *;q=0.1 (without the blanks)
 */
#include "serve/accept.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

/* A part of the header, without surrounding blanks. */
struct part {
	const char *text;
	size_t len;
};

static bool is(struct part part, const char *text)
{
	return strlen(text) == part.len && !strncasecmp(part.text, text, part.len);
}

static struct part trim(struct part part)
{
	while (part.len && isspace((unsigned char)part.text[0])) {
		part.text++;
		part.len--;
	}
	while (part.len && isspace((unsigned char)part.text[part.len - 1]))
		part.len--;
	return part;
}

/* Takes the part before `separator` off `rest`; false: nothing is left. */
static bool next(struct part *rest, char separator, struct part *out)
{
	const char *end;
	size_t len;

	if (!rest->text)
		return false;
	end = memchr(rest->text, separator, rest->len);
	len = end ? (size_t)(end - rest->text) : rest->len;
	*out = trim((struct part){ rest->text, len });
	*rest = (struct part){ end ? end + 1 : NULL, end ? rest->len - len - 1 : 0 };
	return true;
}

/* "0.75" -> 750; 0 if invalid. */
static unsigned int weight(struct part part)
{
	unsigned int value = 0, scale = 100;

	if (!part.len || (part.text[0] != '0' && part.text[0] != '1'))
		return 0;
	value = (part.text[0] - '0') * 1000;
	for (size_t i = 2; i < part.len && i < 5 && isdigit((unsigned char)part.text[i]); i++, scale /= 10)
		value += (part.text[i] - '0') * scale;
	return value > 1000 ? 1000 : value;
}

/* Raises the weights of OpenMetrics and plain text, in thousandths, to that of this media range. */
static void range_weights(struct part range, unsigned int *openmetrics, unsigned int *text)
{
	struct part type, parameter;
	unsigned int q = 1000;
	bool version_fits = true, is_openmetrics, is_text;

	if (!next(&range, ';', &type))
		return;
	is_openmetrics = is(type, "application/openmetrics-text");
	is_text = is(type, "text/plain") || is(type, "text/*") || is(type, "*/*");
	while (next(&range, ';', &parameter)) {
		if (parameter.len >= 2 && !strncasecmp(parameter.text, "q=", 2))
			q = weight((struct part){ parameter.text + 2, parameter.len - 2 });
		else if (is_openmetrics && parameter.len > 8 && !strncasecmp(parameter.text, "version=", 8))
			version_fits = is(parameter, "version=1.0.0") || is(parameter, "version=\"1.0.0\"");
	}
	if (is_openmetrics && version_fits && q > *openmetrics)
		*openmetrics = q;
	if (is_text && q > *text)
		*text = q;
}

enum aw_exposition aw_accept_choose(const char *accept)
{
	struct part rest = { accept, accept ? strlen(accept) : 0 }, range;
	unsigned int openmetrics = 0, text = 0;

	while (next(&rest, ',', &range))
		range_weights(range, &openmetrics, &text);
	return openmetrics && openmetrics >= text ? AW_EXPOSE_OPENMETRICS : AW_EXPOSE_TEXT;
}

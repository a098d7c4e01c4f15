// SPDX-License-Identifier: GPL-2.0
/*
 * JSON values of our own kinds of numbers, texts and times.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/escape.h"
#include "output/json_parts.h"
#include "output/utc.h"

/* In ASCII: U+009B, a control sequence to some terminals, is valid in a JSON string. */
#define DUMP (JSON_COMPACT | JSON_ENCODE_ANY | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(12))

json_t *aw_json_text(const char *text)
{
	size_t size = text ? AW_ESCAPED_SIZE(strlen(text)) : 0;
	AW_FREE char *safe = NULL;

	if (!text || !text[0])
		return json_null();
	safe = malloc(size);
	return safe ? json_string(aw_escape_json(text, safe, size)) : NULL;
}

/* JSON's integers are signed; no count of ours gets there, a broken file's may. */
json_t *aw_json_number(uint64_t number)
{
	return json_integer(number > INT64_MAX ? INT64_MAX : (json_int_t)number);
}

json_t *aw_json_known(bool known, uint64_t number)
{
	return known ? aw_json_number(number) : json_null();
}

json_t *aw_json_time(const struct aw_kernel *kernel, uint64_t time_ns)
{
	char text[AW_UTC_TEXT];
	const char *utc = aw_format_utc(kernel, time_ns, text);

	return utc ? json_string(utc) : json_null();
}

json_t *aw_json_join(json_t *to, json_t *from)
{
	bool failed = !to || !from || json_object_update(to, from);

	json_decref(from);
	if (!failed)
		return to;
	json_decref(to);
	return NULL;
}

json_t *aw_json_append(json_t *array, json_t *value)
{
	if (!json_array_append_new(array, value))
		return array;
	json_decref(array);
	return NULL;
}

int aw_json_put(FILE *out, json_t *value)
{
	int err;

	if (!value)
		return -ENOMEM;
	/* What went wrong with `out` is seen by who closes it. */
	err = json_dumpf(value, out, DUMP) && !ferror(out) ? -ENOMEM : 0;
	json_decref(value);
	return err;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: format files of tracefs, and a record read by what they say.  The
 * text ends at the first NUL; the record follows.
 */
#include "fuzz.h"

#include "mm/gfp.h"
#include "source/tracefs/record.h"

static void read_by(const char *text, size_t len, const void *record, size_t size)
{
	for (unsigned int type = 0; type < AW_TRACE_TYPES; type++) {
		struct aw_trace_formats formats = { 0 };
		struct aw_trace_record out;

		if (!aw_trace_formats_add(&formats, type, text, len))
			aw_trace_record_decode(&formats, record, size, &out);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
	size_t len = nul ? (size_t)(nul - data) : size, left = nul ? size - len - 1 : 0;
	char *text = malloc(len + !len), *record = malloc(left + !left);
	struct aw_gfp_table *table;

	if (len)
		memcpy(text, data, len);
	if (left)
		memcpy(record, nul + 1, left);
	read_by(text, len, record, left);
	if (!aw_gfp_table_from_format(text, len, &table)) {
		aw_gfp_decode(table, 0x40dc0);
		aw_gfp_table_free(table);
	}
	free(text);
	free(record);
	return 0;
}

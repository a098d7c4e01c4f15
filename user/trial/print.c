// SPDX-License-Identifier: GPL-2.0
/*
 * What a compaction under watch did, for people and as JSON
 * (docs/schema/allocwatch-try-1.json).
 */
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>

#include "base/array.h"
#include "base/units.h"
#include "base/wrap.h"
#include "trial/compact.h"

static const struct {
	const char *name, *text;
} ends[] = {
	[AW_COMPACT_END_WHOLE] = { "whole", "all of memory was looked at; to try again at once gains little" },
	[AW_COMPACT_END_EARLY] = { "early", "the kernel ended it at once, after less than a tenth of the pages in use: "
				   "likely its free scanner strode over the free pages (5.1 on).  To try again at once "
				   "gains little; a request that may compact looks for them in the free lists, and may "
				   "succeed" },
	[AW_COMPACT_END_UNKNOWN] = { "unknown", "this kernel does not count what compaction looks at" },
};
_Static_assert(ARRAY_SIZE(ends) == AW_COMPACT_ENDS, "an end has no row");

const char *aw_compact_end_name(enum aw_compact_end end)
{
	return ends[end].name;
}

static void print_counters(FILE *out, const struct aw_compact_trial *trial, unsigned int width)
{
	const uint64_t *counter = trial->counter;
	char text[400];

	if (!trial->counted)
		return;
	snprintf(text, sizeof(text), "%" PRIu64 " looked at for pages to move, %" PRIu64 " for free ones, of %" PRIu64
		 " in use; %" PRIu64 " moved, %" PRIu64 " tries failed", counter[AW_COMPACT_MIGRATE_SCANNED],
		 counter[AW_COMPACT_FREE_SCANNED], trial->used, counter[AW_COMPACT_MOVED], counter[AW_COMPACT_NOT_MOVED]);
	aw_wrap_row(out, "pages", text, width);
}

static void print_orders(FILE *out, const struct aw_compact_trial *trial)
{
	unsigned int orders = trial->kernel->max_order + 1;

	fprintf(out, "\n  %-10s %10s %10s\n", "order", "before", "after");
	for (unsigned int order = 0; order < orders && order < AW_MAX_ORDERS; order++)
		fprintf(out, "  %-10u %10" PRIu64 " %10" PRIu64 "\n", order, trial->before[order], trial->after[order]);
}

void aw_compact_print_text(FILE *out, const struct aw_compact_trial *trial, unsigned int width)
{
	uint64_t before = aw_compact_blocks(trial->before, trial->order);
	uint64_t after = aw_compact_blocks(trial->after, trial->order);
	char bytes[AW_UNITS_TEXT], time[AW_UNITS_TEXT];

	fprintf(out, "compacted in %s: blocks of %s (order %u) for an unmovable request: %" PRIu64 " before, %" PRIu64
		" after.\n", aw_format_duration(trial->ns, time),
		aw_format_bytes(aw_order_bytes(trial->kernel, trial->order), bytes), trial->order, before, after);
	print_counters(out, trial, width);
	aw_wrap_row(out, "ended", ends[trial->end].text, width);
	print_orders(out, trial);
}

static json_t *number(uint64_t value)
{
	return json_integer((json_int_t)value);
}

static json_t *orders_json(const struct aw_compact_trial *trial)
{
	json_t *list = json_array();

	for (unsigned int order = 0; order <= trial->kernel->max_order && order < AW_MAX_ORDERS; order++)
		json_array_append_new(list, json_pack("{s:i, s:o, s:o}", "order", (int)order, "before",
						      number(trial->before[order]), "after", number(trial->after[order])));
	return list;
}

static json_t *pages_json(const struct aw_compact_trial *trial)
{
	const uint64_t *counter = trial->counter;

	if (!trial->counted)
		return json_null();
	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "migrate_scanned", number(counter[AW_COMPACT_MIGRATE_SCANNED]),
			 "free_scanned", number(counter[AW_COMPACT_FREE_SCANNED]),
			 "isolated", number(counter[AW_COMPACT_ISOLATED]), "moved", number(counter[AW_COMPACT_MOVED]),
			 "failed", number(counter[AW_COMPACT_NOT_MOVED]));
}

int aw_compact_print_json(FILE *out, const struct aw_compact_trial *trial)
{
	json_t *root = json_pack("{s:s, s:s, s:i, s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:o}", "schema", "allocwatch-try/1",
		"kernel", trial->kernel->release, "order", (int)trial->order,
		"bytes", number(aw_order_bytes(trial->kernel, trial->order)),
		"before", number(aw_compact_blocks(trial->before, trial->order)),
		"after", number(aw_compact_blocks(trial->after, trial->order)), "ns", number(trial->ns),
		"used", number(trial->used), "end", aw_compact_end_name(trial->end), "pages", pages_json(trial),
		"orders", orders_json(trial));
	int err = root && !json_dumpf(root, out, JSON_INDENT(2) | JSON_ENSURE_ASCII) ? 0 : -ENOMEM;

	fputs("\n", out);
	json_decref(root);
	return err;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Would a request be served now, as JSON: docs/schema/allocwatch-check-1.json.
 */
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "check/check.h"

static json_t *number(uint64_t value)
{
	return json_integer((json_int_t)value);
}

/* "GFP_KERNEL|__GFP_COMP" as a list */
static json_t *names_json(const char *names)
{
	json_t *list = json_array();

	while (*names) {
		size_t len = strcspn(names, "|");

		json_array_append_new(list, json_stringn(names, len));
		names += len + (names[len] == '|');
	}
	return list;
}

static json_t *gfp_json(const struct aw_gfp *gfp)
{
	char raw[24];

	snprintf(raw, sizeof(raw), "0x%" PRIx64, gfp->raw);
	return json_pack("{s:s, s:o}", "raw", raw, "names", names_json(gfp->names));
}

static json_t *zones_json(const struct aw_case *now)
{
	json_t *list = json_array();

	for (unsigned int i = 0; i < now->nr_findings; i++) {
		const struct aw_finding *finding = &now->findings[i];

		json_array_append_new(list, json_pack("{s:i, s:s, s:b, s:b, s:I, s:I, s:I}", "node", finding->zone->node,
			"name", finding->zone->name, "open", finding->bar == AW_BAR_NONE,
			"serves", finding->bar == AW_BAR_NONE && finding->check.failed == AW_CLAUSE_PASSES,
			"free", (json_int_t)finding->check.free, "usable", (json_int_t)finding->check.usable,
			"must_leave", (json_int_t)aw_check_must_leave(&finding->check)));
	}
	return list;
}

static json_t *end_json(const struct aw_check_answer *answer)
{
	const struct aw_verdict *end = &answer->end;

	if (aw_check_has_no_end(answer))
		return json_null();
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "cause", aw_cause_name(end->likely_cause),
			 "certainty", aw_certainty_name(end->cause_certainty), "headline", end->headline,
			 "text", end->cause_text, "rule", aw_rule_name(end->rule), "rule_text", end->rule_text);
}

int aw_check_print_json(FILE *out, const struct aw_check_request *request, const struct aw_check_answer *answer)
{
	json_t *root = json_pack("{s:s, s:s, s:i, s:o, s:o, s:s, s:o, s:b, s:o, s:b, s:b, s:o, s:o, s:o}",
		"schema", "allocwatch-check/1", "kernel", request->kernel->release, "order", (int)request->order,
		"bytes", number(aw_order_bytes(request->kernel, request->order)), "gfp", gfp_json(&request->gfp),
		"migratetype", aw_migratetype_name(answer->now.allows.migratetype), "count", number(request->count),
		"is_served", aw_check_is_served(request, answer), "served", number(answer->served),
		"at_least", aw_check_is_least(request),
		"and_more", aw_check_has_no_end(answer),
		"zone", answer->zone ? json_string(answer->zone->name) : json_null(), "end", end_json(answer),
		"zones", zones_json(&answer->now));
	int err = root && !json_dumpf(root, out, JSON_INDENT(2) | JSON_ENSURE_ASCII) ? 0 : -ENOMEM;

	fputs("\n", out);
	json_decref(root);
	return err;
}

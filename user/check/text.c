// SPDX-License-Identifier: GPL-2.0
/*
 * Would a request be served now: the answer for people.
 */
#include <inttypes.h>

#include "base/escape.h"
#include "base/units.h"
#include "base/wrap.h"
#include "check/check.h"

static void print_answer(FILE *out, const struct aw_check_request *request, const struct aw_check_answer *answer)
{
	char bytes[AW_UNITS_TEXT], zone[AW_ESCAPED_SIZE(sizeof(answer->zone->name))] = "";

	if (answer->served)
		aw_escape_terminal(answer->zone->name, zone, sizeof(zone));
	fprintf(out, "order %u (%s) with %s: ", request->order,
		aw_format_bytes(aw_order_bytes(request->kernel, request->order), bytes), request->gfp.names);
	if (!answer->served)
		fprintf(out, "not served from the free lists now: %s.\n", answer->end.headline);
	else if (aw_check_has_no_end(answer))
		fprintf(out, "%" PRIu64 " requests and more are served now, first by zone %s.\n", answer->served, zone);
	else
		fprintf(out, "%s%" PRIu64 " %s served now, first by zone %s; then %s.\n",
			aw_check_is_least(request) ? "at least " : "", answer->served,
			answer->served == 1 ? "request is" : "requests are", zone, answer->end.headline);
}

static const char *bar_text(enum aw_bar bar)
{
	static const char *const texts[AW_BARS] = {
		[AW_BAR_NONE] = "open", [AW_BAR_ZONE] = "closed: above the zone of the mask",
		[AW_BAR_NODE] = "closed: node outside of the cpuset", [AW_BAR_POLICY] = "closed: node outside of the policy",
		[AW_BAR_THISNODE] = "closed: another node than its own", [AW_BAR_EMPTY] = "empty",
	};

	return texts[bar];
}

static const char *clause_text(enum aw_clause clause)
{
	static const char *const texts[] = {
		[AW_CLAUSE_PASSES] = "serves it", [AW_CLAUSE_PAGES] = "too few pages over the mark",
		[AW_CLAUSE_ORDER] = "too few pages in large blocks", [AW_CLAUSE_BLOCK] = "no block of the order",
		[AW_CLAUSE_NOT_KNOWN] = "not known",
	};

	return texts[clause];
}

static void print_zones(FILE *out, const struct aw_check_answer *answer)
{
	fprintf(out, "\n  %-18s %10s %10s %10s  %s\n", "zone", "free", "usable", "to leave", "now");
	for (unsigned int i = 0; i < answer->now.nr_findings; i++) {
		const struct aw_finding *finding = &answer->now.findings[i];
		bool open = finding->bar == AW_BAR_NONE;
		char name[AW_ESCAPED_SIZE(sizeof(finding->zone->name))];

		fprintf(out, "  node %d %-11s %10" PRId64 " %10" PRId64 " %10" PRId64 "  %s\n", finding->zone->node,
			aw_escape_terminal(finding->zone->name, name, sizeof(name)), finding->check.free, finding->check.usable,
			aw_check_must_leave(&finding->check), open ? clause_text(finding->check.failed) : bar_text(finding->bar));
	}
}

void aw_check_print_text(FILE *out, const struct aw_check_request *request, const struct aw_check_answer *answer,
			 unsigned int width)
{
	const struct aw_verdict *end = &answer->end;
	char text[4 * AW_VERDICT_TEXT], escaped[AW_ESCAPED_SIZE(sizeof(text))];

	print_answer(out, request, answer);
	if (!aw_check_has_no_end(answer)) {
		snprintf(text, sizeof(text), "%s%s: %s", end->cause_certainty == AW_CERTAIN ? "" : "likely ",
			 aw_cause_name(end->likely_cause), end->cause_text);
		aw_wrap_row(out, "ends with", aw_escape_terminal(text, escaped, sizeof(escaped)), width);
		if (end->rule != AW_RULE_UNKNOWN) {
			snprintf(text, sizeof(text), "%s: %s", aw_rule_name(end->rule), end->rule_text);
			aw_wrap_row(out, "then", text, width);
		}
	}
	print_zones(out, answer);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * A line for each of several answers.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/escape.h"
#include "explain/print.h"
#include "explain/types.h"
#include "output/text/text.h"

#define COLUMNS "%6s  %-11s  %5s  %-13s  %-22s  %-24s  %s\n"

/* The function that asked, or what was asked. */
static const char *name_site(const struct aw_event *event, char text[AW_SITE_TEXT])
{
	const struct aw_report_type *type = aw_report_type_of(event);
	const char *area = type->area ? type->area(event) : "";

	return area[0] ? aw_escape_terminal(area, text, AW_SITE_TEXT) : aw_format_site(event->site, text);
}

/* "fragmentation", "likely shortage", "unknown" */
static const char *format_cause(const struct aw_verdict *verdict, char text[48])
{
	bool unknown = verdict->cause == AW_CAUSE_UNKNOWN;
	enum aw_cause cause = unknown ? verdict->likely_cause : verdict->cause;
	bool likely = cause != AW_CAUSE_UNKNOWN && (unknown || verdict->cause_certainty == AW_LIKELY);

	snprintf(text, 48, "%s%s", likely ? "likely " : "", aw_cause_name(cause));
	return text;
}

static void print_row(FILE *out, const struct aw_answer *answer, const struct aw_explain_style *style)
{
	const struct aw_origin *origin = &answer->logged->origin;
	char count[24], order[16] = "-", cause[48], site[AW_SITE_TEXT], place[AW_EXPLAIN_PLACE];

	snprintf(count, sizeof(count), "%" PRIu64, answer->group->count);
	if (answer->logged->order >= 0)
		snprintf(order, sizeof(order), "%d", answer->logged->order);
	fprintf(out, COLUMNS, count, aw_report_type_of(answer->event)->name, order,
		aw_class_name(answer->event->failure.class), format_cause(&answer->verdict, cause),
		name_site(answer->event, site), aw_explain_place(origin->file, origin->line, style->files, place));
}

void aw_explain_table(FILE *out, const struct aw_answers *answers, const struct aw_explain_style *style)
{
	fprintf(out, COLUMNS, "COUNT", "TYPE", "ORDER", "CLASS", "CAUSE", "SITE", "WHERE");
	for (unsigned int i = 0; i < aw_answers_count(answers); i++) {
		struct aw_answer answer;

		aw_answers_get(answers, i, &answer);
		print_row(out, &answer, style);
	}
}

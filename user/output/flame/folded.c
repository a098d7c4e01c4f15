// SPDX-License-Identifier: GPL-2.0
/*
 * Stacks for flamegraph.pl, inferno and speedscope: "outer;inner;innermost 12".
 *
 * Frames are functions without offsets, "hog_get_buffer_[hog]", because a flame
 * graph merges frames of the same name.  A ';' would start a new frame and a
 * blank the count: both are written as '_', as perf's scripts do.  Control
 * characters are written as \xNN.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "base/escape.h"
#include "output/frame_text.h"
#include "output/report.h"


static void put_frame(FILE *out, const char *text)
{
	char safe[AW_ESCAPED_SIZE(AW_FRAME_TEXT)];

	aw_escape_terminal(text, safe, sizeof(safe));
	for (char *c = safe; *c; c++)
		putc(*c == ';' || *c == ' ' ? '_' : *c, out);
}

static void put_stack(FILE *out, const struct aw_report *report, const struct aw_stack *stack)
{
	char text[AW_FRAME_TEXT];

	if (!stack->count)
		fputs("[no_stack]", out);
	for (unsigned int i = stack->count; i-- > 0;) {
		put_frame(out, aw_format_function(&stack->frames[i], report->raw_addresses, text, sizeof(text)));
		if (i)
			putc(';', out);
	}
}

static int write_folded(FILE *out, const struct aw_report *report, struct aw_error *error)
{
	const struct aw_groups *groups = aw_summary_groups(report->summary);
	unsigned int count = aw_groups_count(groups);
	AW_FREE const struct aw_group **sorted = aw_groups_sorted(groups, report->sort);

	if (count && !sorted)
		return aw_report_no_memory(error);
	if (aw_report_damaged(report))
		fprintf(out, "# %s.\n", report->damage);
	for (unsigned int i = 0; i < count && i < report->top; i++) {
		struct aw_sample_room room;

		put_stack(out, report, aw_group_sample(sorted[i], &room)->stack);
		fprintf(out, " %" PRIu64 "\n", sorted[i]->count);
	}
	if (aw_groups_other(groups))
		fprintf(out, "[more_groups] %" PRIu64 "\n", aw_groups_other(groups));
	return 0;
}

const struct aw_exporter aw_export_folded = {
	.name = "folded",
	.summary = "stacks with counts, for flamegraph.pl, inferno and speedscope",
	.write = write_folded,
	.by_stack = true,
};

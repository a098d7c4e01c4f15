// SPDX-License-Identifier: GPL-2.0
/*
 * What changed between two recordings, as text.
 */
#include <inttypes.h>
#include <string.h>

#include "base/escape.h"
#include "base/units.h"
#include "output/diff/diff.h"
#include "output/frame_text.h"
#include "output/utc.h"

struct aw_diff_counts aw_diff_count(const struct aw_diff *diff)
{
	struct aw_diff_counts counts = { 0 };

	for (unsigned int i = 0; i < diff->count; i++) {
		counts.of[diff->changes[i].type]++;
		counts.new_hard += diff->changes[i].type == AW_CHANGE_NEW && diff->changes[i].after.hard;
	}
	return counts;
}

/* "before  3 failures, 1 hard, in 16.3 s from 2026-...Z on 6.1.0 (a.aw)" */
static void print_side(FILE *out, const char *label, const struct aw_diff_side *side)
{
	const struct aw_report *report = side->report;
	const struct aw_totals *totals = aw_summary_totals(report->summary);
	uint64_t ns = report->end_ns > report->start_ns ? report->end_ns - report->start_ns : 0;
	char watched[AW_UNITS_TEXT], start[AW_UTC_TEXT], release[sizeof(report->kernel->release) * 4];
	char file[512];
	const char *utc = aw_format_utc(report->kernel, report->start_ns, start);

	fprintf(out, "%-7s %" PRIu64 " failures, ", label, totals->failures);
	if (totals->unsampled)
		fprintf(out, "%" PRIu64 " counted only, ", totals->unsampled);
	fprintf(out, "%" PRIu64 " hard, in %s%s%s%s on %s (%s)\n",
		totals->by_class[AW_CLASS_HARD], aw_format_duration(ns, watched),
		aw_report_damaged(report) ? " that could be read" : "",
		utc ? " from " : "", utc ? utc : "",
		aw_escape_terminal(report->kernel->release, release, sizeof(release)),
		aw_escape_terminal(side->file, file, sizeof(file)));
}

/* One line, innermost function first, because that one says most. */
static void print_stack(FILE *out, const struct aw_stack *stack)
{
	for (unsigned int i = 0; i < stack->count; i++) {
		char raw[256], text[AW_ESCAPED_SIZE(sizeof(raw))];

		aw_format_function(&stack->frames[i], false, raw, sizeof(raw));
		fprintf(out, "%s%s", i ? " < " : "", aw_escape_terminal(raw, text, sizeof(text)));
	}
}

static void print_key(FILE *out, const struct aw_key *key, const struct aw_group *group, unsigned int k)
{
	char raw[512] = "-", text[AW_ESCAPED_SIZE(sizeof(raw))];

	if (key == &aw_keys[AW_BY_STACK]) {
		struct aw_sample_room room;

		print_stack(out, aw_group_sample(group, &room)->stack);
		return;
	}
	if (group->has >> k & 1)
		aw_key_format(key, &group->values[k], raw, sizeof(raw));
	if (key->type == AW_KEY_NUMBER)
		fprintf(out, "%s ", key->name);
	fputs(aw_escape_terminal(raw, text, sizeof(text)), out);
}

static void print_change(FILE *out, const struct aw_diff *diff, const struct aw_change *change)
{
	const struct aw_side_count *shown = change->after.group ? &change->after : &change->before;
	const struct aw_report *report = change->after.group ? diff->after.report : diff->before.report;
	unsigned int nr_keys;
	const struct aw_key *const *keys = aw_groups_keys(aw_summary_groups(report->summary), &nr_keys);

	fprintf(out, "%-6s  %10.1f  %10.1f  %8" PRIu64 "  %8" PRIu64 "  %-13s  ", aw_change_name(change->type),
		change->before.per_hour, change->after.per_hour, change->before.failures,
		change->after.failures, shown->hard ? "hard" : "opportunistic");
	for (unsigned int k = 0; k < nr_keys; k++) {
		fputs(k ? "  " : "", out);
		print_key(out, keys[k], shown->group, k);
	}
	fputs("\n", out);
}

static void print_counts(FILE *out, const struct aw_diff *diff)
{
	struct aw_diff_counts counts = aw_diff_count(diff);

	fputs("\n", out);
	for (int type = 0; type < AW_CHANGES; type++) {
		fprintf(out, "%s%u %s", type ? ", " : "", counts.of[type], aw_change_name(type));
		if (type == AW_CHANGE_NEW && counts.new_hard)
			fprintf(out, " (%u hard)", counts.new_hard);
	}
	fputs("; \"same\": chance alone may explain the difference\n", out);
}

static void print_loss(FILE *out, const char *label, const struct aw_loss *loss)
{
	fprintf(out, "lost %s: %" PRIu64 " ", label, loss->count);
	aw_put_terminal(out, loss->meaning);
	fputs(" (", out);
	aw_put_terminal(out, loss->cause);
	fputs(")\n", out);
}

static void print_lost(FILE *out, const char *label, const struct aw_report *report)
{
	char time[AW_UTC_TEXT];
	const char *utc = aw_format_utc(report->kernel, report->losses_ns, time);

	for (unsigned int i = 0; i < report->nr_losses; i++)
		if (report->losses[i].count)
			print_loss(out, label, &report->losses[i]);
	if (aw_report_cut(report))
		fprintf(out, "lost %s: not known after %s: %s\n", label,
			utc ? utc : "the last events", report->damage);
	else if (aw_report_damaged(report))
		fprintf(out, "lost %s: %s\n", label, report->damage);
	if (!aw_report_cut(report) && aw_losses_uncounted(report->losses, report->nr_losses))
		fprintf(out, "counts %s: at most %" PRIu64 " failures are missing\n", label,
			aw_losses_uncounted(report->losses, report->nr_losses));
}

void aw_diff_text(FILE *out, const struct aw_diff *diff)
{
	print_side(out, "before", &diff->before);
	print_side(out, "after", &diff->after);
	if (diff->count)
		fprintf(out, "\n%-6s  %10s  %10s  %8s  %8s  %-13s  %s\n", "CHANGE", "BEFORE/H", "AFTER/H", "BEFORE",
			"AFTER", "CLASS", "GROUP");
	for (unsigned int i = 0; i < diff->count && i < diff->top; i++)
		print_change(out, diff, &diff->changes[i]);
	if (diff->count > diff->top)
		fprintf(out, "... %u more (--top %u shows them)\n", diff->count - diff->top, diff->count);
	print_counts(out, diff);
	print_lost(out, "before", diff->before.report);
	print_lost(out, "after", diff->after.report);
}

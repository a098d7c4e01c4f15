// SPDX-License-Identifier: GPL-2.0
/*
 * The report as text: totals, histograms, groups with stacks, steals, losses.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/escape.h"
#include "base/units.h"
#include "output/frame_text.h"
#include "output/text/text.h"
#include "output/text/verdict.h"
#include "verdict/verdict.h"

#define BAR 40
#define STEALS_SHOWN 10

static void print_bar(FILE *out, uint64_t count, uint64_t largest)
{
	unsigned int length = largest ? (unsigned int)(count * BAR / largest) : 0;

	if (count && !length)
		length = 1;
	for (unsigned int i = 0; i < length; i++)
		putc('#', out);
}

static void print_head(FILE *out, const struct aw_report *report)
{
	char watched[AW_UNITS_TEXT], page[AW_UNITS_TEXT];

	fprintf(out, "\n%s watched on ", aw_format_duration(report->end_ns - report->start_ns, watched));
	aw_put_terminal(out, report->kernel->release[0] ? report->kernel->release : "a kernel that is not named");
	fputs(" (", out);
	aw_put_terminal(out, report->kernel->arch);
	fprintf(out, "%s%s pages), source ", report->kernel->arch[0] ? ", " : "", aw_format_bytes(report->kernel->page_size, page));
	aw_put_terminal(out, report->source);
	fputs("\n", out);
}

static void print_totals(FILE *out, const struct aw_totals *totals)
{
	fprintf(out, "failures %" PRIu64 ": %" PRIu64 " hard, %" PRIu64 " opportunistic",
		totals->failures, totals->by_class[AW_CLASS_HARD],
		totals->by_class[AW_CLASS_OPPORTUNISTIC]);
	fprintf(out, "; extfrag steals %" PRIu64, totals->extfrag);
	if (totals->stalls)
		fprintf(out, "; stalls %" PRIu64, totals->stalls);
	if (totals->oom_kills)
		fprintf(out, "; OOM kills %" PRIu64, totals->oom_kills);
	if (totals->cma_failures)
		fprintf(out, "; CMA failures %" PRIu64, totals->cma_failures);
	if (totals->counts_allocations)
		fprintf(out, "; successful requests %" PRIu64, totals->allocations);
	if (totals->warnings)
		fprintf(out, "; other warn_alloc reports %" PRIu64, totals->warnings);
	fputs("\n", out);
	if (!totals->failures)
		return;
	if (totals->unsampled)
		fprintf(out, "sampling: %" PRIu64 " sampled, %" PRIu64 " counted only\n",
			totals->failures - totals->unsampled, totals->unsampled);
	fprintf(out, "kernel log: ");
	for (int log = 0, any = 0; log < AW_LOGS; log++)
		if (totals->by_log[log])
			fprintf(out, "%s%" PRIu64 " %s", any++ ? ", " : "", totals->by_log[log],
				aw_log_name(log));
	fputs("\n", out);
}

static void print_order(FILE *out, const struct aw_report *report, unsigned int order, uint64_t largest)
{
	const struct aw_totals *totals = aw_summary_totals(report->summary);
	char bytes[AW_UNITS_TEXT];

	fprintf(out, "%5u  %8s  %9" PRIu64 "  ", order,
		aw_format_bytes(aw_order_bytes(report->kernel, order), bytes), totals->by_order[order]);
	if (totals->counts_allocations)
		fprintf(out, "%12" PRIu64 "  ", totals->served_by_order[order]);
	print_bar(out, totals->by_order[order], largest);
	fputs("\n", out);
}

static void print_orders(FILE *out, const struct aw_report *report, const struct aw_totals *totals)
{
	uint64_t largest = 0;

	for (unsigned int order = 0; order < AW_MAX_ORDERS; order++)
		if (totals->by_order[order] > largest)
			largest = totals->by_order[order];
	if (!largest && !totals->counts_allocations)
		return;
	fprintf(out, "\n%5s  %8s  %9s%s\n", "order", "size", "failures",
		totals->counts_allocations ? "     succeeded" : "");
	for (unsigned int order = 0; order < AW_MAX_ORDERS; order++)
		if (totals->by_order[order] || totals->served_by_order[order])
			print_order(out, report, order, largest);
}

static void print_gfps(FILE *out, const struct aw_summary *summary)
{
	unsigned int count;
	AW_FREE struct aw_count *rows = aw_summary_gfps(summary, &count);

	if (count)
		fprintf(out, "\n failures  gfp\n");
	for (unsigned int i = 0; i < count; i++) {
		fprintf(out, "%9" PRIu64 "  ", rows[i].count);
		aw_put_terminal(out, rows[i].text);
		fputs("\n", out);
	}
}

static void print_migratetypes(FILE *out, const struct aw_totals *totals)
{
	if (!totals->failures)
		return;
	fprintf(out, "\n failures  migratetype\n");
	for (int type = 0; type < AW_MT_COUNT; type++)
		if (totals->by_migratetype[type])
			fprintf(out, "%9" PRIu64 "  %s\n", totals->by_migratetype[type],
				aw_migratetype_name(type));
}

/* "hog_get_buffer+0x24 [hog]", as the kernel prints it; a frame without a name shows its address, if there is one. */
static void print_frame(FILE *out, const struct aw_frame *frame)
{
	char text[AW_FRAME_TEXT], safe[AW_ESCAPED_SIZE(AW_FRAME_TEXT)];

	aw_format_frame(frame, true, text, sizeof(text));
	fprintf(out, "        %s\n", aw_escape_terminal(text, safe, sizeof(safe)));
}

void aw_stack_text(FILE *out, const struct aw_stack *stack)
{
	if (!stack->count)
		fprintf(out, "        (no stack)\n");
	for (unsigned int i = 0; i < stack->count; i++)
		print_frame(out, &stack->frames[i]);
}

/* The keys of --by that the fixed part of a group does not show. */
static void print_keys(FILE *out, const struct aw_groups *groups, const struct aw_group *group)
{
	unsigned int nr_keys;
	const struct aw_key *const *keys = aw_groups_keys(groups, &nr_keys);

	for (unsigned int k = 0; k < nr_keys; k++) {
		char raw[512] = "-", text[512];

		if (aw_key_in(keys[k], AW_KEYS_OF_VERDICT))
			continue;
		if (group->has >> k & 1)
			aw_key_format(keys[k], &group->values[k], raw, sizeof(raw));
		fprintf(out, "  %-12s%s\n", keys[k]->name, aw_escape_terminal(raw, text, sizeof(text)));
	}
}

/* 12 requests for 64 KiB by ioctx_alloc failed: memory is fragmented, not short.   hard, last ... */
static void print_group(FILE *out, const struct aw_report *report, unsigned int rank,
			const struct aw_groups *groups, const struct aw_group *group)
{
	struct aw_sample_room room;
	const struct aw_event *sample = aw_group_sample(group, &room);
	char who[AW_WHO_TEXT], time[AW_ZONED_TEXT], sentence[400];
	struct aw_verdict verdict;

	aw_verdict_make(sample, report->kernel, &verdict);
	fprintf(out, "\n#%u  %s   %s, last %s, %s%s\n", rank,
		aw_verdict_sentence(sample, report->kernel, &verdict, group->count, sentence, sizeof(sentence)),
		aw_class_name(sample->failure.class), aw_format_time_zoned(report->kernel, group->last_ns, time),
		group->sampled && sample->time_ns != group->last_ns ? "earlier sample: " : "",
		aw_format_who(sample, who));
	print_keys(out, groups, group);
	if (!group->sampled)
		fprintf(out, "  %-12snone of %" PRIu64 " failures\n", "sampled", group->count);
	else if (group->sampled < group->count)
		fprintf(out, "  %-12s%" PRIu64 " of %" PRIu64 " failures\n", "sampled", group->sampled, group->count);
	aw_verdict_print(out, sample, &verdict, report->width);
	aw_zones_text(out, report->kernel, &sample->failure);
	fprintf(out, "  stack%s\n", aw_groups_by(groups, AW_BY_STACK) ? "" : " of the last failure");
	aw_stack_text(out, sample->stack);
}

static void print_groups(FILE *out, const struct aw_report *report)
{
	const struct aw_groups *groups = aw_summary_groups(report->summary);
	unsigned int count = aw_groups_count(groups);
	AW_FREE const struct aw_group **sorted = aw_groups_sorted(groups, report->sort);

	for (unsigned int i = 0; sorted && i < count && i < report->top; i++)
		print_group(out, report, i + 1, groups, sorted[i]);
	if (count > report->top)
		fprintf(out, "\n... %u more groups (--top %u shows them)\n", count - report->top, count);
	if (aw_groups_other(groups))
		fprintf(out, "\n%" PRIu64 " failures in no group: more than %u groups\n",
			aw_groups_other(groups), AW_MAX_GROUPS);
}

static void print_counts(FILE *out, const char *title, const uint64_t *counts, unsigned int size,
			 const char *(*name)(unsigned int))
{
	fprintf(out, "\n failures  %s\n", title);
	for (unsigned int i = 0; i < size; i++)
		if (counts[i])
			fprintf(out, "%9" PRIu64 "  %s\n", counts[i], name(i));
}

static const char *cause_name(unsigned int cause)
{
	return aw_cause_name(cause);
}

static const char *rule_name(unsigned int rule)
{
	return aw_rule_name(rule);
}

static void print_verdicts(FILE *out, const struct aw_totals *totals)
{
	if (!totals->failures)
		return;
	print_counts(out, "cause", totals->by_cause, AW_CAUSES, cause_name);
	print_counts(out, "stopped by", totals->by_rule, AW_RULES, rule_name);
}

static void print_stalls(FILE *out, const struct aw_totals *totals)
{
	uint64_t largest = 0;

	if (!totals->stalls)
		return;
	for (unsigned int i = 0; i < AW_LATENCY_BUCKETS; i++)
		if (totals->stall_us[i] > largest)
			largest = totals->stall_us[i];
	fprintf(out, "\nstalls: requests that succeeded after reclaim or compaction\n%9s  %9s\n", "took", "requests");
	for (unsigned int i = 0; i < AW_LATENCY_BUCKETS; i++) {
		char upto[AW_UNITS_TEXT];

		if (!totals->stall_us[i])
			continue;
		fprintf(out, "< %7s  %9" PRIu64 "  ", aw_format_duration((UINT64_C(1) << i) * 1000, upto),
			totals->stall_us[i]);
		print_bar(out, totals->stall_us[i], largest);
		fputs("\n", out);
	}
}

static void print_steal(FILE *out, const struct aw_steal *steal)
{
	char site[AW_SITE_TEXT], comm[AW_ESCAPED_COMM];
	struct aw_frame frame = { .name = steal->site, .module = steal->module };

	fprintf(out, "%9" PRIu64 "  %-11s <- %-11s  %5d  ", steal->count, aw_migratetype_name(steal->to),
		aw_migratetype_name(steal->from), steal->order);
	if (steal->owner_unknown)
		fprintf(out, "%9s  ", "?");
	else
		fprintf(out, "%9" PRIu64 "  ", steal->owned);
	fprintf(out, "%s, last %s\n", aw_format_site(&frame, site),
		aw_escape_terminal(steal->comm, comm, sizeof(comm)));
}

static void print_steals(FILE *out, const struct aw_summary *summary)
{
	unsigned int count;
	AW_FREE struct aw_steal *rows = aw_summary_steals(summary, &count);

	if (!count)
		return;
	fprintf(out, "\nextfrag steals: blocks taken from another migratetype\n");
	fprintf(out, "%9s  %-26s  %5s  %9s  %s\n", "steals", "to <- from", "order", "pageblock", "by");
	for (unsigned int i = 0; i < count && i < STEALS_SHOWN; i++)
		print_steal(out, &rows[i]);
	if (count > STEALS_SHOWN)
		fprintf(out, "          ... %u more rows\n", count - STEALS_SHOWN);
}

/* "lost: 3 events: the ring buffer was full (ring_full_other)" */
static void print_loss(FILE *out, const struct aw_loss *loss)
{
	fprintf(out, "lost: %" PRIu64 " ", loss->count);
	aw_put_terminal(out, loss->meaning);
	fputs(" (", out);
	aw_put_terminal(out, loss->cause);
	fputs(")\n", out);
}

static void print_missing(FILE *out, const struct aw_report *report)
{
	if (report->degraded && report->degraded[0]) {
		fputs("degraded: ", out);
		aw_put_terminal(out, report->degraded);
		fputs("\n", out);
	}
	for (unsigned int i = 0; i < report->nr_missing; i++) {
		fputs("missing: ", out);
		aw_put_terminal(out, report->missing[i].what);
		fputs(": ", out);
		aw_put_terminal(out, report->missing[i].why);
		fputs("; ", out);
		aw_put_terminal(out, report->missing[i].cost);
		fputs("\n", out);
	}
}

static void print_losses(FILE *out, const struct aw_report *report)
{
	uint64_t uncounted = aw_losses_uncounted(report->losses, report->nr_losses);
	unsigned int any = 0;
	char time[AW_ZONED_TEXT];

	fputs("\n", out);
	for (unsigned int i = 0; i < report->nr_losses; i++)
		if (report->losses[i].count && ++any)
			print_loss(out, &report->losses[i]);
	if (aw_report_cut(report))
		fprintf(out, "lost: not known after %s: the recording has no end\n"
			"counts: failures after the end of what was read are missing\n",
			aw_format_time_zoned(report->kernel, report->losses_ns, time));
	else if (!any)
		fprintf(out, "lost: nothing\n");
	else if (uncounted)
		fprintf(out, "counts: at most %" PRIu64 " failures are missing\n", uncounted);
	else
		fprintf(out, "counts: exact; only details were lost\n");
	print_missing(out, report);
}

void aw_report_text(FILE *out, const struct aw_report *report)
{
	const struct aw_totals *totals = aw_summary_totals(report->summary);

	print_head(out, report);
	print_totals(out, totals);
	print_orders(out, report, totals);
	print_gfps(out, report->summary);
	print_migratetypes(out, totals);
	print_verdicts(out, totals);
	print_groups(out, report);
	print_stalls(out, totals);
	print_steals(out, report->summary);
	aw_held_text(out, report);
	print_losses(out, report);
	fflush(out);
}

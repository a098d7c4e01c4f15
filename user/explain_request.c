// SPDX-License-Identifier: GPL-2.0
/*
 * What one request means: its size, who asks so, what its mask allows, and
 * what that kernel does when it does not fit.
 */
#include "explain_request.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/units.h"
#include "explain_flags.h"
#include "explain_print.h"
#include "kernel/class.h"
#include "verdict/allows.h"
#include "verdict/era.h"
#include "verdict/verdict.h"

#define SCREEN_LINES 24
#define FLAGS_SHOWN 9

struct request {
	FILE *out;
	unsigned int width;
	const struct aw_kernel *kernel;
	const struct aw_failure *failure;
	struct aw_event event;
	struct aw_stack stack;
	struct aw_era era;
	struct aw_allows allows;
	struct aw_verdict verdict;
};

/* A failure that nothing but the request is known of. */
static void fill(struct request *q, unsigned int order, const struct aw_gfp *gfp)
{
	struct aw_failure *f = &q->event.failure;

	q->event.type = AW_EVENT_FAILURE;
	q->event.stack = &q->stack;
	q->event.task.cgroup = "";
	f->order = order;
	f->bytes = aw_order_bytes(q->kernel, order);
	f->gfp = *gfp;
	f->migratetype = aw_gfp_has(gfp, AW_GFP_MOVABLE) ? AW_MT_MOVABLE :
			 aw_gfp_has(gfp, AW_GFP_RECLAIMABLE) ? AW_MT_RECLAIMABLE : AW_MT_UNMOVABLE;
	f->log = aw_gfp_has(gfp, AW_GFP_NOWARN) ? AW_LOG_NOWARN : AW_LOG_PRINTED;
	f->saw = AW_SAW_LOG;
	f->class = aw_class_of(gfp, order, &q->stack, &f->class_why);
	q->failure = f;
	aw_era_of(q->kernel, gfp, &q->era);
	aw_allows_of(&q->event, q->kernel, &q->era, &q->allows);
	aw_verdict_make(&q->event, q->kernel, &q->verdict);
}

static void print_title(const struct request *q)
{
	const struct aw_failure *f = q->failure;
	char bytes[AW_UNITS_TEXT], page[AW_UNITS_TEXT];

	fprintf(q->out, "order %u = %" PRIu64 " bytes (%s) in one piece, pages of %s, %s\n", f->order,
		f->bytes, aw_format_bytes(f->bytes, bytes), aw_format_bytes(q->kernel->page_size, page),
		q->kernel->release[0] ? q->kernel->release : "kernel not known");
}

static void print_mask(const struct request *q)
{
	const struct aw_gfp *gfp = &q->failure->gfp;
	unsigned int shown = 0;
	char text[1400];

	snprintf(text, sizeof(text), "0x%" PRIx64 " = %s", gfp->raw, gfp->names);
	aw_explain_row(q->out, "mask", text, q->width);
	for (unsigned int f = 0; f < AW_GFP_FLAGS; f++) {
		if (!aw_gfp_has(gfp, (enum aw_gfp_flag)f))
			continue;
		if (++shown > FLAGS_SHOWN)
			continue;
		fprintf(q->out, "%*s%-22s %s\n", 14, "", aw_gfp_flag_name((enum aw_gfp_flag)f),
			aw_explain_flag((enum aw_gfp_flag)f));
	}
	if (shown > FLAGS_SHOWN)
		fprintf(q->out, "%*sand %u more\n", 14, "", shown - FLAGS_SHOWN);
	if (gfp->unknown)
		fprintf(q->out, "%*s0x%-20" PRIx64 " no flag of this kernel: is --kernel right?\n", 14, "",
			gfp->unknown);
}

/* SLUB serves up to two pages from its caches; get_order() above. */
static void print_askers(const struct request *q)
{
	uint64_t page = q->kernel->page_size;
	unsigned int order = q->failure->order;
	char text[300];

	if (order >= 2)
		snprintf(text, sizeof(text), "kmalloc() of %" PRIu64 " to %" PRIu64 " bytes (SLUB hands all "
			 "above %" PRIu64 " on); alloc_pages(.., %u)", (page << (order - 1)) + 1,
			 page << order, 2 * page, order);
	else
		snprintf(text, sizeof(text), "alloc_pages(.., %u), and slab caches; kmalloc() of up to %" PRIu64
			 " bytes comes from these", order, 2 * page);
	aw_explain_row(q->out, "asked by", text, q->width);
}

static void print_access(const struct request *q)
{
	const struct aw_allows *a = &q->allows;
	char text[400];

	snprintf(text, sizeof(text), "zones up to %s, %s%s blocks, %s",
		 aw_zone_type_name(a->highest_zone), aw_migratetype_name(a->migratetype),
		 a->cma ? " and CMA" : "",
		 a->no_watermarks ? "down to the last page" :
		 a->high || a->harder || a->non_block ? "some below the min watermark" :
		 "above the min watermark");
	aw_explain_row(q->out, "may use", text, q->width);
	snprintf(text, sizeof(text), "%s%s%s%s",
		 a->direct_reclaim ? "reclaim" : "nothing: it may not sleep",
		 a->direct_reclaim && a->compaction ? " and compaction" : "",
		 a->direct_reclaim && !a->compaction && q->failure->order ? ", no compaction" : "",
		 a->kswapd ? "; wakes kswapd" : "");
	aw_explain_row(q->out, "tries", text, q->width);
}

/* What becomes of it, by the retry rules of the era (kernel-facts 6). */
static void describe_end(const struct request *q, char *text, size_t size)
{
	const char *retry = q->era.retry_flag;
	const char *name = q->era.name;
	unsigned int order = q->failure->order;
	const char *small = q->era.retry == AW_RETRY_ROUNDS ? "until the OOM killer has made room" : "for ever";

	if (q->verdict.rule == AW_RULE_ORDER_LIMIT)
		snprintf(text, size, "at once: %s", q->verdict.rule_text);
	else if (q->allows.nofail)
		snprintf(text, size, "it does not: __GFP_NOFAIL makes %s loop for ever", name);
	else if (!q->allows.direct_reclaim || q->allows.noretry ||
		 (order > AW_COSTLY_ORDER && !q->allows.compaction))
		snprintf(text, size, "%s", q->verdict.rule_text);
	else if (order <= AW_COSTLY_ORDER && !q->allows.retry)
		snprintf(text, size, "hardly ever: %s retries orders up to %u %s", name, AW_COSTLY_ORDER, small);
	else if (order <= AW_COSTLY_ORDER)
		snprintf(text, size, "%s: after up to 16 rounds without progress, and without an OOM kill", retry);
	else if (q->allows.retry)
		snprintf(text, size, "%s: %s tries more rounds, then gives up; without it at once, as order %u > %u", retry,
			 name, order, AW_COSTLY_ORDER);
	else
		snprintf(text, size, "order %u lies past PAGE_ALLOC_COSTLY_ORDER (%u): without %s or "
			 "__GFP_NOFAIL %s's slow path %s gives up; orders up to %u would be retried %s",
			 order, AW_COSTLY_ORDER, retry, name,
			 q->era.retry == AW_RETRY_ROUNDS ? "tries once, then" : "reclaims once, then",
			 AW_COSTLY_ORDER, small);
}

static void print_end(const struct request *q)
{
	const struct aw_verdict *v = &q->verdict;
	char text[4 * AW_VERDICT_TEXT];

	describe_end(q, text, sizeof(text));
	aw_explain_row(q->out, "gives up", text, q->width);
	if ((v->cause == AW_CAUSE_UNKNOWN && v->likely_cause == AW_CAUSE_UNKNOWN) ||
	    v->rule == AW_RULE_ORDER_LIMIT)
		return;
	if (v->likely_cause == AW_CAUSE_FRAGMENTATION)
		snprintf(text, sizeof(text), "likely fragmentation, not shortage: no %u free pages in a row",
			 1u << (q->failure->order & 31));
	else
		snprintf(text, sizeof(text), "%s%s: %s", v->cause == AW_CAUSE_UNKNOWN ? "likely " : "",
			 aw_cause_name(v->cause == AW_CAUSE_UNKNOWN ? v->likely_cause : v->cause), v->cause_text);
	aw_explain_row(q->out, "why", text, q->width);
}

/* The helps-clauses that say when it does not help are kept; there is no room for the others. */
static void format_advice(const struct aw_advice *a, char *text, size_t size)
{
	bool limits = !strncmp(a->helps, "only", 4) || !strncmp(a->helps, "little", 6) ||
		      !strncmp(a->helps, "unless", 6);

	snprintf(text, size, "%s%s%s", a->command[0] ? a->command : a->text,
		 a->helps[0] && (limits || a->command[0]) ? "; helps " : "",
		 limits || a->command[0] ? a->helps : "");
}

static void print_advice(const struct request *q, unsigned int for_caller)
{
	const struct aw_verdict *v = &q->verdict;
	unsigned int caller = 0, admin = 0;
	char text[3 * AW_VERDICT_TEXT];

	for (unsigned int i = 0; i < v->nr_advice; i++) {
		const struct aw_advice *a = &v->advice[i];
		bool to_caller = a->who == AW_FOR_CALLER;

		if (to_caller ? caller >= for_caller : admin >= 1)
			continue;
		format_advice(a, text, sizeof(text));
		aw_explain_row(q->out, to_caller ? (caller++ ? "" : "change") : (admin++ ? "" : "now"), text,
			       q->width);
	}
}

static void print(const struct request *q, unsigned int for_caller)
{
	print_title(q);
	print_mask(q);
	print_askers(q);
	print_access(q);
	print_end(q);
	print_advice(q, for_caller);
}

static unsigned int lines_of(const char *text)
{
	unsigned int lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

/* As much advice as the screen has lines for: the last line is the prompt's. */
void aw_explain_request(FILE *out, unsigned int order, const struct aw_gfp *gfp,
			const struct aw_kernel *kernel, unsigned int width)
{
	struct request q = { .width = width, .kernel = kernel };

	fill(&q, order, gfp);
	for (unsigned int advice = AW_MAX_ADVICE + 1; advice-- > 0;) {
		char *text = NULL;
		size_t size;

		q.out = open_memstream(&text, &size);
		if (!q.out)
			return;
		print(&q, advice);
		fclose(q.out);
		if (text && (lines_of(text) < SCREEN_LINES || !advice)) {
			fputs(text, out);
			advice = 0;
		}
		free(text);
		if (!advice)
			return;
	}
}

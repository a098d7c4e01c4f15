// SPDX-License-Identifier: GPL-2.0
/*
 * What a request means: its size, who makes such requests, what its mask allows,
 * and what the kernel does when there is no memory for it.
 */
#include "explain/request.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/units.h"
#include "base/wrap.h"
#include "mm/class.h"
#include "mm/gfp_meaning.h"
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

/* A failure of which only the request is known. */
static void fill(struct request *request, unsigned int order, const struct aw_gfp *gfp)
{
	struct aw_failure *f = &request->event.failure;

	request->event.type = AW_EVENT_FAILURE;
	request->event.stack = &request->stack;
	request->event.task.cgroup = "";
	f->order = order;
	f->bytes = aw_order_bytes(request->kernel, order);
	f->gfp = *gfp;
	f->migratetype = aw_gfp_has(gfp, AW_GFP_MOVABLE) ? AW_MT_MOVABLE :
			 aw_gfp_has(gfp, AW_GFP_RECLAIMABLE) ? AW_MT_RECLAIMABLE : AW_MT_UNMOVABLE;
	f->log = aw_gfp_has(gfp, AW_GFP_NOWARN) ? AW_LOG_NOWARN : AW_LOG_PRINTED;
	f->saw = AW_SAW_LOG;
	f->class = aw_class_of(gfp, order, &request->stack, false, &f->class_why);
	request->failure = f;
	aw_era_of(request->kernel, gfp, &request->era);
	aw_allows_of(&request->event, request->kernel, &request->era, &request->allows);
	aw_verdict_make(&request->event, request->kernel, &request->verdict);
}

static void print_title(const struct request *request)
{
	const struct aw_failure *f = request->failure;
	char bytes[AW_UNITS_TEXT], page[AW_UNITS_TEXT];

	fprintf(request->out, "order %u = %" PRIu64 " bytes (%s) in one piece, pages of %s, %s\n", f->order,
		f->bytes, aw_format_bytes(f->bytes, bytes), aw_format_bytes(request->kernel->page_size, page),
		request->kernel->release[0] ? request->kernel->release : "kernel not known");
}

static void print_mask(const struct request *request)
{
	const struct aw_gfp *gfp = &request->failure->gfp;
	unsigned int shown = 0;
	char text[1400];

	snprintf(text, sizeof(text), "0x%" PRIx64 " = %s", gfp->raw, gfp->names);
	aw_wrap_row(request->out, "mask", text, request->width);
	for (enum aw_gfp_flag flag = 0; flag < AW_GFP_FLAGS; flag++)
		if (aw_gfp_has(gfp, flag) && ++shown <= FLAGS_SHOWN)
			fprintf(request->out, "%*s%-22s %s\n", AW_LABEL_COLUMN, "", aw_gfp_flag_name(flag),
				aw_explain_flag(flag));
	if (shown > FLAGS_SHOWN)
		fprintf(request->out, "%*sand %u more\n", AW_LABEL_COLUMN, "", shown - FLAGS_SHOWN);
	if (gfp->unknown)
		fprintf(request->out, "%*s0x%-20" PRIx64 " no flag of this kernel: is --kernel right?\n",
			AW_LABEL_COLUMN, "", gfp->unknown);
}

/* SLUB satisfies kmalloc() of up to two pages from its caches and passes larger requests on: get_order(). */
static void print_askers(const struct request *request)
{
	uint64_t page = request->kernel->page_size;
	unsigned int order = request->failure->order;
	char text[300];

	if (order >= 2)
		snprintf(text, sizeof(text), "kmalloc() of %" PRIu64 " to %" PRIu64 " bytes (SLUB hands all "
			 "above %" PRIu64 " on); alloc_pages(.., %u)", (page << (order - 1)) + 1,
			 page << order, 2 * page, order);
	else
		snprintf(text, sizeof(text), "alloc_pages(.., %u), and slab caches; kmalloc() of up to %" PRIu64
			 " bytes comes from these", order, 2 * page);
	aw_wrap_row(request->out, "asked by", text, request->width);
}

static void print_access(const struct request *request)
{
	const struct aw_allows *allows = &request->allows;
	char text[400];

	snprintf(text, sizeof(text), "zones up to %s, %s%s blocks, %s",
		 aw_zone_type_name(allows->highest_zone), aw_migratetype_name(allows->migratetype),
		 allows->cma ? " and CMA" : "",
		 allows->no_watermarks ? "down to the last page" :
		 allows->high || allows->harder || allows->non_block ? "some below the min watermark" :
		 "above the min watermark");
	aw_wrap_row(request->out, "may use", text, request->width);
	snprintf(text, sizeof(text), "%s%s%s%s",
		 allows->direct_reclaim ? "reclaim" : "nothing: it may not sleep",
		 allows->direct_reclaim && allows->compaction ? " and compaction" : "",
		 allows->direct_reclaim && !allows->compaction && request->failure->order ? ", no compaction" : "",
		 allows->kswapd ? "; wakes kswapd" : "");
	aw_wrap_row(request->out, "tries", text, request->width);
}

/* When the kernel gives up, by the retry rules of its era (verdict/era.h). */
static void describe_end(const struct request *request, char *text, size_t size)
{
	const char *retry = request->era.retry_flag;
	const char *name = request->era.name;
	unsigned int order = request->failure->order;
	const char *small = request->era.retry == AW_RETRY_ROUNDS ? "until the OOM killer has made room" : "for ever";

	if (request->verdict.rule == AW_RULE_ORDER_LIMIT)
		snprintf(text, size, "at once: %s", request->verdict.rule_text);
	else if (request->allows.nofail)
		snprintf(text, size, "it does not: __GFP_NOFAIL makes %s loop for ever", name);
	else if (!request->allows.direct_reclaim || request->allows.noretry ||
		 (order > AW_COSTLY_ORDER && !request->allows.compaction))
		snprintf(text, size, "%s", request->verdict.rule_text);
	else if (order <= AW_COSTLY_ORDER && !request->allows.retry)
		snprintf(text, size, "hardly ever: %s retries orders up to %u %s", name, AW_COSTLY_ORDER, small);
	else if (order <= AW_COSTLY_ORDER)
		snprintf(text, size, "%s: after up to 16 rounds without progress, and without an OOM kill", retry);
	else if (request->allows.retry)
		snprintf(text, size, "%s: %s tries more rounds, then gives up; without it at once, as order %u > %u", retry,
			 name, order, AW_COSTLY_ORDER);
	else
		snprintf(text, size, "order %u lies past PAGE_ALLOC_COSTLY_ORDER (%u): without %s or "
			 "__GFP_NOFAIL %s's slow path %s gives up; orders up to %u would be retried %s",
			 order, AW_COSTLY_ORDER, retry, name,
			 request->era.retry == AW_RETRY_ROUNDS ? "tries once, then" : "reclaims once, then",
			 AW_COSTLY_ORDER, small);
}

static void print_end(const struct request *request)
{
	const struct aw_verdict *verdict = &request->verdict;
	char text[4 * AW_VERDICT_TEXT];

	describe_end(request, text, sizeof(text));
	aw_wrap_row(request->out, "gives up", text, request->width);
	if ((verdict->cause == AW_CAUSE_UNKNOWN && verdict->likely_cause == AW_CAUSE_UNKNOWN) ||
	    verdict->rule == AW_RULE_ORDER_LIMIT)
		return;
	if (verdict->likely_cause == AW_CAUSE_FRAGMENTATION)
		snprintf(text, sizeof(text), "likely fragmentation, not shortage: no %u free pages in a row",
			 1u << (request->failure->order & 31));
	else
		snprintf(text, sizeof(text), "%s%s: %s", verdict->cause == AW_CAUSE_UNKNOWN ? "likely " : "",
			 aw_cause_name(verdict->cause == AW_CAUSE_UNKNOWN ? verdict->likely_cause : verdict->cause), verdict->cause_text);
	aw_wrap_row(request->out, "why", text, request->width);
}

/* Keeps the conditions that say when advice does not help; there is no room for the others. */
static void format_advice(const struct aw_advice *advice, char *text, size_t size)
{
	bool limits = !strncmp(advice->helps, "only", 4) || !strncmp(advice->helps, "little", 6) ||
		      !strncmp(advice->helps, "unless", 6);

	snprintf(text, size, "%s%s%s", advice->command[0] ? advice->command : advice->text,
		 advice->helps[0] && (limits || advice->command[0]) ? "; helps " : "",
		 limits || advice->command[0] ? advice->helps : "");
}

static void print_advice(const struct request *request, unsigned int for_caller)
{
	const struct aw_verdict *verdict = &request->verdict;
	unsigned int caller = 0, admin = 0;
	char text[3 * AW_VERDICT_TEXT];

	for (unsigned int i = 0; i < verdict->nr_advice; i++) {
		const struct aw_advice *advice = &verdict->advice[i];
		bool to_caller = advice->who == AW_FOR_CALLER;

		if (to_caller ? caller >= for_caller : admin >= 1)
			continue;
		format_advice(advice, text, sizeof(text));
		aw_wrap_row(request->out, to_caller ? (caller++ ? "" : "change") : (admin++ ? "" : "now"), text,
			       request->width);
	}
}

static void print(const struct request *request, unsigned int for_caller)
{
	print_title(request);
	print_mask(request);
	print_askers(request);
	print_access(request);
	print_end(request);
	print_advice(request, for_caller);
}

static unsigned int lines_of(const char *text)
{
	unsigned int lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

/* The text, with up to `advice` rows of advice for the caller.  The caller frees it; NULL: no memory. */
static char *text_with(struct request *request, unsigned int advice)
{
	char *text = NULL;
	size_t size;

	request->out = aw_memory_open(&text, &size);
	if (!request->out)
		return NULL;
	print(request, advice);
	if (aw_memory_close(request->out)) {
		free(text);
		return NULL;
	}
	return text;
}

/* Prints as much advice as fits a screen, less one line for the prompt. */
int aw_explain_request(FILE *out, unsigned int order, const struct aw_gfp *gfp,
		       const struct aw_kernel *kernel, unsigned int width)
{
	struct request request = { .width = width, .kernel = kernel };
	unsigned int advice = AW_MAX_ADVICE;
	char *text;

	fill(&request, order, gfp);
	while ((text = text_with(&request, advice)) && lines_of(text) >= SCREEN_LINES && advice) {
		free(text);
		advice--;
	}
	if (!text)
		return -ENOMEM;
	fputs(text, out);
	free(text);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0
/* A verdict as text: the block under a failure's headline. */
#include "output/text/verdict.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "base/escape.h"
#include "base/units.h"
#include "base/wrap.h"
#include "mm/function.h"
#include "mm/migratetype.h"
#include "mm/site.h"

/* the longest text, every byte of it escaped */
#define SAFE_TEXT (4 * 3 * AW_VERDICT_TEXT)

static void put_escaped(struct aw_wrap *page, const char *text)
{
	char safe[SAFE_TEXT];

	aw_wrap_text(page, aw_escape_terminal(text, safe, sizeof(safe)));
}

/* Was it left on the stack by an earlier call?  Where the unwinder found nothing, locks and the scheduler were. */
static bool is_left_over(const struct aw_frame *frame)
{
	return frame->flags & AW_FRAME_STALE && aw_function_group(frame->name, frame->module) == AW_FN_NEVER;
}

/* The frame that called the site; NULL: the stack ends there. */
static const struct aw_frame *caller_of(const struct aw_event *event)
{
	const struct aw_frame *next;

	if (!event->site)
		return NULL;
	next = event->site + 1;
	while (next < event->stack->frames + event->stack->count && is_left_over(next))
		next++;
	if (next >= event->stack->frames + event->stack->count || !next->name[0])
		return NULL;
	return next;
}

static void print_request(struct aw_wrap *page, const struct aw_event *event)
{
	const struct aw_frame *caller = caller_of(event);
	char order[24];

	if ((event->failure.loops || event->failure.slab_line) && !event->failure.bytes)
		snprintf(order, sizeof(order), "order not known");
	else
		snprintf(order, sizeof(order), "order %u", event->failure.order);
	aw_wrap_label(page, "request");
	aw_wrap_text(page, order);
	aw_wrap_text(page, "  ");
	put_escaped(page, event->failure.gfp.names ? event->failure.gfp.names : "");
	if (event->failure.migratetype != AW_MT_UNKNOWN) {
		aw_wrap_text(page, "  ");
		aw_wrap_text(page, aw_migratetype_name(event->failure.migratetype));
	}
	if (caller) {
		aw_wrap_text(page, "   <- ");
		put_escaped(page, caller->name);
	}
	aw_wrap_end(page);
}

/* "fragmentation", "likely fragmentation", "unknown, likely fragmentation". */
static void put_cause_name(struct aw_wrap *page, const struct aw_verdict *verdict)
{
	if (verdict->cause == AW_CAUSE_UNKNOWN && verdict->likely_cause != AW_CAUSE_UNKNOWN) {
		aw_wrap_text(page, "unknown, likely ");
		aw_wrap_text(page, aw_cause_name(verdict->likely_cause));
		return;
	}
	if (verdict->cause_certainty == AW_LIKELY)
		aw_wrap_text(page, "likely ");
	aw_wrap_text(page, aw_cause_name(verdict->cause));
}

static void print_cause(struct aw_wrap *page, const struct aw_verdict *verdict)
{
	aw_wrap_label(page, "cause");
	put_cause_name(page, verdict);
	if (verdict->cause_text[0]) {
		aw_wrap_text(page, ": ");
		put_escaped(page, verdict->cause_text);
	}
	aw_wrap_end(page);
}

static void print_scope(struct aw_wrap *page, const struct aw_verdict *verdict)
{
	if (!verdict->scope_text[0])
		return;
	aw_wrap_label(page, "mask");
	aw_wrap_text(page, verdict->scope_text);
	aw_wrap_end(page);
}

static void print_tried(struct aw_wrap *page, const struct aw_verdict *verdict)
{
	if (!verdict->tried_text[0])
		return;
	aw_wrap_label(page, "tried");
	aw_wrap_text(page, verdict->tried_text);
	aw_wrap_end(page);
}

static void print_pages(struct aw_wrap *page, const struct aw_verdict *verdict)
{
	if (!verdict->pages_text[0])
		return;
	aw_wrap_label(page, "pages");
	aw_wrap_text(page, verdict->pages_text);
	aw_wrap_end(page);
}

static void print_rule(struct aw_wrap *page, const struct aw_verdict *verdict)
{
	aw_wrap_label(page, "stopped by");
	if (verdict->rule == AW_RULE_UNKNOWN) {
		aw_wrap_text(page, verdict->rule_text);
	} else {
		if (verdict->rule_certainty == AW_LIKELY)
			aw_wrap_text(page, "likely ");
		aw_wrap_text(page, aw_rule_name(verdict->rule));
		aw_wrap_text(page, ": ");
		aw_wrap_text(page, verdict->rule_text);
	}
	aw_wrap_end(page);
}

/* "echo 1 > ...   helps only if ...; compacts ..." or "kvmalloc() if ...; helps because ..." */
static void print_advice(struct aw_wrap *page, const struct aw_advice *advice)
{
	if (advice->command[0]) {
		aw_wrap_whole(page, advice->command);
		aw_wrap_text(page, advice->helps[0] ? "   helps " : "   ");
		put_escaped(page, advice->helps);
		aw_wrap_text(page, advice->helps[0] ? "; " : "");
		put_escaped(page, advice->text);
	} else {
		put_escaped(page, advice->text);
		aw_wrap_text(page, advice->helps[0] ? "; helps " : "");
		put_escaped(page, advice->helps);
	}
	aw_wrap_end(page);
}

/* All advice for one audience; the first stands beside the label. */
static void print_advice_for(struct aw_wrap *page, const struct aw_verdict *verdict, enum aw_advice_for who,
			     const char *label)
{
	unsigned int i;

	for (i = 0; i < verdict->nr_advice; i++) {
		if (verdict->advice[i].who != who)
			continue;
		aw_wrap_label(page, label);
		print_advice(page, &verdict->advice[i]);
		label = "";
	}
}

void aw_verdict_print(FILE *out, const struct aw_event *event, const struct aw_verdict *verdict,
		      unsigned int width)
{
	struct aw_wrap page = { .out = out, .width = width };

	print_request(&page, event);
	print_scope(&page, verdict);
	print_cause(&page, verdict);
	print_tried(&page, verdict);
	print_rule(&page, verdict);
	print_pages(&page, verdict);
	print_advice_for(&page, verdict, AW_FOR_CALLER, "caller");
	print_advice_for(&page, verdict, AW_FOR_ADMIN, "now");
}

/* " by ioctx_alloc", " by hog_get_buffer [hog]", " by sk_clone (likely)", or nothing. */
static void name_site(const struct aw_event *event, char *text, size_t size)
{
	const struct aw_frame *site = event->site;
	char name[128], module[128];
	bool likely;

	text[0] = '\0';
	if (!site || !site->name[0])
		return;
	aw_escape_terminal(site->name, name, sizeof(name));
	aw_escape_terminal(site->module, module, sizeof(module));
	aw_site_find(event->stack, &likely);
	snprintf(text, size, " by %s%s%s%s%s", name, module[0] ? " [" : "", module,
		 module[0] ? "]" : "", likely ? " (likely)" : "");
}

const char *aw_verdict_sentence(const struct aw_event *event, const struct aw_kernel *kernel,
				const struct aw_verdict *verdict, uint64_t count, char *text,
				size_t size)
{
	uint64_t bytes = event->failure.bytes ? event->failure.bytes :
					     aw_order_bytes(kernel, event->failure.order);
	char what[AW_UNITS_TEXT];
	char site[280];

	name_site(event, site, sizeof(site));
	if (event->failure.above_limit)
		snprintf(what, sizeof(what), "a large block");
	else if ((event->failure.loops || event->failure.slab_line) && !event->failure.bytes)
		snprintf(what, sizeof(what), "memory");
	else if (bytes)
		aw_format_bytes(bytes, what);
	else
		snprintf(what, sizeof(what), "order %u", event->failure.order);
	snprintf(text, size, "%" PRIu64 " request%s for %s%s failed: %s.", count,
		 count == 1 ? "" : "s", what, site, verdict->headline);
	return text;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * A verdict as rows of a list, and the zones at the failure.
 */
#include <errno.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/escape_xml.h"
#include "base/memory.h"
#include "output/html/internal.h"
#include "output/text/text.h"

static void put_term(FILE *out, const char *label)
{
	fprintf(out, "<dt>%s</dt><dd>", label);
}

static void put_definition(FILE *out, const char *label, const char *certainty, const char *name,
			   const char *text)
{
	put_term(out, label);
	fputs(certainty, out);
	if (name[0])
		fprintf(out, "<b>%s</b>%s", name, text[0] ? ": " : "");
	aw_put_xml(out, text);
	fputs("</dd>\n", out);
}

void aw_page_request(FILE *out, const struct aw_event *event)
{
	const struct aw_failure *failure = &event->failure;
	const struct aw_frame *caller = event->site ? event->site + 1 : NULL;

	put_term(out, "request");
	fprintf(out, "order %u <code>", failure->order);
	aw_page_breakable(out, failure->gfp.names ? failure->gfp.names : "");
	fputs("</code>", out);
	if (failure->migratetype != AW_MT_UNKNOWN)
		fprintf(out, " %s", aw_migratetype_name(failure->migratetype));
	if (caller && caller < event->stack->frames + event->stack->count && caller->name[0]) {
		fputs(" &#8592; ", out);
		aw_put_xml(out, caller->name);
	}
	fputs("</dd>\n", out);
}

static void put_cause(FILE *out, const struct aw_verdict *verdict)
{
	if (verdict->cause == AW_CAUSE_UNKNOWN && verdict->likely_cause != AW_CAUSE_UNKNOWN)
		put_definition(out, "cause", "unknown, likely ", aw_cause_name(verdict->likely_cause),
			       verdict->cause_text);
	else
		put_definition(out, "cause", verdict->cause_certainty == AW_LIKELY ? "likely " : "",
			       aw_cause_name(verdict->cause), verdict->cause_text);
}

static void put_rule(FILE *out, const struct aw_verdict *verdict)
{
	bool known = verdict->rule != AW_RULE_UNKNOWN;

	put_definition(out, "stopped by", known && verdict->rule_certainty == AW_LIKELY ? "likely " : "",
		       known ? aw_rule_name(verdict->rule) : "", verdict->rule_text);
}

static void put_advice(FILE *out, const struct aw_advice *advice, const char *label)
{
	put_term(out, label);
	if (advice->command[0]) {
		fputs("<code class=\"command\">", out);
		aw_put_xml(out, advice->command);
		fputs("</code> ", out);
	}
	if (advice->command[0] && advice->helps[0]) {
		fputs("helps ", out);
		aw_put_xml(out, advice->helps);
		fputs("; ", out);
	}
	aw_put_xml(out, advice->text);
	if (!advice->command[0] && advice->helps[0]) {
		fputs("; helps ", out);
		aw_put_xml(out, advice->helps);
	}
	fputs("</dd>\n", out);
}

/* All advice for `who`; only the first line has the label. */
static void put_advice_for(FILE *out, const struct aw_verdict *verdict, enum aw_advice_for who,
			   const char *label)
{
	for (unsigned int i = 0; i < verdict->nr_advice; i++) {
		if (verdict->advice[i].who != who)
			continue;
		put_advice(out, &verdict->advice[i], label);
		label = "";
	}
}

void aw_page_judged(FILE *out, const struct aw_verdict *verdict)
{
	put_cause(out, verdict);
	if (verdict->tried_text[0])
		put_definition(out, "tried", "", "", verdict->tried_text);
	put_rule(out, verdict);
	if (verdict->pages_text[0])
		put_definition(out, "pages", "", "", verdict->pages_text);
	put_advice_for(out, verdict, AW_FOR_CALLER, "caller");
	put_advice_for(out, verdict, AW_FOR_ADMIN, "now");
}

void aw_page_row(FILE *out, const char *label, const char *text)
{
	put_definition(out, label, "", "", text);
}

/* The caller frees it; NULL: no memory. */
static char *zones_text(const struct aw_kernel *kernel, const struct aw_failure *failure)
{
	AW_FREE char *text = NULL;
	size_t size;
	FILE *out = aw_memory_open(&text, &size);

	if (!out)
		return NULL;
	aw_zones_text(out, kernel, failure);
	return aw_memory_close(out) ? NULL : TAKE_PTR(text);
}

int aw_page_zones_at(FILE *out, const struct aw_kernel *kernel, const struct aw_failure *failure)
{
	AW_FREE char *text = NULL;

	if (!failure->nr_zones && !failure->zones_over_budget)
		return 0;
	text = zones_text(kernel, failure);
	if (!text)
		return -ENOMEM;
	fputs("<details>\n<summary>Memory at the failure</summary>\n<pre>", out);
	for (char *line = text, *end; (end = strchr(line, '\n')); line = end + 1) {
		size_t indent = strspn(line, " ");

		*end = '\0';
		aw_put_xml(out, line + (indent < 4 ? indent : 4));
		putc('\n', out);
	}
	fputs("</pre>\n</details>\n", out);
	return 0;
}

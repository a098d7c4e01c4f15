// SPDX-License-Identifier: GPL-2.0
/*
 * The verdicts of the page: a foldable part for each of the top groups.
 */
#include <inttypes.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/escape_xml.h"
#include "base/units.h"
#include "output/page_html_parts.h"
#include "output/text.h"
#include "output/verdict_text.h"

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

static void put_request(FILE *out, const struct aw_event *event)
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

/* All advice for one kind of reader; the first stands beside the label. */
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

static void put_verdict(FILE *out, const struct aw_event *event, const struct aw_verdict *verdict)
{
	fputs("<dl class=\"verdict\">\n", out);
	put_request(out, event);
	put_cause(out, verdict);
	if (verdict->tried_text[0])
		put_definition(out, "tried", "", "", verdict->tried_text);
	put_rule(out, verdict);
	put_advice_for(out, verdict, AW_FOR_CALLER, "caller");
	put_advice_for(out, verdict, AW_FOR_ADMIN, "now");
	fputs("</dl>\n", out);
}

/* Mem-Info of the sample, as engineers know it. */
static void put_zones(const struct aw_page *page, const struct aw_failure *failure)
{
	AW_FREE char *text = NULL;
	size_t size;
	FILE *memory;

	if (!failure->nr_zones && !failure->zones_over_budget)
		return;
	memory = open_memstream(&text, &size);
	if (!memory)
		return;
	aw_zones_text(memory, page->report->kernel, failure);
	if (fclose(memory) || !text)
		return;
	fputs("<details>\n<summary>Memory then</summary>\n<pre>", page->out);
	for (char *line = text, *end; (end = strchr(line, '\n')); line = end + 1) {
		size_t indent = strspn(line, " ");

		*end = '\0';
		aw_put_xml(page->out, line + (indent < 4 ? indent : 4));
		putc('\n', page->out);
	}
	fputs("</pre>\n</details>\n", page->out);
}

/* What --by asked for that nothing else shows. */
static void put_key(FILE *out, const struct aw_key *key, const struct aw_group *group, unsigned int k)
{
	static const char *const shown[] = { "order", "bytes", "gfp", "stack", "site", "class", "cause", "rule",
					     "migratetype" };
	char text[512] = "-";

	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
		if (!strcmp(shown[i], key->name))
			return;
	if (group->has >> k & 1)
		aw_key_format(key, &group->values[k], text, sizeof(text));
	fprintf(out, " %s <code>", key->name);
	aw_put_xml(out, text);
	fputs("</code>", out);
}

/* "; kernel log: 1 printed, 73 suppressed" */
static void put_logs(FILE *out, const struct aw_group *group)
{
	const char *before = "; kernel log: ";

	for (int log = 0; log < AW_LOGS; log++) {
		if (!group->by_log[log])
			continue;
		fprintf(out, "%s%" PRIu64 " %s", before, group->by_log[log], aw_log_name(log));
		before = ", ";
	}
}

/* "; 400 of 62223 sampled" */
static void put_sampled(FILE *out, const struct aw_group *group)
{
	if (!group->sampled)
		fputs("; only counted, none sampled", out);
	else if (group->sampled < group->count)
		fprintf(out, "; %" PRIu64 " of %" PRIu64 " sampled", group->sampled, group->count);
}

static void put_meta(const struct aw_page *page, const struct aw_group *group, const struct aw_event *sample)
{
	char first[AW_PAGE_TIME], last[AW_PAGE_TIME], who[AW_WHO_TEXT];
	const struct aw_kernel *kernel = page->report->kernel;
	unsigned int nr_keys;
	const struct aw_key *const *keys = aw_groups_keys(page->groups, &nr_keys);

	fprintf(page->out, "<p class=\"note\">%s", aw_page_time_text(kernel, group->last_ns, last));
	if (group->count > 1)
		fprintf(page->out, ", first %s", aw_page_time_text(kernel, group->first_ns, first));
	if (group->sampled) {
		fprintf(page->out, "; %s by <code>", sample->time_ns == group->last_ns ? "the last" : "one");
		aw_put_xml(page->out, aw_format_who(sample, who));
		fputs("</code>", page->out);
	}
	put_sampled(page->out, group);
	put_logs(page->out, group);
	for (unsigned int k = 0; k < nr_keys; k++)
		put_key(page->out, keys[k], group, k);
	fputs("</p>\n", page->out);
}

static void put_group(const struct aw_page *page, const struct aw_group *group, bool open)
{
	struct aw_sample_room room;
	const struct aw_event *sample = aw_group_sample(group, &room);
	const char *class = aw_class_name(sample->failure.class);
	char sentence[AW_VERDICT_TEXT + 160];
	struct aw_verdict verdict;

	aw_verdict_make(sample, page->report->kernel, &verdict);
	fprintf(page->out, "<details class=\"card group\"%s>\n<summary><span class=\"chip %s\">%s</span> ",
		open ? " open=\"open\"" : "", class, class);
	aw_put_xml(page->out, aw_verdict_sentence(sample, page->report->kernel, &verdict, group->count,
						  sentence, sizeof(sentence)));
	fputs("</summary>\n", page->out);
	put_meta(page, group, sample);
	put_verdict(page->out, sample, &verdict);
	put_zones(page, &sample->failure);
	fputs("<details>\n<summary>Stack</summary>\n", page->out);
	aw_page_stack(page, sample->stack, sample->site);
	fputs("</details>\n</details>\n", page->out);
}

void aw_page_verdicts(const struct aw_page *page)
{
	unsigned int top = page->report->top;

	if (!page->nr_sorted)
		fputs("<p class=\"note\">No failures.</p>\n", page->out);
	for (unsigned int i = 0; i < page->nr_sorted && i < top; i++)
		put_group(page, page->sorted[i], i == 0);
	if (page->nr_sorted > top)
		fprintf(page->out, "<p class=\"note\">%u more groups: --top %u shows them.</p>\n",
			page->nr_sorted - top, page->nr_sorted);
}

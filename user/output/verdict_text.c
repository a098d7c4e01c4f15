// SPDX-License-Identifier: GPL-2.0
/* A verdict as text: the block under a failure's headline. */
#include "output/verdict_text.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "base/escape.h"
#include "base/units.h"
#include "kernel/migratetype.h"

#define LABEL_INDENT 2
#define TEXT_COLUMN 14
/* the longest text, every byte of it escaped */
#define SAFE_TEXT (4 * 3 * AW_VERDICT_TEXT)

/* Where the next character goes; words are broken at `width`. */
struct page {
	FILE *out;
	unsigned int width;
	unsigned int column;
	unsigned int blanks;	/* owed before the next word of the line */
};

static void new_line(struct page *p)
{
	fprintf(p->out, "\n%*s", TEXT_COLUMN, "");
	p->column = TEXT_COLUMN;
	p->blanks = 0;
}

static void put_label(struct page *p, const char *label)
{
	fprintf(p->out, "%*s%-*s", LABEL_INDENT, "", TEXT_COLUMN - LABEL_INDENT, label);
	p->column = TEXT_COLUMN;
	p->blanks = 0;
}

/* A word, or a command that is to be copied whole; a line is begun for it if need be. */
static void put_word(struct page *p, const char *text, unsigned int length)
{
	if (p->width && p->column + p->blanks + length > p->width && p->column > TEXT_COLUMN)
		new_line(p);
	fprintf(p->out, "%*s%.*s", (int)p->blanks, "", (int)length, text);
	p->column += p->blanks + length;
	p->blanks = 0;
}

/* Blanks stay as they are, but for those at the end of a line. */
static void put_words(struct page *p, const char *text)
{
	while (*text) {
		unsigned int blanks = (unsigned int)strspn(text, " ");
		unsigned int word = (unsigned int)strcspn(text + blanks, " ");

		p->blanks += blanks;
		if (word)
			put_word(p, text + blanks, word);
		text += blanks + word;
	}
}

static void put_escaped(struct page *p, const char *text)
{
	char safe[SAFE_TEXT];

	put_words(p, aw_escape_terminal(text, safe, sizeof(safe)));
}

static void end_line(struct page *p)
{
	fputc('\n', p->out);
}

/* The frame that called the site; NULL: the stack ends there. */
static const struct aw_frame *caller_of(const struct aw_event *ev)
{
	const struct aw_frame *next;

	if (!ev->site)
		return NULL;
	next = ev->site + 1;
	if (next >= ev->stack->frames + ev->stack->count || !next->name[0])
		return NULL;
	return next;
}

static void print_request(struct page *p, const struct aw_event *ev)
{
	const struct aw_frame *caller = caller_of(ev);
	char order[24];

	snprintf(order, sizeof(order), "order %u", ev->failure.order);
	put_label(p, "request");
	put_words(p, order);
	put_words(p, "  ");
	put_escaped(p, ev->failure.gfp.names ? ev->failure.gfp.names : "");
	if (ev->failure.migratetype != AW_MT_UNKNOWN) {
		put_words(p, "  ");
		put_words(p, aw_migratetype_name(ev->failure.migratetype));
	}
	if (caller) {
		put_words(p, "   <- ");
		put_escaped(p, caller->name);
	}
	end_line(p);
}

/* "fragmentation", "likely fragmentation", "unknown, likely fragmentation". */
static void put_cause_name(struct page *p, const struct aw_verdict *v)
{
	if (v->cause == AW_CAUSE_UNKNOWN && v->likely_cause != AW_CAUSE_UNKNOWN) {
		put_words(p, "unknown, likely ");
		put_words(p, aw_cause_name(v->likely_cause));
		return;
	}
	if (v->cause_certainty == AW_LIKELY)
		put_words(p, "likely ");
	put_words(p, aw_cause_name(v->cause));
}

static void print_cause(struct page *p, const struct aw_verdict *v)
{
	put_label(p, "cause");
	put_cause_name(p, v);
	if (v->cause_text[0]) {
		put_words(p, ": ");
		put_escaped(p, v->cause_text);
	}
	end_line(p);
}

static void print_scope(struct page *p, const struct aw_verdict *v)
{
	if (!v->scope_text[0])
		return;
	put_label(p, "mask");
	put_words(p, v->scope_text);
	end_line(p);
}

static void print_tried(struct page *p, const struct aw_verdict *v)
{
	if (!v->tried_text[0])
		return;
	put_label(p, "tried");
	put_words(p, v->tried_text);
	end_line(p);
}

static void print_rule(struct page *p, const struct aw_verdict *v)
{
	put_label(p, "stopped by");
	if (v->rule == AW_RULE_UNKNOWN) {
		put_words(p, v->rule_text);
	} else {
		if (v->rule_certainty == AW_LIKELY)
			put_words(p, "likely ");
		put_words(p, aw_rule_name(v->rule));
		put_words(p, ": ");
		put_words(p, v->rule_text);
	}
	end_line(p);
}

/* "echo 1 > ...   helps only if ...; compacts ..." or "kvmalloc() if ...; helps because ..." */
static void print_advice(struct page *p, const struct aw_advice *a)
{
	if (a->command[0]) {
		put_word(p, a->command, (unsigned int)strlen(a->command));
		put_words(p, a->helps[0] ? "   helps " : "   ");
		put_escaped(p, a->helps);
		put_words(p, a->helps[0] ? "; " : "");
		put_escaped(p, a->text);
	} else {
		put_escaped(p, a->text);
		put_words(p, a->helps[0] ? "; helps " : "");
		put_escaped(p, a->helps);
	}
	end_line(p);
}

/* All advice for one kind of reader; the first stands beside the label. */
static void print_advice_for(struct page *p, const struct aw_verdict *v, enum aw_advice_for who,
			     const char *label)
{
	unsigned int i;

	for (i = 0; i < v->nr_advice; i++) {
		if (v->advice[i].who != who)
			continue;
		put_label(p, label);
		print_advice(p, &v->advice[i]);
		label = "";
	}
}

void aw_verdict_print(FILE *out, const struct aw_event *ev, const struct aw_kernel *k,
		      const struct aw_verdict *v, unsigned int width)
{
	struct page p = { .out = out, .width = width };

	(void)k;
	print_request(&p, ev);
	print_scope(&p, v);
	print_cause(&p, v);
	print_tried(&p, v);
	print_rule(&p, v);
	print_advice_for(&p, v, AW_FOR_CALLER, "caller");
	print_advice_for(&p, v, AW_FOR_ADMIN, "now");
}

/* " by ioctx_alloc", " by hog_get_buffer [hog]", or nothing. */
static void name_site(const struct aw_event *ev, char *text, size_t size)
{
	const struct aw_frame *site = ev->site;
	char name[128], module[128];

	text[0] = '\0';
	if (!site || !site->name[0])
		return;
	aw_escape_terminal(site->name, name, sizeof(name));
	aw_escape_terminal(site->module, module, sizeof(module));
	snprintf(text, size, " by %s%s%s%s", name, module[0] ? " [" : "", module,
		 module[0] ? "]" : "");
}

const char *aw_verdict_sentence(const struct aw_event *ev, const struct aw_kernel *k,
				const struct aw_verdict *v, uint64_t count, char *text,
				size_t size)
{
	uint64_t bytes = ev->failure.bytes ? ev->failure.bytes :
					     aw_order_bytes(k, ev->failure.order);
	char what[AW_UNITS_TEXT];
	char site[280];

	name_site(ev, site, sizeof(site));
	if (bytes)
		aw_format_bytes(bytes, what);
	else
		snprintf(what, sizeof(what), "order %u", ev->failure.order);
	snprintf(text, size, "%" PRIu64 " request%s for %s%s failed: %s.", count,
		 count == 1 ? "" : "s", what, site, v->headline);
	return text;
}

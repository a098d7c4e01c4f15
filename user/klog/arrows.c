// SPDX-License-Identifier: GPL-2.0
/*
 * A trace that somebody wrote into a sentence, with arrows between its functions.
 *
 * Words with arrows are no trace but in the lines behind a header that has none yet.  Which end is the innermost is what
 * "<-" says, and for "->" where the functions of the allocator stand: people write it either way.
 */
#include "klog/arrows.h"

#include <string.h>

#include "base/array.h"
#include "klog/symbol.h"
#include "mm/function.h"

#define NEAR 12		/* lines from the header to the sentence at most */
#define LEAST 3		/* functions of a trace */
#define MOST 32

enum arrow {
	NO_ARROW,
	CALLS,		/* "a -> b" */
	CALLED_BY,	/* "a <- b" */
};

struct chain {
	enum arrow arrow;
	unsigned int count;
	struct aw_klog_frame frames[MOST];	/* as written */
	const char *start;
};

/* An arrow is apart from the words: "dev->priv" is no call. */
static enum arrow take_arrow(struct aw_text *t)
{
	static const struct {
		const char *text;
		enum arrow arrow;
	} arrows[] = {
		{ "-->", CALLS }, { "->", CALLS }, { "=>", CALLS }, { "\xe2\x86\x92", CALLS },
		{ "<--", CALLED_BY }, { "<-", CALLED_BY }, { "<=", CALLED_BY }, { "\xe2\x86\x90", CALLED_BY },
	};
	struct aw_text s = *t;

	aw_text_spaces(&s);
	for (size_t i = 0; i < ARRAY_SIZE(arrows); i++) {
		if (!aw_text_skip(&s, arrows[i].text))
			continue;
		if (s.p < s.end && !aw_is_space(*s.p))
			return NO_ARROW;
		aw_text_spaces(&s);
		*t = s;
		return arrows[i].arrow;
	}
	return NO_ARROW;
}

/* "kmalloc_large", "ring_up()", "ring_up+0x40/0xb0 [ring]", "`ring_up`" */
static bool take_function(struct aw_text *t, struct aw_klog_frame *frame)
{
	struct aw_text s = *t;

	memset(frame, 0, sizeof(*frame));
	aw_text_skip_char(&s, '`');
	if (aw_text_at(&s, 0) == ':' || !aw_klog_symbol(&s, frame, false))
		return false;
	for (; s.p > t->p && s.p[-1] == '.'; s.p--)	/* of the sentence */
		frame->suffix[0] = '\0';
	if (!frame->name[0] || s.p == t->p)
		return false;
	frame->name[strcspn(frame->name, ".")] = '\0';
	aw_text_skip(&s, "()");
	aw_text_skip_char(&s, '`');
	aw_klog_module(&s, frame);
	*t = s;
	return true;
}

/* One arrow or the other, all the way; what stands behind the last function is the sentence's. */
static void take_chain(struct aw_text *t, struct chain *chain)
{
	chain->count = 0;
	chain->arrow = NO_ARROW;
	chain->start = t->p;
	while (chain->count < MOST && take_function(t, &chain->frames[chain->count])) {
		struct aw_text s = *t;
		enum arrow arrow = take_arrow(&s);

		chain->count++;
		if (!arrow || (chain->arrow && arrow != chain->arrow))
			return;
		chain->arrow = arrow;
		*t = s;
	}
}

static bool is_of_allocator(const struct aw_klog_frame *frame)
{
	return aw_function_is_wrapper(aw_function_group(frame->name, frame->module));
}

/* Is its innermost function the first one?  With functions of the allocator at no end, or at both, nobody knows. */
static bool find_inner_end(const struct chain *chain, bool *first)
{
	bool head = is_of_allocator(&chain->frames[0]), tail = is_of_allocator(&chain->frames[chain->count - 1]);

	if (chain->arrow == CALLED_BY)
		*first = true;
	else if (head != tail)
		*first = head;
	else
		return false;
	return true;
}

/* The next word that stands before an arrow; false: none does. */
static bool find_chain(struct aw_text *t, struct chain *chain)
{
	while (t->p < t->end) {
		take_chain(t, chain);
		if (chain->count >= LEAST)
			return true;
		while (t->p < t->end && !aw_is_space(*t->p))
			t->p++;
		while (t->p < t->end && (aw_is_space(*t->p) || strchr("\"'(", *t->p)))
			t->p++;
	}
	return false;
}

/* "... whereas the working path is kmalloc -> ring_up -> ring_open": what did not fail */
static bool speaks_of_success(struct aw_text before)
{
	static const char *const words[] = { "working", "works", "worked", "succeed" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (aw_text_find(&before, words[i]))
			return true;
	return false;
}

/* Does it begin or end in the allocator?  "Call trace: ring_refill() <- ring_poll()" need not. */
static bool is_trace(const struct chain *chain, struct aw_text before)
{
	return is_of_allocator(&chain->frames[0]) || is_of_allocator(&chain->frames[chain->count - 1]) ||
	       (chain->arrow == CALLED_BY && (aw_text_find(&before, "race") || aw_text_find(&before, "tack")));
}

static bool waits(const struct aw_klog_open *o, uint64_t serial)
{
	return !o->closed && !o->headless && !o->no_frames && !o->r.nr_frames && !o->r.mem_info && !o->r.one_line &&
	       (o->r.order >= 0 || o->r.above_limit) && o->touched + NEAR >= serial;
}

bool aw_klog_take_arrows(const struct aw_klog_line *line, struct aw_klog_open *o, uint64_t serial)
{
	struct aw_text t = line->text;
	struct chain chain;
	bool first;

	if (!waits(o, serial) || !find_chain(&t, &chain) || speaks_of_success((struct aw_text){ line->text.p, chain.start }))
		return false;
	if (!is_trace(&chain, (struct aw_text){ line->text.p, chain.start }) || !find_inner_end(&chain, &first))
		return false;
	o->spoken = true;
	for (unsigned int i = 0; i < chain.count; i++) {
		struct aw_klog_trace_line one = { .place = AW_KLOG_ON_STACK, .count = 1 };

		one.frames[0] = chain.frames[first ? i : chain.count - 1 - i];
		aw_klog_take_trace(o, &one, line);
	}
	o->r.trace_cut = true;	/* nobody tells what was left out */
	return true;
}

void aw_klog_forget_arrows(struct aw_klog_open *o)
{
	if (!o->spoken)
		return;
	o->spoken = o->r.trace_cut = false;
	o->r.nr_frames = 0;
}

static bool has_arrow(struct aw_text t)
{
	for (; t.p < t.end; t.p++)
		if (strchr("<-=\xe2", *t.p) && take_arrow(&t))
			return true;
	return false;
}

/* Does a sentence end in two functions of a trace, or is it one, with its arrow?  *in_arrow: it ends in an arrow. */
static bool ends_in_chain(struct aw_text t, bool *in_arrow)
{
	const char *start = t.p;
	struct chain chain;
	struct aw_text word = t;

	if (!has_arrow(t))
		return false;

	while (word.end > word.p && !aw_is_space(word.end[-1]))
		word.end--;
	word = (struct aw_text){ word.end, t.end };
	*in_arrow = take_arrow(&word) && word.p == word.end;
	while (t.p < t.end) {
		const char *from = t.p;

		take_chain(&t, &chain);
		if (t.p == t.end)
			return chain.count > 1 || (chain.count && *in_arrow && from == start);
		t.p++;
		while (t.p < t.end && *t.p == '.')	/* each would be looked at up to the last one */
			t.p++;
	}
	return false;
}

bool aw_klog_arrows_go_on(const struct aw_text *text, const struct aw_text *next, const char **gap)
{
	struct aw_text t = *next;
	struct chain chain;
	bool in_arrow;

	*gap = " ";
	/* ftrace's stacks */
	if (aw_text_starts(&t, "=>"))
		return false;
	if (take_arrow(&t)) {
		take_chain(&t, &chain);
		return chain.count > 0 && aw_text_left(text) && (aw_is_word(text->end[-1]) || strchr(")]`", text->end[-1]));
	}
	if (!ends_in_chain(*text, &in_arrow))
		return false;
	take_chain(&t, &chain);
	if (in_arrow)
		return chain.count > 0;
	/* a function's name is torn */
	*gap = "";
	return chain.count > 1;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * One function as a line of a trace names it.
 */
#include "klog/symbol.h"

#include "base/array.h"
#include "base/demangle.h"
#include "mm/function.h"

#define BUILD_ID 40	/* hexadecimal digits of a module's build id */

static bool is_symbol(char c)
{
	return aw_is_word(c) || c == '.' || c == '$';
}

/* The compiler's part goes apart; a Rust symbol becomes its path. */
static void take_name(struct aw_klog_frame *frame, const char *from, size_t len)
{
	char raw[AW_FUNCTION_NAME];
	struct aw_function_name parts;

	aw_text_copy(raw, sizeof(raw), from, len);
	parts = aw_function_name(raw);
	if (!aw_demangle_rust(parts.name, parts.len, frame->name, sizeof(frame->name)))
		aw_text_copy(frame->name, sizeof(frame->name), parts.name, parts.len);
	aw_text_copy(frame->suffix, sizeof(frame->suffix), parts.suffix, strlen(parts.suffix));
}

/* "+0x24/0x38", "+0x24" */
static bool offset(struct aw_text *text, struct aw_klog_frame *frame)
{
	struct aw_text s = *text;

	if (!aw_text_skip(&s, "+0x") || !aw_text_hex(&s, &frame->offset))
		return false;
	if (aw_text_skip(&s, "/0x"))
		aw_text_hex(&s, &frame->size);
	*text = s;
	return true;
}

/* 2.6.18: ":conn:alloc_table+0x33/0x7a" */
static void segment(struct aw_text *text, struct aw_klog_frame *frame)
{
	struct aw_text s = *text;
	const char *start;

	if (!aw_text_skip_char(&s, ':'))
		return;
	start = s.p;
	while (s.p < s.end && (aw_is_word(*s.p) || *s.p == '-'))
		s.p++;
	if (s.p == start || aw_text_at(&s, 0) != ':')
		return;
	aw_text_copy(frame->module, sizeof(frame->module), start, (size_t)(s.p - start));
	text->p = s.p + 1;
}

/* hog_get_buffer+0x24/0x38
 * .kmem_cache_alloc+0x10/0x20
 * alloc_slab_page.part.3.isra.0+0xe8/0xf8 */
bool aw_klog_symbol(struct aw_text *text, struct aw_klog_frame *frame, bool need_offset)
{
	struct aw_text s = *text;
	const char *start, *end;

	segment(&s, frame);
	start = s.p;
	while (s.p < s.end && is_symbol(*s.p))
		s.p++;
	end = s.p;
	if (end == start || aw_is_digit(*start))
		return false;
	if (!offset(&s, frame) && need_offset)
		return false;
	take_name(frame, start, (size_t)(end - start));
	*text = s;
	return true;
}

/* A mailer that wraps at the build id may leave no space before it. */
static size_t without_build_id(const char *name, size_t len)
{
	if (len <= BUILD_ID)
		return len;
	for (size_t i = len - BUILD_ID; i < len; i++)
		if (aw_hex_digit(name[i]) < 0)
			return len;
	return len - BUILD_ID;
}

/* "[1]" of a mail, which a wrap may have put there: no module's name is a number that short */
static bool is_footnote(const char *name, size_t len)
{
	return len <= 2 && aw_is_digit(name[0]) && aw_is_digit(name[len - 1]);
}

void aw_klog_module(struct aw_text *text, struct aw_klog_frame *frame)
{
	struct aw_text s = *text;
	const char *start, *close;

	aw_text_spaces(&s);
	if (!aw_text_skip_char(&s, '['))
		return;
	start = s.p;
	while (s.p < s.end && (aw_is_word(*s.p) || *s.p == '-'))
		s.p++;
	if (s.p == start)
		return;
	if (is_footnote(start, (size_t)(s.p - start)) && aw_text_at(&s, 0) == ']') {
		text->p = s.p + 1;
		return;
	}
	close = memchr(s.p, ']', aw_text_left(&s));
	if (!close && s.p == s.end) {
		text->p = text->end;	/* cut: perhaps in the middle of the name */
		return;
	}
	if (!close && !aw_is_space(*s.p) && *s.p != '(' && *s.p != ')')
		return;
	aw_text_copy(frame->module, sizeof(frame->module), start,
		     without_build_id(start, (size_t)(s.p - start)));
	/* arm's "(f+0x1/0x2 [mod" is cut in the middle of the name, and closed all the same */
	text->p = close ? close + 1 : aw_text_at(&s, 0) == ')' ? s.p : text->end;
}

/* "mm/page_alloc.c:4379", "./include/linux/slab.h:600:1", "??:0", "slub.c:?", "mlme.c:-1" */
static bool source(struct aw_text *text)
{
	static const char *const ends[] = { ".c:", ".h:", ".S:", ".rs:", "??:" };
	struct aw_text word = *text;

	while (word.p < word.end && !aw_is_space(*word.p) && *word.p != ')')
		word.p++;
	word.end = word.p;
	word.p = text->p;
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		struct aw_text s = word;

		if (!aw_text_skip_past(&s, ends[i]))
			continue;
		if (!aw_is_digit(aw_text_at(&s, 0)) && aw_text_at(&s, 0) != '?' && aw_text_at(&s, 0) != '-')
			return false;
		text->p = word.end;
		return true;
	}
	return false;
}

/* What stands behind a place: "(discriminator 3)", "[inline]", more places of inlined functions. */
static void more_places(struct aw_text *text)
{
	for (;;) {
		struct aw_text s = *text;
		uint64_t number;

		aw_text_spaces(&s);
		if (aw_text_skip(&s, "(discriminator ")) {
			if (!aw_text_u64(&s, &number) || !aw_text_skip_char(&s, ')'))
				return;
		} else if (!aw_text_skip(&s, "[inline]") && !aw_text_skip(&s, "[inlined]") && !source(&s)) {
			return;
		}
		*text = s;
	}
}

/* "(mm/slab_common.c:1120 (discriminator 3))", "drivers/net/ring.c:120 [inline]" */
static bool places(struct aw_text *text)
{
	struct aw_text s = *text;
	bool paren;

	if (!aw_text_spaces(&s))
		return false;
	paren = aw_text_skip_char(&s, '(');
	if (!source(&s))
		return false;
	more_places(&s);
	if (paren && !aw_text_skip_char(&s, ')') && s.p < s.end)
		return false;
	*text = s;
	return true;
}

/* The script drops the brackets of a module, which ends the line but for a "(P)". */
static void bare_module(struct aw_text *text, struct aw_klog_frame *frame)
{
	struct aw_text s = *text, rest;
	const char *start;

	if (frame->module[0] || !aw_text_spaces(&s))
		return;
	start = s.p;
	while (s.p < s.end && (aw_is_word(*s.p) || *s.p == '-'))
		s.p++;
	rest = s;
	aw_text_spaces(&rest);
	if (s.p == start || (rest.p < rest.end && *rest.p != '('))
		return;
	aw_text_copy(frame->module, sizeof(frame->module), start, (size_t)(s.p - start));
	*text = s;
}

static bool is_printable(const char *from, const char *end)
{
	while (from < end && *from >= ' ' && *from <= '~')
		from++;
	return from == end;
}

/* "<kernel::page::Page>::alloc_page (rust/kernel/page.rs:91)": spaces and brackets, up to the places. */
static bool rust_path(struct aw_text *text, struct aw_klog_frame *frame)
{
	struct aw_text s = *text;
	const char *start = s.p, *end = memmem(start, aw_text_left(&s), " (", 2);

	if (!end || (*start != '<' && !aw_is_alpha(*start)) || !memmem(start, (size_t)(end - start), "::", 2))
		return false;
	s.p = end;
	if (!is_printable(start, end) || !places(&s))
		return false;
	aw_text_copy(frame->name, sizeof(frame->name), start, (size_t)(end - start));
	*text = s;
	return true;
}

/* "BUG: bad page state", then "at mm/slub.c:12": words that stand before a place in a sentence. */
static bool is_preposition(const char *name)
{
	return !strcmp(name, "at") || !strcmp(name, "in") || !strcmp(name, "of") || !strcmp(name, "from");
}

/* "ring_get (drivers/net/ring.c:88)", "ring_open+0x40/0xb0 drivers/net/ring.c:120", "ring_open+0x40/0xb0 ring" */
static bool c_function(struct aw_text *text, struct aw_klog_frame *frame)
{
	struct aw_text s = *text;

	if (!aw_klog_symbol(&s, frame, false) || is_preposition(frame->name))
		return false;
	if (!places(&s)) {
		/* the script had no source for it, and took the brackets of its module all the same */
		bare_module(&s, frame);
		if (!frame->size || !frame->module[0] || s.p < s.end)
			return false;
	}
	*text = s;
	return true;
}

bool aw_klog_decoded(struct aw_text *text, struct aw_klog_frame *frame)
{
	const struct aw_klog_frame was = *frame;

	if (!c_function(text, frame)) {
		*frame = was;
		if (!rust_path(text, frame))
			return false;
	}
	aw_klog_module(text, frame);
	bare_module(text, frame);
	return true;
}

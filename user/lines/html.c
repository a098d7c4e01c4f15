// SPDX-License-Identifier: GPL-2.0
/*
 * Log lines in a page of HTML.
 */
#include "lines/html.h"

#include <strings.h>

#include "base/array.h"
#include "base/cursor.h"

#define LONGEST_ENTITY 10
#define LONGEST_NAME 12
#define LONGEST_TAG 512

static const struct {
	const char *name;
	uint16_t code;
} entities[] = {
	{ "lt", '<' }, { "gt", '>' }, { "amp", '&' }, { "quot", '"' }, { "apos", '\'' },
	{ "nbsp", ' ' }, { "ensp", ' ' }, { "emsp", ' ' }, { "thinsp", ' ' },
	{ "shy", 0xad }, { "zwnj", 0x200c }, { "zwj", 0x200d },
	{ "lsquo", '\'' }, { "rsquo", '\'' }, { "ldquo", '"' }, { "rdquo", '"' },
	{ "lbrack", '[' }, { "rbrack", ']' }, { "lsqb", '[' }, { "rsqb", ']' }, { "lpar", '(' }, { "rpar", ')' },
	{ "colon", ':' }, { "period", '.' }, { "comma", ',' }, { "plus", '+' }, { "equals", '=' }, { "sol", '/' },
	{ "bsol", '\\' }, { "lowbar", '_' }, { "num", '#' }, { "ast", '*' }, { "quest", '?' }, { "vert", '|' },
	{ "Tab", '\t' }, { "NewLine", '\n' },
};

/* Tags that end a line, tags that set text apart, and tags that do neither. */
static const char *const blocks[] = {
	"br", "p", "div", "pre", "tr", "li", "ul", "ol", "table", "thead", "tbody", "blockquote", "h1", "h2", "h3",
	"h4", "h5", "h6", "hr", "html", "body", "head", "section", "article", "header", "footer", "nav", "dl", "dt",
	"dd", "center", "title", "details", "summary", "textarea",
};
static const char *const cells[] = { "td", "th" };
static const char *const others[] = {
	"a", "b", "i", "u", "s", "span", "code", "tt", "font", "em", "strong", "small", "big", "samp",
	"kbd", "sub", "sup", "ins", "del", "mark", "wbr", "img", "link", "meta", "label", "button", "time", "svg",
	"path", "strike", "input", "form", "style", "script", "col", "colgroup", "caption", "q", "cite", "o:p",
};

static bool is_listed(const char *const *list, size_t n, const char *name, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(list[i]) == len && !strncasecmp(list[i], name, len))
			return true;
	return false;
}

/* What a tag becomes in the text; -1: it is none of HTML. */
static int becomes(const char *name, size_t len)
{
	if (is_listed(blocks, ARRAY_SIZE(blocks), name, len))
		return '\n';
	if (is_listed(cells, ARRAY_SIZE(cells), name, len))
		return ' ';
	return is_listed(others, ARRAY_SIZE(others), name, len) ? 0 : -1;
}

/* At a '<': steps over a tag of HTML. */
static bool tag(struct aw_text *t, int *to)
{
	struct aw_text s = { t->p + 1, t->end };
	const char *name, *close;
	size_t len;

	aw_text_skip_char(&s, '/');
	name = s.p;
	while (s.p < s.end && (aw_is_word(*s.p) || *s.p == ':') && s.p - name <= LONGEST_NAME)
		s.p++;
	len = (size_t)(s.p - name);
	if (s.p == s.end || !strchr(" \t/>", *s.p) || !*s.p)
		return false;
	*to = becomes(name, len);
	if (*to < 0)
		return false;
	close = memchr(s.p, '>', aw_text_left(&s) < LONGEST_TAG ? aw_text_left(&s) : LONGEST_TAG);
	if (!close)
		return false;
	t->p = close + 1;
	return true;
}

/* "<!-- ... -->", "<!DOCTYPE html>"; of "<![CDATA[ ... ]]>", only the beginning: what follows is text. */
static bool comment(struct aw_text *t)
{
	struct aw_text s = *t;
	bool long_one = aw_text_starts(&s, "<!--");

	if (aw_text_skip(t, "<![CDATA["))
		return true;
	if (aw_text_left(&s) > LONGEST_TAG)
		s.end = s.p + LONGEST_TAG;
	if (!aw_text_starts(&s, "<!") || !aw_text_skip_past(&s, long_one ? "-->" : ">"))
		return false;
	t->p = s.p;
	return true;
}

/* "#160", "#xA0" */
static bool number(struct aw_text *t, uint32_t *code)
{
	uint64_t value;
	bool is_hex;

	if (!aw_text_skip_char(t, '#'))
		return false;
	is_hex = aw_text_skip_char(t, 'x') || aw_text_skip_char(t, 'X');
	if (is_hex ? !aw_text_hex(t, &value) : !aw_text_u64(t, &value))
		return false;
	*code = value > UINT32_MAX ? '?' : (uint32_t)value;
	return true;
}

/* At a '&': steps over an entity. */
static bool entity(struct aw_text *t, uint32_t *code)
{
	struct aw_text s = { t->p + 1, t->end };

	if (number(&s, code)) {
		if (!aw_text_skip_char(&s, ';'))
			return false;
		t->p = s.p;
		return true;
	}
	for (size_t i = 0; i < ARRAY_SIZE(entities); i++) {
		s.p = t->p + 1;
		if (!aw_text_skip(&s, entities[i].name) || !aw_text_skip_char(&s, ';'))
			continue;
		*code = entities[i].code;
		t->p = s.p;
		return true;
	}
	return false;
}

bool aw_log_html_dirty(const char *text, size_t len)
{
	struct aw_text t = aw_text_of(text, len);
	uint32_t code;
	int to;

	for (; t.p < t.end; t.p++) {
		struct aw_text s = t;

		if (*t.p == '&' && entity(&s, &code))
			return true;
		if (*t.p == '<' && (tag(&s, &to) || comment(&s)))
			return true;
	}
	return false;
}

void aw_log_html_clean(const char *text, size_t len, struct aw_log_out *out)
{
	struct aw_text t = aw_text_of(text, len);
	uint32_t code;
	int to;

	while (t.p < t.end) {
		if (*t.p == '&' && entity(&t, &code)) {
			aw_log_out_code(out, code);
		} else if (*t.p == '<' && tag(&t, &to)) {
			if (to)
				aw_log_out_byte(out, (char)to);
		} else if (*t.p != '<' || !comment(&t)) {
			aw_log_out_byte(out, *t.p++);
		}
	}
}

// SPDX-License-Identifier: GPL-2.0
/*
 * What terminals, editors and web pages put between the characters of a line.
 */
#include "lines/control.h"

#include "base/array.h"
#include "base/cursor.h"

#define ESC '\033'
#define MAX_SEQUENCE 64

/* Ways in which tools write the escape character. */
static const char *const spelled[] = { "\\x1b[", "\\x1B[", "\\033[", "\\e[", "\\u001b[", "\\u001B[", "^[[", "#033[" };

/* Characters beyond ASCII that are not part of a log. */
static const struct {
	uint16_t first, last;
	const char *becomes;
} special[] = {
	{ 0x0085, 0x0085, "\n" },	/* next line */
	{ 0x00a0, 0x00a0, " " },	/* no-break space */
	{ 0x00ad, 0x00ad, "" },		/* soft hyphen */
	{ 0x061c, 0x061c, "" },		/* marks of direction */
	{ 0x2000, 0x200a, " " },	/* spaces of all widths */
	{ 0x200b, 0x200f, "" },		/* no width, marks of direction */
	{ 0x2010, 0x2013, "-" },	/* hyphens, and what editors make of them */
	{ 0x2018, 0x2019, "'" },	/* quotes that editors turned */
	{ 0x201c, 0x201d, "\"" },
	{ 0x2028, 0x2029, "\n" },	/* line and paragraph separator */
	{ 0x202a, 0x202e, "" },
	{ 0x202f, 0x202f, " " },
	{ 0x205f, 0x205f, " " },
	{ 0x2060, 0x2064, "" },
	{ 0x2066, 0x2069, "" },
	{ 0x2212, 0x2212, "-" },	/* minus */
	{ 0x3000, 0x3000, " " },
	{ 0xfb00, 0xfb00, "ff" },	/* ligatures of typeset pages */
	{ 0xfb01, 0xfb01, "fi" },
	{ 0xfb02, 0xfb02, "fl" },
	{ 0xfb03, 0xfb03, "ffi" },
	{ 0xfb04, 0xfb04, "ffl" },
	{ 0xfeff, 0xfeff, "" },		/* byte order mark */
};

/* Plain bytes: everything but controls, and what may begin a spelled-out or torn escape. */
static bool is_plain(unsigned char byte)
{
	return (byte >= 0x20 && byte < 0x7f && byte != '\\' && byte != '^' && byte != '#') || byte == '\t';
}

/* "[32m" of a pasted terminal whose escape characters got lost; in no log otherwise in pairs */
static size_t bare_colour(const struct aw_text *t)
{
	size_t n = 1;

	if (aw_text_at(t, 0) != '[' || !aw_is_digit(aw_text_at(t, 1)))
		return 0;
	while (aw_is_digit(aw_text_at(t, n)) || aw_text_at(t, n) == ';')
		n++;
	return n < 12 && aw_text_at(t, n) == 'm' ? n + 1 : 0;
}

/* "[0m", "[00m" */
static bool ends_colour(const char *text, size_t m)
{
	return text[m] == 'm' && m >= 2 && text[m - 1] == '0' && (text[m - 2] == '[' || text[m - 2] == '0');
}

static bool has_bare_colours(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (ends_colour(text, i))
			return true;
	return false;
}

bool aw_log_control_dirty(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!is_plain((unsigned char)text[i]) || ends_colour(text, i))
			return true;
	return false;
}

/* Steps over a character of two or three bytes; false: none is here. */
static bool wide_character(struct aw_text *t, uint16_t *code)
{
	unsigned char a = (unsigned char)aw_text_at(t, 0), b = (unsigned char)aw_text_at(t, 1);
	unsigned char c = (unsigned char)aw_text_at(t, 2);

	if (a >= 0xc2 && a < 0xe0 && (b & 0xc0) == 0x80) {
		*code = (uint16_t)((a & 0x1f) << 6 | (b & 0x3f));
		t->p += 2;
		return true;
	}
	if ((a & 0xf0) != 0xe0 || (b & 0xc0) != 0x80 || (c & 0xc0) != 0x80)
		return false;
	*code = (uint16_t)((a & 0x0f) << 12 | (b & 0x3f) << 6 | (c & 0x3f));
	t->p += 3;
	return true;
}

static void copy_wide(struct aw_text *t, struct aw_log_out *out)
{
	const char *start = t->p;
	uint16_t code;

	if (!wide_character(t, &code)) {
		/* alone, these two are Latin-1's */
		code = (unsigned char)*t->p++;
		if (code != 0xa0 && code != 0xad) {
			aw_log_out_byte(out, *start);
			return;
		}
	}
	for (size_t i = 0; i < ARRAY_SIZE(special); i++)
		if (code >= special[i].first && code <= special[i].last) {
			aw_log_out_bytes(out, special[i].becomes, strlen(special[i].becomes));
			return;
		}
	aw_log_out_bytes(out, start, (size_t)(t->p - start));
}

static bool at_line_start(const struct aw_log_out *out)
{
	return !out->len || out->data[out->len - 1] == '\n';
}

/* What a sequence with this end does to the text; false: it stays. */
static bool apply(char final, struct aw_log_out *out)
{
	if (strchr("HfEBF", final))
		aw_log_out_byte(out, '\n');
	else if (final == 'C')
		aw_log_out_byte(out, ' ');
	else if (final == 'J')
		return at_line_start(out);
	return true;
}

/* Behind "ESC [": "32m", "2K", "?25l", "12;1H" */
static bool control_sequence(struct aw_text *t, struct aw_log_out *out)
{
	struct aw_text s = *t;

	while (s.p < s.end && s.p - t->p < MAX_SEQUENCE && *s.p >= 0x20 && *s.p < 0x40)
		s.p++;
	if (s.p == s.end || *s.p < 0x40 || *s.p > 0x7e || !apply(*s.p, out))
		return false;
	t->p = s.p + 1;
	return true;
}

/* Behind "ESC ]": a window's title and the like, up to BEL or ESC \ */
static bool command(struct aw_text *t)
{
	for (const char *p = t->p; p < t->end && p - t->p < 4 * MAX_SEQUENCE; p++)
		if (*p == '\a' || (*p == '\\' && p > t->p && p[-1] == ESC)) {
			t->p = p + 1;
			return true;
		}
	return false;
}

/* At an escape character. */
static bool sequence(struct aw_text *t, struct aw_log_out *out)
{
	struct aw_text s = { t->p + 1, t->end };
	bool done = true;

	if (aw_text_skip_char(&s, '['))
		done = control_sequence(&s, out);
	else if (aw_text_skip_char(&s, ']') || aw_text_skip_char(&s, 'P'))
		done = command(&s);
	else if (aw_text_left(&s) >= 2 && strchr("()*+#% ", *s.p))
		s.p += 2;	/* "ESC ( B": character sets */
	else if (s.p < s.end && *s.p > 0x20)
		s.p++;		/* "ESC =", "ESC 7" */
	if (done)
		t->p = s.p;
	return done;
}

static bool spelled_sequence(struct aw_text *t, struct aw_log_out *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(spelled); i++) {
		struct aw_text s = *t;

		if (!aw_text_skip(&s, spelled[i]) || !control_sequence(&s, out))
			continue;
		t->p = s.p;
		return true;
	}
	return false;
}

/* A byte below ' ', or DEL. */
static void control(struct aw_text *t, struct aw_log_out *out)
{
	char byte = *t->p;

	if (byte == ESC && sequence(t, out))
		return;
	t->p++;
	switch (byte) {
	case '\r': case '\n': case '\f': case '\v':
		aw_log_out_byte(out, '\n');
		break;
	case '\b':
		if (!at_line_start(out))
			out->len--;
		break;
	case '\0': case '\a': case '\016': case '\017': case '\177':
		break;
	default:
		aw_log_out_byte(out, byte);
	}
}

void aw_log_control_clean(const char *text, size_t len, struct aw_log_out *out)
{
	struct aw_text t = aw_text_of(text, len);
	bool bare = has_bare_colours(text, len);

	while (t.p < t.end) {
		unsigned char byte = (unsigned char)*t.p;
		size_t colour = bare ? bare_colour(&t) : 0;

		if (colour)
			t.p += colour;
		else if (byte >= 0x80)
			copy_wide(&t, out);
		else if ((byte < 0x20 && byte != '\t') || byte == 0x7f)
			control(&t, out);
		else if (is_plain(byte) || !spelled_sequence(&t, out))
			aw_log_out_byte(out, *t.p++);
	}
}

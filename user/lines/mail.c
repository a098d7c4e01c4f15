// SPDX-License-Identifier: GPL-2.0
/*
 * The bodies of mails: quoted-printable and base64 (RFC 2045).
 *
 * The header that says "quoted-printable" is often not pasted, so then the text
 * has to tell: "=3D" does, as every '=' is written so; a '=' with anything
 * else behind it than two digits or the line's end denies it.  Before either
 * was seen, a line that ends in '=' where encoders break lines is joined.
 */
#include "lines/mail.h"

#include <strings.h>

#include "base/cursor.h"

#define HEADER_LINES 60
#define LONGEST_HEADER 200	/* bytes */
#define SHORTEST_BROKEN 70	/* bytes of a line that an encoder broke */
#define LONGEST_BROKEN 76

const char *const aw_log_mail_words[4] = {
	"ncoding: base64", "NCODING: BASE64", "ncoding: quoted-printable", "NCODING: QUOTED-PRINTABLE",
};

static int base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (aw_is_digit(c))
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static bool is_base64(struct aw_text t)
{
	while (t.end > t.p && t.end[-1] == '=')
		t.end--;
	if (t.p == t.end)
		return false;
	for (; t.p < t.end; t.p++)
		if (base64_digit(*t.p) < 0)
			return false;
	return true;
}

static void decode(struct aw_log_mail *mail, struct aw_text t, struct aw_log_out *out)
{
	for (; t.p < t.end && *t.p != '='; t.p++) {
		mail->bits = mail->bits << 6 | (uint32_t)base64_digit(*t.p);
		mail->nr_bits += 6;
		if (mail->nr_bits < 8)
			continue;
		mail->nr_bits -= 8;
		aw_log_out_byte(out, (char)(mail->bits >> mail->nr_bits));
		mail->bits &= (1u << mail->nr_bits) - 1;
	}
}

/* "Content-Transfer-Encoding: base64": `first` is the first of the two words to look for */
static bool announces(const struct aw_text *t, int first)
{
	if ((aw_text_at(t, 0) | 0x20) != 'c' || aw_text_left(t) > LONGEST_HEADER)
		return false;
	return aw_text_find(t, aw_log_mail_words[first]) || aw_text_find(t, aw_log_mail_words[first + 1]);
}

static bool header_line(struct aw_log_mail *mail, const struct aw_text *t)
{
	if (t->p == t->end) {
		mail->part = AW_LOG_MAIL_BASE64;
		mail->bits = mail->nr_bits = 0;
	} else if (++mail->header_lines > HEADER_LINES) {
		mail->part = AW_LOG_MAIL_NONE;
	}
	return mail->part != AW_LOG_MAIL_NONE;
}

bool aw_mail_base64(struct aw_log_mail *mail, const char *text, size_t len, struct aw_log_out *out)
{
	struct aw_text t = aw_text_of(text, len);

	if (mail->part == AW_LOG_MAIL_NONE && !announces(&t, 0))
		return false;
	aw_text_trim(&t);
	if (mail->part == AW_LOG_MAIL_NONE) {
		mail->part = AW_LOG_MAIL_HEADER;
		mail->header_lines = 0;
		return true;
	}
	if (mail->part == AW_LOG_MAIL_HEADER)
		return header_line(mail, &t);
	if (!is_base64(t)) {
		mail->part = AW_LOG_MAIL_NONE;
		return false;
	}
	decode(mail, t, out);
	return true;
}

static bool is_code(const char *p, const char *end)
{
	return end - p >= 3 && aw_hex_digit(p[1]) >= 0 && aw_hex_digit(p[2]) >= 0 && p[1] < 'a' && p[2] < 'a';
}

/*
 * "...=" as wide as an encoder makes lines, and no '=' of a log, which has a space before it ("= 70768kB").  Behind the
 * "? " of a frame a log has none.
 */
static bool soft_break(const struct aw_text *t)
{
	size_t len = aw_text_left(t);

	return len >= SHORTEST_BROKEN && len <= LONGEST_BROKEN && t->end[-1] == '=' &&
	       (!aw_is_space(t->end[-2]) || t->end[-3] == '?');
}

/* What the '=' of a line say: 1 quoted-printable, -1 not, 0 nothing. */
static int evidence(const struct aw_text *t)
{
	bool codes = false;
	int found = 0;

	for (const char *p = t->p; (p = memchr(p, '=', (size_t)(t->end - p))); p++) {
		if (p + 1 == t->end)
			break;
		if (!is_code(p, t->end))
			return -1;
		codes = true;
		if (p[1] == '3' && p[2] == 'D')
			found = 1;
	}
	return codes && soft_break(t) ? 1 : found;
}

static void unquote(struct aw_log_mail *mail, struct aw_text t)
{
	struct aw_log_out out = { mail->line, mail->len, sizeof(mail->line) };

	for (; t.p < t.end; t.p++) {
		if (*t.p == '=' && is_code(t.p, t.end)) {
			aw_log_out_byte(&out, (char)(aw_hex_digit(t.p[1]) << 4 | aw_hex_digit(t.p[2])));
			t.p += 2;
		} else {
			aw_log_out_byte(&out, *t.p);
		}
	}
	mail->len = out.len;
}

/* "--=_x1", "--=_x1--": ends what a header said */
static bool is_boundary(const struct aw_text *t)
{
	return aw_text_starts(t, "--") && aw_text_left(t) > 4 && !memchr(t->p, ' ', aw_text_left(t));
}

/* What is quoted-printable from this line on. */
static void look(struct aw_log_mail *mail, const struct aw_text *t)
{
	int says;

	if (announces(t, 2)) {
		mail->quoted = 2;
	} else if (is_boundary(t)) {
		mail->quoted = 0;
	} else if (mail->quoted < 2 && !aw_text_find(t, "boundary=")) {
		says = evidence(t);
		if (says)
			mail->quoted = says;
	}
}

bool aw_log_mail_quoted(struct aw_log_mail *mail, const char **text, size_t *len)
{
	struct aw_text t = aw_text_of(*text, *len);
	bool goes_on;

	while (t.end > t.p && aw_is_space(t.end[-1]))
		t.end--;
	look(mail, &t);
	if (mail->quoted <= 0 && !mail->len && (mail->quoted < 0 || !soft_break(&t)))
		return false;
	goes_on = t.end > t.p && t.end[-1] == '=';
	if (goes_on)
		t.end--;
	unquote(mail, t);
	*text = goes_on ? NULL : mail->line;
	*len = goes_on ? 0 : mail->len;
	if (!goes_on)
		mail->len = 0;
	return true;
}

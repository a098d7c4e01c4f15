// SPDX-License-Identifier: GPL-2.0
/*
 * One line as it was pasted -> the log lines in it.
 *
 * Containers lie in each other: HTML around JSON around text with colours.
 * Each stage undoes one, hands every line that it made to the stages behind
 * it, and a message found in an entry goes through all of them again.  A line
 * in which nothing special stands passes without being copied.
 */
#include "lines/decode.h"

#include <limits.h>

#include "lines/control.h"
#include "lines/escapes.h"
#include "lines/flat.h"
#include "lines/html.h"
#include "lines/last_field.h"
#include "lines/logcat.h"

#define MAX_LEVELS 3

/* What a line may need, told by its bytes. */
#define MARKS_HTML 0x01u	/* '&', '<' */
#define MARKS_STRING 0x02u	/* quotes */
#define MARKS_ESCAPE 0x04u	/* '\\', '#' */
#define MARKS_CONTROL 0x08u	/* controls, bytes beyond ASCII, '^', the end of a colour */
#define MARKS_TAB 0x10u
#define MARKS_SLASH 0x20u	/* '/' near the start */
#define MARKS_SIGN 0x80u	/* a brace or bracket at the end */
#define MARKS_BAR 0x40u		/* '|' at the start, or a backslash */

#define NEAR_START 32

enum stage {
	STAGE_HTML, STAGE_FIELDS, STAGE_LAST_FIELD, STAGE_TABLE, STAGE_MARKDOWN, STAGE_JSON, STAGE_LOGFMT, STAGE_ESCAPES,
	STAGE_CONTROL, STAGE_FLAT, STAGE_LOGCAT, STAGES
};

struct piece {
	const char *text;
	size_t len;
	unsigned int marks;
	const struct aw_log_times *times;
};

static void run(struct aw_log_decode *decode, struct piece piece, enum stage stage);

static const uint8_t mark_of[256] = {
	[0 ... '\t' - 1] = MARKS_CONTROL, ['\t'] = MARKS_TAB, ['\t' + 1 ... 0x1f] = MARKS_CONTROL,
	['^'] = MARKS_CONTROL, [0x7f ... 0xff] = MARKS_CONTROL,
	['&'] = MARKS_HTML, ['<'] = MARKS_HTML, ['"'] = MARKS_STRING, ['\''] = MARKS_STRING,
	['\\'] = MARKS_ESCAPE, ['#'] = MARKS_ESCAPE,
};

static unsigned int marks_of(const char *text, size_t len)
{
	unsigned int marks = 0;
	char before = '\0';

	for (size_t i = 0; i < len; i++) {
		marks |= mark_of[(unsigned char)text[i]];
		if (before == '0' && text[i] == 'm')
			marks |= MARKS_CONTROL;
		before = text[i];
	}
	if (memchr(text, '/', len < NEAR_START ? len : NEAR_START))
		marks |= MARKS_SLASH;
	if (len && strchr("{}[,", text[len - 1]))
		marks |= MARKS_SIGN;
	if (marks & MARKS_ESCAPE || (len && *text == '|'))
		marks |= MARKS_BAR;
	return marks;
}

/* Spaces at the end stay: they tell where a line was wrapped. */
static void hand_out(struct aw_log_decode *decode, const struct piece *piece)
{
	struct aw_text t = aw_text_of(piece->text, piece->len);

	while (t.end > t.p && t.end[-1] == '\0')
		t.end--;
	decode->fn(decode->ctx, t.p, aw_text_left(&t), piece->times);
}

static struct aw_log_out pool_out(struct aw_log_decode *decode)
{
	return (struct aw_log_out){ decode->pool + decode->pooled, 0, AW_LOG_DECODE_POOL - decode->pooled };
}

/* The lines that a stage made go to the stages from `next` on. */
static void pass_lines(struct aw_log_decode *decode, const struct aw_log_out *out, const struct piece *from, enum stage next)
{
	const char *p = out->data, *end = out->data + out->len;

	decode->pooled += out->len;
	while (p < end) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		size_t len = (size_t)((newline ? newline : end) - p);

		if (len)
			run(decode, (struct piece){ p, len, marks_of(p, len), from->times }, next);
		p += len + 1;
	}
	decode->pooled -= out->len;
}

/* A message: it is kept here, since its entry's buffer is used again, and may hold anything. */
static void on_message(void *ctx, const char *text, size_t len, const struct aw_log_times *times)
{
	struct aw_log_decode *decode = ctx;
	struct aw_log_times kept = *times;
	struct piece from = { .times = &kept };
	struct aw_log_out out = pool_out(decode);

	aw_log_out_bytes(&out, text, len);
	decode->level++;
	pass_lines(decode, &out, &from, STAGE_HTML);
	decode->level--;
}

static bool html(struct aw_log_decode *decode, const struct piece *piece)
{
	struct aw_log_out out = pool_out(decode);

	if (!(piece->marks & MARKS_HTML) || !aw_log_html_dirty(piece->text, piece->len))
		return false;
	aw_log_html_clean(piece->text, piece->len, &out);
	/* "&amp;lt;": a page within a page */
	if (decode->level < MAX_LEVELS && aw_log_html_dirty(out.data, out.len)) {
		decode->level++;
		pass_lines(decode, &out, piece, STAGE_HTML);
		decode->level--;
	} else {
		pass_lines(decode, &out, piece, STAGE_FIELDS);
	}
	return true;
}

static bool fields(struct aw_log_decode *decode, const struct piece *piece)
{
	if (decode->level)
		return false;
	return aw_log_fields_line(&decode->fields, piece->text, piece->len, on_message, decode);
}

static bool has_word(const struct aw_log_decode *decode, const char *text, size_t len)
{
	return aw_log_words_find(decode->words, text, text + len);
}

/* A line with a word that is no row of the table, or has it in another column, begins another table or none. */
static bool table(struct aw_log_decode *decode, const struct piece *piece)
{
	struct aw_log_out out = pool_out(decode);
	bool row = aw_log_csv_line(&decode->csv, piece->text, piece->len, &out);

	if ((decode->csv.separator || piece->marks & (MARKS_STRING | MARKS_TAB)) &&
	    has_word(decode, piece->text, piece->len) && !(row && has_word(decode, out.data, out.len))) {
		decode->csv = (struct aw_log_csv){ 0 };
		aw_log_csv_learn(&decode->csv, decode->words, piece->text, piece->len);
		out.len = 0;
		row = aw_log_csv_line(&decode->csv, piece->text, piece->len, &out);
	}
	if (row)
		pass_lines(decode, &out, piece, STAGE_MARKDOWN);
	return row;
}

/* "| 12 | [    1.234567] ... |" */
static bool markdown(struct aw_log_decode *decode, const struct piece *piece)
{
	struct aw_log_out out = pool_out(decode);

	if (!(piece->marks & MARKS_BAR) || !aw_log_escapes_markdown(piece->text, piece->len, &out))
		return false;
	pass_lines(decode, &out, piece, STAGE_JSON);
	return true;
}

static bool logfmt(struct aw_log_decode *decode, const struct piece *piece)
{
	if (!(piece->marks & MARKS_STRING) || decode->level >= MAX_LEVELS)
		return false;
	return aw_log_json_logfmt(&decode->json[1], aw_text_of(piece->text, piece->len), on_message, decode);
}

static bool last_field(struct aw_log_decode *decode, const struct piece *piece)
{
	struct aw_log_out out = pool_out(decode);

	if (!aw_log_last_field(piece->text, piece->len, &out))
		return false;
	pass_lines(decode, &out, piece, STAGE_ESCAPES);
	return true;
}

static bool json(struct aw_log_decode *decode, const struct piece *piece)
{
	struct aw_log_json *json = &decode->json[decode->level ? 1 : 0];
	struct aw_text t = aw_text_of(piece->text, piece->len);

	if (decode->level >= MAX_LEVELS || !(piece->marks & (MARKS_STRING | MARKS_SIGN) || json->inside))
		return false;
	if (decode->level)
		aw_log_json_clear(json);
	if (!aw_log_json_begins(json, &t)) {
		json->inside = false;
		return false;
	}
	aw_log_json_line(json, t, on_message, decode);
	return true;
}

static bool escapes(struct aw_log_decode *decode, const struct piece *piece)
{
	struct aw_log_out out = pool_out(decode);

	if (!(piece->marks & MARKS_ESCAPE) || !aw_log_escapes_fold(piece->text, piece->len))
		return false;
	aw_log_escapes_undo(piece->text, piece->len, &out);
	pass_lines(decode, &out, piece, STAGE_CONTROL);
	return true;
}

static bool control(struct aw_log_decode *decode, const struct piece *piece)
{
	struct aw_log_out out = pool_out(decode);

	if (!(piece->marks & (MARKS_CONTROL | MARKS_ESCAPE)) || !aw_log_control_dirty(piece->text, piece->len))
		return false;
	aw_log_control_clean(piece->text, piece->len, &out);
	pass_lines(decode, &out, piece, STAGE_FLAT);
	return true;
}

static bool flat(struct aw_log_decode *decode, const struct piece *piece)
{
	struct aw_log_out out = pool_out(decode);

	if (!aw_log_flat_split(piece->text, piece->len, &out))
		return false;
	pass_lines(decode, &out, piece, STAGE_LOGCAT);
	return true;
}

static bool logcat(struct aw_log_decode *decode, const struct piece *piece)
{
	struct aw_log_out out = pool_out(decode);

	if (!(piece->marks & MARKS_SLASH) || !aw_log_logcat_line(piece->text, piece->len, &out))
		return false;
	pass_lines(decode, &out, piece, STAGES);
	return true;
}

static bool (*const stages[STAGES])(struct aw_log_decode *decode, const struct piece *piece) = {
	[STAGE_HTML] = html, [STAGE_FIELDS] = fields, [STAGE_TABLE] = table,
	[STAGE_MARKDOWN] = markdown, [STAGE_JSON] = json, [STAGE_LOGFMT] = logfmt, [STAGE_LAST_FIELD] = last_field,
	[STAGE_ESCAPES] = escapes, [STAGE_CONTROL] = control, [STAGE_FLAT] = flat, [STAGE_LOGCAT] = logcat,
};

static void run(struct aw_log_decode *decode, struct piece piece, enum stage stage)
{
	for (; stage < STAGES; stage++)
		if (stages[stage](decode, &piece))
			return;
	hand_out(decode, &piece);
}

void aw_log_decode_init(struct aw_log_decode *decode, const struct aw_log_words *words, const uint64_t *number,
			aw_log_decode_fn fn, void *ctx)
{
	decode->fields.entry.now = decode->json[0].entry.now = decode->json[1].entry.now = number;
	decode->words = words;
	decode->fn = fn;
	decode->ctx = ctx;
	decode->level = 0;
	decode->pooled = 0;
	decode->csv = (struct aw_log_csv){ 0 };
	aw_log_fields_clear(&decode->fields);
	aw_log_json_clear(&decode->json[0]);
	aw_log_json_clear(&decode->json[1]);
}

void aw_log_decode_line(struct aw_log_decode *decode, const char *text, size_t len)
{
	static const struct aw_log_times none = { .mono_us = -1, .wall_us = -1 };

	run(decode, (struct piece){ text, len, marks_of(text, len), &none }, STAGE_HTML);
}

bool aw_log_decode_pending(const struct aw_log_decode *decode)
{
	return decode->fields.entry.rank != INT_MAX || decode->json[0].entry.rank != INT_MAX;
}

void aw_log_decode_finish(struct aw_log_decode *decode)
{
	aw_log_fields_finish(&decode->fields, on_message, decode);
	aw_log_entry_end(&decode->json[0].entry, on_message, decode);
	aw_log_json_clear(&decode->json[0]);
	decode->csv = (struct aw_log_csv){ 0 };
}

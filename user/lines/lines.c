// SPDX-License-Identifier: GPL-2.0
/*
 * Whatever was pasted -> log lines.
 *
 * Text is converted to UTF-8 as it comes, gathered in a buffer and cut at its
 * line ends.  While the user is not busy, words are searched for and the rest
 * is only counted; a few lines that were passed over stay in the buffer, for
 * what is found may have begun there.
 */
#include "lines/lines.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/cursor.h"
#include "lines/decode.h"
#include "lines/encoding.h"
#include "lines/mail.h"

#define BUFFER (256 * 1024)
#define LINES_BEFORE 8		/* a report may have begun so many lines before its word */
#define FIELDS_BEFORE 64	/* the same for an entry with a field a line */
#define BYTES_BEFORE 4096
#define LEAST_PART (AW_LOG_DECODE_LINE / 2)

struct aw_log_reader {
	struct aw_log_user user;
	struct aw_log_stats stats;
	struct aw_log_words words;
	struct aw_log_encoding encoding;
	struct aw_log_mail mail;
	struct aw_log_reader *body;	/* reads what a base64 body decodes to; NULL: none yet */
	bool is_body;
	uint64_t number;	/* lines of this text before `done` */
	size_t head;		/* bytes that user.head was shown */
	size_t used;		/* of the buffer */
	size_t done;		/* bytes of it that were handed out or passed over */
	size_t fresh;		/* from here on nothing was handed out */
	bool broken;		/* the text at `done` goes on with a line that is too long */
	struct aw_log_decode decode;
	char buffer[BUFFER];
};

static void on_text(void *ctx, const char *text, size_t len, const struct aw_log_times *times)
{
	struct aw_log_reader *lines = ctx;
	struct aw_log_line line = { .text = text, .len = len, .number = times->line ? times->line : lines->number, .times = *times };
	struct aw_text t = aw_text_of(text, len);

	aw_text_spaces(&t);
	if (t.p < t.end)
		lines->user.line(lines->user.ctx, &line);
}

/* A message as a list of bytes, in which no word can be seen: "MESSAGE":[114,101, ...]. */
static const char *const byte_lists[] = { "MESSAGE\":[", "MESSAGE\" : [" };

static int add_words(struct aw_log_reader *lines, const struct aw_log_user *user)
{
	int err = 0;

	for (size_t i = 0; i < user->nr_words && !err; i++)
		err = aw_log_words_add(&lines->words, user->words[i]);
	for (size_t i = 0; i < ARRAY_SIZE(aw_log_mail_words) && !err; i++)
		err = aw_log_words_add(&lines->words, aw_log_mail_words[i]);
	for (size_t i = 0; i < ARRAY_SIZE(byte_lists) && !err; i++)
		err = aw_log_words_add(&lines->words, byte_lists[i]);
	return err;
}

struct aw_log_reader *aw_log_reader_new(const struct aw_log_user *user)
{
	struct aw_log_reader *lines = calloc(1, sizeof(*lines));

	if (!lines)
		return NULL;
	lines->user = *user;
	if (add_words(lines, user)) {
		free(lines);
		return NULL;
	}
	aw_log_decode_init(&lines->decode, &lines->words, &lines->number, on_text, lines);
	return lines;
}

void aw_log_reader_free(struct aw_log_reader *lines)
{
	if (!lines)
		return;
	aw_log_reader_free(lines->body);
	free(lines);
}

const struct aw_log_stats *aw_log_reader_stats(const struct aw_log_reader *lines)
{
	return &lines->stats;
}

/* ---- bodies in base64: a text within the text ---- */

static void body_line(void *ctx, const struct aw_log_line *line)
{
	struct aw_log_reader *lines = ctx;
	struct aw_log_line of_mail = *line;

	of_mail.number = lines->number;
	lines->user.line(lines->user.ctx, &of_mail);
}

static bool body_busy(void *ctx)
{
	struct aw_log_reader *lines = ctx;

	return lines->user.busy(lines->user.ctx);
}

static void body_head(void *ctx, const char *text, size_t len)
{
	struct aw_log_reader *lines = ctx;

	if (lines->user.head)
		lines->user.head(lines->user.ctx, text, len);
}

static void feed_body(struct aw_log_reader *lines, const struct aw_log_out *out)
{
	struct aw_log_user user = lines->user;

	user.line = body_line;
	user.busy = body_busy;
	user.head = body_head;
	user.ctx = lines;
	if (!lines->body)
		lines->body = aw_log_reader_new(&user);
	if (!lines->body)
		return;
	lines->body->is_body = true;
	aw_log_reader_feed(lines->body, out->data, out->len);
}

static bool take_base64(struct aw_log_reader *lines, const char *text, size_t len)
{
	char data[1024];
	struct aw_log_out out = { data, 0, sizeof(data) };
	enum aw_log_mail_part was = lines->mail.part;

	if (lines->is_body || (len > 1000 && was != AW_LOG_MAIL_NONE)) {
		lines->mail.part = AW_LOG_MAIL_NONE;
		return false;
	}
	if (!aw_mail_base64(&lines->mail, text, len, &out)) {
		if (was == AW_LOG_MAIL_BASE64 && lines->body)
			aw_log_reader_finish(lines->body);
		return false;
	}
	if (out.len)
		feed_body(lines, &out);
	return true;
}

/* ---- one line ---- */

/* "Content-Transfer-Encoding: ..." */
static bool is_header(const char *text, size_t len)
{
	return len > 8 && (!strncmp(text, "Content-", 8) || !strncmp(text, "content-", 8));
}

/* Without its end; lines->number is its number. */
static void take_line(struct aw_log_reader *lines, const char *text, size_t len)
{
	while (len && text[len - 1] == '\r')
		len--;
	if (take_base64(lines, text, len))
		return;
	if ((memchr(text, '=', len) || lines->mail.len || is_header(text, len)) && aw_log_mail_quoted(&lines->mail, &text, &len) && !text)
		return;
	aw_log_decode_line(&lines->decode, text, len);
}

static bool is_busy(struct aw_log_reader *lines)
{
	return lines->mail.part != AW_LOG_MAIL_NONE || lines->mail.len || aw_log_decode_pending(&lines->decode) ||
	       lines->user.busy(lines->user.ctx);
}

/* Behind the last place in the text where a line may end that is written as another one's part. */
static size_t soft_end(const char *text, size_t len)
{
	for (size_t i = len; i > LEAST_PART; i--) {
		char c = text[i - 1], next = i < len ? text[i] : '\0';

		if (c == '\r' || (c == 'n' && text[i - 2] == '\\') || (c == ',' && text[i - 2] == '}'))
			return i;
		if ((next == '[' && c == ' ') || (next == '<' && c != '['))
			return i;
	}
	return len;
}

/* A line of any length, from `text` on, in parts. */
static void take_parts(struct aw_log_reader *lines, const char *text, size_t len)
{
	while (len > AW_LOG_DECODE_LINE) {
		size_t part = soft_end(text, AW_LOG_DECODE_LINE);

		take_line(lines, text, part);
		text += part;
		len -= part;
	}
	take_line(lines, text, len);
}

/* ---- the buffer ---- */

/* Is the line a field of an entry that has one a line ("MESSAGE=...", "\"msg\": ...")? */
static bool is_field(const char *line, const char *end)
{
	while (line < end && (*line == ' ' || *line == '\t'))
		line++;
	return line < end && (*line == '"' || !strncmp(line, "MESSAGE=", (size_t)(end - line) < 8 ? (size_t)(end - line) : 8));
}

/* Where to begin when a word was found in the line at `line`: lines before it that were passed over. */
static const char *begin_before(struct aw_log_reader *lines, const char *line, const char *end)
{
	const char *stop = lines->buffer + lines->fresh;
	unsigned int count = is_field(line, end) ? FIELDS_BEFORE : LINES_BEFORE;

	if (line - stop > BYTES_BEFORE)
		stop = line - BYTES_BEFORE;
	while (count-- && line > stop) {
		const char *newline = memrchr(stop, '\n', (size_t)(line - 1 - stop));

		if (!newline && stop > lines->buffer + lines->fresh)
			break;
		line = newline ? newline + 1 : stop;
		lines->number--;
	}
	return line;
}

/* The start of the line with the word; of one that is too long, of a part that goes back far enough. */
static const char *line_with(struct aw_log_reader *lines, const char *word)
{
	const char *stop = lines->buffer + lines->fresh;
	const char *newline = memrchr(stop, '\n', (size_t)(word - stop));

	if (newline)
		return newline + 1;
	if (word - stop > BYTES_BEFORE && (lines->broken || lines->fresh == 0))
		return word - BYTES_BEFORE;
	return stop;
}

/* To where the next line begins that matters; `end` when none does.  *wanted: in the line with the word, all up to which matter. */
static const char *skip_idle(struct aw_log_reader *lines, const char *from, const char *end, const char **wanted)
{
	const char *word, *line, *look = from;

	/* of a line in parts, the word may begin in the part before */
	if (lines->broken && from == lines->buffer + lines->done && lines->done - lines->fresh > AW_LOG_WORDS_LONGEST)
		look -= AW_LOG_WORDS_LONGEST;
	word = aw_log_words_find(&lines->words, look, end);
	if (!word) {
		lines->number += aw_log_words_count_lines(from, end);
		return end;
	}
	*wanted = word;
	line = line_with(lines, word);
	if (line > from)
		lines->number += aw_log_words_count_lines(from, line);
	else
		lines->number -= aw_log_words_count_lines(line, from);
	return begin_before(lines, line, end);
}

/* Lines from `done` to `end`, which is behind a line's end, or within one that is too long. */
static void take_lines(struct aw_log_reader *lines, size_t end_at)
{
	const char *end = lines->buffer + end_at;
	const char *p = lines->buffer + lines->done;
	const char *wanted = NULL;

	while (p < end) {
		const char *newline;

		if (p > wanted && !is_busy(lines)) {
			p = skip_idle(lines, p, end, &wanted);
			if (p == end)
				break;
		}
		newline = memchr(p, '\n', (size_t)(end - p));
		lines->number++;
		lines->stats.long_lines += newline && newline - p > AW_LOG_DECODE_LINE && !lines->broken;
		take_parts(lines, p, (size_t)((newline ? newline : end) - p));
		if (!newline)
			lines->number--;
		p = newline ? newline + 1 : end;
		lines->fresh = (size_t)(p - lines->buffer);
	}
	lines->done = end_at;
}

/* Moves out what is done, but for some lines before the rest. */
static void make_room(struct aw_log_reader *lines)
{
	size_t keep = lines->done > BYTES_BEFORE ? lines->done - BYTES_BEFORE : 0;

	if (keep <= lines->fresh) {
		keep = lines->fresh;
	} else if (!lines->broken) {
		/* there is one: what is done ends in it */
		const char *newline = memchr(lines->buffer + keep, '\n', lines->done - keep);

		keep = (size_t)(newline + 1 - lines->buffer);
	}
	memmove(lines->buffer, lines->buffer + keep, lines->used - keep);
	lines->used -= keep;
	lines->done -= keep;
	lines->fresh = 0;
}

static void show_head(struct aw_log_reader *lines, const char *text, size_t len)
{
	if (len > AW_LOG_HEAD - lines->head)
		len = AW_LOG_HEAD - lines->head;
	if (len && lines->user.head)
		lines->user.head(lines->user.ctx, text, len);
	lines->head += len;
}

static void take_buffer(struct aw_log_reader *lines, bool all)
{
	const char *rest = lines->buffer + lines->done;
	const char *last = memrchr(rest, '\n', lines->used - lines->done);
	size_t end = last ? (size_t)(last + 1 - lines->buffer) : lines->done;
	bool broken;

	if (all)
		end = lines->used;
	else if (!last && lines->used - lines->done > BUFFER - 2 * BYTES_BEFORE)
		end = lines->done + soft_end(rest, lines->used - lines->done);
	if (end == lines->done)
		return;
	show_head(lines, rest, end - lines->done);
	take_lines(lines, end);
	if (all)
		return;
	broken = lines->buffer[end - 1] != '\n';
	lines->stats.long_lines += broken && !lines->broken;
	lines->broken = broken;
	make_room(lines);
}

static void gather(void *ctx, const char *text, size_t len)
{
	struct aw_log_reader *lines = ctx;

	while (len) {
		size_t n = BUFFER - lines->used < len ? BUFFER - lines->used : len;

		memcpy(lines->buffer + lines->used, text, n);
		lines->used += n;
		text += n;
		len -= n;
		if (lines->used == BUFFER || !len)
			take_buffer(lines, false);
	}
}

void aw_log_reader_feed(struct aw_log_reader *lines, const char *text, size_t len)
{
	uint64_t before = lines->number;

	lines->stats.bytes += len;
	aw_log_encoding_feed(&lines->encoding, text, len, gather, lines);
	lines->stats.lines += lines->number - before;
}

void aw_log_reader_finish(struct aw_log_reader *lines)
{
	uint64_t before = lines->number;
	bool open;

	aw_log_encoding_finish(&lines->encoding, gather, lines);
	open = lines->used > lines->done || lines->broken;
	take_buffer(lines, true);
	lines->stats.lines += lines->number - before + open;
	if (lines->body)
		aw_log_reader_finish(lines->body);
	aw_log_decode_finish(&lines->decode);
	lines->mail = (struct aw_log_mail){ 0 };
	lines->number = 0;
	lines->head = lines->used = lines->done = lines->fresh = 0;
	lines->broken = false;
}

void aw_log_reader_restart(struct aw_log_reader *lines)
{
	lines->stats = (struct aw_log_stats){ 0 };
}

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whatever was pasted -> log lines.
 *
 * Takes text in pieces and hands out one line after the other, freed of the
 * encoding, the container and the control characters it came with.  Most of a
 * log has nothing to do with its user: while that one is not busy, only lines
 * near one of its words are looked at.  Memory is bounded whatever the text is.
 */
#ifndef AW_LINES_LINES_H
#define AW_LINES_LINES_H

#include "lines/entry.h"

struct aw_log_line {
	const char *text;	/* not NUL-terminated; no newline in it */
	size_t len;
	uint64_t number;	/* of the line in the text that it came from, from 1 */
	struct aw_log_times times;	/* as its container says */
};

struct aw_log_user {
	/* Lines with one of these are handed out, with a few before them. */
	const char *const *words;
	size_t nr_words;
	void (*line)(void *ctx, const struct aw_log_line *line);
	bool (*busy)(void *ctx);	/* true: every line is wanted */
	void (*head)(void *ctx, const char *text, size_t len);	/* the first AW_LOG_HEAD bytes, as UTF-8; may be NULL */
	void *ctx;
};
#define AW_LOG_HEAD (64 * 1024)

struct aw_log_stats {
	uint64_t bytes, lines;	/* of all texts since the start */
	uint64_t long_lines;	/* longer than 32 KiB, taken in parts */
};

struct aw_log_reader;

/* `user` is copied, its words must outlive the reader.  NULL: out of memory, or the words do not fit. */
struct aw_log_reader *aw_log_reader_new(const struct aw_log_user *user);
void aw_log_reader_free(struct aw_log_reader *lines);	/* NULL allowed */

/* Pieces of any size, cut anywhere. */
void aw_log_reader_feed(struct aw_log_reader *lines, const char *text, size_t len);

/* The text is over: hands out what is left.  What is fed then is another text. */
void aw_log_reader_finish(struct aw_log_reader *lines);

/* The statistics start from 0.  Call it behind aw_log_reader_finish(). */
void aw_log_reader_restart(struct aw_log_reader *lines);

const struct aw_log_stats *aw_log_reader_stats(const struct aw_log_reader *lines);

#endif

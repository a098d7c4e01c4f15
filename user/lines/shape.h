/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The shape of what stands in front of log lines: numbers, words, brackets
 * and punctuation in a fixed order.  Learned from a few lines, it fits the
 * others that the same logger wrote.
 */
#ifndef AW_LINES_SHAPE_H
#define AW_LINES_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#define AW_LOG_SHAPE_PARTS 32
#define AW_LOG_SHAPE_WORD 32	/* bytes of a word that is kept */

enum aw_log_shape_type {
	AW_LOG_SHAPE_NUMBER,	/* digits */
	AW_LOG_SHAPE_WORD_PART,	/* letters, with digits or without */
	AW_LOG_SHAPE_BRACKET,	/* anything between two brackets */
	AW_LOG_SHAPE_PUNCTUATION
};

struct aw_log_shape {
	unsigned int count;	/* 0: no shape */
	struct aw_log_shape_part {
		enum aw_log_shape_type type;
		bool space;	/* there is one behind it on every line */
		bool any;	/* a word that differs from line to line */
		char sign;	/* the punctuation, or the bracket that opens */
		unsigned char len;	/* of the word */
		char word[AW_LOG_SHAPE_WORD];
	} part[AW_LOG_SHAPE_PARTS];
};

/* Spaces do not count.  False: too long to be a prefix, or empty. */
bool aw_log_shape_of(const char *text, size_t len, struct aw_log_shape *shape);

/* Could both stand in front of lines of one log?  Words may differ. */
bool aw_log_shape_same(const struct aw_log_shape *a, const struct aw_log_shape *b);

/* Makes `shape` fit what `other`, which is the same, fits: words that differ may be any. */
void aw_log_shape_widen(struct aw_log_shape *shape, const struct aw_log_shape *other);

/* Bytes at the start of the text that have the shape, with spaces behind them; 0: they have not. */
size_t aw_log_shape_match(const struct aw_log_shape *shape, const char *text, size_t len);

/* The same for the part of it that is equal on every line: up to the first number, bracket or word that differs. */
size_t aw_log_shape_match_front(const struct aw_log_shape *shape, const char *text, size_t len);

#endif

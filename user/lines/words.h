/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Finding any of a few words in much text, fast.
 */
#ifndef AW_LINES_WORDS_H
#define AW_LINES_WORDS_H

#include <stddef.h>
#include <stdint.h>

#define AW_LOG_WORDS_MAX 72
#define AW_LOG_WORDS_LONGEST 32	/* bytes */

struct aw_log_words {
	unsigned int count;
	struct aw_log_word {
		const char *text;
		unsigned char len;
		unsigned char at[2];	/* where its two rarest bytes are */
		char rare[2][16];	/* each of them, as often as are compared at a time */
	} word[AW_LOG_WORDS_MAX];
	unsigned char longest;
	unsigned char pairs[256 * 256 / 8];	/* a bit for each two bytes that a word begins with */
};

/*
 * Adds a word of 2 to 32 bytes, which must outlive the set; one that is there
 * already is not added twice.  0, or -E2BIG: the set is full, or -EINVAL.
 */
int aw_log_words_add(struct aw_log_words *words, const char *word);

/* Where the first of the words begins at or after `p`; NULL: none. */
const char *aw_log_words_find(const struct aw_log_words *words, const char *p, const char *end);

/* How many bytes of the text are newlines. */
uint64_t aw_log_words_count_lines(const char *p, const char *end);

#endif

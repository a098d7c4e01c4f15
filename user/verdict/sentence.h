/* SPDX-License-Identifier: GPL-2.0 */
/* Building the sentences of a verdict: bounded appending. */
#ifndef AW_VERDICT_SENTENCE_H
#define AW_VERDICT_SENTENCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/units.h"

/* Text under construction; what does not fit ends in "...". */
struct aw_sentence {
	char *text;
	size_t size;
	size_t len;
};

/* Starts an empty sentence in `text`; `size` is at least 8. */
void aw_sentence_start(struct aw_sentence *sentence, char *text, size_t size);

/* Appends; once the text is full, further calls do nothing. */
void aw_sentence_add(struct aw_sentence *sentence, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Like aw_sentence_add(), with ", " in front unless the text is empty. */
void aw_sentence_item(struct aw_sentence *sentence, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Sizes and times by value, to stand as an argument: aw_words_bytes(n).s */
struct aw_words {
	char s[AW_UNITS_TEXT + 8];
};

struct aw_words aw_words_bytes(uint64_t bytes);		/* "1.8 MiB" */
struct aw_words aw_words_block(uint64_t bytes);		/* "64K" */
struct aw_words aw_words_time(uint64_t ns);		/* "3.1 ms" */

#endif

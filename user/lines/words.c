// SPDX-License-Identifier: GPL-2.0
/*
 * Finding any of a few words in much text, fast.
 *
 * A word is looked for by its two rarest bytes, 16 places at a time; only
 * where both fit is the whole word compared.  Vectors are the compiler's own,
 * so that every architecture has them without a second path.
 */
#include "lines/words.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

typedef uint8_t vector __attribute__((vector_size(16)));
typedef uint64_t halves __attribute__((vector_size(16)));

#define STEP sizeof(vector)
#define STRIDE (4 * STEP)

/* Bytes of kernel logs, the most common first; what is not here is rare. */
static const char common[] = " 0e1ta2n3i4o5r6s7d8l9c:um.pfhg[]b-vy_/=k(),wx";

static size_t rarity(char c)
{
	const char *at = strchr(common, c);

	return at && c ? (size_t)(at - common) : sizeof(common);
}

static void choose_bytes(struct aw_log_word *word)
{
	unsigned char best = 0, second = 1;

	for (unsigned char i = 1; i < word->len; i++)
		if (rarity(word->text[i]) > rarity(word->text[best]))
			best = i;
	second = best ? 0 : 1;
	for (unsigned char i = 0; i < word->len; i++)
		if (i != best && rarity(word->text[i]) > rarity(word->text[second]))
			second = i;
	word->at[0] = best;
	word->at[1] = second;
	memset(word->rare[0], word->text[best], STEP);
	memset(word->rare[1], word->text[second], STEP);
}

static size_t pair_of(const char *p)
{
	return (size_t)(unsigned char)p[0] << 8 | (unsigned char)p[1];
}

int aw_log_words_add(struct aw_log_words *words, const char *text)
{
	size_t len = strlen(text);
	struct aw_log_word *word = &words->word[words->count];

	if (len < 2 || len > AW_LOG_WORDS_LONGEST)
		return -EINVAL;
	for (unsigned int i = 0; i < words->count; i++)
		if (!strcmp(words->word[i].text, text))
			return 0;
	if (words->count == AW_LOG_WORDS_MAX)
		return -E2BIG;
	*word = (struct aw_log_word){ .text = text, .len = (unsigned char)len };
	choose_bytes(word);
	words->pairs[pair_of(text) / 8] |= (unsigned char)(1u << pair_of(text) % 8);
	words->count++;
	if (word->len > words->longest)
		words->longest = word->len;
	return 0;
}

static vector load(const char *p)
{
	vector v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static bool any(vector v)
{
	halves h = (halves)v;

	return h[0] | h[1];
}

/* The places from `p` on where both rare bytes of a word fit. */
static vector fits(const struct aw_log_word *word, const char *p)
{
	vector first = (vector)(load(p + word->at[0]) == load(word->rare[0]));
	vector second = (vector)(load(p + word->at[1]) == load(word->rare[1]));

	return first & second;
}

/* Marks those of the STRIDE places from `p` on where any word may begin; false: none.  Reads up to STRIDE + longest bytes. */
static bool may_begin(const struct aw_log_words *words, const char *p, vector at[STRIDE / STEP])
{
	vector a = { 0 }, b = a, c = a, d = a;

	for (unsigned int i = 0; i < words->count; i++) {
		const struct aw_log_word *w = &words->word[i];

		a |= fits(w, p);
		b |= fits(w, p + STEP);
		c |= fits(w, p + 2 * STEP);
		d |= fits(w, p + 3 * STEP);
	}
	at[0] = a, at[1] = b, at[2] = c, at[3] = d;
	return any(a | b | c | d);
}

static bool begins(const struct aw_log_words *words, const char *p, const char *end)
{
	for (unsigned int i = 0; i < words->count; i++) {
		const struct aw_log_word *w = &words->word[i];

		if (*p == w->text[0] && (size_t)(end - p) >= w->len && !memcmp(p, w->text, w->len))
			return true;
	}
	return false;
}

static const char *find_marked(const struct aw_log_words *words, const char *p, const vector at[STRIDE / STEP], const char *end)
{
	for (size_t i = 0; i < STRIDE / STEP; i++) {
		if (!any(at[i]))
			continue;
		for (size_t k = 0; k < STEP; k++)
			if (at[i][k] && begins(words, p + i * STEP + k, end))
				return p + i * STEP + k;
	}
	return NULL;
}

/* Less than a stride.  A word has two bytes at least. */
static const char *find_in_rest(const struct aw_log_words *words, const char *p, const char *end)
{
	for (; end - p >= 2; p++)
		if (words->pairs[pair_of(p) / 8] >> pair_of(p) % 8 & 1 && begins(words, p, end))
			return p;
	return NULL;
}

const char *aw_log_words_find(const struct aw_log_words *words, const char *p, const char *end)
{
	for (; (size_t)(end - p) >= STRIDE + words->longest; p += STRIDE) {
		vector at[STRIDE / STEP];
		const char *found;

		if (!may_begin(words, p, at))
			continue;
		found = find_marked(words, p, at, end);
		if (found)
			return found;
	}
	return find_in_rest(words, p, end);
}

uint64_t aw_log_words_count_lines(const char *p, const char *end)
{
	uint64_t count = 0;

	while ((size_t)(end - p) >= STEP) {
		vector sum = { 0 };

		/* a byte of the sum holds 255 at most */
		for (int i = 0; i < 255 && (size_t)(end - p) >= STEP; i++, p += STEP)
			sum -= (vector)(load(p) == (uint8_t)'\n');
		for (size_t i = 0; i < STEP; i++)
			count += sum[i];
	}
	for (; p < end; p++)
		count += *p == '\n';
	return count;
}

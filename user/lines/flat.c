// SPDX-License-Identifier: GPL-2.0
/*
 * Many lines that were pasted as one: split again where each was stamped.
 *
 * A stamp is a date, when the text begins with one, or printk's
 * "[   12.345678]".  What stood before the first one, a host's name or a level, is in
 * front of the others, too, and goes with them.
 */
#include "lines/flat.h"

#include "base/cursor.h"
#include "lines/date.h"
#include "lines/shape.h"

#define LEAST_STAMPS 3
#define SHORTEST 120		/* bytes; three stamped lines have more */
#define LONGEST_FRONT 120	/* what stands before a stamp */

/* "[   12.345678]": its length; 0: none is here */
static size_t stamp(const char *p, const char *end)
{
	struct aw_text t = { p, end };
	uint64_t v;
	const char *digits;

	if (!aw_text_skip_char(&t, '['))
		return 0;
	aw_text_spaces(&t);
	if (!aw_text_u64(&t, &v) || !aw_text_skip_char(&t, '.'))
		return 0;
	digits = t.p;
	if (!aw_text_u64(&t, &v) || t.p - digits < 3 || t.p - digits > 9 || !aw_text_skip_char(&t, ']'))
		return 0;
	return (size_t)(t.p - p);
}

/* "Jan  9 04:55:23", "[Mon Jan  9 04:55:23 2023]" */
static size_t date(const char *p, const char *end)
{
	struct aw_text t = { p, end };
	bool bracket = aw_text_skip_char(&t, '['), year;
	int64_t us;

	if (!aw_log_date(&t, &us, &year) || (bracket && !aw_text_skip_char(&t, ']')))
		return 0;
	return (size_t)(t.p - p);
}

/* The same where the dates of the text begin with no day of the week: a word before one is the log's. */
static size_t plain_date(const char *p, const char *end)
{
	const char *space = memchr(p, ' ', (size_t)(end - p));

	return space && aw_is_alpha(*p) && date(space + 1, end) ? 0 : date(p, end);
}

typedef size_t (*mark_fn)(const char *p, const char *end);

/* The next mark behind a space, or at the cursor itself; NULL: none. */
static const char *next_mark(mark_fn mark, const char *p, const char *end, size_t *len)
{
	for (const char *start = p; p < end; p++) {
		if (p > start && !aw_is_space(p[-1]) && *p != '[')
			continue;
		*len = mark(p, end);
		if (*len)
			return p;
	}
	return NULL;
}

/* Only spaces since the last mark: both are in front of one line. */
static bool is_second(const char *behind, const char *mark)
{
	for (; behind < mark; behind++)
		if (!aw_is_space(*behind))
			return false;
	return true;
}

static unsigned int count_marks(mark_fn mark, const char *text, const char *end)
{
	const char *p = text, *behind = NULL;
	unsigned int count = 0;
	size_t len;

	while (count < LEAST_STAMPS && (p = next_mark(mark, p, end, &len))) {
		count += !behind || !is_second(behind, p);
		behind = p += len;
	}
	return count;
}

/* Where what stands before this mark begins; at the mark itself when it is not as before the first one. */
static const char *front_of(const struct aw_log_shape *front, const char *from, const char *mark)
{
	const char *p = mark - from > LONGEST_FRONT ? mark - LONGEST_FRONT : from;

	if (!front->count)
		return mark;
	for (; p < mark; p++) {
		if (p > from && !aw_is_space(p[-1]))
			continue;
		if (aw_log_shape_match(front, p, (size_t)(mark - p)) == (size_t)(mark - p))
			return p;
	}
	return mark;
}

static void split(mark_fn mark, const char *text, const char *end, struct aw_log_out *out)
{
	const char *behind = text, *done = text, *p;
	struct aw_log_shape front = { 0 };
	bool first = true;
	size_t len;

	while ((p = next_mark(mark, behind, end, &len))) {
		if (first) {
			if (!aw_log_shape_of(text, (size_t)(p - text), &front))
				front.count = 0;
		} else if (!is_second(behind, p)) {
			const char *cut = front_of(&front, behind, p);

			aw_log_out_bytes(out, done, (size_t)(cut - done));
			aw_log_out_byte(out, '\n');
			done = cut;
		}
		first = false;
		behind = p + len;
	}
	aw_log_out_bytes(out, done, (size_t)(end - done));
}

bool aw_log_flat_split(const char *text, size_t len, struct aw_log_out *out)
{
	const char *end = text + len;
	mark_fn mark = stamp;

	if (len < SHORTEST)
		return false;
	if (date(text, end))
		mark = plain_date(text, end) ? plain_date : date;
	if (count_marks(mark, text, end) < LEAST_STAMPS) {
		mark = stamp;
		if (count_marks(mark, text, end) < LEAST_STAMPS)
			return false;
	}
	split(mark, text, end, out);
	return true;
}

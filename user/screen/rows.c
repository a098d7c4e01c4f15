// SPDX-License-Identifier: GPL-2.0
/*
 * The rows of the failures table.
 */
#include "screen/rows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "screen/group_id.h"

static bool wanted(const struct aw_group *group, const struct aw_row_choice *choice)
{
	struct aw_sample_room room;

	if (choice->hard_only && !group->by_class[AW_CLASS_HARD])
		return false;
	return !choice->filter->count || aw_filter_match(choice->filter, aw_group_sample(group, &room));
}

/* Sort keys are taken from the samples once, not in every comparison. */
static void prepare_sort(struct aw_rows *rows, struct aw_row *row, const struct aw_column *column)
{
	struct aw_sample_room room;
	char text[AW_COLUMN_TEXT];

	if (!column->rank_of && !column->word_of)
		return;
	row->sample = aw_group_sample(row->group, &room);
	if (column->rank_of)
		row->rank = column->rank_of(row);
	if (column->word_of)
		row->word = aw_intern(rows->words, column->word_of(row, text));
	row->sample = NULL;
}

static int reserve(struct aw_rows *rows, unsigned int size)
{
	struct aw_row *grown;

	if (size <= rows->size)
		return 0;
	grown = realloc(rows->rows, size * sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	rows->rows = grown;
	rows->size = size;
	return 0;
}

static int append(struct aw_rows *rows, const struct aw_groups *groups, bool before,
		  const struct aw_rates *rates, const struct aw_row_choice *choice)
{
	unsigned int count = aw_groups_count(groups), nr_keys;
	const struct aw_key *const *keys = aw_groups_keys(groups, &nr_keys);
	AW_FREE const struct aw_group **list = aw_groups_sorted(groups, "count");

	if (!count)
		return 0;
	if (!list || reserve(rows, rows->count + count))
		return -ENOMEM;
	for (unsigned int i = 0; i < count; i++) {
		struct aw_row *row = &rows->rows[rows->count];

		if (!wanted(list[i], choice))
			continue;
		*row = (struct aw_row){
			.group = list[i], .before = before, .count = list[i]->count, .last_ns = list[i]->last_ns,
			.group_id = aw_group_id(keys, nr_keys, list[i]), .keys = keys, .nr_keys = nr_keys,
		};
		prepare_sort(rows, row, choice->sort);
		if (!before)
			row->rate = aw_rates_of(rates, row->group_id, choice->now_ns, choice->seconds);
		rows->count++;
	}
	return 0;
}

/* Equal rows are sorted by count, then by time and by group, so that they keep their order. */
static int by_default(const struct aw_row *a, const struct aw_row *b)
{
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	if (a->last_ns != b->last_ns)
		return a->last_ns > b->last_ns ? -1 : 1;
	return a->group_id < b->group_id ? -1 : a->group_id > b->group_id;
}

static int compare(const void *left, const void *right, void *arg)
{
	const struct aw_row *a = left, *b = right;
	const struct aw_row_choice *choice = arg;
	int result = choice->sort->compare(a, b);
	bool a_hard = a->group->by_class[AW_CLASS_HARD], b_hard = b->group->by_class[AW_CLASS_HARD];

	if (choice->hard_first && a_hard != b_hard)
		return a_hard ? -1 : 1;
	if (!result)
		return by_default(a, b);
	return choice->reverse ? -result : result;
}

int aw_rows_build(struct aw_rows *rows, const struct aw_groups *live, const struct aw_groups *before,
		  const struct aw_rates *rates, const struct aw_row_choice *choice)
{
	struct aw_row_choice copy = *choice;

	rows->count = 0;
	aw_intern_free(rows->words);
	rows->words = aw_intern_new();
	if (!rows->words)
		return -ENOMEM;
	if (append(rows, live, false, rates, choice) || (before && append(rows, before, true, rates, choice))) {
		rows->count = 0;
		return -ENOMEM;
	}
	qsort_r(rows->rows, rows->count, sizeof(rows->rows[0]), compare, &copy);
	return 0;
}

void aw_rows_clear(struct aw_rows *rows)
{
	free(rows->rows);
	aw_intern_free(rows->words);
	memset(rows, 0, sizeof(*rows));
}

int aw_rows_find(const struct aw_rows *rows, const struct aw_group *group)
{
	for (unsigned int i = 0; i < rows->count; i++)
		if (rows->rows[i].group == group)
			return (int)i;
	return -1;
}

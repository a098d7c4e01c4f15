// SPDX-License-Identifier: GPL-2.0
/*
 * Failures by call site, summed over the groups.
 */
#include "output/sites.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

static int by_name(const void *left, const void *right)
{
	const struct aw_site_count *a = left, *b = right;
	int result = strcmp(a->name, b->name);

	return result ? result : strcmp(a->module, b->module);
}

static int by_count(const void *left, const void *right)
{
	const struct aw_site_count *a = left, *b = right;

	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return by_name(left, right);
}

static struct aw_site_count from_group(const struct aw_group *group)
{
	struct aw_sample_room room;
	const struct aw_frame *site = aw_group_sample(group, &room)->site;

	return (struct aw_site_count){
		.name = site ? site->name : "", .module = site ? site->module : "",
		.count = group->count, .hard = group->by_class[AW_CLASS_HARD],
		.nr_groups = 1, .largest_count = group->count, .largest = group,
	};
}

static void merge(struct aw_site_count *into, const struct aw_site_count *from)
{
	into->count += from->count;
	into->hard += from->hard;
	into->nr_groups += from->nr_groups;
	if (from->largest_count <= into->largest_count)
		return;
	into->largest_count = from->largest_count;
	into->largest = from->largest;
}

int aw_sites_of(const struct aw_groups *groups, struct aw_site_count **sites, unsigned int *count)
{
	unsigned int nr_groups = aw_groups_count(groups), kept = 0;
	AW_FREE const struct aw_group **sorted = aw_groups_sorted(groups, "count");
	struct aw_site_count *rows = nr_groups ? malloc(nr_groups * sizeof(*rows)) : NULL;

	if (nr_groups && (!sorted || !rows)) {
		free(rows);
		return -ENOMEM;
	}
	for (unsigned int i = 0; i < nr_groups; i++)
		rows[i] = from_group(sorted[i]);
	if (nr_groups)
		qsort(rows, nr_groups, sizeof(*rows), by_name);
	for (unsigned int i = 0; i < nr_groups; i++) {
		if (kept && !by_name(&rows[kept - 1], &rows[i]))
			merge(&rows[kept - 1], &rows[i]);
		else
			rows[kept++] = rows[i];
	}
	if (kept)
		qsort(rows, kept, sizeof(*rows), by_count);
	*sites = rows;
	*count = kept;
	return 0;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Which memory cgroup is charged for kernel pages, by /proc/kpagecgroup.
 */
#include "pages/memcg.h"

#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"

#define BATCH 512
#define ROOT_INODE 1	/* of cgroup v2; that of v1 has names only for what lies below */

static bool is_wanted(const struct aw_zone_pages *zone, uint64_t i)
{
	enum aw_page_class class = zone->class[i];

	return !zone->holder[i] && (class == AW_PAGE_KERNEL || class == AW_PAGE_TABLE || class == AW_PAGE_PINNED);
}

/* Pages from `i` on, as many as one read gives.  Returns the first that it did not look at. */
static uint64_t look_at_batch(struct aw_zone_pages *zone, struct aw_holders *holders, int fd, uint64_t i)
{
	uint64_t inodes[BATCH], count = zone->count - i < BATCH ? zone->count - i : BATCH;
	ssize_t got = pread(fd, inodes, count * sizeof(inodes[0]), (off_t)((zone->start + i) * sizeof(inodes[0])));

	if (got < (ssize_t)sizeof(inodes[0]))
		return zone->count;
	count = (uint64_t)got / sizeof(inodes[0]);
	for (uint64_t k = 0; k < count; k++)
		if (inodes[k] > ROOT_INODE && is_wanted(zone, i + k))
			zone->holder[i + k] = aw_holder_of(holders, AW_HOLDER_CGROUP, zone->class[i + k], inodes[k]);
	return i + count;
}

/* A path that is too long keeps its end. */
static void set_name(struct aw_holder *holder, const char *path)
{
	size_t length = strlen(path);

	if (length < sizeof(holder->name))
		snprintf(holder->name, sizeof(holder->name), "%s", path);
	else
		snprintf(holder->name, sizeof(holder->name), "...%s", path + length - (sizeof(holder->name) - 4));
}

static void name_by_inode(struct aw_holders *holders, uint64_t inode, const char *path)
{
	for (unsigned int i = 0; i < holders->count; i++)
		if (holders->list[i].type == AW_HOLDER_CGROUP && holders->list[i].key == inode)
			set_name(&holders->list[i], path);
}

static bool is_any_unnamed(const struct aw_holders *holders)
{
	for (unsigned int i = 0; i < holders->count; i++)
		if (holders->list[i].type == AW_HOLDER_CGROUP && !holders->list[i].name[0])
			return true;
	return false;
}

/* The directories of cgroup v1's memory controller, else of v2. */
static void name_cgroups(struct aw_holders *holders)
{
	static char v1[] = "/sys/fs/cgroup/memory", v2[] = "/sys/fs/cgroup";
	char *const roots[] = { access(v1, F_OK) ? v2 : v1, NULL };
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR | FTS_XDEV, NULL);
	FTSENT *entry;

	while (tree && (entry = fts_read(tree)))
		if (entry->fts_info == FTS_D && entry->fts_level > 0)
			name_by_inode(holders, entry->fts_statp->st_ino, entry->fts_path + strlen(roots[0]));
	if (tree)
		fts_close(tree);
}

void aw_memcg_find(struct aw_zone_pages *zone, struct aw_holders *holders)
{
	AW_CLOSE int fd = open("/proc/kpagecgroup", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || !zone->holder)
		return;
	for (uint64_t i = 0; i < zone->count; )
		i = is_wanted(zone, i) ? look_at_batch(zone, holders, fd, i) : i + 1;
	if (is_any_unnamed(holders))
		name_cgroups(holders);
}

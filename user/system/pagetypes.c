// SPDX-License-Identifier: GPL-2.0
/*
 * Parses /proc/pagetypeinfo.
 */
#include "system/pagetypes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"

static struct aw_zone_pagetypes *find_or_add(struct aw_pagetypes *types, int node, const char *name)
{
	struct aw_zone_pagetypes *zone;

	for (unsigned int i = 0; i < types->nr_zones; i++)
		if (types->zones[i].node == node && !strcmp(types->zones[i].name, name))
			return &types->zones[i];
	if (types->nr_zones == AW_PAGETYPES_ZONES)
		return NULL;
	zone = &types->zones[types->nr_zones++];
	zone->node = node;
	snprintf(zone->name, sizeof(zone->name), "%s", name);
	return zone;
}

/* Node    0, zone   Normal, type    Unmovable    263    120 ...; ">100000" where the kernel stopped counting */
static void take_free(const char *line, struct aw_pagetypes *types)
{
	char name[AW_COMM_LEN + 1], type[24];
	struct aw_zone_pagetypes *zone;
	int node, used;
	char *at;

	if (sscanf(line, "Node %d, zone %16[^,], type %23s%n", &node, name, type, &used) != 3)
		return;
	zone = find_or_add(types, node, name);
	at = (char *)line + used;
	for (unsigned int order = 0; zone && order < AW_MAX_ORDERS; order++) {
		char *end;
		uint64_t count;

		at += strspn(at, " >");
		count = strtoull(at, &end, 10);
		if (end == at)
			return;
		zone->free[aw_migratetype_from_name(type, strlen(type))][order] = count;
		at = end;
	}
}

/* Number of blocks type     Unmovable      Movable  Reclaimable   HighAtomic          CMA      Isolate */
static unsigned int take_header(const char *line, enum aw_migratetype columns[AW_MT_NUMBERS])
{
	unsigned int count = 0;
	char name[24];
	int used;

	for (; count < AW_MT_NUMBERS && sscanf(line, " %23s%n", name, &used) == 1; line += used)
		columns[count++] = aw_migratetype_from_name(name, strlen(name));
	return count;
}

/* Node 0, zone      DMA           12          180            4            0           32            0 */
static void take_blocks(const char *line, const enum aw_migratetype *columns, unsigned int count,
			struct aw_pagetypes *types)
{
	char name[AW_COMM_LEN + 1];
	struct aw_zone_pagetypes *zone;
	int node, used;
	char *at;

	if (sscanf(line, "Node %d, zone %16s%n", &node, name, &used) != 2)
		return;
	zone = find_or_add(types, node, name);
	at = (char *)line + used;
	for (unsigned int i = 0; zone && i < count; i++)
		zone->pageblocks[columns[i]] = strtoull(at, &at, 10);
}

void aw_pagetypes_parse(const char *text, size_t len, struct aw_pagetypes *out)
{
	static const char header[] = "Number of blocks type";
	enum aw_migratetype columns[AW_MT_NUMBERS];
	const char *end = text + len;
	unsigned int count = 0;

	memset(out, 0, sizeof(*out));
	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		char line[512];

		snprintf(line, sizeof(line), "%.*s", (int)((newline ? newline : end) - text), text);
		if (!strncmp(line, header, sizeof(header) - 1))
			count = take_header(line + sizeof(header) - 1, columns);
		else if (count)
			take_blocks(line, columns, count, out);
		else if (sscanf(line, "Page block order: %u", &out->pageblock_order) != 1)
			take_free(line, out);
		text = newline ? newline + 1 : end;
	}
}

int aw_pagetypes_read(struct aw_pagetypes *out)
{
	AW_FREE char *text = NULL;
	size_t len;
	int err = aw_file_read("/proc/pagetypeinfo", &text, &len);

	if (err)
		memset(out, 0, sizeof(*out));
	else
		aw_pagetypes_parse(text, len, out);
	return err;
}

const struct aw_zone_pagetypes *aw_pagetypes_of(const struct aw_pagetypes *types, int node, const char *name)
{
	for (unsigned int i = 0; i < types->nr_zones; i++)
		if (types->zones[i].node == node && !strcmp(types->zones[i].name, name))
			return &types->zones[i];
	return NULL;
}

uint64_t aw_pagetypes_blocks(const struct aw_zone_pagetypes *zone, enum aw_migratetype type, unsigned int order)
{
	uint64_t blocks = 0;

	for (unsigned int i = order; i < AW_MAX_ORDERS; i++)
		blocks += zone->free[type][i] << (i - order);
	return blocks;
}

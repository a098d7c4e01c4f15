// SPDX-License-Identifier: GPL-2.0
/*
 * Parses the zones in /proc/zoneinfo, buddyinfo and pagetypeinfo.
 */
#include "system/zoneinfo.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"

/* Iterates over the lines of a text, which need not end with a newline or a NUL. */
struct lines {
	const char *next, *end;
	char line[512];		/* the current line, truncated */
};

static bool next_line(struct lines *lines)
{
	const char *newline;
	size_t len;

	if (lines->next >= lines->end)
		return false;
	newline = memchr(lines->next, '\n', lines->end - lines->next);
	len = (newline ? newline : lines->end) - lines->next;
	snprintf(lines->line, sizeof(lines->line), "%.*s", (int)len, lines->next);
	lines->next += len + 1;
	return true;
}

/* Node 0, zone      DMA */
static bool zone_line(const char *line, int *node, char name[AW_COMM_LEN + 1])
{
	return sscanf(line, "Node %d, zone %16s", node, name) == 2;
}

/* protection: (0, 2967, 24013, 24013, 24013) */
static void parse_protection(const char *text, struct aw_zone *zone)
{
	const char *at = strchr(text, '(');

	zone->nr_reserves = 0;
	while (at && zone->nr_reserves < AW_MAX_RESERVES) {
		char *end;
		long long pages = strtoll(at + 1, &end, 10);

		if (end == at + 1)
			break;
		zone->lowmem_reserve[zone->nr_reserves++] = pages;
		at = *end == ',' ? end : NULL;
	}
}

static void raise_to(uint64_t *most, uint64_t value)
{
	if (value > *most)
		*most = value;
}

/* "  pages free     3840", "        min      43", "      nr_free_cma  0", "              high:     378" of a cpu */
static void zone_field(const char *line, struct aw_zone *zone)
{
	unsigned long long value;
	char name[32];

	if (sscanf(line, " pages free %llu", &value) == 1) {
		zone->free = value;
		return;
	}
	if (strstr(line, "protection:")) {
		parse_protection(line, zone);
		return;
	}
	if (sscanf(line, " %31s %llu", name, &value) != 2)
		return;
	if (!strcmp(name, "min")) {
		zone->min = value;
		zone->known |= AW_ZONE_KNOWS_WATERMARKS;
	} else if (!strcmp(name, "low")) {
		zone->low = value;
	} else if (!strcmp(name, "high")) {
		zone->high = value;
	} else if (!strcmp(name, "high:")) {
		raise_to(&zone->list_high, value);
	} else if (!strcmp(name, "high_min:")) {
		raise_to(&zone->list_high_min, value);
	} else if (!strcmp(name, "boost")) {
		zone->boost = value;
		zone->known |= AW_ZONE_KNOWS_BOOST;
	} else if (!strcmp(name, "managed")) {
		zone->managed = value;
		zone->known |= AW_ZONE_KNOWS_MANAGED;
	} else if (!strcmp(name, "cma")) {
		zone->cma = value;
	} else if (!strcmp(name, "nr_free_cma")) {
		zone->free_cma = value;
		zone->known |= AW_ZONE_KNOWS_CMA;
	} else if (!strcmp(name, "reserved_highatomic")) {
		zone->reserved_highatomic = value;
		zone->known |= AW_ZONE_KNOWS_HIGHATOMIC;
	} else if (!strcmp(name, "free_highatomic")) {
		zone->free_highatomic = value;
		zone->known |= AW_ZONE_KNOWS_FREE_HIGHATOMIC;
	}
}

static void take_boost_out(struct aw_zone *zone)
{
	uint64_t *const marks[] = { &zone->min, &zone->low, &zone->high };

	for (unsigned int i = 0; i < 3; i++)
		*marks[i] -= zone->boost <= *marks[i] ? zone->boost : *marks[i];
}

unsigned int aw_zoneinfo_parse(const char *text, size_t len, struct aw_zone *out, unsigned int max)
{
	struct lines lines = { .next = text, .end = text + len };
	struct aw_zone zone = { 0 };
	unsigned int count = 0;
	int first_node = -1, index = 0;

	for (bool more = next_line(&lines);; more = next_line(&lines)) {
		char name[AW_COMM_LEN + 1];
		int node;

		if (more && !zone_line(lines.line, &node, name)) {
			zone_field(lines.line, &zone);
			continue;
		}
		if (zone.name[0] && zone.managed && count < max) {
			take_boost_out(&zone);
			out[count++] = zone;
		}
		if (!more)
			return count;
		/* The zones of a node are listed in order, including empty ones. */
		index = node == first_node ? index + 1 : 0;
		first_node = node;
		zone = (struct aw_zone){ .node = node, .index = index, .type = aw_zone_type_from_name(name) };
		memcpy(zone.name, name, sizeof(zone.name));
	}
}

static struct aw_zone *find(struct aw_zone *zones, unsigned int count, int node, const char *name)
{
	for (unsigned int i = 0; i < count; i++)
		if (zones[i].node == node && !strcmp(zones[i].name, name))
			return &zones[i];
	return NULL;
}

/* Parses the numbers at the end of a line.  Returns how many there are. */
static unsigned int numbers(const char *text, uint64_t out[AW_MAX_ORDERS])
{
	unsigned int count = 0;

	while (count < AW_MAX_ORDERS) {
		char *end;

		out[count] = strtoull(text, &end, 10);
		if (end == text)
			break;
		count++;
		text = *end == '+' ? end + 1 : end;
	}
	return count;
}

/* Node 0, zone   Normal   1329   1814   1235 ... */
void aw_buddyinfo_parse(const char *text, size_t len, struct aw_zone *zones, unsigned int count)
{
	struct lines lines = { .next = text, .end = text + len };

	while (next_line(&lines)) {
		char name[AW_COMM_LEN + 1];
		struct aw_zone *zone;
		int node, used;

		if (sscanf(lines.line, "Node %d, zone %16s%n", &node, name, &used) != 2)
			continue;
		zone = find(zones, count, node, name);
		if (zone)
			zone->nr_orders = numbers(lines.line + used, zone->nr_free);
	}
}

/* Node    0, zone   Normal, type    Unmovable    263    120 ...; or ">100000" if the kernel stopped counting. */
void aw_pagetypeinfo_parse(const char *text, size_t len, struct aw_zone *zones, unsigned int count)
{
	struct lines lines = { .next = text, .end = text + len };

	while (next_line(&lines)) {
		char name[AW_COMM_LEN + 1], type[24];
		uint64_t free_blocks[AW_MAX_ORDERS];
		enum aw_migratetype migratetype;
		struct aw_zone *zone;
		int node, used;
		unsigned int orders;

		if (sscanf(lines.line, "Node %d, zone %16[^,], type %23s%n", &node, name, type, &used) != 3)
			continue;
		zone = find(zones, count, node, name);
		migratetype = aw_migratetype_from_name(type, strlen(type));
		for (char *at = lines.line + used; *at; at++)
			if (*at == '>')
				*at = ' ';
		orders = numbers(lines.line + used, free_blocks);
		if (!zone || !orders)
			continue;
		for (unsigned int order = 0; order < orders; order++)
			if (free_blocks[order])
				zone->types[order] |= 1u << migratetype;
		zone->known |= AW_ZONE_KNOWS_TYPES;
	}
}

static void read_and(const char *path, void (*parse)(const char *, size_t, struct aw_zone *, unsigned int),
		     struct aw_zone *zones, unsigned int count)
{
	AW_FREE char *text = NULL;
	size_t len;

	if (!aw_file_read(path, &text, &len))
		parse(text, len, zones, count);
}

unsigned int aw_zones_read_counts(struct aw_zone *out, unsigned int max)
{
	AW_FREE char *text = NULL;
	size_t len;
	unsigned int count;

	if (aw_file_read("/proc/zoneinfo", &text, &len))
		return 0;
	count = aw_zoneinfo_parse(text, len, out, max);
	read_and("/proc/buddyinfo", aw_buddyinfo_parse, out, count);
	return count;
}

unsigned int aw_zones_read(struct aw_zone *out, unsigned int max)
{
	unsigned int count = aw_zones_read_counts(out, max);

	read_and("/proc/pagetypeinfo", aw_pagetypeinfo_parse, out, count);
	return count;
}

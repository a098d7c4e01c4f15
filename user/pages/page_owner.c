// SPDX-License-Identifier: GPL-2.0
/*
 * The code that has each page of the kernel, by page_owner.
 */
#include "pages/page_owner.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/hash.h"
#include "mm/site.h"

#define RECORD 4096		/* the kernel writes no more than a page, of at least this size */
#define MOST_NS 1000000000
#define FRAMES 32
#define LARGEST_ORDER 31

/* ---- one record ---- */

struct names {
	char text[FRAMES][2][AW_HOLDER_NAME];
};

/* " cam_probe+0x40/0x1c0 [cam]" */
static bool parse_frame(const char *line, size_t len, struct aw_frame *frame, char names[2][AW_HOLDER_NAME])
{
	char text[256];
	unsigned int offset, size;

	snprintf(text, sizeof(text), "%.*s", (int)(len < sizeof(text) ? len : sizeof(text) - 1), line);
	names[1][0] = '\0';
	if (sscanf(text, " %63[^+ ]+0x%x/0x%x [%63[^] ]", names[0], &offset, &size, names[1]) < 3)
		return false;
	*frame = (struct aw_frame){ .name = names[0], .module = names[1], .offset = offset, .size = size };
	return true;
}

static void find_site(const char *text, const char *end, struct aw_page_owner *out)
{
	struct aw_stack stack = { .count = 0 };
	const struct aw_frame *site;
	struct names names;

	while (text < end && stack.count < FRAMES) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		size_t len = (size_t)((newline ? newline : end) - text);

		if (*text == ' ' && parse_frame(text, len, &stack.frames[stack.count], names.text[stack.count]))
			stack.count++;
		text += len + 1;
	}
	site = aw_site_of(&stack);
	if (site)
		snprintf(out->site, sizeof(out->site), "%.40s%s%.18s%s", site->name, site->module[0] ? " [" : "", site->module,
			 site->module[0] ? "]" : "");
}

/*
 * Page allocated via order 2, mask 0x40dc0(GFP_KERNEL|__GFP_COMP|__GFP_ZERO), pid 1, ts 530000000 ns, free_ts 0 ns
 * PFN 262148 type Unmovable Block 512 type Unmovable Flags 0x10200(slab|head)
 *  post_alloc_hook+0x70/0x94
 *  cam_probe+0x40/0x1c0 [cam]
 */
bool aw_page_owner_parse(const char *text, size_t len, struct aw_page_owner *out)
{
	const char *end = text + len, *newline = memchr(text, '\n', len);
	char head[256];

	*out = (struct aw_page_owner){ .pfn = 0 };
	snprintf(head, sizeof(head), "%.*s", (int)(len < sizeof(head) ? len : sizeof(head) - 1), text);
	if (!newline || sscanf(head, "Page allocated via order %u,", &out->order) != 1 || out->order > LARGEST_ORDER)
		return false;
	text = newline + 1;
	len = (size_t)(end - text);
	snprintf(head, sizeof(head), "%.*s", (int)(len < sizeof(head) ? len : sizeof(head) - 1), text);
	newline = memchr(text, '\n', len);
	if (!newline || sscanf(head, "PFN %" SCNu64 " ", &out->pfn) != 1)
		return false;
	find_site(newline + 1, end, out);
	return true;
}

/* ---- all that are wanted ---- */

static bool record_at(const struct aw_page_owner_file *file, uint64_t offset, struct aw_page_owner *out)
{
	char text[RECORD];
	ssize_t got = file->read(file->context, offset, text, sizeof(text));

	return got > 0 && aw_page_owner_parse(text, (size_t)got, out);
}

/* min_low_pfn: the first record is read up to that offset, and no further, that is its own. */
static bool find_first(const struct aw_page_owner_file *file, uint64_t *first)
{
	struct aw_page_owner record, other;
	uint64_t low = 0, high;

	if (!record_at(file, 0, &record))
		return false;
	for (high = record.pfn; low < high; ) {
		uint64_t middle = low + (high - low + 1) / 2;

		if (record_at(file, middle, &other) && other.pfn == record.pfn)
			low = middle;
		else
			high = middle - 1;
	}
	*first = record.pfn - low;
	return true;
}

static bool is_wanted(const struct aw_zone_pages *zone, uint64_t i)
{
	return !zone->holder[i] && (zone->class[i] == AW_PAGE_KERNEL || zone->class[i] == AW_PAGE_TABLE);
}

static void take(struct aw_zone_pages *zone, struct aw_holders *holders, const struct aw_page_owner *record)
{
	uint64_t first = record->pfn - zone->start;

	for (uint64_t i = first; i < first + (1ull << record->order) && i < zone->count && record->site[0]; i++) {
		if (!is_wanted(zone, i))
			continue;
		zone->holder[i] = aw_holder_of(holders, AW_HOLDER_OWNER, zone->class[i], aw_hash_words(record->site, AW_HOLDER_NAME));
		if (zone->holder[i])
			memcpy(holders->list[zone->holder[i] - 1].name, record->site, AW_HOLDER_NAME);
	}
}

void aw_page_owner_find(const struct aw_page_owner_file *file, struct aw_zone_pages *zone, struct aw_holders *holders)
{
	uint64_t until = aw_now_ns() + MOST_NS, lowest;
	struct aw_page_owner record;

	if (!zone->holder || !find_first(file, &lowest))
		return;
	for (uint64_t i = 0; i < zone->count && !holders->cut; i++) {
		if (!is_wanted(zone, i) || zone->start + i < lowest)
			continue;
		if (!record_at(file, zone->start + i - lowest, &record))
			return;
		if (aw_zone_has(zone, record.pfn) && record.pfn >= zone->start + i)
			take(zone, holders, &record);
		/* What lies before it has no record: tail pages, or it was allocated before page_owner began. */
		if (record.pfn > zone->start + i)
			i = record.pfn - zone->start;
		holders->cut = aw_now_ns() > until;
	}
}

static ssize_t read_here(void *context, uint64_t offset, char *text, size_t size)
{
	return pread(*(const int *)context, text, size, (off_t)offset);
}

void aw_page_owner_find_here(struct aw_zone_pages *zone, struct aw_holders *holders)
{
	AW_CLOSE int fd = open("/sys/kernel/debug/page_owner", O_RDONLY | O_CLOEXEC);
	const struct aw_page_owner_file file = { .read = read_here, .context = &fd };

	if (fd >= 0)
		aw_page_owner_find(&file, zone, holders);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * The lines that show_mem prints behind "Mem-Info:".
 */
#include "klog/meminfo.h"

#include <stddef.h>

#include "base/array.h"

/* Fields of the zone line that a verdict reads; the kernel prints more. */
static const struct {
	const char *key;
	size_t at;
	uint32_t has;
} fields[] = {
	{ "free", offsetof(struct aw_klog_zone, free_kb), AW_KLOG_ZONE_FREE },
	{ "boost", offsetof(struct aw_klog_zone, boost_kb), AW_KLOG_ZONE_BOOST },
	{ "min", offsetof(struct aw_klog_zone, min_kb), AW_KLOG_ZONE_WATERMARKS },
	{ "low", offsetof(struct aw_klog_zone, low_kb), 0 },
	{ "high", offsetof(struct aw_klog_zone, high_kb), 0 },
	{ "reserved_highatomic", offsetof(struct aw_klog_zone, highatomic_kb), AW_KLOG_ZONE_HIGHATOMIC },
	{ "free_highatomic", offsetof(struct aw_klog_zone, free_highatomic_kb), AW_KLOG_ZONE_FREE_HIGHATOMIC },
	{ "present", offsetof(struct aw_klog_zone, present_kb), AW_KLOG_ZONE_PRESENT },
	{ "managed", offsetof(struct aw_klog_zone, managed_kb), AW_KLOG_ZONE_MANAGED },
	{ "active_anon", offsetof(struct aw_klog_zone, active_anon_kb), AW_KLOG_ZONE_LRU },
	{ "inactive_anon", offsetof(struct aw_klog_zone, inactive_anon_kb), 0 },
	{ "active_file", offsetof(struct aw_klog_zone, active_file_kb), 0 },
	{ "inactive_file", offsetof(struct aw_klog_zone, inactive_file_kb), 0 },
	{ "unevictable", offsetof(struct aw_klog_zone, unevictable_kb), 0 },
	{ "writepending", offsetof(struct aw_klog_zone, writepending_kb), AW_KLOG_ZONE_PENDING },
	{ "free_cma", offsetof(struct aw_klog_zone, free_cma_kb), AW_KLOG_ZONE_CMA },
};

/* " min:1964kB", " reserved_highatomic:0KB", " isolated(anon):24kB" */
static bool field(struct aw_text *t, struct aw_klog_zone *zone)
{
	const char *key, *end;
	uint64_t value;

	aw_text_spaces(t);
	key = t->p;
	while (t->p < t->end && (aw_is_word(*t->p) || *t->p == '(' || *t->p == ')'))
		t->p++;
	end = t->p;
	if (end == key || !aw_text_skip_char(t, ':'))
		return false;
	if (!aw_text_u64(t, &value) || (!aw_text_skip(t, "kB") && !aw_text_skip(t, "KB")))
		return true;	/* "pages_scanned:0", "all_unreclaimable? no" */
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		if (strlen(fields[i].key) == (size_t)(end - key) &&
		    !memcmp(fields[i].key, key, (size_t)(end - key))) {
			memcpy((char *)zone + fields[i].at, &value, sizeof(value));
			zone->has |= fields[i].has;
		}
	return true;
}

/* "Node 0 DMA", "Normal" */
static bool node_and_name(struct aw_text *t, struct aw_klog_zone *zone)
{
	struct aw_text s = *t;
	const char *start;
	uint64_t node = 0;

	aw_text_spaces(&s);
	if (aw_text_skip(&s, "Node ")) {
		if (!aw_text_u64(&s, &node) || node > 4096 || !aw_text_spaces(&s))
			return false;
	}
	start = s.p;
	while (s.p < s.end && aw_is_word(*s.p))
		s.p++;
	if (s.p == start || s.p - start >= (ptrdiff_t)sizeof(zone->name) || !aw_is_alpha(*start))
		return false;
	zone->node = (int)node;
	aw_text_copy(zone->name, sizeof(zone->name), start, (size_t)(s.p - start));
	*t = s;
	return true;
}

/* "Node 0 DMA free:114432kB min:1964kB low:2452kB high:2944kB ..." */
static bool zone_line(struct aw_text t, struct aw_klog_zone *zone)
{
	if (!node_and_name(&t, zone) || !aw_text_starts(&t, " free:"))
		return false;
	while (t.p < t.end)
		if (!field(&t, zone) && t.p < t.end)
			t.p++;
	return zone->has & AW_KLOG_ZONE_FREE;
}

/* "lowmem_reserve[]: 0 2925 7889 7889" */
static bool reserve_line(struct aw_text t, struct aw_klog_zone *zone)
{
	uint64_t value;

	/* up to 2.6.14: "lowmem_reserve[]:", "protections[]:" */
	if (!aw_text_skip(&t, "lowmem_reserve[]:") && !aw_text_skip(&t, "protections[]:"))
		return false;
	while (zone->nr_reserves < AW_KLOG_RESERVES) {
		aw_text_spaces(&t);
		if (!aw_text_u64(&t, &value) || value > INT64_MAX)
			break;
		zone->reserve[zone->nr_reserves++] = (int64_t)value;
	}
	return true;
}

/* " (UME)" behind a count */
static void letters(struct aw_text *t, struct aw_klog_zone *zone, unsigned int order)
{
	struct aw_text s = *t;
	const char *start;

	aw_text_spaces(&s);
	if (!aw_text_skip_char(&s, '('))
		return;
	start = s.p;
	while (s.p < s.end && *s.p >= 'A' && *s.p <= 'Z')
		s.p++;
	aw_text_copy(zone->types[order], sizeof(zone->types[order]), start, (size_t)(s.p - start));
	zone->has |= AW_KLOG_ZONE_TYPES;
	aw_text_skip_char(&s, ')');
	*t = s;
}

/* The '*' of "17664*4kB"; Markdown made "17664_4kB" of some, a mailer that joins lines "17664* 4kB". */
static bool times_sign(struct aw_text *t)
{
	if (!aw_text_skip_char(t, '*') && !aw_text_skip_char(t, '_'))
		return false;
	aw_text_spaces(t);
	return true;
}

/* " 17664*4kB (UME)"; each order's blocks are twice the size of the one before */
static bool blocks(struct aw_text *t, struct aw_klog_zone *zone)
{
	struct aw_text s = *t;
	uint64_t count, kb;

	aw_text_spaces(&s);
	if (!aw_text_u64(&s, &count) || !times_sign(&s) || !aw_text_u64(&s, &kb) ||
	    !aw_text_skip(&s, "kB"))
		return false;
	if (zone->nr_orders >= AW_KLOG_ORDERS)
		return false;
	if (!zone->nr_orders)
		zone->block_kb = kb;
	if (!kb || zone->block_kb > 1024 || kb != zone->block_kb << zone->nr_orders)
		return false;
	zone->blocks[zone->nr_orders] = count;
	letters(&s, zone, zone->nr_orders);
	zone->nr_orders++;
	*t = s;
	return true;
}

/* "Node 0 DMA: 28349*4kB (UEMR) 7*8kB (UEMR) ... = 114444kB" */
static bool blocks_line(struct aw_text t, struct aw_klog_zone *zone)
{
	uint64_t total;

	if (!node_and_name(&t, zone))
		return false;
	aw_text_spaces(&t);	/* logcat pads */
	if (!aw_text_skip_char(&t, ':'))
		return false;
	while (blocks(&t, zone))
		;
	if (!zone->nr_orders)
		return false;
	zone->has |= AW_KLOG_ZONE_BLOCKS;
	aw_text_spaces(&t);
	if (aw_text_skip_char(&t, '=') && (aw_text_spaces(&t), aw_text_u64(&t, &total)) && aw_text_starts(&t, "kB"))
		zone->blocks_total_kb = total;
	else
		zone->has |= AW_KLOG_ZONE_CUT;
	return true;
}

/* "5180 pages reserved", "16384 pages cma reserved", "0 pages hwpoisoned" */
static bool end_line(struct aw_text t)
{
	uint64_t count;

	if (!aw_text_u64(&t, &count) || !aw_text_skip(&t, " "))
		return false;
	return aw_text_starts(&t, "pages reserved") || aw_text_starts(&t, "reserved pages") ||
	       aw_text_starts(&t, "pages cma reserved") || aw_text_starts(&t, "pages hwpoisoned");
}

static bool other_line(struct aw_text t)
{
	static const char *const starts[] = {
		"active_anon:", "active:", "Active:", "Active_anon:", "inactive_anon:", "active_file:", "inactive_file:", "unevictable:",
		"slab_reclaimable:", "mapped:", "free:", "kernel_misc_reclaimable:", "free_cma:", "sec_pagetables:",
		"Swap cache stats:", "Swap cache:", "Free swap", "Total swap", "CPU    ", "HighMem:",
		"cpu ", "Free pages:", "Memory allocations:",
	};
	static const char *const words[] = {
		" per-cpu:", " total pagecache pages", " pages in swap cache", " pages RAM",
		" pages HighMem/MovableOnly", " pages of RAM", " free pages", " slab pages",
		" pages shared", " pages non-shared", " pages swap cached", "hugepages_total=",
		" pages of HIGHMEM", " free:", " active_anon:", " pagetable pages",
	};

	for (size_t i = 0; i < ARRAY_SIZE(starts); i++)
		if (aw_text_starts(&t, starts[i]))
			return true;
	if (!aw_is_digit(aw_text_at(&t, 0)) && !aw_text_starts(&t, "Node ") &&
	    !aw_text_find(&t, " per-cpu:"))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (aw_text_find(&t, words[i]))
			return true;
	return false;
}

enum aw_klog_mem aw_klog_mem_line(const struct aw_text *text, struct aw_klog_zone *zone)
{
	memset(zone, 0, sizeof(*zone));
	if (aw_text_starts(text, "Mem-Info:") || aw_text_starts(text, "Mem-info:"))
		return AW_KLOG_MEM_START;
	if (zone_line(*text, zone))
		return AW_KLOG_MEM_ZONE;
	memset(zone, 0, sizeof(*zone));
	if (reserve_line(*text, zone))
		return AW_KLOG_MEM_RESERVE;
	if (blocks_line(*text, zone))
		return AW_KLOG_MEM_BLOCKS;
	if (end_line(*text))
		return AW_KLOG_MEM_END;
	return other_line(*text) ? AW_KLOG_MEM_OTHER : AW_KLOG_MEM_NONE;
}

bool aw_klog_mem_cut(enum aw_klog_mem line, const struct aw_text *text,
		     const struct aw_klog_zone *zone)
{
	struct aw_text t = *text;

	if (line == AW_KLOG_MEM_BLOCKS)
		return zone->has & AW_KLOG_ZONE_CUT;
	if (line != AW_KLOG_MEM_ZONE)
		return false;
	/* the last field of every kernel: all_unreclaimable (to 4.7), free_cma */
	return !aw_text_find(&t, "free_cma:") && !aw_text_find(&t, "all_unreclaimable");
}

/* "inactive_anon:312kB active_file:0kB", "4kB", "min:1964kB" */
static bool field_start(struct aw_text t)
{
	uint64_t v;

	aw_text_spaces(&t);
	if (aw_text_u64(&t, &v))
		return aw_text_starts(&t, "kB") || aw_text_starts(&t, "KB");
	while (t.p < t.end && (aw_is_word(*t.p) || *t.p == '(' || *t.p == ')'))
		t.p++;
	if (!aw_text_skip_char(&t, ':') || !aw_text_u64(&t, &v))
		return aw_text_starts(&t, "? ");
	return aw_text_starts(&t, "kB") || aw_text_starts(&t, "KB") || t.p == t.end ||
	       aw_is_space(*t.p);
}

/* "3*32kB (UM)", "*32kB", "(R) 0*64kB", "= 114444kB", "M) 0*64kB" */
static bool blocks_start(struct aw_text t)
{
	uint64_t v;
	bool number;

	aw_text_spaces(&t);
	if (aw_text_starts(&t, "(") || aw_text_starts(&t, "= ") || aw_text_starts(&t, ") ") ||
	    aw_text_starts(&t, "kB") || aw_text_starts(&t, "B "))
		return true;
	number = aw_text_u64(&t, &v);
	if (aw_text_skip_char(&t, '*') && aw_text_u64(&t, &v))
		return true;
	if (number)
		return aw_text_starts(&t, "kB");
	while (t.p < t.end && *t.p >= 'A' && *t.p <= 'Z')
		t.p++;
	return aw_text_starts(&t, ")");
}

bool aw_klog_mem_goes_on(enum aw_klog_mem line, const struct aw_text *text)
{
	return line == AW_KLOG_MEM_ZONE ? field_start(*text) : blocks_start(*text);
}

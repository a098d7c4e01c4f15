// SPDX-License-Identifier: GPL-2.0
/*
 * Wrapped lines of Mem-Info.
 */
#include "klog/unwrap_mem.h"

#include <string.h>

#include "base/array.h"
#include "klog/goes_on.h"
#include "klog/join.h"
#include "klog/meminfo.h"
#include "klog/wrap.h"

#define LONGEST_ZONE 24		/* "Node 1023 Movable" */
#define LONGEST_FRONT 48	/* "Node 1023 Movable free:123456789012" */

/* "Node 0 active_anon:4540kB ...", perhaps torn in its first number */
static bool is_nodes(const struct aw_text *text)
{
	return aw_text_starts(text, "Node ") && (aw_text_find(text, "kB") || aw_text_find(text, " active_anon:"));
}

/* A node's or zone's line of Mem-Info that is not at its last field. */
static bool wants_fields(enum aw_klog_mem mem, const struct aw_text *text)
{
	struct aw_text last = *text;
	uint64_t kb;

	if (mem != AW_KLOG_MEM_ZONE && !(mem == AW_KLOG_MEM_OTHER && is_nodes(text)))
		return false;
	if (aw_text_skip_past(&last, "all_unreclaimable? ") && last.p < last.end)
		return false;
	last = *text;
	return !(aw_text_skip_past(&last, "free_cma:") && aw_text_u64(&last, &kb) && aw_text_skip(&last, "kB") && last.p == last.end);
}

static int zone_rank(const struct aw_klog_line *line)
{
	static const char *const names[] = { "DMA", "DMA32", "Normal", "HighMem", "Movable", "Device" };
	struct aw_klog_zone zone;

	switch (aw_klog_mem_line(&line->text, &zone)) {
	case AW_KLOG_MEM_ZONE:
	case AW_KLOG_MEM_BLOCKS:
		for (size_t i = 0; i < ARRAY_SIZE(names); i++)
			if (!strcmp(zone.name, names[i]))
				return 1;
		return 0;
	case AW_KLOG_MEM_OTHER:
		return is_nodes(&line->text);
	default:
		return 0;
	}
}

/* "Node 0 Norm", "Node 0 DMA32 free:90": nothing of a zone that could be read */
static bool is_zones_front(const struct aw_text *text)
{
	struct aw_klog_zone zone;

	switch (aw_klog_mem_line(text, &zone)) {
	case AW_KLOG_MEM_NONE:
		return aw_text_left(text) <= LONGEST_ZONE;
	case AW_KLOG_MEM_OTHER:
		return aw_text_left(text) <= LONGEST_FRONT && aw_text_find(text, " free:") && !aw_text_find(text, "kB");
	default:
		return false;
	}
}

/* "Node 0 Norm", "al free:2980288kB ...": the second alone looks like a zone, of a name that none has. */
bool aw_klog_unwrap_zone(struct aw_klog_window *window)
{
	const struct aw_klog_line *line = &window->line[0]->line, *next = &window->line[1]->line;

	if (!line->prefixed || next->prefixed || !is_zones_front(&line->text) || zone_rank(next))
		return false;
	return aw_klog_join_best(window, 1, zone_rank, 0);
}

/* "inactive_anon:2972kB" and "active_file:0kB": a name begins behind a value, and the space was the wrap's. */
static const char *gap_in_fields(const struct aw_text *text, const struct aw_text *next)
{
	char last = text->end[-1], first_byte = aw_text_at(next, 0);

	if (last == '?' || last == ']')
		return " ";
	if (!aw_is_alpha(first_byte) || aw_text_starts(next, "kB") || aw_text_starts(next, "KB"))
		return "";
	return last == 'B' || aw_is_digit(last) ? " " : "";
}

bool aw_klog_unwrap_fields(struct aw_klog_window *window)
{
	struct aw_klog_slot *slot = window->line[0];
	const struct aw_klog_line *next = &window->line[1]->line;
	struct aw_klog_zone zone;
	enum aw_klog_mem mem = aw_klog_mem_line(&slot->line.text, &zone);

	if (mem == AW_KLOG_MEM_BLOCKS) {
		size_t extra = aw_klog_extra_at_end(&slot->line.text);

		/* "= 70768kB" has a '=' of its own */
		bool end = aw_text_left(&next->text) == 1 && *next->text.p == 'B';	/* of "kB" */

		if (!aw_klog_mem_cut(mem, &slot->line.text, &zone) || !(end || aw_klog_mem_goes_on(mem, &next->text)))
			return false;
		if (extra && slot->line.text.end[-1] == '=' && !aw_text_find(&next->text, "*"))
			extra = 0;
		return aw_klog_join(window, extra, "", 1);
	}
	if (!wants_fields(mem, &slot->line.text) || aw_klog_is_body(next) || next->has_word)
		return false;
	if (!(slot->line.prefixed && !next->prefixed) && !aw_klog_has_fields(&next->text))
		return false;
	return aw_klog_join(window, aw_klog_extra_at_end(&slot->line.text), gap_in_fields(&slot->line.text, &next->text), 1);
}

/* " active_anon:680 inactive_anon:0 isolated_anon:0", the last of them perhaps torn: pages, no kB */
static bool is_counters(struct aw_text t)
{
	unsigned int count = 0;
	uint64_t pages;

	while (t.p < t.end) {
		aw_text_spaces(&t);
		while (t.p < t.end && (aw_is_word(*t.p)))
			t.p++;
		if (t.p == t.end)
			break;
		if (!aw_text_skip_char(&t, ':'))
			return false;
		if (t.p < t.end && (!aw_text_u64(&t, &pages) || (t.p < t.end && !aw_is_space(*t.p))))
			return false;
		count++;
	}
	return count > 0;
}

/* "Free swap  =", "Total swap = 20971": what is behind it, "12kB" or "48kB", says how much */
static bool is_swaps_front(const struct aw_text *text)
{
	return (aw_text_starts(text, "Free swap ") || aw_text_starts(text, "Total swap ")) && aw_text_find(text, "=") &&
	       !aw_text_find(text, "kB");
}

static bool goes_on_in_swap(struct aw_text t)
{
	uint64_t kb;

	aw_text_u64(&t, &kb);
	return (aw_text_skip(&t, "kB") || aw_text_skip(&t, "B")) && t.p == t.end;
}

/* "inactive_anon:60", "307 isolated_anon:0": what a wrap at a column made of the totals */
bool aw_klog_unwrap_counters(struct aw_klog_window *window)
{
	const struct aw_klog_line *line = &window->line[0]->line, *next = &window->line[1]->line;
	char last = line->text.p < line->text.end ? line->text.end[-1] : '\0';
	struct aw_klog_zone zone;
	struct aw_text digits = next->text;
	uint64_t pages;
	bool torn;

	if (next->prefixed || next->has_word || aw_klog_mem_line(&line->text, &zone) != AW_KLOG_MEM_OTHER)
		return false;
	if (is_swaps_front(&line->text))
		return goes_on_in_swap(next->text) && aw_klog_join(window, 0, "", 1);
	if (!is_counters(line->text))
		return false;
	torn = !aw_is_digit(last);
	if (aw_is_digit(last) && aw_is_alpha(aw_text_at(&next->text, 0)))
		return aw_klog_mem_line(&next->text, &zone) == AW_KLOG_MEM_NONE && is_counters(next->text) && aw_klog_join(window, 0, " ", 1);
	if (!torn && !(aw_text_u64(&digits, &pages) && (digits.p == digits.end || aw_is_space(*digits.p))))
		return false;
	if (torn && last != ':' && !is_counters(next->text))
		return false;
	return aw_klog_join(window, 0, "", 1);
}

static unsigned int count_numbers(struct aw_text t)
{
	unsigned int count = 0;
	uint64_t value;

	for (aw_text_spaces(&t); aw_text_u64(&t, &value); aw_text_spaces(&t))
		count++;
	return t.p == t.end ? count : 0;
}

/* Do the numbers of both, with this gap between them, grow as those of lowmem_reserve[] do? */
static bool grows(struct aw_text a, struct aw_text b, bool torn)
{
	uint64_t before = 0, value = 0, rest;
	const char *start;

	for (aw_text_spaces(&a); aw_text_u64(&a, &value); aw_text_spaces(&a)) {
		if (value < before)
			return false;
		if (torn && a.p == a.end)
			break;
		before = value;
	}
	start = b.p;
	if (torn && aw_text_u64(&b, &rest)) {
		for (; start < b.p && value < UINT64_MAX / 100; start++)
			value *= 10;
		if (value + rest < before)
			return false;
		before = value + rest;
	}
	for (aw_text_spaces(&b); aw_text_u64(&b, &value); aw_text_spaces(&b)) {
		if (value < before)
			return false;
		before = value;
	}
	return true;
}

/* The columns of zones without memory are as the one before: is the last number the first of the next line, too? */
static bool repeats(struct aw_text numbers, struct aw_text next)
{
	uint64_t last = 0, first;

	for (aw_text_spaces(&numbers); aw_text_u64(&numbers, &last); aw_text_spaces(&numbers))
		;
	aw_text_spaces(&next);
	return aw_text_u64(&next, &first) && first == last;
}

/* What the wrap took between the numbers; NULL: not known. */
static const char *gap_in_reserve(const struct aw_klog_window *window, struct aw_text numbers)
{
	const struct aw_text *next = &window->line[1]->line.text;
	bool torn = grows(numbers, *next, true), apart = grows(numbers, *next, false);

	if (torn != apart)
		return torn ? "" : " ";
	if (apart && repeats(numbers, *next))
		return " ";
	return aw_klog_wrap_is_sure(window, window->line[0]) ? aw_klog_wrap_gap(window) : NULL;
}

/* Half a number is worse than none: the last one goes, and so do those on the next line. */
static bool drop_numbers(struct aw_klog_window *window)
{
	struct aw_klog_slot *slot = window->line[0];

	aw_klog_slot_shorten(slot, aw_klog_last_word(&slot->line.text));
	window->wrapped.any = true;
	aw_klog_window_drop(window, 1);
	return false;
}

/* "lowmem_reserve[]:" with its numbers on the next line, or on one line each. */
bool aw_klog_unwrap_reserve(struct aw_klog_window *window)
{
	struct aw_klog_slot *slot = window->line[0];
	const struct aw_klog_line *next = &window->line[1]->line;
	struct aw_text numbers = slot->line.text;
	unsigned int more = count_numbers(next->text);
	const char *gap;

	if (!aw_text_skip(&numbers, "lowmem_reserve[]:") || !more)
		return false;
	if (numbers.p < numbers.end && !count_numbers(numbers))
		return false;
	if (next->prefixed)
		return more == 1 && aw_klog_join(window, 0, " ", 1);
	gap = numbers.p == numbers.end ? " " : gap_in_reserve(window, numbers);
	return gap ? aw_klog_join(window, 0, gap, 1) : drop_numbers(window);
}

/* "Node 0" and "DMA32 free:54488kB ..." or "DMA32:", each of which the kernel printed by itself. */
bool aw_klog_unwrap_node(struct aw_klog_window *window)
{
	const struct aw_text *text = &window->line[0]->line.text, *next = &window->line[1]->line.text;
	struct aw_text node = *text, zone = *next;
	uint64_t number;

	if (!aw_text_skip(&node, "Node ") || !aw_text_u64(&node, &number))
		return false;
	aw_text_spaces(&node);
	while (zone.p < zone.end && aw_is_word(*zone.p))
		zone.p++;
	if (node.p < node.end || zone.p == next->p || zone.p - next->p > LONGEST_ZONE)
		return false;
	if (!aw_text_starts(&zone, " free:") && !(aw_text_skip_char(&zone, ':') && (zone.p == zone.end || aw_text_find(&zone, "kB"))))
		return false;
	return aw_klog_join(window, 0, text->end[-1] == ' ' ? "" : " ", 1);
}

/*
 * Each piece of a continued line is one of its own where the kernel or a reader of /dev/kmsg lost what they have in common
 * (4.9 to 4.19): "Node 0 DMA:", "1*4kB (U)", "0*8kB", or even "1*4kB", "(U)", ... with a prefix each.
 */
bool aw_klog_unwrap_blocks(struct aw_klog_window *window)
{
	const struct aw_text *text = &window->line[0]->line.text, *next = &window->line[1]->line.text;
	struct aw_text t = *text;
	struct aw_klog_zone zone;
	uint64_t blocks;

	if (!aw_klog_mem_goes_on(AW_KLOG_MEM_BLOCKS, next))
		return false;
	if (aw_klog_mem_line(text, &zone) == AW_KLOG_MEM_BLOCKS)
		return aw_klog_mem_cut(AW_KLOG_MEM_BLOCKS, text, &zone) && aw_klog_join(window, 0, " ", 1);
	t = *next;
	if (text->p == text->end || text->end[-1] != ':' || !aw_text_u64(&t, &blocks) || !aw_text_skip_char(&t, '*'))
		return false;
	return (aw_text_starts(text, "Node ") || aw_is_alpha(*text->p)) && aw_klog_join(window, 0, " ", 1);
}

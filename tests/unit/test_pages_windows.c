// SPDX-License-Identifier: GPL-2.0
/*
 * Tests windows, the simulated compaction and /proc/kpageflags, with zones that
 * are drawn: a letter a page, pageblocks of 8 pages.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pages/cells.h"
#include "pages/cma.h"
#include "pages/holders.h"
#include "pages/kpageflags.h"
#include "pages/lists.h"
#include "pages/simulate.h"
#include "pages/windows.h"

#define BLOCK_ORDER 3

/* In the order of enum aw_page_class. */
static const char letters[] = "_.,oasfdwlvFHTpDStPROXk";
_Static_assert(sizeof(letters) - 1 == AW_PAGE_CLASSES, "a letter for each class");

/* `picture` has a letter a page, `types` one a pageblock: M U C H, or ? */
static void draw(struct aw_zone_pages *zone, const char *picture, const char *types)
{
	static const char type_letters[] = "UMRH-CI?";
	const struct aw_zone_span span = { .name = "Normal", .start = 64, .spanned = strlen(picture) };

	assert_int_equal(aw_zone_pages_init(zone, &span, BLOCK_ORDER), 0);
	assert_int_equal(zone->nr_blocks, strlen(types));
	for (size_t i = 0; picture[i]; i++)
		zone->class[i] = (uint8_t)(strchr(letters, picture[i]) - letters);
	for (size_t i = 0; types[i]; i++)
		zone->type[i] = (uint8_t)(strchr(type_letters, types[i]) - type_letters);
}

static void same_picture(const struct aw_zone_pages *zone, const char *picture)
{
	char text[128];

	for (uint64_t i = 0; i < zone->count; i++)
		text[i] = letters[zone->class[i]];
	text[zone->count] = '\0';
	assert_string_equal(text, picture);
}

static struct aw_windows count(const char *picture, const char *types, bool movable)
{
	const struct aw_window_request request = { .order = 2, .movable = movable };
	struct aw_windows windows = { .total = 0 };
	struct aw_zone_pages zone;

	draw(&zone, picture, types);
	aw_windows_count(&zone, &request, &windows);
	aw_zone_pages_clear(&zone);
	return windows;
}

static void windows_by_content(void **state)
{
	struct aw_windows w = count("....a.a.k..kSkkk", "MM", false);

	(void)state;
	assert_int_equal(w.total, 4);
	assert_int_equal(w.free, 1);
	assert_int_equal(w.movable, 1);
	assert_int_equal(w.blocked, 2);
	assert_int_equal(w.blocked_roomy, 1);
	assert_int_equal(w.class[AW_PAGE_KERNEL].windows, 2);
	assert_int_equal(w.class[AW_PAGE_KERNEL].alone, 1);
	assert_int_equal(w.class[AW_PAGE_KERNEL].pages, 5);
	assert_int_equal(w.class[AW_PAGE_SLAB].windows, 1);
	assert_int_equal(w.class[AW_PAGE_SLAB].alone, 0);
}

/* `who` has a digit a page: the holder's key; others have none. */
static void hold(struct aw_zone_pages *zone, struct aw_holders *holders, const char *who)
{
	assert_int_equal(aw_zone_pages_add_holders(zone), 0);
	for (size_t i = 0; who[i]; i++)
		if (who[i] >= '0' && who[i] <= '9')
			zone->holder[i] = aw_holder_of(holders, AW_HOLDER_PROCESS, zone->class[i], (uint64_t)(who[i] - '0'));
}

static void check_holder(const struct aw_holder *holder, uint64_t key, uint64_t windows, uint64_t alone, uint64_t pages)
{
	assert_int_equal(holder->key, key);
	assert_int_equal(holder->windows, windows);
	assert_int_equal(holder->alone, alone);
	assert_int_equal(holder->pages, pages);
}

/* In windows of 4 pages: 1 alone, 1 and 2, 2 and an unknown one, 3 alone, 3 with what moves, 2 alone in another zone. */
static void windows_by_holder(void **state)
{
	const struct aw_window_request request = { .order = 2 };
	struct aw_holders holders = { .count = 0 };
	struct aw_zone_pages zone;

	(void)state;
	draw(&zone, "SS..S.S.Sk..pp.pa.p._SSS", "MMM");
	hold(&zone, &holders, "11  1 2 2   33 3  3  111");
	aw_holders_count(&holders, &zone, &request);
	aw_zone_pages_clear(&zone);
	draw(&zone, "S.......", "M");
	hold(&zone, &holders, "2");
	aw_holders_count(&holders, &zone, &request);
	aw_zone_pages_clear(&zone);
	aw_holders_rank(&holders);
	assert_int_equal(holders.count, 3);
	check_holder(&holders.list[0], 3, 2, 2, 4);
	check_holder(&holders.list[1], 2, 3, 1, 3);
	check_holder(&holders.list[2], 1, 2, 1, 3);	/* the window with a hole does not count */
	aw_holders_clear(&holders);
}

static void cma_areas(void **state)
{
	struct aw_holders holders = { .count = 0 };
	struct aw_cma_areas areas = { .count = 0 };
	struct aw_zone_pages zone;

	(void)state;
	draw(&zone, "kkkkkkkk.,aHkkp...oaF.fpkkkkkkkk", "UCCM");
	hold(&zone, &holders, "              5        6");
	aw_cma_find(&zone, &holders, &areas);
	aw_zone_pages_clear(&zone);
	assert_int_equal(areas.count, 1);
	assert_int_equal(areas.areas[0].start, 72);
	assert_int_equal(areas.areas[0].pages, 16);
	assert_int_equal(areas.areas[0].free, 6);
	assert_int_equal(areas.areas[0].movable, 6);
	assert_int_equal(areas.areas[0].taken, 2);
	assert_int_equal(areas.areas[0].stuck, 2);
	assert_int_equal(areas.areas[0].largest, 8);
	assert_int_equal(areas.areas[0].largest_untaken, 10);
	assert_int_equal(holders.list[0].cma_pages, 1);
	assert_int_equal(holders.list[1].cma_pages, 1);
	aw_holders_clear(&holders);
}

/* A page on a cpu's list does not block, but its window is not free yet. */
static void a_page_on_a_list_of_a_cpu(void **state)
{
	struct aw_windows w = count("...,....", "M", false);

	(void)state;
	assert_int_equal(w.free, 1);
	assert_int_equal(w.movable, 1);
	assert_int_equal(w.blocked, 0);
}

static void a_window_with_a_hole_is_none(void **state)
{
	(void)state;
	assert_int_equal(count("..._....", "M", false).total, 1);
}

static void closed_to_some(void **state)
{
	(void)state;
	assert_int_equal(count("................", "CH", false).free, 0);
	assert_int_equal(count("................", "CH", false).closed, 4);
	assert_int_equal(count("................", "CH", true).free, 2);
	assert_int_equal(count("................", "CH", true).closed, 2);
}

static void large_folios_block_where_they_cannot_move(void **state)
{
	struct aw_window_request request = { .order = 2 };
	struct aw_windows windows = { .total = 0 };
	struct aw_zone_pages zone;

	(void)state;
	draw(&zone, "FFFF....", "M");
	aw_windows_count(&zone, &request, &windows);
	assert_int_equal(windows.blocked, 1);
	request.moves_folios = true;
	windows = (struct aw_windows){ .total = 0 };
	aw_windows_count(&zone, &request, &windows);
	assert_int_equal(windows.blocked, 0);
	aw_zone_pages_clear(&zone);
}

static struct aw_simulated compact(const char *before, const char *types, const char *after)
{
	struct aw_simulated simulated;
	struct aw_zone_pages zone;

	draw(&zone, before, types);
	aw_compaction_simulate(&zone, &(struct aw_compaction){ .samples_free = true }, &simulated);
	same_picture(&zone, after);
	aw_zone_pages_clear(&zone);
	return simulated;
}

/* From the start, pages go to the last pageblock with a free page. */
static void pages_move_to_the_end(void **state)
{
	struct aw_simulated s = compact("a..a....kkkkkkkkaa..a.aa", "MMM", "........kkkkkkkkaaaaa.aa");

	(void)state;
	assert_int_equal(s.moved, 2);
	assert_false(s.ran_out);
}

/* The places of the pages that were moved last stay on the list of a cpu. */
static void lists_keep_what_was_left_last(void **state)
{
	static const char *const after[] = { "......kkkkkkkkkkaaaaaaaa", "....,.kkkkkkkkkkaaaaaaaa", ",.,.,.kkkkkkkkkkaaaaaaaa" };
	static const uint64_t keeps[] = { 0, 1, 99 };

	(void)state;
	for (unsigned int i = 0; i < 3; i++) {
		struct aw_simulated s;
		struct aw_zone_pages zone;

		draw(&zone, "a.a.a.kkkkkkkkkka.a.a.aa", "MMM");
		aw_compaction_simulate(&zone, &(struct aw_compaction){ .keeps = keeps[i] }, &s);
		same_picture(&zone, after[i]);
		aw_zone_pages_clear(&zone);
		assert_int_equal(s.moved, 3);
	}
}

static void what_cannot_move_stays(void **state)
{
	compact("a.k.p.S.kkkkkkkkaaaaa.aa", "MMM", "..k.p.S.kkkkkkkkaaaaaaaa");
	(void)state;
}

/* Unmovable pageblocks and wholly free ones take no pages. */
static void not_every_pageblock_is_a_target(void **state)
{
	struct aw_simulated s = compact("a.......k.......................", "MUMM", "a.......k.......................");

	(void)state;
	assert_int_equal(s.moved, 0);
	assert_true(s.ran_out);
}

/*
 * The last pageblock gives nothing, so of the one before it every second page is looked at.  The pages between them
 * are free.  Up to 5.0 they are found.
 */
static void strides_miss_free_pages(void **state)
{
	static const char before[] = "a.a.a.a.kkkkkkkka.a.a.a.aaaaaaaa";
	struct aw_simulated s = compact(before, "MUMM", before);
	struct aw_zone_pages zone;

	(void)state;
	assert_int_equal(s.moved, 0);
	assert_true(s.ran_out);
	assert_true(s.missed);
	draw(&zone, before, "MUMM");
	aw_compaction_simulate(&zone, &(struct aw_compaction){ .samples_free = false }, &s);
	same_picture(&zone, "........kkkkkkkkaaaaaaaaaaaaaaaa");
	aw_zone_pages_clear(&zone);
	assert_int_equal(s.moved, 4);
	assert_false(s.missed);
	/* the other places are looked at */
	s = compact(".a.a.a.akkkkkkkk.a.a.a.aaaaaaaaa", "MUMM", "........kkkkkkkkaaaaaaaaaaaaaaaa");
	assert_int_equal(s.moved, 4);
	assert_false(s.missed);
}

/* What no pageblock is does not lengthen strides: a hole, or one of which the first or the last page is not there. */
static void strides_stay_at_holes(void **state)
{
	(void)state;
	assert_int_equal(compact("a.a.a.a.kkkkkkkka.a.a.a.________", "MUM?", "........kkkkkkkkaaaaaaaa________").moved, 4);
	assert_int_equal(compact("a.a.a.a.kkkkkkkka.a.a.a._aaaaaaa", "MUMM", "........kkkkkkkkaaaaaaaa_aaaaaaa").moved, 4);
	assert_int_equal(compact("a.a.a.a.kkkkkkkka.a.a.a.aaaaaaa_", "MUMM", "........kkkkkkkkaaaaaaaaaaaaaaa_").moved, 4);
	/* a hole within one is not looked for */
	assert_true(compact("a.a.a.a.kkkkkkkka.a.a.a.aaa__aaa", "MUMM", "a.a.a.a.kkkkkkkka.a.a.a.aaa__aaa").missed);
}

/* The zone ends within its last pageblock: the last page of the zone counts. */
static void the_end_of_a_zone_is_no_hole(void **state)
{
	const struct aw_compaction rules = { .samples_free = true };
	struct aw_simulated simulated;
	struct aw_zone_pages zone;

	(void)state;
	draw(&zone, "a.a.a.a.kkkkkkkka.a.a.a.aaaaaa__", "MUMM");
	zone.span.spanned -= 2;
	aw_compaction_simulate(&zone, &rules, &simulated);
	same_picture(&zone, "a.a.a.a.kkkkkkkka.a.a.a.aaaaaa__");
	assert_true(simulated.missed);
	aw_zone_pages_clear(&zone);
}

/* A page is strode over before the one that was wanted is found, and nothing is left for the next. */
static void a_page_beside_the_one_that_is_taken(void **state)
{
	struct aw_simulated s = compact("akkkkkkkakkkkkkkkkkkkkkka..aaaaakkkkkkkk", "MMMMM", ".kkkkkkkakkkkkkkkkkkkkkka.aaaaaakkkkkkkk");

	(void)state;
	assert_int_equal(s.moved, 1);
	assert_true(s.ran_out);
	assert_true(s.missed);
	/* what is looked at later is not missed */
	s = compact("akkkkkkkakkkkkkkkkkkkkkkaa.a.aaakkkkkkkk", "MMMMM", ".kkkkkkk.kkkkkkkkkkkkkkkaaaaaaaakkkkkkkk");
	assert_int_equal(s.moved, 2);
	assert_false(s.missed);
}

/* Two free pageblocks at the end are one block where the kernel has blocks of that order and they may merge. */
static struct aw_simulated compact_below_free(const char *types, unsigned int max_order, const char *after)
{
	struct aw_simulated simulated;
	struct aw_zone_pages zone;

	draw(&zone, "a.a.a.a.kkkkkkkkkkkkkkkka.a.a.a.................", types);
	aw_compaction_simulate(&zone, &(struct aw_compaction){ .samples_free = true, .max_order = max_order }, &simulated);
	same_picture(&zone, after);
	aw_zone_pages_clear(&zone);
	return simulated;
}

/* The second half of a free block is looked at in vain, so below it every second page is: the first of each pair here. */
static void a_larger_free_block_lengthens_strides(void **state)
{
	static const char missed[] = "a.a.a.a.kkkkkkkkkkkkkkkka.a.a.a.................";
	static const char found[] = "........kkkkkkkkkkkkkkkkaaaaaaaa................";

	(void)state;
	assert_true(compact_below_free("MUUMMM", BLOCK_ORDER + 1, missed).missed);
	assert_true(compact_below_free("MUUMRM", BLOCK_ORDER + 2, missed).missed);
	assert_false(compact_below_free("MUUMMM", BLOCK_ORDER, found).missed);
	assert_false(compact_below_free("MUUMCM", BLOCK_ORDER + 1, found).missed);
}

/* The first 40 pages of a pageblock of 64 move, and the last one has room for them; between them are `between` of the kernel. */
static struct aw_simulated compact_large(unsigned int between, bool finishes_blocks, uint64_t *left)
{
	const struct aw_zone_span span = { .name = "Normal", .start = 64, .spanned = 64 * (between + 2) };
	struct aw_simulated simulated;
	struct aw_zone_pages zone;

	assert_int_equal(aw_zone_pages_init(&zone, &span, 6), 0);
	memset(zone.class, AW_PAGE_KERNEL, zone.count);
	memset(zone.class, AW_PAGE_ANON, 40);
	memset(zone.class + zone.count - 40, AW_PAGE_FREE, 40);
	memset(zone.type, AW_MT_MOVABLE, zone.nr_blocks);
	aw_compaction_simulate(&zone, &(struct aw_compaction){ .finishes_blocks = finishes_blocks }, &simulated);
	*left = 0;
	for (unsigned int i = 0; i < 40; i++)
		*left += zone.class[i] == AW_PAGE_ANON;
	for (uint64_t i = 0; i < zone.count; i++)
		assert_true(zone.class[i] < AW_PAGE_CLASSES);
	aw_zone_pages_clear(&zone);
	return simulated;
}

/* Once the migrate scanner is through with a pageblock, the one above it takes no more pages. */
static void the_last_pageblock_is_not_used_up(void **state)
{
	uint64_t left;

	(void)state;
	assert_int_equal(compact_large(1, true, &left).moved, 40);
	assert_int_equal(left, 0);
	assert_int_equal(compact_large(1, false, &left).moved, 40);
	assert_int_equal(compact_large(0, true, &left).moved, 32);
	assert_int_equal(left, 8);
}

/*
 * Nothing in the last pageblock, so of the one before it every second page is looked at.  The pair is found, and thereby every
 * second page from an odd one on: these lie within the block of four, whose first page alone has a mark.
 */
static void a_stride_into_a_free_block(void **state)
{
	struct aw_simulated s = compact("a.a.a.a.kkkkkkkkaa......aaaaaaaa", "MUMM", "a.a.....kkkkkkkkaaaa....aaaaaaaa");

	(void)state;
	assert_int_equal(s.moved, 2);
	assert_true(s.ran_out);
	assert_true(s.missed);
}

/* Nearly full of movable pages: there is no room, so nothing is gained.  The page that was found last moves first. */
static void no_room(void **state)
{
	struct aw_simulated s = compact("aaaa.aaaaaaaaaaaaaaaaaaaaaaaaa.a", "MMMM", "aaaa.aa.aaaaaaaaaaaaaaaaaaaaaaaa");

	(void)state;
	assert_int_equal(s.moved, 1);
	assert_true(s.ran_out);
}

/* What the kernel log says of an area counts where no free block contradicts. */
static void areas_of_the_kernel_log(void **state)
{
	struct aw_zone_pages zone;

	(void)state;
	draw(&zone, "aaaaaaaa" "aaaaaaaa" "aaaaaaaa" "aaaaaaa.", "??CM");
	aw_zone_set_cma(&zone, 72, 24);
	assert_int_equal(zone.type[1], AW_MT_UNKNOWN);
	aw_zone_set_cma(&zone, 56, 16);
	aw_zone_set_cma(&zone, 80, 24);
	assert_int_equal(zone.type[1], AW_MT_UNKNOWN);
	aw_zone_set_cma(&zone, 72, 16);
	assert_int_equal(zone.type[0], AW_MT_UNKNOWN);
	assert_int_equal(zone.type[1], AW_MT_CMA);
	assert_int_equal(zone.type[2], AW_MT_CMA);
	assert_int_equal(zone.type[3], AW_MT_MOVABLE);
	aw_zone_pages_clear(&zone);
}

/* ---- the memory map ---- */

static void cells_have_letters(void **state)
{
	struct aw_zone_pages zone;
	struct aw_cells cells;
	char text[16] = "";

	(void)state;
	draw(&zone, "________" "........" "aa..fff," "kk......" "kSSSaaa." "aaaa...." "........" "aaaaaaaa", "??MMUMCH");
	assert_int_equal(aw_cells_make(&zone, false, AW_CELLS_MAX, &cells), 0);
	assert_int_equal(cells.count, 8);
	for (unsigned int i = 0; i < 8; i++)
		text[i] = aw_cell_letter(&cells.cells[i]);
	assert_string_equal(text, " .mkSmCR");
	assert_int_equal(cells.cells[4].blocked, 4);
	assert_int_equal(cells.cells[4].movable, 3);
	assert_int_equal(cells.cells[4].free, 1);
	assert_int_equal(cells.cells[1].first, 72);
	aw_cells_clear(&cells);
	aw_zone_pages_clear(&zone);
}

static void every_blocking_class_has_a_letter_of_its_own(void **state)
{
	bool used[256] = { false };

	(void)state;
	for (enum aw_page_class class = 0; class < AW_PAGE_CLASSES; class++) {
		unsigned char letter = (unsigned char)aw_page_class_letter(class);

		assert_int_equal(letter != 0, aw_page_blocks(class, false));
		assert_false(letter && used[letter]);
		used[letter] = true;
	}
	assert_false(used['M'] || used['C'] || used['R']);
}

/* ---- /proc/kpageflags ---- */

#define F(n) (1ull << (n))
enum { BUDDY = 10, LRU = 5, ANON = 12, SLAB = 7, HEAD = 15, TAIL = 16, NOPAGE = 20, PGTABLE = 26 };

static void flags_to_classes(void **state)
{
	/* Two free blocks of order 1; the second's inside cannot be told from the kernel pages that follow. */
	static const uint64_t flags[16] = {
		F(NOPAGE), F(LRU) | F(ANON), F(SLAB) | F(HEAD), F(TAIL), F(PGTABLE), F(BUDDY), F(BUDDY), 0,
		F(BUDDY), 0, 0, 0, F(LRU) | F(HEAD), F(TAIL), F(LRU), 0,
	};
	const struct aw_zone counted = { .nr_orders = 11, .nr_free = { 1, 2 } };
	struct aw_zone_pages zone;

	(void)state;
	draw(&zone, "________________", "??");
	assert_int_equal(aw_kpageflags_decode(flags, &counted, &zone), 0);
	same_picture(&zone, "_aSSt.....kkFFfk");
	aw_zone_pages_clear(&zone);
}

/*
 * Before 4.18 page tables have no flag, and tail pages show those of their head.  Nor have pages on lists of cpus ever one:
 * they are in no free block, and count as kernel pages.
 */
static void flags_of_3_18(void **state)
{
	enum { REFERENCED = 2, UPTODATE = 3, MMAP = 11, SWAPBACKED = 14, RESERVED = 32 };
	static const uint64_t flags[16] = {
		F(RESERVED), F(SLAB) | F(HEAD), F(SLAB) | F(TAIL), F(LRU) | F(ANON) | F(MMAP) | F(SWAPBACKED) | F(UPTODATE),
		F(LRU) | F(MMAP) | F(REFERENCED) | F(UPTODATE), F(LRU) | F(SWAPBACKED), 0, 0,
		F(BUDDY), 0, 0, 0, F(HEAD), F(TAIL), F(BUDDY), F(NOPAGE),
	};
	const struct aw_zone counted = { .nr_orders = 11, .nr_free = { 1, 0, 1 } };
	struct aw_zone_pages zone;

	(void)state;
	draw(&zone, "________________", "??");
	assert_int_equal(aw_kpageflags_decode(flags, &counted, &zone), 0);
	same_picture(&zone, "RSSafskk....kk._");
	aw_zone_pages_clear(&zone);
}

static void a_folio_of_a_pageblock_is_huge(void **state)
{
	uint64_t flags[16] = { F(LRU) | F(ANON) | F(HEAD), [8] = F(LRU) | F(ANON) | F(HEAD), F(TAIL), F(TAIL), F(TAIL) };
	const struct aw_zone counted = { .nr_orders = 11 };
	struct aw_zone_pages zone;

	(void)state;
	for (unsigned int i = 1; i < 8; i++)
		flags[i] = F(TAIL);
	draw(&zone, "________________", "??");
	assert_int_equal(aw_kpageflags_decode(flags, &counted, &zone), 0);
	same_picture(&zone, "HHHHHHHHFFFFkkkk");
	aw_zone_pages_clear(&zone);
}

static void spans(void **state)
{
	static const char text[] =
		"Node 0, zone      DMA\n  per-node stats\n      nr_inactive_anon 0\n  pages free     3840\n        min      67\n"
		"        spanned  4095\n        present  3998\n        managed  3840\n  start_pfn:           1\n"
		"Node 0, zone  Movable\n  pages free     0\n        spanned  0\n        managed  0\n"
		"Node 1, zone   Normal\n  pages free     10\n        spanned  512\n        managed  500\n  start_pfn:           8192\n";
	struct aw_zone_span found[4];

	(void)state;
	assert_int_equal(aw_zone_spans_parse(text, sizeof(text) - 1, found, 4), 2);
	assert_string_equal(found[0].name, "DMA");
	assert_int_equal(found[0].start, 1);
	assert_int_equal(found[0].spanned, 4095);
	assert_int_equal(found[1].node, 1);
	assert_string_equal(found[1].name, "Normal");
	assert_int_equal(found[1].start, 8192);
	assert_int_equal(found[1].spanned, 512);
	assert_int_equal(aw_zone_spans_parse(text, sizeof(text) - 1, found, 1), 1);
	assert_int_equal(aw_zone_spans_parse("", 0, found, 4), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(windows_by_content),
		cmocka_unit_test(windows_by_holder),
		cmocka_unit_test(cma_areas),
		cmocka_unit_test(a_page_on_a_list_of_a_cpu),
		cmocka_unit_test(a_window_with_a_hole_is_none),
		cmocka_unit_test(closed_to_some),
		cmocka_unit_test(large_folios_block_where_they_cannot_move),
		cmocka_unit_test(pages_move_to_the_end),
		cmocka_unit_test(lists_keep_what_was_left_last),
		cmocka_unit_test(what_cannot_move_stays),
		cmocka_unit_test(not_every_pageblock_is_a_target),
		cmocka_unit_test(strides_miss_free_pages),
		cmocka_unit_test(strides_stay_at_holes), cmocka_unit_test(the_end_of_a_zone_is_no_hole),
		cmocka_unit_test(a_page_beside_the_one_that_is_taken),
		cmocka_unit_test(a_larger_free_block_lengthens_strides),
		cmocka_unit_test(the_last_pageblock_is_not_used_up), cmocka_unit_test(a_stride_into_a_free_block),
		cmocka_unit_test(no_room), cmocka_unit_test(areas_of_the_kernel_log),
		cmocka_unit_test(cells_have_letters),
		cmocka_unit_test(every_blocking_class_has_a_letter_of_its_own),
		cmocka_unit_test(flags_to_classes),
		cmocka_unit_test(flags_of_3_18),
		cmocka_unit_test(a_folio_of_a_pageblock_is_huge),
		cmocka_unit_test(spans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

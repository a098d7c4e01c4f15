// SPDX-License-Identifier: GPL-2.0
/*
 * Classifies page structures by the rules of include/linux/page-flags.h and
 * mm/migrate.c.
 */
#include "pages/decode.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST_ORDER 20
#define MAPPING_ANON 1u		/* PAGE_MAPPING_ANON; KSM pages have it, too */
#define MAPPING_MOVABLE 2u	/* PAGE_MAPPING_MOVABLE, up to 6.16 */
#define MAPPING_FLAGS 3u

/* The members of one struct page that decide. */
struct view {
	uint64_t flags, mapping, lru, private;
	uint32_t type;
	int64_t refcount, mapcount;	/* mapcount: of a page that is not compound */
	bool tail;
};

static uint64_t word(const uint8_t *raw, unsigned int offset)
{
	uint64_t value;

	memcpy(&value, raw + offset, sizeof(value));
	return value;
}

static int32_t half(const uint8_t *raw, unsigned int offset)
{
	int32_t value;

	memcpy(&value, raw + offset, sizeof(value));
	return value;
}

static struct view view_of(const struct aw_page_layout *layout, const uint8_t *raw)
{
	struct view view = {
		.flags = word(raw, 0),
		.mapping = word(raw, layout->mapping),
		.lru = word(raw, layout->lru),
		.private = word(raw, layout->private),
		.type = (uint32_t)half(raw, layout->type),
		.refcount = half(raw, layout->refcount),
		.tail = word(raw, layout->compound) & 1,
	};

	view.mapcount = (int64_t)(int32_t)view.type + 1;	/* _mapcount shares its place with page_type */
	return view;
}

static bool has_flag(const struct aw_page_layout *layout, const struct view *view, enum aw_page_flags flag)
{
	return view->flags & layout->flag[flag];
}

static bool is_type(const struct aw_page_layout *layout, const struct view *view, enum aw_page_types type)
{
	const struct aw_page_type *row = &layout->types[type];

	return row->mask && (view->type & row->mask) == row->value;
}

/* Marked by page_type, or by a flag. */
static enum aw_page_class class_of_mark(const struct aw_page_layout *layout, const struct view *view)
{
	static const struct {
		enum aw_page_types type;
		enum aw_page_class class;
	} rows[] = {
		{ AW_TYPE_TABLE, AW_PAGE_TABLE }, { AW_TYPE_SLAB, AW_PAGE_SLAB }, { AW_TYPE_HUGETLB, AW_PAGE_HUGETLB },
		{ AW_TYPE_ZSMALLOC, AW_PAGE_DRIVER }, { AW_TYPE_NETPP, AW_PAGE_POOL }, { AW_TYPE_GUARD, AW_PAGE_OFFLINE },
	};
	bool movable = has_flag(layout, view, AW_FLAG_MOVABLE_OPS) ||
		       (view->mapping & MAPPING_FLAGS) == MAPPING_MOVABLE;

	if (is_type(layout, view, AW_TYPE_OFFLINE))	/* balloons use it for pages that they can move */
		return movable ? AW_PAGE_DRIVER : AW_PAGE_OFFLINE;
	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (is_type(layout, view, rows[i].type))
			return rows[i].class;
	if (has_flag(layout, view, AW_FLAG_SLAB))
		return AW_PAGE_SLAB;
	if (has_flag(layout, view, AW_FLAG_RESERVED))
		return AW_PAGE_RESERVED;
	return has_flag(layout, view, AW_FLAG_POISON) ? AW_PAGE_POISONED : AW_PAGE_NONE;
}

/*
 * folio_expected_refs() of mm/migrate.c, for a page that is not compound: one
 * reference for each mapping, one of the page cache or the swap cache, one
 * for private data.
 */
static int64_t expected_references(const struct aw_page_layout *layout, const struct view *view)
{
	int64_t expected = view->mapcount > 0 ? view->mapcount : 0;

	if (view->mapping & MAPPING_ANON)
		return expected + has_flag(layout, view, AW_FLAG_SWAPCACHE);
	return expected + (view->mapping != 0) +
	       (has_flag(layout, view, AW_FLAG_PRIVATE) || has_flag(layout, view, AW_FLAG_PRIVATE_2));
}

/* A page that waits in a cpu's batch for its LRU list has another reference; compaction drains these batches. */
static bool is_pinned(const struct aw_page_layout *layout, const struct view *view)
{
	int64_t batch = has_flag(layout, view, AW_FLAG_LRU) ? 0 : 1;

	return view->refcount > expected_references(layout, view) + batch;
}

/* Of a process or a file. */
static enum aw_page_class class_of_user(const struct aw_page_layout *layout, const struct view *view)
{
	if (has_flag(layout, view, AW_FLAG_HEAD))
		return AW_PAGE_FOLIO;
	if (is_pinned(layout, view))
		return AW_PAGE_PINNED;
	if (has_flag(layout, view, AW_FLAG_MLOCKED))
		return AW_PAGE_MLOCKED;
	if (view->mapping & MAPPING_ANON)
		return AW_PAGE_ANON;
	if (has_flag(layout, view, AW_FLAG_SWAPBACKED))
		return AW_PAGE_SHMEM;
	if (has_flag(layout, view, AW_FLAG_WRITEBACK))
		return AW_PAGE_WRITEBACK;
	return has_flag(layout, view, AW_FLAG_DIRTY) ? AW_PAGE_FILE_DIRTY : AW_PAGE_FILE;
}

/* Memory that was announced and never given to the allocator: its structure is all zero, even _mapcount, which starts at -1. */
static bool was_never_used(const struct view *view)
{
	return !view->flags && !view->refcount && !view->type && !view->lru && !view->mapping;
}

static enum aw_page_class class_of(const struct aw_page_layout *layout, const struct view *view)
{
	enum aw_page_class marked;

	if (was_never_used(view))
		return AW_PAGE_NONE;
	marked = class_of_mark(layout, view);
	if (marked != AW_PAGE_NONE)
		return marked;
	if (!view->refcount && !has_flag(layout, view, AW_FLAG_HEAD))
		return AW_PAGE_PCP;
	if (has_flag(layout, view, AW_FLAG_LRU))
		return class_of_user(layout, view);
	if (layout->pool_magic && (view->lru & ~3ull) == layout->pool_magic)
		return AW_PAGE_POOL;
	if ((view->mapping & MAPPING_FLAGS) == MAPPING_MOVABLE)
		return AW_PAGE_DRIVER;
	return view->mapping ? class_of_user(layout, view) : AW_PAGE_KERNEL;
}

static int add_free(struct aw_free_blocks *free_blocks, const struct aw_free_block *block)
{
	if (free_blocks->count == free_blocks->room) {
		uint64_t room = free_blocks->room ? 2 * free_blocks->room : 1024;
		struct aw_free_block *more = reallocarray(free_blocks->blocks, room, sizeof(*more));

		if (!more)
			return -ENOMEM;
		free_blocks->blocks = more;
		free_blocks->room = room;
	}
	free_blocks->blocks[free_blocks->count++] = *block;
	return 0;
}

static void set_class(struct aw_zone_pages *zone, uint64_t pfn, enum aw_page_class class)
{
	if (aw_zone_has(zone, pfn))
		zone->class[pfn - zone->start] = (uint8_t)class;
}

static int decode_free(struct aw_page_decoder *decoder, uint64_t pfn, const struct view *view)
{
	const struct aw_free_block block = { .pfn = pfn, .next = view->lru, .order = (unsigned int)view->private };

	/* The block changed while it was read. */
	if (view->private > LARGEST_ORDER || pfn & ((1ull << view->private) - 1)) {
		set_class(decoder->zone, pfn, AW_PAGE_FREE);
		return 0;
	}
	decoder->free_until = pfn + (1ull << view->private);
	set_class(decoder->zone, pfn, AW_PAGE_FREE);
	return aw_zone_has(decoder->zone, pfn) ? add_free(&decoder->free, &block) : 0;
}

static int add_unmarked(struct aw_page_decoder *decoder, uint64_t pfn, const struct view *view)
{
	const struct aw_free_block block = { .pfn = pfn, .next = view->lru };

	return aw_zone_has(decoder->zone, pfn) ? add_free(&decoder->unmarked, &block) : 0;
}

/* A tail page is what its head is.  What the head is, its length or its first tail page may show. */
static void decode_tail(struct aw_page_decoder *decoder, uint64_t pfn, const uint8_t *raw)
{
	const struct aw_page_layout *layout = decoder->layout;
	struct aw_zone_pages *zone = decoder->zone;
	enum aw_page_class class;
	uint64_t pages;

	if (decoder->head_until != pfn || !aw_zone_has(zone, decoder->head)) {
		set_class(zone, pfn, AW_PAGE_KERNEL);	/* its head is not known */
		return;
	}
	class = zone->class[decoder->head - zone->start];
	pages = ++decoder->head_until - decoder->head;
	if (pages == 2 && layout->dtor && raw[layout->dtor] == layout->dtor_hugetlb) {
		class = AW_PAGE_HUGETLB;
		set_class(zone, decoder->head, class);
	}
	if (class == AW_PAGE_FOLIO && pages == 1ull << zone->pageblock_order) {
		class = AW_PAGE_HUGE;
		for (uint64_t i = decoder->head; i < pfn; i++)
			set_class(zone, i, class);
	}
	set_class(zone, pfn, class);
	if (zone->holder && aw_zone_has(zone, pfn))
		zone->holder[pfn - zone->start] = zone->holder[decoder->head - zone->start];
}

/* ---- pages like the last one ---- */

static uint64_t counts_of(const struct aw_page_layout *layout, const uint8_t *raw)
{
	return (uint64_t)(uint32_t)half(raw, layout->type) << 32 | (uint32_t)half(raw, layout->refcount);
}

/* Does the first word of lru say something, of which `last` knows nothing? */
static bool lru_tells(const struct aw_page_layout *layout, uint64_t lru)
{
	return !lru || (lru & ~3ull) == layout->pool_magic;
}

/* A page of the same class as `last`; tail pages, free blocks and heads never are. */
static bool is_alike(const struct aw_page_decoder *decoder, const uint8_t *raw)
{
	const struct aw_page_layout *layout = decoder->layout;
	const struct aw_page_alike *last = &decoder->last;
	uint64_t lru = word(raw, layout->lru);

	return last->class != AW_PAGE_NONE && (word(raw, 0) & decoder->flags) == last->flags &&
	       word(raw, layout->mapping) == last->mapping && counts_of(layout, raw) == last->counts &&
	       !(word(raw, layout->compound) & 1) && !lru_tells(layout, lru);
}

static void remember(struct aw_page_decoder *decoder, const struct view *view, const uint8_t *raw, enum aw_page_class class)
{
	if (lru_tells(decoder->layout, view->lru))
		return;
	decoder->last = (struct aw_page_alike){ .flags = view->flags & decoder->flags, .mapping = view->mapping,
						.counts = counts_of(decoder->layout, raw), .class = (uint8_t)class };
}

/* Slabs and pinned pages are looked at one by one if it matters whose they are.  TYPES: it does not. */
static enum aw_holder_type holder_type(const struct aw_page_decoder *decoder, const struct view *view, enum aw_page_class class)
{
	if (!decoder->holders || !decoder->zone->holder)
		return AW_HOLDER_TYPES;
	if (class == AW_PAGE_SLAB && decoder->layout->slab_cache)
		return AW_HOLDER_CACHE;
	if (class != AW_PAGE_PINNED || !(view->mapping & ~(uint64_t)MAPPING_FLAGS))
		return AW_HOLDER_TYPES;
	/* The anon_vma of a page that nobody maps any more may be gone: folio_lock_anon_vma_read(). */
	if ((view->mapping & MAPPING_FLAGS) == MAPPING_ANON && view->mapcount > 0 && decoder->layout->owner.known)
		return AW_HOLDER_ANON;
	return !(view->mapping & MAPPING_FLAGS) && decoder->layout->file.known ? AW_HOLDER_FILE : AW_HOLDER_TYPES;
}

static void set_holder(struct aw_page_decoder *decoder, uint64_t pfn, const struct view *view, const uint8_t *raw,
		       enum aw_page_class class, enum aw_holder_type type)
{
	uint64_t key = type == AW_HOLDER_CACHE ? word(raw, decoder->layout->slab_cache) : view->mapping & ~(uint64_t)MAPPING_FLAGS;

	if (type != AW_HOLDER_TYPES && aw_zone_has(decoder->zone, pfn))
		decoder->zone->holder[pfn - decoder->zone->start] = aw_holder_of(decoder->holders, type, class, key);
}

static int decode_one(struct aw_page_decoder *decoder, uint64_t pfn, const uint8_t *raw)
{
	enum aw_holder_type holder;
	enum aw_page_class class;
	struct view view;

	if (pfn < decoder->free_until) {
		set_class(decoder->zone, pfn, AW_PAGE_FREE);
		return 0;
	}
	if (is_alike(decoder, raw)) {
		decoder->head_until = 0;
		set_class(decoder->zone, pfn, decoder->last.class);
		return 0;
	}
	view = view_of(decoder->layout, raw);
	if (view.tail) {
		decode_tail(decoder, pfn, raw);
		return 0;
	}
	decoder->head_until = 0;
	if (is_type(decoder->layout, &view, AW_TYPE_BUDDY))
		return decode_free(decoder, pfn, &view);
	class = class_of(decoder->layout, &view);
	if (class == AW_PAGE_FILE_DIRTY && decoder->memory &&
	    !aw_dirty_moves(&decoder->dirty, &decoder->layout->dirty, decoder->memory, view.mapping))
		class = AW_PAGE_FILE_STUCK;
	set_class(decoder->zone, pfn, class);
	holder = holder_type(decoder, &view, class);
	set_holder(decoder, pfn, &view, raw, class, holder);
	if (has_flag(decoder->layout, &view, AW_FLAG_HEAD)) {
		decoder->head = pfn;
		decoder->head_until = pfn + 1;
	} else if (class == AW_PAGE_PCP) {
		return add_unmarked(decoder, pfn, &view);
	} else if (holder == AW_HOLDER_TYPES) {
		remember(decoder, &view, raw, class);
	}
	return 0;
}

void aw_page_decoder_init(struct aw_page_decoder *decoder, const struct aw_page_layout *layout,
			  struct aw_zone_pages *zone)
{
	*decoder = (struct aw_page_decoder){ .layout = layout, .zone = zone };
	for (unsigned int i = 0; i < AW_FLAGS; i++)
		decoder->flags |= layout->flag[i];
}

void aw_page_decoder_clear(struct aw_page_decoder *decoder)
{
	free(decoder->free.blocks);
	free(decoder->unmarked.blocks);
	decoder->free = decoder->unmarked = (struct aw_free_blocks){ NULL, 0, 0 };
}

int aw_page_decode(struct aw_page_decoder *decoder, uint64_t pfn, const uint8_t *raw, uint64_t count)
{
	for (uint64_t i = 0; i < count; i++) {
		int err = decode_one(decoder, pfn + i, raw + i * decoder->layout->size);

		if (err)
			return err;
	}
	return 0;
}

void aw_page_decode_free(struct aw_page_decoder *decoder, uint64_t pfn, uint64_t count)
{
	struct aw_zone_pages *zone = decoder->zone;
	uint64_t first = pfn > zone->start ? pfn : zone->start;
	uint64_t end = pfn + count < zone->start + zone->count ? pfn + count : zone->start + zone->count;

	if (first < end)
		memset(&zone->class[first - zone->start], AW_PAGE_FREE, end - first);
}

void aw_page_decode_gap(struct aw_page_decoder *decoder)
{
	decoder->head_until = decoder->free_until = 0;
}

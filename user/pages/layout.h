/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The layout of struct page in one kernel, from its BTF.
 */
#ifndef AW_PAGES_LAYOUT_H
#define AW_PAGES_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "pages/sections.h"
#include "system/btf.h"

/*
 * A type in page_type: (page_type & mask) == value.  4.18 to 6.10 clear a bit for
 * each type below a base of 0xf0000000; 6.11 has other bits (enum pagetype, PG_*);
 * 6.12 on has a number in the top byte (PGTY_*).  mask 0: this kernel has no such type.
 */
struct aw_page_type {
	uint32_t mask, value;
};

enum aw_page_types {
	AW_TYPE_BUDDY, AW_TYPE_OFFLINE, AW_TYPE_TABLE, AW_TYPE_GUARD, AW_TYPE_HUGETLB, AW_TYPE_SLAB, AW_TYPE_ZSMALLOC,
	AW_TYPE_NETPP, AW_TYPES
};

enum aw_page_flags {
	AW_FLAG_LRU, AW_FLAG_HEAD, AW_FLAG_RESERVED, AW_FLAG_DIRTY, AW_FLAG_WRITEBACK, AW_FLAG_SWAPBACKED, AW_FLAG_SWAPCACHE,
	AW_FLAG_MLOCKED, AW_FLAG_PRIVATE, AW_FLAG_PRIVATE_2, AW_FLAG_POISON, AW_FLAG_SLAB, AW_FLAG_MOVABLE_OPS, AW_FLAGS
};

/* From a page's mapping to the name of its file: offsets of members, bytes. */
struct aw_file_layout {
	bool known;
	unsigned int host;		/* address_space: the inode */
	unsigned int super, dentries, number;	/* inode */
	unsigned int fs_name;		/* super_block: s_id, text in place */
	unsigned int alias, name;	/* dentry: its place in the inode's list; qstr */
	unsigned int text;		/* qstr: address of the text */
};
#define AW_FS_NAME 32			/* bytes of s_id */

/* From a file's mapping to what its file system can do with dirty pages: offsets of members, bytes. */
struct aw_dirty_layout {
	bool known;
	unsigned int operations;	/* address_space: a_ops */
	unsigned int move;		/* migrate_folio; migratepage up to 5.19 */
	bool writes;			/* there is such an operation: up to 6.15 */
	unsigned int write;		/* writepage */
};

/* From an anonymous page's mapping to its process: offsets of members, bytes. */
struct aw_owner_layout {
	bool known;
	unsigned int root;		/* anon_vma: the tree of its mappings */
	unsigned int left, right;	/* rb_node */
	unsigned int node, vma;		/* anon_vma_chain: its place in the tree; the mapping */
	unsigned int anon_vma, mm;	/* vm_area_struct */
	unsigned int owner;		/* mm_struct: the task (CONFIG_MEMCG) */
	unsigned int pid, comm;		/* task_struct: tgid; text in place */
};

/*
 * struct per_cpu_pages.  5.13 gave it lists for orders up to 3 and one for huge
 * pages ("mm/page_alloc: allow high-order pages to be stored on the per-cpu lists").
 */
struct aw_pcp_layout {
	unsigned int count, lists;	/* offsets of members, bytes */
	unsigned int nr_lists;		/* 0: not known */
	unsigned int types;		/* MIGRATE_PCPTYPES: lists of an order */
};

struct aw_page_layout {
	unsigned int size;		/* of struct page, bytes */
	/* Offsets of members, bytes. */
	unsigned int type, refcount, mapping, private, lru, compound;
	unsigned int dtor;		/* compound_dtor of the first tail page, up to 6.1; 0: none */
	uint8_t dtor_hugetlb;		/* HUGETLB_PAGE_DTOR */
	uint64_t flag[AW_FLAGS];	/* the bit as a mask; 0: this kernel has none */
	struct aw_page_type types[AW_TYPES];
	uint64_t pool_magic;		/* PP_SIGNATURE; 0: not known */
	unsigned int free_area_size;	/* of struct free_area, bytes */
	unsigned int free_area_count;	/* offset of its nr_free */
	unsigned int free_area;		/* its offset in struct zone */
	struct aw_pcp_layout pcp;
	struct aw_file_layout file;
	struct aw_owner_layout owner;
	struct aw_dirty_layout dirty;
	struct aw_section_layout sections;
	unsigned int slab_cache;	/* of a slab's first page, offset; 0: not known */
	unsigned int cache_name;	/* offset in struct kmem_cache */
	bool moves_folios;		/* compaction moves compound pages (6.9 on) */
};

/* 0, or -ENOTSUP with the reason. */
int aw_page_layout_read(const struct aw_btf *btf, struct aw_page_layout *out, struct aw_error *error);

#endif

// SPDX-License-Identifier: GPL-2.0
/*
 * The layout of struct page in one kernel, from its BTF.
 */
#include "pages/layout.h"

#include <errno.h>
#include <stddef.h>

#include "base/array.h"

#define LARGEST_PAGE_STRUCT 128

/*
 * compound_head became compound_info in 7.1; bit 0 still marks a tail page.
 * Before 6.10 slab pages have a flag, later a type.  5.18 gave `lru` more names.
 */
static const struct member {
	const char *names[2];
	size_t offset;
} members[] = {
	{ { "page_type" }, offsetof(struct aw_page_layout, type) },
	{ { "_refcount" }, offsetof(struct aw_page_layout, refcount) },
	{ { "mapping" }, offsetof(struct aw_page_layout, mapping) },
	{ { "private" }, offsetof(struct aw_page_layout, private) },
	{ { "lru" }, offsetof(struct aw_page_layout, lru) },
	{ { "compound_head", "compound_info" }, offsetof(struct aw_page_layout, compound) },
};

static const struct flag {
	const char *name;
	bool needed;
} flags[] = {
	[AW_FLAG_LRU] = { "PG_lru", true },
	[AW_FLAG_HEAD] = { "PG_head", true },
	[AW_FLAG_RESERVED] = { "PG_reserved", true },
	[AW_FLAG_DIRTY] = { "PG_dirty", true },
	[AW_FLAG_WRITEBACK] = { "PG_writeback", true },
	[AW_FLAG_SWAPBACKED] = { "PG_swapbacked", true },
	[AW_FLAG_SWAPCACHE] = { "PG_swapcache", true },
	[AW_FLAG_MLOCKED] = { "PG_mlocked", false },	/* CONFIG_MMU */
	[AW_FLAG_PRIVATE] = { "PG_private", true },
	[AW_FLAG_PRIVATE_2] = { "PG_private_2", true },
	[AW_FLAG_POISON] = { "PG_hwpoison", false },	/* CONFIG_MEMORY_FAILURE */
	[AW_FLAG_SLAB] = { "PG_slab", false },		/* up to 6.10 */
	[AW_FLAG_MOVABLE_OPS] = { "PG_movable_ops", false },	/* 6.17 on */
};
_Static_assert(ARRAY_SIZE(flags) == AW_FLAGS, "a flag has no name");

/* Numbers of 6.12 on, bits of 6.11, and bits below 0xf0000000 before (include/linux/page-flags.h; not in BTF). */
static const struct type {
	const char *number, *bit;
	uint32_t old_bit;		/* 0: these had no type before 6.11 */
} types[] = {
	[AW_TYPE_BUDDY] = { "PGTY_buddy", "PG_buddy", 0x80 },
	[AW_TYPE_OFFLINE] = { "PGTY_offline", "PG_offline", 0x100 },
	[AW_TYPE_TABLE] = { "PGTY_table", "PG_table", 0x200 },
	[AW_TYPE_GUARD] = { "PGTY_guard", "PG_guard", 0x400 },
	[AW_TYPE_HUGETLB] = { "PGTY_hugetlb", "PG_hugetlb", 0x800 },
	[AW_TYPE_SLAB] = { "PGTY_slab", "PG_slab", 0x1000 },
	[AW_TYPE_ZSMALLOC] = { "PGTY_zsmalloc", "PG_zsmalloc", 0 },
	[AW_TYPE_NETPP] = { "PGTY_netpp", NULL, 0 },
};
_Static_assert(ARRAY_SIZE(types) == AW_TYPES, "a type has no name");
/* 0x800 came with 6.9 and 0x1000 with 6.10; no earlier kernel clears these bits. */
#define OLD_BASE 0xf0000000u

/* POISON_POINTER_DELTA of both architectures, and PP_SIGNATURE (include/linux/poison.h). */
#define POOL_MAGIC 0xdead000000000040ull

static int read_members(const struct aw_btf *btf, struct aw_page_layout *out, struct aw_error *error)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(members); i++) {
		unsigned int *at = (unsigned int *)((char *)out + members[i].offset);
		const char *const *names = members[i].names;

		if (aw_btf_member(btf, "page", names[0], at) && (!names[1] || aw_btf_member(btf, "page", names[1], at)))
			return aw_error_set(error, -ENOTSUP, "struct page of this kernel has no '%s'", names[0]);
	}
	return 0;
}

static int read_flags(const struct aw_btf *btf, struct aw_page_layout *out, struct aw_error *error)
{
	for (unsigned int i = 0; i < AW_FLAGS; i++) {
		int64_t bit;

		if (!aw_btf_enumerator(btf, "pageflags", flags[i].name, &bit) && bit >= 0 && bit < 64)
			out->flag[i] = 1ull << bit;
		else if (flags[i].needed)
			return aw_error_set(error, -ENOTSUP, "this kernel has no page flag %s", flags[i].name);
	}
	return 0;
}

/*
 * Up to 5.10 PG_kmemcg had 0x200, and the following types the next bits; 5.11 ("mm:
 * memcontrol: Use helpers to read page's memcg data" and its series) replaced it,
 * and page->mem_cgroup by memcg_data.
 */
static uint32_t old_bit(const struct aw_btf *btf, uint32_t bit)
{
	unsigned int offset;

	if (bit < 0x200 || aw_btf_member(btf, "page", "mem_cgroup", &offset))
		return bit;
	return bit < 0x800 ? bit << 1 : 0;	/* later types did not exist */
}

static struct aw_page_type type_of(const struct aw_btf *btf, const struct type *type)
{
	uint32_t bit = old_bit(btf, type->old_bit);
	int64_t value, base;

	if (!aw_btf_enumerator(btf, "pagetype", type->number, &value))
		return (struct aw_page_type){ 0xff000000u, (uint32_t)value << 24 };
	if (!aw_btf_enumerator(btf, "pagetype", "PAGE_TYPE_BASE", &base)) {
		if (!type->bit || aw_btf_enumerator(btf, "pagetype", type->bit, &value))
			return (struct aw_page_type){ 0, 0 };
		return (struct aw_page_type){ (uint32_t)(base | value), (uint32_t)base };
	}
	if (!bit || !aw_btf_enumerator(btf, "pagetype", "PGTY_buddy", &value))
		return (struct aw_page_type){ 0, 0 };
	return (struct aw_page_type){ OLD_BASE | bit, OLD_BASE };
}

/* Up to 6.8 compact_control::freepages is one list; from 6.9 on it has one an order. */
static bool moves_folios(const struct aw_btf *btf)
{
	return aw_btf_member_elements(btf, "compact_control", "freepages");
}

/* Without BTF of these, all pages on the lists of cpus are taken for single ones. */
static void read_pcp(const struct aw_btf *btf, struct aw_pcp_layout *out)
{
	int64_t number;

	if (aw_btf_member(btf, "per_cpu_pages", "count", &out->count) ||
	    aw_btf_member(btf, "per_cpu_pages", "lists", &out->lists) ||
	    aw_btf_enumerator(btf, "migratetype", "MIGRATE_PCPTYPES", &number) || number < 1 || number > 16)
		return;
	out->types = (unsigned int)number;
	out->nr_lists = aw_btf_member_elements(btf, "per_cpu_pages", "lists");
}

/* 5.17 gave slabs a structure of their own ("mm: Split slab into its own type"). */
static void read_slab(const struct aw_btf *btf, struct aw_page_layout *out)
{
	if (aw_btf_member(btf, "kmem_cache", "name", &out->cache_name) ||
	    (aw_btf_member(btf, "slab", "slab_cache", &out->slab_cache) &&
	     aw_btf_member(btf, "page", "slab_cache", &out->slab_cache)) ||
	    out->slab_cache + sizeof(uint64_t) > out->size)
		out->slab_cache = 0;
}

/* The union that d_alias is in has the name d_u in most kernels. */
static bool read_file(const struct aw_btf *btf, struct aw_file_layout *out)
{
	return !aw_btf_member(btf, "address_space", "host", &out->host) && !aw_btf_member(btf, "inode", "i_sb", &out->super) &&
	       !aw_btf_member(btf, "inode", "i_dentry", &out->dentries) && !aw_btf_member(btf, "inode", "i_ino", &out->number) &&
	       !aw_btf_member(btf, "super_block", "s_id", &out->fs_name) &&
	       (!aw_btf_member(btf, "dentry", "d_u", &out->alias) || !aw_btf_member(btf, "dentry", "d_alias", &out->alias)) &&
	       !aw_btf_member(btf, "dentry", "d_name", &out->name) && !aw_btf_member(btf, "qstr", "name", &out->text);
}

/* 6.0: "fs: Add aops->migrate_folio"; 6.16: "mm: Remove aops->writepage". */
static void read_dirty(const struct aw_btf *btf, struct aw_dirty_layout *out)
{
	out->known = !aw_btf_member(btf, "address_space", "a_ops", &out->operations) &&
		     (!aw_btf_member(btf, "address_space_operations", "migrate_folio", &out->move) ||
		      !aw_btf_member(btf, "address_space_operations", "migratepage", &out->move));
	out->writes = !aw_btf_member(btf, "address_space_operations", "writepage", &out->write);
}

static bool read_owner(const struct aw_btf *btf, struct aw_owner_layout *out)
{
	return !aw_btf_member(btf, "anon_vma", "rb_root", &out->root) && !aw_btf_member(btf, "rb_node", "rb_left", &out->left) &&
	       !aw_btf_member(btf, "rb_node", "rb_right", &out->right) && !aw_btf_member(btf, "anon_vma_chain", "rb", &out->node) &&
	       !aw_btf_member(btf, "anon_vma_chain", "vma", &out->vma) &&
	       !aw_btf_member(btf, "vm_area_struct", "anon_vma", &out->anon_vma) &&
	       !aw_btf_member(btf, "vm_area_struct", "vm_mm", &out->mm) && !aw_btf_member(btf, "mm_struct", "owner", &out->owner) &&
	       !aw_btf_member(btf, "task_struct", "tgid", &out->pid) && !aw_btf_member(btf, "task_struct", "comm", &out->comm);
}

int aw_page_layout_read(const struct aw_btf *btf, struct aw_page_layout *out, struct aw_error *error)
{
	int64_t hugetlb;
	int err;

	*out = (struct aw_page_layout){ .pool_magic = POOL_MAGIC };
	if (aw_btf_size(btf, "page", &out->size) || out->size > LARGEST_PAGE_STRUCT ||
	    aw_btf_size(btf, "free_area", &out->free_area_size) || aw_btf_member(btf, "free_area", "nr_free", &out->free_area_count) ||
	    aw_btf_member(btf, "zone", "free_area", &out->free_area))
		return aw_error_set(error, -ENOTSUP, "the BTF of this kernel does not describe its pages");
	err = read_members(btf, out, error);
	if (!err)
		err = read_flags(btf, out, error);
	if (err)
		return err;
	for (unsigned int i = 0; i < AW_TYPES; i++)
		out->types[i] = type_of(btf, &types[i]);
	if (aw_btf_member(btf, "page", "compound_dtor", &out->dtor) ||
	    aw_btf_enumerator(btf, "compound_dtor_id", "HUGETLB_PAGE_DTOR", &hugetlb))
		out->dtor = 0;
	else
		out->dtor_hugetlb = (uint8_t)hugetlb;
	read_pcp(btf, &out->pcp);
	read_slab(btf, out);
	out->file.known = read_file(btf, &out->file);
	read_dirty(btf, &out->dirty);
	out->owner.known = read_owner(btf, &out->owner);
	aw_section_layout_read(btf, &out->sections);
	out->moves_folios = moves_folios(btf);
	return 0;
}

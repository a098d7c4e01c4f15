// SPDX-License-Identifier: GPL-2.0
/*
 * What is known of a function by its name.
 *
 * Two tables: the groups here, each with the reason why its functions are
 * known, and the names of function_rows.h.  A name is looked up for every frame
 * of every stack, so the names are sorted: a lookup takes about ten comparisons.
 */
#include "mm/function.h"

#include <string.h>

#include "base/array.h"
#include "base/demangle.h"

struct row {
	const char *pattern;
	uint8_t len;		/* of the pattern up to its '*' */
	bool prefix;		/* it ends with '*' */
	uint8_t group;
};

#define LENGTH(text) (sizeof(text) - 1)
#define IS_PREFIX(text) ((text)[LENGTH(text) - 1] == '*')
#define ROW(text, name) { text, LENGTH(text) - IS_PREFIX(text), IS_PREFIX(text), AW_FN_##name },

static const struct row rows[] = {
#include "mm/function_rows.h"
};
#define ROWS ARRAY_SIZE(rows)

_Static_assert(AW_FN_GROUPS <= 64, "sets of groups are 64 bits");

#define MODULES 6

struct group {
	bool wrapper;
	const char *modules[MODULES];	/* that these functions can be in */
};

static const struct group groups[AW_FN_GROUPS] = {
	/* The function and its frames are there only because somebody traces. */
	[AW_FN_TRACING] = { true, { NULL } },
	/* The way from warn_alloc() or WARN() down to the report. */
	[AW_FN_REPORTING] = { true, { NULL } },
	/* mm/oom_kill.c, mm/memcontrol.c: from the allocator or the charge to the victim. */
	[AW_FN_KILLING] = { true, { NULL } },
	/* mm/memcontrol.c: charges what is asked for to the cgroup, may kill for it. */
	[AW_FN_CHARGE] = { true, { NULL } },
	/* mm/page_alloc.c, mm/mempolicy.c, mm/filemap.c: the page allocator's entries. */
	[AW_FN_PAGES] = { true, { NULL } },
	/* mm/mempolicy.c: for the policy of the task, in two tries where that prefers nodes. */
	[AW_FN_MPOL] = { true, { NULL } },
	/* alloc_pages_bulk(): several pages of order 0, fewer when memory is short. */
	[AW_FN_BULK] = { true, { NULL } },
	/* alloc_pages_nolock(), first called try_alloc_pages(): from any context, may always fail. */
	[AW_FN_NOLOCK] = { true, { NULL } },
	/* mm/sl[aou]b.c, mm/slab_common.c, mm/util.c, lib/: objects, and copies of them. */
	[AW_FN_SLAB] = { true, { NULL } },
	/* kmem_cache_alloc_bulk(): the request fails as a whole. */
	[AW_FN_SLAB_BULK] = { true, { NULL } },
	/* mm/slub.c from 6.18: objects kept per cpu in sheaves. */
	[AW_FN_SHEAF] = { true, { NULL } },
	/* The sheaf of kmalloc() and kfree() themselves, which go on without it. */
	[AW_FN_SHEAF_MAIN] = { true, { NULL } },
	/* Making a slab cache, a mempool or a bio set: who makes it asked. */
	[AW_FN_CREATE] = { true, { NULL } },
	/* mm/vmalloc.c, mm/execmem.c: pages, their addresses and their page tables. */
	[AW_FN_VMALLOC] = { true, { NULL } },
	/* kvmalloc(): kmalloc() first, vmalloc() next. */
	[AW_FN_KVMALLOC] = { true, { NULL } },
	/* The same, by subsystems that had it before 4.12 did. */
	[AW_FN_OWN_KVMALLOC] = { true, { "ext4", "xfs", "vhost", "libceph", "sch_fq" } },
	/* fs/xfs/kmem.c, up to 6.8: kmalloc() that tries for ever. */
	[AW_FN_XFS] = { true, { "xfs", "spl", "zfs" } },
	/* The Solaris porting layer of OpenZFS. */
	[AW_FN_SPL] = { true, { "spl", "zfs" } },
	/* net/core/dev.c, net/netfilter/, fs/nfsd/nfscache.c, up to 4.11 and 5.9: kmalloc() or pages first, vmalloc() next. */
	[AW_FN_TRIES_VMALLOC] = { false, { "x_tables", "ip_conntrack", "nf_conntrack", "nfsd" } },
	/* mm/mempool.c: an allocator and a reserve behind it. */
	[AW_FN_MEMPOOL] = { true, { NULL } },
	/* block/bio.c: from mempools. */
	[AW_FN_BIO] = { true, { NULL } },
	/* mm/percpu*.c */
	[AW_FN_PERCPU] = { true, { NULL } },
	/* kernel/dma, drivers/iommu, arch/.../mm, mm/dmapool.c, mm/cma.c, lib/genalloc.c: for devices. */
	[AW_FN_DMA] = { true, { NULL } },
	/* kernel/dma/pool.c: more for interrupts to take from; no driver asked. */
	[AW_FN_DMA_POOL_GROWTH] = { false, { NULL } },
	/* drivers/base/devres.c: given back when the driver leaves. */
	[AW_FN_DEVRES] = { true, { NULL } },
	/* net/core/skbuff.c, net/core/sock.c: for whoever wants a packet or a socket's memory. */
	[AW_FN_SKB] = { true, { NULL } },
	/* alloc_skb_with_frags(): large pieces first, small ones next. */
	[AW_FN_SKB_FRAGS] = { true, { NULL } },
	/* Pieces of a page for packets: a large page first, a small one next. */
	[AW_FN_FRAG] = { true, { NULL } },
	/* net/core/page_pool.c: pages that network drivers use again. */
	[AW_FN_PAGE_POOL] = { true, { NULL } },
	/* drivers/usb/core/buffer.c */
	[AW_FN_USB] = { true, { "usbcore" } },
	/* sound/core/memalloc.c, pcm_memory.c */
	[AW_FN_SOUND] = { true, { "snd_pcm", "snd", "snd_page_alloc" } },
	/* The same, half of it where there is no more. */
	[AW_FN_SOUND_SMALLER] = { true, { "snd_pcm", "snd", "snd_page_alloc" } },
	/* drivers/gpu/drm/ttm: pages of graphics buffers. */
	[AW_FN_TTM] = { true, { "ttm" } },
	/* ION and the dma-buf heaps: pages of several orders, the largest first. */
	[AW_FN_HEAP] = { true, { "system_heap", "ion", "cma_heap", "page_pool" } },
	/* Heaps whose buffers are one piece. */
	[AW_FN_HEAP_WHOLE] = { true, { "system_heap", "ion", "cma_heap" } },
	/* What both go through, whatever the heap. */
	[AW_FN_HEAP_BUFFER] = { true, { "system_heap", "ion", "cma_heap" } },
	/* lib/scatterlist.c */
	[AW_FN_SCATTER] = { true, { NULL } },
	/* fs/seq_file.c: the buffer of a file in /proc. */
	[AW_FN_SEQ] = { true, { NULL } },
	/* Page tables, of whoever maps something. */
	[AW_FN_PAGETABLE] = { true, { NULL } },
	/* mm/memory.c, mm/huge_memory.c: a large page of a process, smaller ones next. */
	[AW_FN_THP_ANON] = { true, { NULL } },
	/* mm/huge_memory.c: the fault goes on with small pages. */
	[AW_FN_THP] = { false, { NULL } },
	/* mm/shmem.c: a page of tmpfs, a large one first. */
	[AW_FN_SHMEM] = { true, { NULL } },
	/* mm/khugepaged.c: puts small pages together in the background. */
	[AW_FN_KHUGEPAGED] = { false, { NULL } },
	/* mm/hugetlb.c: pages of hugetlbfs, for either of the two below. */
	[AW_FN_HUGETLB] = { true, { NULL } },
	/* One that is wanted at once, as the pool has none. */
	[AW_FN_HUGETLB_NOW] = { false, { NULL } },
	/* One for the pool: nr_hugepages. */
	[AW_FN_HUGETLB_POOL] = { false, { NULL } },
	/* mm/readahead.c: large folios first. */
	[AW_FN_READAHEAD] = { false, { NULL } },
	/* lib/xarray.c, under the lock; xas_nomem() asks again without it. */
	[AW_FN_XARRAY] = { false, { NULL } },
	/* lib/radix-tree.c, before it takes a preloaded node. */
	[AW_FN_RADIX] = { false, { NULL } },
	/* lib/maple_tree.c, under the lock; mas_nomem() asks again without it. */
	[AW_FN_MAPLE] = { false, { NULL } },
	/* io_uring: a ring in one piece first. */
	[AW_FN_IO_URING] = { false, { NULL } },
	/* drivers/scsi/sg.c: smaller pieces next. */
	[AW_FN_SG_BUILD] = { false, { "sg" } },
	/* Hash tables at boot: a smaller one next. */
	[AW_FN_HASHDIST] = { false, { NULL } },
	/* kernel/trace/ftrace.c: smaller pieces next. */
	[AW_FN_FTRACE] = { false, { NULL } },
	/* lib/rhashtable.c: a table of small pieces next. */
	[AW_FN_RHASHTABLE] = { false, { NULL } },
	/* drivers/net/ethernet/mellanox/mlx4: smaller orders next. */
	[AW_FN_MLX4] = { false, { "mlx4_core", "mlx4_en" } },
	/* drivers/media, videobuf2: smaller pieces next. */
	[AW_FN_VIDEOBUF] = { false, { "videobuf2_dma_sg" } },
	/* mm/sparse-vmemmap.c: the memory map of added memory. */
	[AW_FN_VMEMMAP] = { false, { NULL } },
	/*
	 * Any order, down to one page: kernel/async.c runs the function at once, avc_alloc_node() leaves the decision out of
	 * SELinux's cache, inode_switch_wbs() lets the inode where it is, iova_rcache_insert() gives the range back to the tree,
	 * memcg_schedule_kmem_cache_create() of 3.8 to 5.8 takes the cache that is not of the cgroup, f2fs_cache_compressed_page()
	 * keeps no copy, btracker_queue() leaves the block where it is (queue_writeback() and queue_promotion() of dm-cache).
	 */
	[AW_FN_DOES_WITHOUT] = { false, { "f2fs", "dm_cache" } },
	/* drivers/net/usb/r8152.c: another piece to receive into, where the packets may be copied instead. */
	[AW_FN_RX_AGG] = { false, { "r8152" } },
	/* rust/kernel/alloc, the alloc and core crates: paths as aw_demangle_rust() writes them. */
	[AW_FN_RUST] = { true, { NULL } },
	/* Locks, the scheduler, timers, whatever frees: these never ask, and their frames are often stale. */
	[AW_FN_NEVER] = { false, { NULL } },
	/* Where a kernel thread, an interrupt or an idle cpu begins: these call, they never ask. */
	[AW_FN_END] = { false, { NULL } },
};

bool aw_function_is_wrapper(enum aw_function_group group)
{
	return groups[group].wrapper;
}

const char *aw_function_row(size_t i)
{
	return i < ROWS ? rows[i].pattern : "";
}

struct aw_function_name aw_function_name(const char *raw)
{
	struct aw_function_name parts;

	parts.name = raw + strspn(raw, ".");
	parts.len = strcspn(parts.name, ".");
	parts.suffix = parts.name + parts.len;
	return parts;
}

void aw_frame_set_symbol(struct aw_frame *frame, const char *symbol, struct aw_intern *texts)
{
	struct aw_function_name parts = aw_function_name(symbol);
	char name[AW_FUNCTION_NAME];

	if (!aw_demangle_rust(parts.name, parts.len, name, sizeof(name))) {
		if (parts.len >= sizeof(name))
			parts.len = sizeof(name) - 1;
		memcpy(name, parts.name, parts.len);
		name[parts.len] = '\0';
	}
	frame->name = aw_intern(texts, name);
	frame->suffix = *parts.suffix ? aw_intern(texts, parts.suffix) : "";
}

/* Since 6.10 most entries of the allocator end with it (b951aaff5035, "mm: enable page allocation tagging"). */
static size_t without_noprof(const char *name, size_t len)
{
	static const char tail[] = "_noprof";
	size_t n = sizeof(tail) - 1;

	return len > n && !memcmp(name + len - n, tail, n) ? len - n : len;
}

/* Of the first `count` rows, how many are not behind the name. */
static size_t rows_up_to(size_t count, const char *name, size_t len)
{
	size_t low = 0;

	while (low < count) {
		size_t middle = (low + count) / 2;
		const struct row *row = &rows[middle];
		int order = memcmp(row->pattern, name, row->len < len ? row->len : len);

		if (order < 0 || (!order && row->len <= len))
			low = middle + 1;
		else
			count = middle;
	}
	return low;
}

static size_t common(const struct row *row, const char *name, size_t len)
{
	size_t n = 0;

	while (n < row->len && n < len && row->pattern[n] == name[n])
		n++;
	return n;
}

/*
 * The longest pattern that fits.  What fits is a prefix of the name; the row
 * that sorts last before the name tells how long it can be at most.
 */
static const struct row *find(const char *name, size_t len)
{
	size_t most = len, count = ROWS;

	while (most && (count = rows_up_to(count, name, most))) {
		const struct row *row = &rows[--count];
		size_t same = common(row, name, len);

		if (same == row->len && (row->prefix || same == len))
			return row;
		most = same < row->len ? same : same - 1;
	}
	return NULL;
}

/* What kallsyms calls the modules of generated code: programs, trampolines, slots of kprobes. */
static bool is_generated(const char *module)
{
	static const char *const generated[] = { "bpf", "__builtin__ftrace", "__builtin__kprobes" };

	for (size_t i = 0; i < ARRAY_SIZE(generated); i++)
		if (!strcmp(module, generated[i]))
			return true;
	return false;
}

/* "bpf_prog_6deef7357e7b4530_failure": a log does not say that it is generated; bpf_prog_alloc() is not. */
static bool is_program(const char *name)
{
	static const char prefix[] = "bpf_prog_";
	size_t n = sizeof(prefix) - 1;

	return !strncmp(name, prefix, n) && strspn(name + n, "0123456789abcdef") >= 16;
}

/* Generic code of Rust's crates is compiled into whatever module uses it. */
static bool may_be_in(const struct group *group, const char *module)
{
	if (group == &groups[AW_FN_RUST])
		return true;
	for (unsigned int i = 0; i < MODULES && group->modules[i]; i++)
		if (!strcmp(group->modules[i], module))
			return true;
	return false;
}

enum aw_function_group aw_function_group(const char *raw, const char *module)
{
	struct aw_function_name parts = aw_function_name(raw);
	const struct row *row;

	if (module[0] ? is_generated(module) : is_program(parts.name))
		return AW_FN_TRACING;
	row = find(parts.name, without_noprof(parts.name, parts.len));
	if (!row || (module[0] && !may_be_in(&groups[row->group], module)))
		return AW_FN_OTHER;
	return (enum aw_function_group)row->group;
}

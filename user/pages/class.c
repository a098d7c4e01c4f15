// SPDX-License-Identifier: GPL-2.0
/*
 * The classes of pages: their names, and what can be done about each.
 */
#include "pages/class.h"

#include "base/array.h"

struct row {
	enum aw_page_kind kind;
	const char *name, *text, *remedy;
	char letter;		/* of those that block, in the memory map */
};

static const struct row rows[] = {
	[AW_PAGE_NONE] = { AW_KIND_NONE, "none", "no page", "", '\0' },
	[AW_PAGE_FREE] = { AW_KIND_FREE, "free", "free", "", '\0' },
	[AW_PAGE_PCP] = { AW_KIND_DRAINS, "per-cpu", "free, on a cpu's list", "", '\0' },
	[AW_PAGE_OWN] = { AW_KIND_DRAINS, "own", "memory of this program", "", '\0' },
	[AW_PAGE_ANON] = { AW_KIND_MOVES, "anon", "anonymous memory of processes", "", '\0' },
	[AW_PAGE_SHMEM] = { AW_KIND_MOVES, "shmem", "shared memory and tmpfs", "", '\0' },
	[AW_PAGE_FILE] = { AW_KIND_MOVES, "file", "clean pages of files", "", '\0' },
	[AW_PAGE_FILE_DIRTY] = { AW_KIND_MOVES, "file-dirty", "dirty pages of files", "", '\0' },
	[AW_PAGE_WRITEBACK] = { AW_KIND_MOVES, "writeback", "pages of files being written", "", '\0' },
	[AW_PAGE_MLOCKED] = { AW_KIND_MOVES, "mlocked", "locked memory of processes", "", '\0' },
	[AW_PAGE_DRIVER] = { AW_KIND_MOVES, "driver-movable", "movable pages of zsmalloc or a balloon", "", '\0' },
	[AW_PAGE_FOLIO] = { AW_KIND_MOVES_FOLIO, "folio", "large folios of processes and files",
			    "they are split when memory is reclaimed", 'F' },
	[AW_PAGE_HUGE] = { AW_KIND_BLOCKS, "thp", "transparent huge pages",
			   "end the process, or turn huge pages off for it", 'H' },
	[AW_PAGE_HUGETLB] = { AW_KIND_BLOCKS, "hugetlb", "huge pages of hugetlbfs", "lower vm.nr_hugepages", 'G' },
	[AW_PAGE_PINNED] = { AW_KIND_BLOCKS, "pinned", "pinned pages of processes and files",
			     "vmsplice, io_uring or DMA holds them: end that I/O or its process", 'P' },
	[AW_PAGE_FILE_STUCK] = { AW_KIND_BLOCKS, "file-stuck", "files that are only in memory (ramfs)",
				 "delete them, or keep them on tmpfs (rootfstype=tmpfs for those of an initramfs)", 'D' },
	[AW_PAGE_SLAB] = { AW_KIND_BLOCKS, "slab", "slab caches",
			   "echo 2 > /proc/sys/vm/drop_caches frees those of dentries and inodes; see /proc/slabinfo for the others", 'S' },
	[AW_PAGE_TABLE] = { AW_KIND_BLOCKS, "page-table", "page tables", "end the process that maps the most memory", 'T' },
	[AW_PAGE_POOL] = { AW_KIND_BLOCKS, "page-pool", "page pools of network drivers",
			   "smaller rings (ethtool -G), or take the interface down", 'N' },
	[AW_PAGE_RESERVED] = { AW_KIND_BLOCKS, "reserved", "reserved at boot: the kernel, firmware", "", 'B' },
	[AW_PAGE_OFFLINE] = { AW_KIND_BLOCKS, "offline", "offline: given to a hypervisor", "", 'O' },
	[AW_PAGE_POISONED] = { AW_KIND_BLOCKS, "poisoned", "broken memory", "", 'X' },
	[AW_PAGE_KERNEL] = { AW_KIND_BLOCKS, "kernel", "kernel pages without a mark",
			     "drivers, pipes, sockets, vmalloc or stacks have them: stop the driver or end the processes", 'K' },
};
_Static_assert(ARRAY_SIZE(rows) == AW_PAGE_CLASSES, "a class has no row");

const char *aw_page_class_name(enum aw_page_class class)
{
	return rows[class].name;
}

const char *aw_page_class_text(enum aw_page_class class)
{
	return rows[class].text;
}

const char *aw_page_class_remedy(enum aw_page_class class)
{
	return rows[class].remedy;
}

enum aw_page_kind aw_page_class_kind(enum aw_page_class class)
{
	return rows[class].kind;
}

char aw_page_class_letter(enum aw_page_class class)
{
	return rows[class].letter;
}

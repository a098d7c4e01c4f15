// SPDX-License-Identifier: GPL-2.0
/* States made of pages of files: of shared memory, which compaction can move, and clean page cache, which reclaim takes. */
#include <linux/err.h>
#include <linux/falloc.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/mount.h>
#include <linux/pagemap.h>
#include <linux/pseudo_fs.h>
#include <linux/shmem_fs.h>

#include "lab.h"

static struct file *shared;
static unsigned long shared_pages;
static struct vfsmount *cache_mount;
static struct inode *cache_inode;

/* Stops where no more than leave= pages and leave_min= percent of the min watermarks are free for such pages. */
static long leave_of(const struct lab_args *args, gfp_t mask)
{
	return lab_number(args, "leave", 0) + lab_min_pages(mask, -1) * lab_number(args, "leave_min", 0) / 100;
}

/* 7.0 (when vm_flags_t became too small) gave the flags a type of their own. */
#ifdef EMPTY_VMA_FLAGS
#define NORESERVE mk_vma_flags(VMA_NORESERVE_BIT)
#else
#define NORESERVE VM_NORESERVE
#endif

/* With unevictable=1 as if a process had locked them: on no list of those that reclaim looks at. */
int lab_movable(const struct lab_args *args)
{
	gfp_t mask = GFP_HIGHUSER_MOVABLE | __GFP_NOWARN | __GFP_NORETRY;
	unsigned long most = lab_number(args, "count", totalram_pages());
	long leave = leave_of(args, mask);

	if (shared)
		return -EBUSY;
	shared = shmem_file_setup("lab", (loff_t)most << PAGE_SHIFT, NORESERVE);
	if (IS_ERR(shared)) {
		int err = PTR_ERR(shared);

		shared = NULL;
		return err;
	}
	if (lab_number(args, "unevictable", 0))
		mapping_set_unevictable(shared->f_mapping);
	while (shared_pages < most && lab_free_pages(mask, -1) > leave) {
		struct page *page = shmem_read_mapping_page_gfp(shared->f_mapping, shared_pages, mask);

		if (IS_ERR(page))
			break;
		put_page(page);
		shared_pages++;
	}
	return 0;
}

/* run= pages (1) of every step= (2) of the file's first count= ones. */
int lab_holes(const struct lab_args *args)
{
	unsigned long count = lab_number(args, "count", shared_pages), step = lab_number(args, "step", 2);
	unsigned long i, run = lab_number(args, "run", 1);
	int err = 0;

	if (!shared || !step)
		return -EINVAL;
	for (i = 0; i < min(count, shared_pages) && !err; i += step)
		err = vfs_fallocate(shared, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
				    (loff_t)i << PAGE_SHIFT, run << PAGE_SHIFT);
	return err;
}

/* A page of the cache is read as zeros. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 19, 0)
static int read_zeros(struct file *file, struct folio *folio)
{
	folio_zero_range(folio, 0, folio_size(folio));
	folio_mark_uptodate(folio);
	folio_unlock(folio);
	return 0;
}

static const struct address_space_operations cache_ops = { .read_folio = read_zeros };
#else
static int read_zeros(struct file *file, struct page *page)
{
	clear_highpage(page);
	SetPageUptodate(page);
	unlock_page(page);
	return 0;
}

static const struct address_space_operations cache_ops = { .readpage = read_zeros };
#endif

static int cache_init(struct fs_context *context)
{
	return init_pseudo(context, 0x6c6162) ? 0 : -ENOMEM;
}

static struct file_system_type cache_type = {
	.owner = THIS_MODULE,
	.name = "lab",
	.init_fs_context = cache_init,
	.kill_sb = kill_anon_super,
};

static int open_cache(void)
{
	cache_mount = kern_mount(&cache_type);
	if (IS_ERR(cache_mount)) {
		int err = PTR_ERR(cache_mount);

		cache_mount = NULL;
		return err;
	}
	cache_inode = new_inode(cache_mount->mnt_sb);
	if (!cache_inode)
		return -ENOMEM;
	/* of a device that can be written to: dirty pages are counted */
	if (super_setup_bdi(cache_mount->mnt_sb))
		return -ENOMEM;
	cache_inode->i_mapping->a_ops = &cache_ops;
	i_size_write(cache_inode, MAX_LFS_FILESIZE);
	return 0;
}

/* The inode has no name, so that the kernel does not try to write it: it stays dirty, as where a device is gone. */
static void make_dirty(struct page *page)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 19, 0)
	filemap_dirty_folio(cache_inode->i_mapping, page_folio(page));
#else
	__set_page_dirty_nobuffers(page);
#endif
}

/* count= pages of clean cache; with dirty=1 of such as has to be written before it can go. */
int lab_cache(const struct lab_args *args)
{
	unsigned long i, count = lab_number(args, "count", 0);
	int err = cache_inode ? -EBUSY : open_cache();

	for (i = 0; i < count && !err; i++) {
		struct page *page = read_mapping_page(cache_inode->i_mapping, i, NULL);

		if (IS_ERR(page)) {
			err = PTR_ERR(page);
			continue;
		}
		if (lab_number(args, "dirty", 0))
			make_dirty(page);
		put_page(page);
	}
	return err;
}

static void close_cache(void)
{
	if (cache_inode) {
		truncate_inode_pages(cache_inode->i_mapping, 0);
		iput(cache_inode);
	}
	if (cache_mount)
		kern_unmount(cache_mount);
	cache_inode = NULL;
	cache_mount = NULL;
}

void lab_release_files(void)
{
	if (shared)
		fput(shared);
	shared = NULL;
	shared_pages = 0;
	close_cache();
}

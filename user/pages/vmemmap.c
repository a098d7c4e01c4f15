// SPDX-License-Identifier: GPL-2.0
/*
 * Where page structures lie.
 *
 * The kernel does not publish that (vmemmap).  But a page that this process touches
 * is allocated under its eyes: a raw tracepoint sees the address of its structure, and
 * /proc/self/pagemap has its frame number.  Without CAP_SYS_ADMIN that is 0, and the trace
 * event of the same allocation has it.
 */
#include "pages/vmemmap.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../bpf/pages.h"
#include "base/cleanup.h"
#include "pages.skel.h"

#define VOTES 32
#define VOTES_NEEDED 16

struct search {
	struct pages_bpf *bpf;
	const struct aw_page_layout *layout;
	const struct aw_btf *btf;
	uint64_t *vmemmap;
};

static int silent(enum libbpf_print_level level, const char *format, va_list args)
{
	(void)level;
	(void)format;
	(void)args;
	return 0;
}

/* The frame number of the page at this address of ours; 0: not known. */
static uint64_t frame_of(int pagemap, const void *page)
{
	uint64_t entry = 0;
	off_t at = (off_t)((uintptr_t)page / (uintptr_t)sysconf(_SC_PAGESIZE) * sizeof(entry));

	if (pread(pagemap, &entry, sizeof(entry), at) != sizeof(entry) || !(entry >> 63))
		return 0;
	return entry & ((1ull << 55) - 1);	/* Documentation/admin-guide/mm/pagemap.rst */
}

/* Touches a page, and compares every allocation that this made with its frame number. */
static unsigned int touch(struct search *search, int pagemap, volatile char *page, uint64_t *votes)
{
	struct pages_bpf__bss *data = search->bpf->bss;
	uint64_t before = data->noted.count, frame;
	unsigned int count = 0;

	*page = 1;
	frame = frame_of(pagemap, (const void *)page);
	for (uint64_t i = before; frame && i < data->noted.count && i - before < AW_NOTED; i++)
		votes[count++] = data->noted.page[i & (AW_NOTED - 1)] - frame * search->layout->size;
	return count;
}

/* The base that most touches agree on; page tables are allocated in between, and vote for nothing. */
static int count_votes(const uint64_t *votes, unsigned int count, uint64_t *base)
{
	for (unsigned int i = 0; i < count; i++) {
		unsigned int same = 0;

		for (unsigned int k = 0; k < count; k++)
			same += votes[k] == votes[i];
		if (same < VOTES_NEEDED)
			continue;
		*base = votes[i];
		return 0;
	}
	return -ENOENT;
}

static int find_by_pagemap(struct search *search, char *memory, size_t page, struct aw_error *error)
{
	uint64_t votes[VOTES * 2 + AW_NOTED];
	unsigned int count = 0;
	AW_CLOSE int pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);

	if (pagemap < 0)
		return aw_error_set(error, -errno, "can't read /proc/self/pagemap: %s", strerror(errno));
	search->bpf->bss->noted.thread = (uint64_t)syscall(SYS_gettid);
	for (unsigned int i = 0; i < VOTES && count < VOTES * 2; i++)
		count += touch(search, pagemap, memory + i * page, &votes[count]);
	if (count_votes(votes, count, search->vmemmap))
		return aw_error_set(error, -ENOTSUP, "page structures were not found: of %u allocations too few agree, where they lie; without CAP_SYS_ADMIN "
				    "tracefs must be readable (CAP_DAC_READ_SEARCH)", count);
	return 0;
}

/* Both programs see the same allocations in the same order, whoever of them is called first. */
static int find_by_pairs(struct search *search, volatile char *memory, size_t page)
{
	volatile struct pages_bpf__bss *data = search->bpf->bss;	/* the programs read and write it, too */
	uint64_t votes[AW_NOTED];
	unsigned int count = 0;

	data->noted.thread = 0;
	data->noted.count = data->noted.frames = 0;
	data->noted.thread = (uint64_t)syscall(SYS_gettid);
	for (unsigned int i = 0; i < VOTES; i++)
		memory[(VOTES + i) * page] = 1;
	data->noted.thread = 0;
	for (; count < data->noted.count && count < data->noted.frames && count < AW_NOTED; count++)
		votes[count] = data->noted.page[count] - data->noted.frame[count] * search->layout->size;
	return count_votes(votes, count, search->vmemmap);
}

/* Without CAP_SYS_ADMIN.  The reason is that of pagemap, which is the usual way. */
static int find_by_event(struct search *search, char *memory, size_t page)
{
	unsigned int offset;
	struct bpf_link *link;
	int err;

	if (aw_btf_member(search->btf, "trace_event_raw_mm_page_alloc", "pfn", &offset) || offset != AW_FRAME_OFFSET)
		return -ENOTSUP;
	link = bpf_program__attach_tracepoint(search->bpf->progs.note_frame, "kmem", "mm_page_alloc");
	if (!link)
		return -errno;
	err = find_by_pairs(search, memory, page);
	bpf_link__destroy(link);
	return err;
}

static int find_vmemmap(struct search *search, char *memory, size_t page, struct aw_error *error)
{
	struct bpf_link *link = bpf_program__attach_raw_tracepoint(search->bpf->progs.note_page, "mm_page_alloc");
	int err;

	if (!link)
		return aw_error_set(error, -errno, "can't attach to mm_page_alloc: %s", strerror(errno));
	err = find_by_pagemap(search, memory, page, error);
	if (err && !find_by_event(search, memory, page))
		err = 0;
	bpf_link__destroy(link);
	return err;
}

int aw_vmemmap_find(struct pages_bpf *bpf, const struct aw_page_layout *layout, const struct aw_btf *btf, uint64_t *vmemmap,
		    struct aw_error *error)
{
	struct search search = { bpf, layout, btf, vmemmap };
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *memory = mmap(NULL, 2 * VOTES * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	libbpf_print_fn_t print;
	int err;

	if (memory == MAP_FAILED)
		return aw_error_set(error, -ENOMEM, "out of memory");
	madvise(memory, 2 * VOTES * page, MADV_NOHUGEPAGE);
	print = libbpf_set_print(silent);
	err = find_vmemmap(&search, memory, page, error);
	libbpf_set_print(print);
	munmap(memory, 2 * VOTES * page);
	return err;
}

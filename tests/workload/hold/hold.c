/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Brings memory into a known state for tests of the page scan: every second page is of one kind, the others are free.
 *
 * usage: hold KIND [MIB]
 *        hold eat
 *
 * Pages of the kind and filler pages of the same mobility are made in turn, until memory is full or MIB are used; then the filler is freed.
 * It prints "holding KIND pages=N", and keeps them until it is killed. "eat" makes requests of order 4 until one fails,
 * and prints "ate N". It is meant for a small virtual machine.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "../memory.h"

#define SPARE (28L << 20)	/* above the watermarks, for everything else */
#define PIPE_PAGES 16
#define FEW 32
#define LARGEST_BUFFER (256L << 20)

static long page_size, pages_max;
static char *kept;		/* of kinds whose pages belong to this process */

static char *reserve(int flags, int fd, size_t size)
{
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, flags | MAP_NORESERVE, fd, 0);

	if (memory == MAP_FAILED)
		err(1, "mmap");
	madvise(memory, size, MADV_NOHUGEPAGE);
	return memory;
}

/* ---- pages of this process: made one by one, then held in some way ---- */

static void anon_prepare(void)
{
	kept = reserve(MAP_PRIVATE | MAP_ANONYMOUS, -1, pages_max * page_size);
}

static void shmem_prepare(void)
{
	int fd = memfd_create("hold", 0);

	if (fd < 0 || ftruncate(fd, pages_max * page_size))
		err(1, "memfd");
	kept = reserve(MAP_SHARED, fd, pages_max * page_size);
}

static void kept_make(long i)
{
	kept[i * page_size] = 1;
}

static void mlock_hold(long pages)
{
	if (mlock(kept, pages * page_size))
		err(1, "mlock");
}

static int pipe_new(void)
{
	int ends[2];

	if (pipe2(ends, O_NONBLOCK | O_CLOEXEC))
		err(1, "pipe");
	return ends[1];
}

static void vmsplice_hold(long pages)
{
	for (long i = 0; i < pages; i += PIPE_PAGES) {
		long count = pages - i < PIPE_PAGES ? pages - i : PIPE_PAGES;
		struct iovec part = { kept + i * page_size, count * page_size };

		if (vmsplice(pipe_new(), &part, 1, 0) != count * page_size)
			err(1, "vmsplice");
	}
}

/* One page of each 32, more than the slab pages that other states leave behind can block: the rest moves, in CMA areas and outside of them. */
static void few_hold(long pages)
{
	for (long i = 0; i + PIPE_PAGES * FEW <= pages; i += PIPE_PAGES * FEW) {
		struct iovec parts[PIPE_PAGES];

		for (long k = 0; k < PIPE_PAGES; k++)
			parts[k] = (struct iovec){ kept + (i + k * FEW) * page_size, page_size };
		if (vmsplice(pipe_new(), parts, PIPE_PAGES, 0) != PIPE_PAGES * page_size)
			err(1, "vmsplice");
	}
}

static void uring_hold(long pages)
{
	struct io_uring_params params = { 0 };
	struct iovec parts[64];
	unsigned int count = 0;
	int ring = (int)syscall(SYS_io_uring_setup, 4, &params);

	if (ring < 0)
		err(1, "io_uring_setup");
	for (long at = 0, size = pages * page_size; at < size; at += LARGEST_BUFFER) {
		parts[count].iov_base = kept + at;
		parts[count++].iov_len = size - at < LARGEST_BUFFER ? size - at : LARGEST_BUFFER;
	}
	if (syscall(SYS_io_uring_register, ring, IORING_REGISTER_BUFFERS, parts, count))
		err(1, "IORING_REGISTER_BUFFERS");
}

/* ---- pages of the kernel ---- */

static void pipe_make(long i)
{
	static int end = -1;
	static char *page;

	if (!page)
		page = calloc(1, page_size);
	if (i % PIPE_PAGES == 0)
		end = pipe_new();
	if (write(end, page, page_size) != page_size)
		err(1, "a pipe does not take a page");
}

/* Filler for unmovable kinds: movable filler would lie in pageblocks of its own. */
static struct {
	int (*ends)[2];
	long count;
} filler_pipes;

static void pipe_filler_make(long i)
{
	static char *page;

	if (!page)
		page = calloc(1, page_size);
	if (i % PIPE_PAGES == 0) {
		filler_pipes.ends = reallocarray(filler_pipes.ends, filler_pipes.count + 1, sizeof(*filler_pipes.ends));
		if (!page || !filler_pipes.ends || pipe2(filler_pipes.ends[filler_pipes.count++], O_NONBLOCK | O_CLOEXEC))
			err(1, "a pipe for filler");
	}
	if (write(filler_pipes.ends[filler_pipes.count - 1][1], page, page_size) != page_size)
		err(1, "a pipe does not take a page");
}

static void pipe_filler_free(void)
{
	for (long i = 0; i < filler_pipes.count; i++) {
		close(filler_pipes.ends[i][0]);
		close(filler_pipes.ends[i][1]);
	}
}

static char *filler_memory;

static void anon_filler_make(long i)
{
	if (!filler_memory)
		filler_memory = reserve(MAP_PRIVATE | MAP_ANONYMOUS, -1, pages_max * page_size);
	filler_memory[i * page_size] = 1;
}

static void anon_filler_free(void)
{
	if (filler_memory && munmap(filler_memory, pages_max * page_size))
		err(1, "munmap");
}

/*
 * Messages of a little under 2 KiB are objects of a slab cache; about one page's worth at a time.
 * In a namespace of its own they end with their sender.
 */
static void slab_prepare(void)
{
	if (unshare(CLONE_NEWIPC))
		err(1, "a namespace for messages");
}

static void slab_make(long i)
{
	static struct { long type; char text[1900]; } message = { .type = 1 };
	static int queue = -1;

	if (i % 4 == 0 && (queue = msgget(IPC_PRIVATE, 0600)) < 0)
		err(1, "msgget");
	for (long left = page_size; left > 0; left -= 2048)
		if (msgsnd(queue, &message, sizeof(message.text), IPC_NOWAIT))
			err(1, "msgsnd");
}

/* Reading maps the zero page: only a page table is allocated. */
static long table_span(void)
{
	return page_size * (page_size / 8);
}

static void table_prepare(void)
{
	kept = reserve(MAP_PRIVATE | MAP_ANONYMOUS, -1, (pages_max + 1) * table_span());
}

static void table_make(long i)
{
	(void)*(volatile char *)(kept + i * table_span());
}

/* Reading a hole of a file makes a clean page.  A ramfs does not read ahead. */
static int sparse;

static void file_prepare(void)
{
	sparse = open("/ramfs/hold", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (sparse < 0 || ftruncate(sparse, pages_max * page_size))
		err(1, "/ramfs/hold (mount a ramfs there)");
}

static void file_make(long i)
{
	char byte;

	if (pread(sparse, &byte, 1, i * page_size) != 1)
		err(1, "read");
}

/* Writing makes a dirty page, which a ramfs never writes. */
static void dirty_make(long i)
{
	if (pwrite(sparse, "d", 1, i * page_size) != 1)
		err(1, "write");
}

/* Pages of a file that pipes pin, and no process maps. */
static void filepin_hold(long pages)
{
	kept = reserve(MAP_SHARED, sparse, pages * page_size);
	vmsplice_hold(pages);
	if (munmap(kept, pages * page_size))
		err(1, "munmap");
}

/* Huge pages: the first touch of each makes all its pages, and the filler lies between them. */
static long huge_pages(void)
{
	return page_size / 8;
}

static void thp_prepare(void)
{
	char *memory = reserve(MAP_PRIVATE | MAP_ANONYMOUS, -1, (pages_max + huge_pages()) * page_size);
	long huge = huge_pages() * page_size;

	kept = memory + (huge - (long)memory % huge) % huge;
	pages_max -= pages_max % huge_pages();
	if (madvise(kept, pages_max * page_size, MADV_HUGEPAGE))
		err(1, "MADV_HUGEPAGE");
}

static void hugetlb_make(long i)
{
	char number[32];
	FILE *pool;

	if (i % huge_pages())
		return;
	snprintf(number, sizeof(number), "%ld", i / huge_pages() + 1);
	pool = fopen("/proc/sys/vm/nr_hugepages", "w");
	if (!pool || fputs(number, pool) < 0 || fclose(pool))
		err(1, "nr_hugepages");
}

static void hugetlb_prepare(void)
{
	pages_max -= pages_max % huge_pages();
}

/* A quarter each. */
static void mix_make(long i)
{
	switch (i % 4) {
	case 0:
		kept_make(i / 4);
		break;
	case 1:
		pipe_make(i / 4);
		break;
	case 2:
		slab_make(i / 4);
		break;
	default:
		file_make(i / 4);
	}
}

static void mix_prepare(void)
{
	slab_prepare();
	anon_prepare();
	file_prepare();
}

static void mix_filler_make(long i)
{
	if (i % 2)
		pipe_filler_make(i / 2);
	else
		anon_filler_make(i / 2);
}

static void mix_filler_free(void)
{
	anon_filler_free();
	pipe_filler_free();
}

/* A pipe of page/4 slots takes an array of 40 bytes each: a block of order 4 (see ../requests.c). */
static void eat(void)
{
	long eaten = 0;

	while (fcntl(pipe_new(), F_SETPIPE_SZ, page_size / 4 * page_size) >= 0)
		eaten++;
	printf("ate %ld\n", eaten);
	fflush(stdout);
}

static void nothing(void)
{
}

static void nothing_held(long pages)
{
	(void)pages;
}

static const struct kind {
	const char *name;
	void (*prepare)(void);
	void (*make)(long i);		/* the i-th page */
	void (*hold)(long pages);	/* when all are made */
	void (*fill)(long i);
	void (*free)(void);
} kinds[] = {
	{ "anon", anon_prepare, kept_make, nothing_held, anon_filler_make, anon_filler_free },
	{ "shmem", shmem_prepare, kept_make, nothing_held, anon_filler_make, anon_filler_free },
	{ "mlock", anon_prepare, kept_make, mlock_hold, anon_filler_make, anon_filler_free },
	{ "vmsplice", anon_prepare, kept_make, vmsplice_hold, anon_filler_make, anon_filler_free },
	{ "cma", anon_prepare, kept_make, few_hold, anon_filler_make, anon_filler_free },
	{ "uring", anon_prepare, kept_make, uring_hold, anon_filler_make, anon_filler_free },
	{ "pipe", nothing, pipe_make, nothing_held, pipe_filler_make, pipe_filler_free },
	{ "slab", slab_prepare, slab_make, nothing_held, pipe_filler_make, pipe_filler_free },
	{ "file", file_prepare, file_make, nothing_held, anon_filler_make, anon_filler_free },
	{ "dirty", file_prepare, dirty_make, nothing_held, anon_filler_make, anon_filler_free },
	{ "filepin", file_prepare, file_make, filepin_hold, anon_filler_make, anon_filler_free },
	{ "thp", thp_prepare, kept_make, nothing_held, anon_filler_make, anon_filler_free },
	{ "hugetlb", hugetlb_prepare, hugetlb_make, nothing_held, anon_filler_make, anon_filler_free },
	{ "mix", mix_prepare, mix_make, nothing_held, mix_filler_make, mix_filler_free },
	{ "table", table_prepare, table_make, nothing_held, pipe_filler_make, pipe_filler_free },
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static const struct kind *find(const char *name)
{
	for (unsigned int i = 0; i < KINDS; i++)
		if (!strcmp(kinds[i].name, name))
			return &kinds[i];
	fputs("hold: the kinds are", stderr);
	for (unsigned int i = 0; i < KINDS; i++)
		fprintf(stderr, " %s", kinds[i].name);
	fputs("\n", stderr);
	exit(2);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (!file || fputs(text, file) < 0 || fclose(file))
		err(1, "%s (root is needed)", path);
}

static void raise_limits(void)
{
	const struct rlimit files = { 1 << 20, 1 << 20 }, all = { RLIM_INFINITY, RLIM_INFINITY };

	if (setrlimit(RLIMIT_NOFILE, &files) || setrlimit(RLIMIT_MEMLOCK, &all))
		err(1, "cannot raise limits (root is needed)");
	write_file("/proc/self/oom_score_adj", "-1000");
	write_file("/proc/sys/kernel/msgmni", "32000");
}

static int is_full(void)
{
	return memory_free_unmovable() - memory_reserve("high") < SPARE / page_size;
}

int main(int argc, char **argv)
{
	const struct kind *kind;
	long made = 0;

	page_size = sysconf(_SC_PAGESIZE);
	if (argc == 2 && !strcmp(argv[1], "eat")) {
		raise_limits();
		eat();
		for (;;)
			pause();
	}
	kind = find(argc > 1 ? argv[1] : "");
	pages_max = argc > 2 ? atol(argv[2]) * ((1L << 20) / page_size) / 2 : memory_total() / 2;
	raise_limits();
	kind->prepare();
	while (made < pages_max && (made % 64 || !is_full())) {
		kind->make(made);
		kind->fill(made++);
	}
	kind->hold(made);
	kind->free();
	printf("holding %s pages=%ld\n", kind->name, made);
	fflush(stdout);
	for (;;)
		pause();
}

// SPDX-License-Identifier: GPL-2.0
/*
 * The page scan by BPF.
 */
#include "pages/bpf.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../bpf/pages.h"
#include "base/clock.h"
#include "base/cleanup.h"
#include "pages.skel.h"
#include "pages/decode.h"
#include "pages/lists.h"
#include "pages/owners.h"
#include "pages/percpu.h"
#include "pages/vmemmap.h"
#include "system/lockdown.h"
#include "system/symbol_address.h"

/* After this time a run begins no further chunk, which may take 20 us more. */
#define RUN_BUDGET_NS 50000

struct aw_page_reader {
	struct pages_bpf *bpf;
	int copy_fd;
	uint64_t vmemmap;
	FILE *kallsyms;		/* opened with the privileges of the start; NULL: it was read, or is of no use */
	uint64_t sections;	/* address of mem_section; 0: not known */
	struct aw_page_layout layout;
};

/* ---- set-up ---- */

static int silent(enum libbpf_print_level level, const char *format, va_list args)
{
	(void)level;
	(void)format;
	(void)args;
	return 0;
}

static int load(struct aw_page_reader *reader, struct aw_error *error)
{
	libbpf_print_fn_t print = libbpf_set_print(silent);

	reader->bpf = pages_bpf__open_and_load();
	libbpf_set_print(print);
	if (!reader->bpf)
		return aw_error_set(error, -errno, "the kernel does not load the BPF programs: %s", strerror(errno));
	if (!reader->bpf->bss)
		return aw_error_set(error, -ENOTSUP, "the kernel does not map what BPF programs write (5.5 on), or has no memory for it");
	reader->copy_fd = bpf_program__fd(reader->bpf->progs.copy_pages);
	return 0;
}

int aw_page_reader_open(const struct aw_btf *btf, struct aw_page_reader **out, struct aw_error *error)
{
	struct aw_page_reader *reader = calloc(1, sizeof(*reader));
	int err;

	if (!reader)
		return aw_error_set(error, -ENOMEM, "out of memory");
	if (aw_lockdown_is_confidential())
		err = aw_error_set(error, -EPERM, "kernel lockdown lets no BPF program read kernel memory");
	else if (!btf)
		err = aw_error_set(error, -ENOTSUP, aw_btf_state() == AW_BTF_NONE ? "this kernel has no BTF" :
				   "can't read the BTF of this kernel, likely for want of memory");
	else
		err = aw_page_layout_read(btf, &reader->layout, error);
	if (!err)
		err = load(reader, error);
	if (!err)
		err = aw_vmemmap_find(reader->bpf, &reader->layout, btf, &reader->vmemmap, error);
	if (err) {
		aw_page_reader_close(reader);
		return err;
	}
	if (reader->layout.sections.known)
		reader->kallsyms = fopen("/proc/kallsyms", "re");
	*out = reader;
	return 0;
}

void aw_page_reader_close(struct aw_page_reader *reader)
{
	if (!reader)
		return;
	pages_bpf__destroy(reader->bpf);
	if (reader->kallsyms)
		fclose(reader->kallsyms);
	free(reader);
}

const struct aw_page_layout *aw_page_reader_layout(const struct aw_page_reader *reader)
{
	return &reader->layout;
}

uint64_t aw_page_reader_vmemmap(const struct aw_page_reader *reader)
{
	return reader->vmemmap;
}

/* ---- reading ---- */

/*
 * Copies up to AW_CHUNKS chunks from `address` on; `*done` is set to how many it were.
 * In between runs the cpu is free for others.
 */
static int copy(struct aw_page_reader *reader, uint64_t address, unsigned int chunks, unsigned int *done,
		struct aw_scan_cost *cost)
{
	uint64_t args[3] = { address, chunks, RUN_BUDGET_NS };
	uint64_t start = aw_thread_ns(), ns;

	LIBBPF_OPTS(bpf_test_run_opts, options, .ctx_in = args, .ctx_size_in = sizeof(args));

	if (bpf_prog_test_run_opts(reader->copy_fd, &options))
		return -errno;
	if (!options.retval || options.retval > chunks)
		return -EIO;
	ns = aw_thread_ns() - start;
	cost->runs++;
	cost->long_runs += ns > AW_SCAN_LONG_NS;
	if (ns > cost->longest_ns)
		cost->longest_ns = ns;
	*done = options.retval;
	return 0;
}

/* Whether all of the chunks that hold these bytes were read. */
static bool was_read(const struct aw_page_reader *reader, uint64_t offset, uint64_t size)
{
	const int *errors = reader->bpf->bss->chunk_error;
	bool good = true;

	for (uint64_t chunk = offset / AW_CHUNK_BYTES; chunk <= (offset + size - 1) / AW_CHUNK_BYTES; chunk++)
		good &= !errors[chunk];
	return good;
}

/* How many structures from the i-th on lie in the same chunk, one that lies in two being alone. */
static uint64_t together(const struct aw_page_reader *reader, uint64_t i, uint64_t count)
{
	uint64_t room = AW_CHUNK_BYTES - i * reader->layout.size % AW_CHUNK_BYTES;
	uint64_t whole = room / reader->layout.size;

	whole = whole ? whole : 1;
	return whole < count - i ? whole : count - i;
}

/* Decodes `count` structures that were copied, from `pfn` on. */
static int decode_run(struct aw_page_reader *reader, struct aw_page_decoder *decoder, uint64_t pfn, uint64_t count,
		      struct aw_scan_cost *cost)
{
	const uint8_t *raw = reader->bpf->bss->chunks;
	unsigned int size = reader->layout.size;

	cost->pages += count;
	for (uint64_t i = 0, some; i < count; i += some) {
		int err;

		some = together(reader, i, count);
		if (!was_read(reader, i * size, some * size)) {
			aw_page_decode_gap(decoder);
			cost->unread += some;
			continue;
		}
		err = aw_page_decode(decoder, pfn + i, raw + i * size, some);
		if (err)
			return err;
	}
	return 0;
}

/* Pages from `pfn` on that need not be read, being the inside of a free block: whole chunks of them, so that reads stay aligned. */
static uint64_t known_free(const struct aw_page_reader *reader, const struct aw_page_decoder *decoder, uint64_t pfn)
{
	uint64_t chunk = AW_CHUNK_BYTES / reader->layout.size;

	return decoder->free_until > pfn ? (decoder->free_until - pfn) / chunk * chunk : 0;
}

/* Reads and decodes up to `chunks` chunks from `pfn` on.  The number of pages that it were, or -errno. */
static int64_t read_run(struct aw_page_reader *reader, struct aw_page_decoder *decoder, uint64_t pfn, uint64_t end,
			unsigned int chunks, struct aw_scan_cost *cost)
{
	unsigned int size = reader->layout.size, done = 0;
	int err = copy(reader, reader->vmemmap + pfn * size, chunks, &done, cost);
	uint64_t count;

	if (err)
		return err;
	/* A chunk that is one page of structures fails alone where that page is not mapped. */
	count = (uint64_t)done * AW_CHUNK_BYTES / size;
	count = count < end - pfn ? count : end - pfn;
	err = decode_run(reader, decoder, pfn, count, cost);
	return err ? err : (int64_t)count;
}

static int read_all(struct aw_page_reader *reader, struct aw_page_decoder *decoder, const struct aw_zone_span *span,
		    struct aw_pause *pause, struct aw_scan_cost *cost)
{
	uint64_t pfn = span->start, end = span->start + span->spanned;
	unsigned int chunks = 1;

	while (pfn < end) {
		uint64_t inside = known_free(reader, decoder, pfn);
		int64_t count;

		if (inside) {
			inside = inside < end - pfn ? inside : end - pfn;
			aw_page_decode_free(decoder, pfn, inside);
			cost->pages += inside;
			pause->pages += inside;
			pfn += inside;
			chunks = 1;	/* another free block may follow */
			continue;
		}
		count = read_run(reader, decoder, pfn, end, chunks, cost);
		if (count < 0)
			return (int)count;
		pfn += (uint64_t)count;
		chunks = chunks * 2 < AW_CHUNKS ? chunks * 2 : AW_CHUNKS;
		pause->pages += (uint64_t)count;
		aw_pause(pause);
	}
	return 0;
}

static int read_kernel(void *context, uint64_t address, void *out, size_t size)
{
	struct aw_page_reader *reader = context;
	uint64_t args[2] = { address, size };

	LIBBPF_OPTS(bpf_test_run_opts, options, .ctx_in = args, .ctx_size_in = sizeof(args));

	if (size > AW_CHUNK_BYTES)
		return -E2BIG;
	if (bpf_prog_test_run_opts(bpf_program__fd(reader->bpf->progs.copy_bytes), &options))
		return -errno;
	if (options.retval)
		return -EFAULT;
	memcpy(out, reader->bpf->bss->chunks, size);
	return 0;
}

/* Text of the kernel, which may end where memory is not mapped. */
static void read_text(struct aw_page_reader *reader, uint64_t address, char *out, size_t size)
{
	for (; size > 1; size /= 2) {
		if (read_kernel(reader, address, out, size))
			continue;
		out[size - 1] = '\0';
		return;
	}
	out[0] = '\0';
}

/* A pointer in the kernel; 0: it cannot be read. */
static uint64_t read_pointer(struct aw_page_reader *reader, uint64_t address)
{
	uint64_t pointer;

	return read_kernel(reader, address, &pointer, sizeof(pointer)) ? 0 : pointer;
}

/* "sda1: libfoo.so", or "sda1: inode 4711" where no name of it is cached. */
static void name_file(struct aw_page_reader *reader, struct aw_holder *holder)
{
	const struct aw_file_layout *file = &reader->layout.file;
	uint64_t inode = read_pointer(reader, holder->key + file->host);
	uint64_t super = inode ? read_pointer(reader, inode + file->super) : 0;
	uint64_t alias = inode ? read_pointer(reader, inode + file->dentries) : 0;
	char fs[AW_FS_NAME] = "", name[AW_HOLDER_NAME] = "";

	if (!super)
		return;
	read_text(reader, super + file->fs_name, fs, sizeof(fs));
	if (alias)
		read_text(reader, read_pointer(reader, alias - file->alias + file->name + file->text), name, sizeof(name));
	if (!name[0])
		snprintf(name, sizeof(name), "inode %" PRIu64, read_pointer(reader, inode + file->number));
	snprintf(holder->name, sizeof(holder->name), "%.20s: %.40s", fs, name);
}

static void name_holders(struct aw_page_reader *reader, struct aw_holders *holders)
{
	for (unsigned int i = 0; i < holders->count; i++) {
		struct aw_holder *holder = &holders->list[i];

		if (holder->name[0])
			continue;
		if (holder->type == AW_HOLDER_CACHE)
			read_text(reader, read_pointer(reader, holder->key + reader->layout.cache_name), holder->name,
				  sizeof(holder->name));
		else if (holder->type == AW_HOLDER_FILE)
			name_file(reader, holder);
	}
}

int aw_page_reader_try(struct aw_page_reader *reader)
{
	struct aw_scan_cost cost = { 0 };
	unsigned int done;

	return copy(reader, reader->vmemmap, 1, &done, &cost);
}

/* With the first scan: the kernel takes a microsecond for each of 100,000 symbols. */
static void find_sections(struct aw_page_reader *reader)
{
	if (!reader->kallsyms)
		return;
	reader->sections = aw_symbol_address(reader->kallsyms, "mem_section");
	fclose(reader->kallsyms);
	reader->kallsyms = NULL;
}

static int set_types(struct aw_page_reader *reader, const struct aw_kernel *kernel, const struct aw_free_lists *lists,
		     const struct aw_free_blocks *blocks, struct aw_zone_pages *zone)
{
	const struct aw_sections sections = { .layout = &reader->layout.sections, .migratetypes = &kernel->migratetypes,
					      .memory = lists->memory, .address = reader->sections, .vmemmap = reader->vmemmap,
					      .page_size = kernel->page_size };
	int err = aw_free_lists_set_types(lists, blocks, zone);

	if (err)
		return err;
	aw_sections_set_types(&sections, zone);
	aw_zone_fill_cma(zone);		/* a guess, which is only for what neither of both told */
	return 0;
}

int aw_page_reader_scan(struct aw_page_reader *reader, const struct aw_kernel *kernel, struct aw_zone_pages *zone,
			struct aw_holders *holders, struct aw_pause *pause, struct aw_scan_cost *cost, struct aw_error *error)
{
	const struct aw_kernel_memory memory = { .read = read_kernel, .context = reader };
	const struct aw_free_lists lists = { .layout = &reader->layout, .migratetypes = &kernel->migratetypes, .memory = &memory,
					     .vmemmap = reader->vmemmap, .nr_orders = kernel->max_order + 1 };
	struct aw_page_decoder decoder;
	uint64_t start, cpu_start;
	int err;

	find_sections(reader);
	start = aw_now_ns();
	cpu_start = aw_thread_ns();
	aw_page_decoder_init(&decoder, &reader->layout, zone);
	decoder.holders = holders;
	decoder.memory = &memory;
	err = read_all(reader, &decoder, &zone->span, pause, cost);
	if (!err)
		err = set_types(reader, kernel, &lists, &decoder.free, zone);
	if (!err)
		err = aw_percpu_check(&lists, &decoder.unmarked, zone);
	aw_page_decoder_clear(&decoder);
	if (holders)
		name_holders(reader, holders);
	cost->ns += aw_now_ns() - start;
	cost->cpu_ns += aw_thread_ns() - cpu_start;
	return err ? aw_error_set(error, err, "can't read the pages of zone %s: %s", zone->span.name, strerror(-err)) : 0;
}

void aw_page_reader_owners(struct aw_page_reader *reader, struct aw_zone_pages *zone, struct aw_holders *holders)
{
	const struct aw_kernel_memory memory = { .read = read_kernel, .context = reader };

	aw_owners_find(&reader->layout.owner, &memory, zone, holders);
}

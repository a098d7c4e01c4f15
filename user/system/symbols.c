// SPDX-License-Identifier: GPL-2.0
/*
 * The names of kernel addresses.
 *
 * Keeps only functions (types t, T, w, W), sorted by address, with 16 bytes each
 * and one blob of names: 200,000 symbols need about 8 MiB.  Resolved names are
 * copied to a pool that outlives the blob, which is replaced when modules are
 * loaded.
 */
#include "system/symbols.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/incomplete.h"
#include "base/intern.h"
#include "base/line_reader.h"
#include "mm/function.h"

#define BUFFER (64u << 10)

struct symbol {
	uint64_t addr;
	uint32_t name;		/* offset into blob */
	uint32_t module;	/* offset into blob; 0: the kernel itself */
};

struct table {
	struct symbol *symbols;
	size_t count, room;
	char *blob;
	size_t blob_used, blob_room;
	size_t hidden;		/* symbols whose address is zero */
	uint32_t last_module;	/* of the previous line: symbols of a module are consecutive */
};

struct aw_symbols {
	char *path;
	int fd;			/* of `path`, open: whether it shows addresses is decided by who opened it; -1 */
	struct table table;
	bool loaded;
	int load_error;
	uint64_t next_load_ns;	/* CLOCK_MONOTONIC: kallsyms is not read again before this time */
	struct aw_intern *names;
	aw_symbol_namer namer;
	void *namer_arg;
};

static void table_clear(struct table *table)
{
	free(table->symbols);
	free(table->blob);
	memset(table, 0, sizeof(*table));
}

struct aw_symbols *aw_symbols_new(const char *path)
{
	struct aw_symbols *symbols = calloc(1, sizeof(*symbols));

	if (!symbols)
		return NULL;
	symbols->fd = open(path, O_RDONLY | O_CLOEXEC);
	symbols->path = strdup(path);
	symbols->names = aw_intern_new();
	if (symbols->path && symbols->names)
		return symbols;
	aw_symbols_free(symbols);
	return NULL;
}

void aw_symbols_free(struct aw_symbols *symbols)
{
	if (!symbols)
		return;
	table_clear(&symbols->table);
	aw_intern_free(symbols->names);
	if (symbols->fd >= 0)
		close(symbols->fd);
	free(symbols->path);
	free(symbols);
}

void aw_symbols_set_namer(struct aw_symbols *symbols, aw_symbol_namer namer, void *arg)
{
	symbols->namer = namer;
	symbols->namer_arg = arg;
}

/* Grows by half, which wastes less memory than doubling. */
static int grow(void **array, size_t *room, size_t need, size_t size)
{
	size_t larger = *room ? *room + *room / 2 : 4096;
	void *moved;

	if (need <= *room)
		return 0;
	if (larger < need)
		larger = need;
	moved = realloc(*array, larger * size);
	if (!moved)
		return -ENOMEM;
	*array = moved;
	*room = larger;
	return 0;
}

static int blob_add(struct table *table, const char *text, size_t len, uint32_t *offset)
{
	int err = grow((void **)&table->blob, &table->blob_room, table->blob_used + len + 1, 1);

	if (err)
		return err;
	*offset = table->blob_used;
	memcpy(table->blob + table->blob_used, text, len);
	table->blob[table->blob_used + len] = '\0';
	table->blob_used += len + 1;
	return 0;
}

static int module_offset(struct table *table, const char *name, size_t len, uint32_t *offset)
{
	const char *last = table->last_module ? table->blob + table->last_module : "";
	int err;

	if (strlen(last) == len && !memcmp(last, name, len)) {
		*offset = table->last_module;
		return 0;
	}
	err = blob_add(table, name, len, offset);
	table->last_module = err ? 0 : *offset;
	return err;
}

/*
 * The symbol tables of modules contain mapping symbols, which mark the borders
 * of code and data ($x, $d.12 on arm64, $a and $t on arm), and local labels
 * (.L12).  The kernel's is_mapping_symbol() excludes the same.
 */
static bool is_mark(const char *name, size_t len)
{
	if (len > 1 && name[0] == '.' && name[1] == 'L')
		return true;
	return len > 1 && name[0] == '$' && strchr("adtx", name[1]) && (len == 2 || name[2] == '.');
}

/* Returns the end of the number; `text` itself: there is none. */
static const char *parse_address(const char *text, uint64_t *out)
{
	uint64_t value = 0;

	for (; isxdigit((unsigned char)*text); text++)
		value = value << 4 | (uint64_t)(*text <= '9' ? *text - '0' : (*text | 0x20) - 'a' + 10);
	*out = value;
	return text;
}

/* ffff800008010000 T _text
 * ffff80007c8a1000 t snd_init	[snd] */
static int add_line(struct table *table, const char *line)
{
	struct symbol symbol = { 0 };
	const char *end = parse_address(line, &symbol.addr), *module;
	size_t len;
	int err;

	if (end == line || end[0] != ' ' || !end[1] || end[2] != ' ' || !strchr("tTwW", end[1]))
		return 0;
	if (!symbol.addr) {
		table->hidden++;
		return 0;
	}
	end += 3;
	len = strcspn(end, " \t\n");
	if (!len || is_mark(end, len))
		return 0;
	module = strchr(end + len, '[');
	err = blob_add(table, end, len, &symbol.name);
	if (!err && module)
		err = module_offset(table, module + 1, strcspn(module + 1, "]\n"), &symbol.module);
	if (!err)
		err = grow((void **)&table->symbols, &table->room, table->count + 1, sizeof(symbol));
	if (!err)
		table->symbols[table->count++] = symbol;
	return err;
}

/* Symbols with the same address keep the order of the file. */
static int by_address(const void *a, const void *b)
{
	const struct symbol *left = a, *right = b;

	if (left->addr != right->addr)
		return left->addr < right->addr ? -1 : 1;
	return left->name < right->name ? -1 : left->name > right->name;
}

static void sort(struct table *table)
{
	for (size_t i = 1; i < table->count; i++)
		if (table->symbols[i - 1].addr > table->symbols[i].addr) {
			qsort(table->symbols, table->count, sizeof(*table->symbols), by_address);
			return;
		}
}

/* Reads at most `lines` lines from a file that starts at its beginning. */
static int table_read(struct table *table, int fd, size_t lines)
{
	AW_FREE char *buffer = malloc(BUFFER);
	int own = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	AW_FCLOSE FILE *file = own < 0 ? NULL : fdopen(own, "r");
	struct aw_line_reader reader = { .file = file };
	uint32_t none;
	int err, got = 1;

	if (!file) {
		err = -errno;
		if (own >= 0)
			close(own);
		return err;
	}
	/* For a file of /proc, stdio would read 1 KiB at a time. */
	if (buffer)
		setvbuf(file, buffer, _IOFBF, BUFFER);
	err = blob_add(table, "", 0, &none);
	while (!err && lines-- && (got = aw_line_next(&reader)) > 0)
		err = add_line(table, reader.line);
	if (err || got < 0)
		return err ? err : got;
	sort(table);
	if (table->count)
		return 0;
	return table->hidden ? -EPERM : -ENOENT;
}

int aw_symbols_probe(const char *path)
{
	struct table table = { 0 };
	AW_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
	int err = fd < 0 ? -errno : table_read(&table, fd, 1000);

	table_clear(&table);
	aw_incomplete_note_file(path, err);
	return err;
}

/*
 * A process that gave up CAP_SYSLOG still reads addresses from a descriptor that
 * it had before (kallsyms_show_value() of the opener, 5.8 on).
 */
static int reopen(struct aw_symbols *symbols)
{
	if (symbols->fd >= 0)
		return lseek(symbols->fd, 0, SEEK_SET) ? -errno : 0;
	symbols->fd = open(symbols->path, O_RDONLY | O_CLOEXEC);
	return symbols->fd < 0 ? -errno : 0;
}

int aw_symbols_load(struct aw_symbols *symbols)
{
	struct table table = { 0 };
	bool again = symbols->loaded;
	uint64_t start = aw_now_ns(), end;
	int err;

	symbols->loaded = true;
	/* Free the old table first, because two at a time would double the resident memory. */
	table_clear(&symbols->table);
	err = reopen(symbols);
	if (!err)
		err = table_read(&table, symbols->fd, SIZE_MAX);
	if (err)
		table_clear(&table);
	aw_incomplete_note_file(symbols->path, err);
	symbols->table = table;
	symbols->load_error = err;
	/* After the first time, reading takes at most a tenth of the time. */
	end = aw_now_ns();
	symbols->next_load_ns = again ? end + 9 * (end - start) : end;
	return err ? err : (int)table.count;
}

void aw_symbols_need(struct aw_symbols *symbols)
{
	if (!symbols->loaded && !symbols->namer)
		aw_symbols_load(symbols);
}

/*
 * The last symbol that starts at or before the address, or NULL.  Of several at
 * the same address it is the first, which the kernel also prefers
 * (compare_symbols() in scripts/kallsyms.c, kallsyms_lookup()).
 */
static const struct symbol *find(const struct table *table, uint64_t addr)
{
	size_t low = 0, high = table->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (table->symbols[middle].addr <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	while (low > 1 && table->symbols[low - 2].addr == table->symbols[low - 1].addr)
		low--;
	return low ? &table->symbols[low - 1] : NULL;
}

/* The next symbol at a higher address, or NULL. */
static const struct symbol *next_of(const struct table *table, const struct symbol *symbol)
{
	uint64_t addr = symbol->addr;

	while (++symbol < table->symbols + table->count)
		if (symbol->addr != addr)
			return symbol;
	return NULL;
}

/* Functions are assumed to be shorter; beyond this, the address is in memory that kallsyms does not know. */
#define LARGEST_FUNCTION (1u << 20)

#define SMALLEST_PAGE 4096

static bool may_hold(const struct symbol *symbol, uint64_t addr)
{
	return symbol && addr - symbol->addr < LARGEST_FUNCTION;
}

/*
 * The end of the last function of a module is not known, and a module loaded
 * later may begin on the next page.
 */
static bool surely_holds(const struct table *table, const struct symbol *symbol, uint64_t addr)
{
	const struct symbol *next;

	if (!may_hold(symbol, addr))
		return false;
	next = next_of(table, symbol);
	return (next && next->module == symbol->module) ||
	       symbol->addr / SMALLEST_PAGE == addr / SMALLEST_PAGE;
}

static const struct symbol *lookup(struct aw_symbols *symbols, uint64_t addr)
{
	const struct symbol *symbol = find(&symbols->table, addr);

	if (!surely_holds(&symbols->table, symbol, addr) && aw_now_ns() >= symbols->next_load_ns) {
		if (aw_symbols_load(symbols) < 0)
			return NULL;
		symbol = find(&symbols->table, addr);
	}
	return may_hold(symbol, addr) ? symbol : NULL;
}

static bool ask_kernel(struct aw_symbols *symbols, uint64_t addr, struct aw_frame *frame)
{
	char text[640];

	return !symbols->namer(symbols->namer_arg, addr, text, sizeof(text)) &&
	       aw_symbols_parse_name(symbols, text, frame);
}

static bool resolve_by_kernel(struct aw_symbols *symbols, uint64_t addr, bool is_return, struct aw_frame *frame)
{
	if (!ask_kernel(symbols, addr - is_return, frame))
		return false;
	frame->addr = addr;
	frame->offset += is_return;
	return true;
}

bool aw_symbols_resolve(struct aw_symbols *symbols, uint64_t addr, bool is_return,
			struct aw_frame *frame)
{
	const struct table *table = &symbols->table;
	const struct symbol *symbol, *next;

	*frame = (struct aw_frame){ .addr = addr, .name = "", .module = "" };
	if (symbols->namer)
		return resolve_by_kernel(symbols, addr, is_return, frame);
	aw_symbols_need(symbols);
	if (symbols->load_error)
		return false;
	symbol = lookup(symbols, addr - is_return);
	if (!symbol)
		return false;
	aw_frame_set_symbol(frame, table->blob + symbol->name, symbols->names);
	frame->module = symbol->module ? aw_intern(symbols->names, table->blob + symbol->module) : "";
	frame->offset = addr - symbol->addr;
	next = next_of(table, symbol);
	if (next && next->addr - symbol->addr < LARGEST_FUNCTION)
		frame->size = next->addr - symbol->addr;
	return true;
}

/* ioctx_alloc+0x1c/0x130
 * snd_init+0x40/0x100 [snd] */
bool aw_symbols_parse_name(struct aw_symbols *symbols, const char *text, struct aw_frame *frame)
{
	char name[512], module[128];
	unsigned long long offset, size;
	int fields;

	module[0] = '\0';
	fields = sscanf(text, "%511[^+ ]+0x%llx/0x%llx [%127[^]]", name, &offset, &size, module);
	if (fields < 3 || isdigit((unsigned char)name[0]))
		return false;
	aw_frame_set_symbol(frame, name, symbols->names);
	frame->module = aw_intern(symbols->names, module);
	frame->offset = offset;
	frame->size = size;
	return true;
}

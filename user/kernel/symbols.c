// SPDX-License-Identifier: GPL-2.0
/*
 * Names of kernel addresses.
 *
 * Functions only (types t, T, w, W), sorted by address: 16 bytes each and one
 * blob of names, so that 200,000 symbols need about 8 MiB.  Resolved names go
 * to a pool that outlives the blob, which is replaced when modules come.
 */
#include "kernel/symbols.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/cleanup.h"
#include "base/intern.h"

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
	uint32_t last_module;	/* of the line before: modules come in runs */
};

struct aw_symbols {
	char *path;
	struct table table;
	bool loaded;
	int load_error;
	uint64_t next_load_ns;	/* CLOCK_MONOTONIC: not read again before */
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
	free(symbols->path);
	free(symbols);
}

void aw_symbols_set_namer(struct aw_symbols *symbols, aw_symbol_namer namer, void *arg)
{
	symbols->namer = namer;
	symbols->namer_arg = arg;
}

size_t aw_symbols_count(const struct aw_symbols *symbols)
{
	return symbols->table.count;
}

/* Grows by half: the last step wastes less than doubling. */
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
 * Marks of the assembler where code and data meet ($x, $d.12 on arm64, $a and
 * $t on arm) and local labels (.L12) are in the symbol tables of modules: no
 * functions.  The kernel's is_mapping_symbol() leaves out the same.
 */
static bool is_mark(const char *name, size_t len)
{
	if (len > 1 && name[0] == '.' && name[1] == 'L')
		return true;
	return len > 1 && name[0] == '$' && strchr("adtx", name[1]) && (len == 2 || name[2] == '.');
}

/* ffff800008010000 T _text
 * ffff80007c8a1000 t snd_init	[snd] */
static int add_line(struct table *table, const char *line)
{
	struct symbol symbol = { 0 };
	char *end;
	size_t len;
	const char *module;
	int err;

	symbol.addr = strtoull(line, &end, 16);
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

/* Of one address in the order of the file. */
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

/* `lines` bounds how much is read. */
static int table_read(struct table *table, const char *path, size_t lines)
{
	AW_FCLOSE FILE *file = fopen(path, "re");
	AW_FREE char *line = NULL;
	size_t size = 0;
	uint32_t none;
	int err;

	if (!file)
		return -errno;
	err = blob_add(table, "", 0, &none);
	while (!err && lines-- && getline(&line, &size, file) > 0)
		err = add_line(table, line);
	if (err)
		return err;
	sort(table);
	if (table->count)
		return 0;
	return table->hidden ? -EPERM : -ENOENT;
}

int aw_symbols_probe(const char *path)
{
	struct table table = { 0 };
	int err = table_read(&table, path, 1000);

	table_clear(&table);
	return err;
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int aw_symbols_load(struct aw_symbols *symbols)
{
	struct table table = { 0 };
	bool again = symbols->loaded;
	uint64_t start = now_ns(), end;
	int err;

	symbols->loaded = true;
	/* The old table goes first: two at a time would double what is resident. */
	table_clear(&symbols->table);
	err = table_read(&table, symbols->path, SIZE_MAX);
	if (err)
		table_clear(&table);
	symbols->table = table;
	symbols->load_error = err;
	/* The first time at once, then a tenth of the time at most goes into reading. */
	end = now_ns();
	symbols->next_load_ns = again ? end + 9 * (end - start) : end;
	return err;
}

/*
 * The last symbol that starts at or before; NULL.  Of several at one address
 * the first, which is the one that the kernel prefers (compare_symbols() in
 * scripts/kallsyms.c, kallsyms_lookup()).
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

/* The next one at a higher address; NULL. */
static const struct symbol *next_of(const struct table *table, const struct symbol *symbol)
{
	uint64_t addr = symbol->addr;

	while (++symbol < table->symbols + table->count)
		if (symbol->addr != addr)
			return symbol;
	return NULL;
}

/* Beyond this a function is not believed: the address is in memory that kallsyms does not know. */
#define LARGEST_FUNCTION (1u << 20)

#define SMALLEST_PAGE 4096

static bool may_hold(const struct symbol *symbol, uint64_t addr)
{
	return symbol && addr - symbol->addr < LARGEST_FUNCTION;
}

/*
 * Where the last function of a module ends is not known, and a module that
 * came later may begin on the next page.
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

	if (!surely_holds(&symbols->table, symbol, addr) && now_ns() >= symbols->next_load_ns) {
		if (aw_symbols_load(symbols))
			return NULL;
		symbol = find(&symbols->table, addr);
	}
	return may_hold(symbol, addr) ? symbol : NULL;
}

static bool ask_kernel(struct aw_symbols *symbols, uint64_t addr, struct aw_frame *frame)
{
	char text[512];

	return symbols->namer && !symbols->namer(symbols->namer_arg, addr, text, sizeof(text)) &&
	       aw_symbols_parse_name(symbols, text, frame);
}

bool aw_symbols_resolve(struct aw_symbols *symbols, uint64_t addr, bool is_return,
			struct aw_frame *frame)
{
	const struct table *table = &symbols->table;
	const struct symbol *symbol, *next;

	*frame = (struct aw_frame){ .addr = addr, .name = "", .module = "" };
	if (!symbols->loaded)
		aw_symbols_load(symbols);
	if (symbols->load_error) {
		if (!ask_kernel(symbols, addr - is_return, frame))
			return false;
		frame->addr = addr;
		frame->offset += is_return;
		return true;
	}
	symbol = lookup(symbols, addr - is_return);
	if (!symbol)
		return false;
	frame->name = aw_intern(symbols->names, table->blob + symbol->name);
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
	frame->name = aw_intern(symbols->names, name);
	frame->module = aw_intern(symbols->names, module);
	frame->offset = offset;
	frame->size = size;
	return true;
}

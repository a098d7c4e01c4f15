/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Names of kernel addresses: from kallsyms text, or from the kernel itself
 * where the addresses in kallsyms are hidden.
 */
#ifndef AW_KERNEL_SYMBOLS_H
#define AW_KERNEL_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/stack.h"

struct aw_symbols;

/*
 * Asks the kernel for a name: "symbol+0x1/0x2 [module]" as %pS prints it.
 * Returns 0 or -errno.
 */
typedef int (*aw_symbol_namer)(void *arg, uint64_t addr, char *name, size_t size);

/*
 * Symbols of the kallsyms text at `path`, which is read when the first
 * address is asked for and again when an unknown module shows up.  NULL: no
 * memory.  `path` is copied.
 */
struct aw_symbols *aw_symbols_new(const char *path);
void aw_symbols_free(struct aw_symbols *symbols);	/* NULL allowed */

/* Used where kallsyms has no addresses. */
void aw_symbols_set_namer(struct aw_symbols *symbols, aw_symbol_namer namer, void *arg);

/*
 * Looks at the first lines only: 0 when functions have addresses, -EPERM when
 * they are zero (kptr_restrict), -ENOENT (no functions), -errno.
 */
int aw_symbols_probe(const char *path);

/* Reads now. 0; -EPERM: all addresses are zero (kptr_restrict); -ENOENT, -errno. */
int aw_symbols_load(struct aw_symbols *symbols);

/* Number of functions known by address. */
size_t aw_symbols_count(const struct aw_symbols *symbols);

/*
 * Fills `frame` for an address inside a function.  A return address is looked
 * up one byte before (`is_return`), so that a call that ends a function is not
 * taken for the next one; offset and addr stay those of the address itself.
 * Strings live as long as `symbols`.  False: no name; frame has addr only.
 */
bool aw_symbols_resolve(struct aw_symbols *symbols, uint64_t addr, bool is_return,
			struct aw_frame *frame);

/* "symbol+0x1/0x2 [module]" -> frame; strings go to the pool of `symbols`. False: not that form. */
bool aw_symbols_parse_name(struct aw_symbols *symbols, const char *text, struct aw_frame *frame);

#endif

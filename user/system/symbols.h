/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The names of kernel addresses, from kallsyms text, or from the kernel itself,
 * address by address.
 */
#ifndef AW_SYSTEM_SYMBOLS_H
#define AW_SYSTEM_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mm/stack.h"

struct aw_symbols;

/*
 * Lets the kernel format a name as %pS does: "symbol+0x1/0x2 [module]".  Returns
 * 0 or -errno.
 */
typedef int (*aw_symbol_namer)(void *arg, uint64_t addr, char *name, size_t size);

/*
 * The symbols of the kallsyms text at `path`, which is opened now, with the
 * privileges of now, and copied.  The text is read
 * when the first address is looked up, and again when an unknown module
 * appears.  NULL: no memory.
 */
struct aw_symbols *aw_symbols_new(const char *path);
void aw_symbols_free(struct aw_symbols *symbols);	/* NULL allowed */

/* Sets the function that names every address from now on: then the text is not read. */
void aw_symbols_set_namer(struct aw_symbols *symbols, aw_symbol_namer namer, void *arg);

/*
 * Checks only the first lines: 0 if functions have addresses, -EPERM if these
 * are zero (kptr_restrict), -ENOENT (no functions) or -errno.
 */
int aw_symbols_probe(const char *path);

/*
 * Reads the symbols now.  The number of functions with a known address, or
 * -EPERM: all addresses are zero (kptr_restrict); -ENOENT: no functions; -errno.
 */
int aw_symbols_load(struct aw_symbols *symbols);

/* Reads the symbols now, if that was not done yet and nothing else names addresses. */
void aw_symbols_need(struct aw_symbols *symbols);

/*
 * Fills in `frame` for an address in a function.  A return address
 * (`is_return`) is looked up one byte before, so that a call at the end of a
 * function is not attributed to the next function; offset and addr are those of
 * the address itself.  Strings are valid as long as `symbols`.  False: the
 * address has no name; only addr is set.
 */
bool aw_symbols_resolve(struct aw_symbols *symbols, uint64_t addr, bool is_return,
			struct aw_frame *frame);

/* Parses "symbol+0x1/0x2 [module]"; strings belong to `symbols`.  False: the text has another form. */
bool aw_symbols_parse_name(struct aw_symbols *symbols, const char *text, struct aw_frame *frame);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The address of one symbol, data or function, from the text of kallsyms.
 */
#ifndef AW_SYSTEM_SYMBOL_ADDRESS_H
#define AW_SYSTEM_SYMBOL_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Is this line, without its newline, that of the kernel's own symbol `name`?  False, too, where the address is hidden: zero. */
bool aw_symbol_on_line(const char *line, const char *name, uint64_t *address);

/* From where `kallsyms` stands, which stays open.  0: it is not there, or hidden. */
uint64_t aw_symbol_address(FILE *kallsyms, const char *name);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which functions this kernel was built with, by their names in /proc/kallsyms,
 * which can be read where addresses are hidden, and which keep those of init code.
 */
#ifndef AW_SYSTEM_HAS_SYMBOL_H
#define AW_SYSTEM_HAS_SYMBOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Bit k: names[k] is a symbol of the kernel.  `path`: "/proc/kallsyms", or a copy
 * (in tests).  At most 32 names; 0 also where the file can't be read.
 */
uint32_t aw_symbols_known(const char *path, const char *const *names, size_t count);

#endif

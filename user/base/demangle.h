/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Names of Rust functions as people write them.
 */
#ifndef AW_BASE_DEMANGLE_H
#define AW_BASE_DEMANGLE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Turns a Rust symbol of either mangling into a path:
 *
 *   _RNvNtCsgu3D7i0gFmA_9rust_echo4echo7rx_fill           -> rust_echo::echo::rx_fill
 *   _ZN5alloc7raw_vec11finish_grow17h0123456789abcdefE    -> alloc::raw_vec::finish_grow
 *
 * Hashes, generic arguments and lifetimes are left out.  A name that was cut
 * gives the part that is there and "...".  `text` always gets a NUL within
 * `size` bytes (at least 1).  False: not a Rust symbol, and `text` is "".
 *
 * The grammar is that of Rust RFC 2603 (v0); the escapes of the legacy form
 * are those of rustc's `symbol_names/legacy.rs`.
 */
bool aw_demangle_rust(const char *name, size_t len, char *text, size_t size);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Makes addresses without a name relative to their module or to _text, so that
 * a recording can be shared without revealing kernel addresses.
 */
#ifndef AW_SYSTEM_ANCHOR_H
#define AW_SYSTEM_ANCHOR_H

#include <stddef.h>
#include <stdint.h>

#include "mm/stack.h"

struct aw_anchors;

struct aw_anchors *aw_anchors_new(void);	/* NULL: no memory */
void aw_anchors_free(struct aw_anchors *anchors);	/* NULL allowed */

/* Adds the modules of a /proc/modules text; lines without an address (kptr_restrict) are skipped. */
void aw_anchors_add_modules(struct aw_anchors *anchors, const char *text);

/* Sets the addresses of _text and _etext; 0: not known. */
void aw_anchors_set_text(struct aw_anchors *anchors, uint64_t start, uint64_t end);

/*
 * The anchors of the running kernel: /proc/modules, and _text from the kallsyms
 * text at `path`, which is opened now, with the privileges of now, and read when it
 * is first asked for.  Skips what cannot be read.
 */
void aw_anchors_open(struct aw_anchors *anchors, const char *path);

/*
 * Replaces the address of a frame without a name: by "_text" + offset,
 * "[module]" + offset into the module, or "[hidden]" + the low 21 bits, which
 * are the same in every boot.  Strings are valid as long as `anchors`.
 */
struct aw_frame aw_anchors_frame(struct aw_anchors *anchors, uint64_t addr);

#endif

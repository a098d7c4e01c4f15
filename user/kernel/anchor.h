/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an address without a name is told relative to, so that a recording can
 * be shared: its module, or _text.
 */
#ifndef AW_KERNEL_ANCHOR_H
#define AW_KERNEL_ANCHOR_H

#include <stddef.h>
#include <stdint.h>

#include "kernel/stack.h"

struct aw_anchors;

struct aw_anchors *aw_anchors_new(void);	/* NULL: no memory */
void aw_anchors_free(struct aw_anchors *anchors);	/* NULL allowed */

/* The text of /proc/modules; lines without an address (kptr_restrict) are passed over. */
void aw_anchors_add_modules(struct aw_anchors *anchors, const char *text);

/* Where _text and _etext are; 0: not known. */
void aw_anchors_set_text(struct aw_anchors *anchors, uint64_t start, uint64_t end);

/*
 * The running kernel: /proc/modules, and _text from the kallsyms at `path`.
 * What cannot be read is left out.
 */
void aw_anchors_read(struct aw_anchors *anchors, const char *path);

/*
 * A frame without a name, without its address: "_text" + offset, "[module]" +
 * offset of that module, or "[hidden]" + the low 21 bits, the same for every boot.
 * Strings live as long as `anchors`.
 */
struct aw_frame aw_anchors_frame(const struct aw_anchors *anchors, uint64_t addr);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where page structures lie: the address that the one of frame 0 would have.
 */
#ifndef AW_PAGES_VMEMMAP_H
#define AW_PAGES_VMEMMAP_H

#include <stdint.h>

#include "base/error.h"
#include "pages/layout.h"

struct pages_bpf;

/*
 * With the programs of `bpf`, which are loaded.  Needs /proc/self/pagemap with CAP_SYS_ADMIN, or tracefs.
 * 0, or -errno with the reason.
 */
int aw_vmemmap_find(struct pages_bpf *bpf, const struct aw_page_layout *layout, const struct aw_btf *btf, uint64_t *vmemmap,
		    struct aw_error *error);

#endif

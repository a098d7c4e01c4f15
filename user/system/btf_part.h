/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The part of BTF that BPF programs need of a kernel's: libbpf reads all of it again, and looks each structure up among its 126,000
 * types, which took a fifth of a start: docs/performance.md.
 */
#ifndef AW_SYSTEM_BTF_PART_H
#define AW_SYSTEM_BTF_PART_H

#include <bpf/btf.h>

#include "system/btf.h"

/*
 * Makes BTF of the structures, unions, enums and typedefs of `whole` that have a name which `object`, the BTF of a BPF
 * object, has, too, and of the types that they consist of.  CO-RE relocations of that object come out as with `whole`: they follow
 * no pointer, so all pointers are to void.  A name in `object` ends before "___", as for libbpf.  Numbers of types differ, so
 * neither typed symbols nor programs that are attached by BTF may use it.
 *
 * 0, or -errno, and nothing is made.  The caller frees it with btf__free().
 */
int aw_btf_part(const struct aw_btf *whole, const struct btf *object, struct btf **out);

#endif

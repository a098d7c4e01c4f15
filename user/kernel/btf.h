/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the running kernel's BTF says: enum values and function prototypes.
 */
#ifndef AW_KERNEL_BTF_H
#define AW_KERNEL_BTF_H

#include "kernel/kernel.h"

struct aw_btf;

/* NULL: this kernel has no BTF, or it cannot be read. */
struct aw_btf *aw_btf_open(void);
void aw_btf_free(struct aw_btf *btf);	/* NULL allowed */

/* A table of the ___GFP_*_BIT enumerators (6.9 on). 0, -ENOENT (older) or -ENOMEM. */
int aw_btf_gfp_table(const struct aw_btf *btf, struct aw_gfp_table **out);

/* enum migratetype. 0 or -ENOENT. */
int aw_btf_migratetypes(const struct aw_btf *btf, struct aw_migratetypes *out);

/* enum compact_result. 0 or -ENOENT. */
int aw_btf_compact_numbers(const struct aw_btf *btf, struct aw_compact_numbers *out);

/* Parameters of a function without the variadic end; -ENOENT: no such function. */
int aw_btf_function_parameters(const struct aw_btf *btf, const char *function);

/*
 * Arguments of a tracepoint's raw form; -ENOENT: no such tracepoint.  `first`
 * (may be NULL) is set to the type name of the first one, "" when it has none.
 */
int aw_btf_tracepoint_arguments(const struct aw_btf *btf, const char *tracepoint, const char **first);

#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Queries the BTF of the running kernel for enum values and function prototypes.
 */
#ifndef AW_SYSTEM_BTF_H
#define AW_SYSTEM_BTF_H

#include "mm/kernel.h"

struct aw_btf;
struct btf;

/*
 * Whether the BTF of this kernel can be read: AW_BTF_NONE, or that twice its size, and what
 * the programs need then, would be more memory than there is.
 */
enum aw_btf_state { AW_BTF_NONE, AW_BTF_TOO_LARGE, AW_BTF_THERE };
enum aw_btf_state aw_btf_state(void);

/* NULL: the kernel has no BTF, or it cannot be read, or there is no memory for it. */
struct aw_btf *aw_btf_open(void);

/* BTF from a file, raw or in an ELF file.  It is not trusted.  NULL: it cannot be read. */
struct aw_btf *aw_btf_from(const char *path);
/* Is this the path of BTF, raw or in an ELF file?  0, -ENOENT and others of open(2), or -EINVAL. */
int aw_btf_check(const char *path);

void aw_btf_free(struct aw_btf *btf);	/* NULL allowed */

/* As libbpf has it; it stays the owner's. */
const struct btf *aw_btf_whole(const struct aw_btf *btf);

/* Makes a table of the ___GFP_*_BIT enumerators (6.9 on).  0, -ENOENT (older kernel) or -ENOMEM. */
int aw_btf_gfp_table(const struct aw_btf *btf, struct aw_gfp_table **out);

/* Reads enum migratetype.  0 or -ENOENT. */
int aw_btf_migratetypes(const struct aw_btf *btf, struct aw_migratetypes *out);

/* Reads enum compact_result.  0 or -ENOENT. */
int aw_btf_compact_numbers(const struct aw_btf *btf, struct aw_compact_numbers *out);

/* The number of a function or variable in BTF, for bpf().  -ENOENT: it has none. */
int aw_btf_function(const struct aw_btf *btf, const char *function);
int aw_btf_variable(const struct aw_btf *btf, const char *variable);

/* The number of parameters of a function, without the variadic ones; -ENOENT: no such function. */
int aw_btf_function_parameters(const struct aw_btf *btf, const char *function);

/*
 * The number of arguments of a raw tracepoint; -ENOENT: no such tracepoint.
 * `first` (may be NULL) is set to the type name of the first one, or to "".
 */
int aw_btf_tracepoint_arguments(const struct aw_btf *btf, const char *tracepoint, const char **first);

/* The size of a structure in bytes.  0 or -ENOENT. */
int aw_btf_size(const struct aw_btf *btf, const char *structure, unsigned int *bytes);

/* The offset of a member in bytes, also of one in an anonymous union or structure.  0 or -ENOENT. */
int aw_btf_member(const struct aw_btf *btf, const char *structure, const char *member, unsigned int *offset);
/* The number of elements of a member that is an array; 0: there is none, or it is no array. */
unsigned int aw_btf_member_elements(const struct aw_btf *btf, const char *structure, const char *member);

/* The value of an enumerator of a named enum.  0 or -ENOENT. */
int aw_btf_enumerator(const struct aw_btf *btf, const char *name, const char *enumerator, int64_t *value);

#endif

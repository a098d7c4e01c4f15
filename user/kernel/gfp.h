/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the bits of a gfp mask mean on one kernel.
 *
 * Bit positions move between releases and with the configuration, so a mask
 * without its table means nothing.  A table comes, in this order of trust,
 * from the running kernel (tracefs print format, BTF enum) or from the era
 * tables (logs from elsewhere).  Above this file a mask is a set of enum
 * aw_gfp_flag and a string.
 */
#ifndef AW_KERNEL_GFP_H
#define AW_KERNEL_GFP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One meaning each, over all kernels from 2.6 on; names[] in gfp.c follows. */
enum aw_gfp_flag {
	AW_GFP_DMA,
	AW_GFP_HIGHMEM,
	AW_GFP_DMA32,
	AW_GFP_MOVABLE,
	AW_GFP_WAIT,		/* up to 4.3: may sleep and reclaim */
	AW_GFP_HIGH,
	AW_GFP_IO,
	AW_GFP_FS,
	AW_GFP_COLD,
	AW_GFP_NOWARN,
	AW_GFP_REPEAT,		/* up to 4.12 */
	AW_GFP_RETRY_MAYFAIL,	/* 4.13 on, REPEAT's successor for every order */
	AW_GFP_NOFAIL,
	AW_GFP_NORETRY,
	AW_GFP_MEMALLOC,
	AW_GFP_COMP,
	AW_GFP_ZERO,
	AW_GFP_NOMEMALLOC,
	AW_GFP_HARDWALL,
	AW_GFP_THISNODE,
	AW_GFP_RECLAIMABLE,
	AW_GFP_KMEMCG,
	AW_GFP_NOTRACK,
	AW_GFP_NO_KSWAPD,
	AW_GFP_OTHER_NODE,
	AW_GFP_WRITE,
	AW_GFP_ATOMIC,		/* 4.4 to 6.2 */
	AW_GFP_ACCOUNT,
	AW_GFP_NOACCOUNT,	/* 4.1 to 4.4 */
	AW_GFP_DIRECT_RECLAIM,
	AW_GFP_KSWAPD_RECLAIM,
	AW_GFP_NOLOCKDEP,
	AW_GFP_ZEROTAGS,
	AW_GFP_SKIP_ZERO,
	AW_GFP_SKIP_KASAN,	/* also _POISON and _UNPOISON of 5.14 to 6.3 */
	AW_GFP_CMA,		/* Android */
	AW_GFP_NO_OBJ_EXT,
	AW_GFP_FLAGS		/* how many; fits 64 */
};

/* A decoded mask.  `names` is owned by the table that decoded it. */
struct aw_gfp {
	uint64_t raw;		/* bits of that kernel: only to be shown */
	uint64_t flags;		/* bit f set: enum aw_gfp_flag f is set */
	uint64_t unknown;	/* raw bits that the table has no name for */
	/*
	 * Composites as that kernel prints them, then single bits as __GFP_*
	 * in the order of enum aw_gfp_flag, whatever that kernel's spelling
	 * and order, then unknown bits: "GFP_KERNEL|__GFP_COMP|0x8000000".
	 * One request has one string on all kernels.
	 */
	const char *names;
};

/* The names of a mask that stands for requests of several: which flags they had is not known. */
#define AW_GFP_SEVERAL "(of several kinds)"

static inline bool aw_gfp_has(const struct aw_gfp *gfp, enum aw_gfp_flag flag)
{
	return gfp->flags >> flag & 1;
}

/* May the request reclaim and compact itself?  __GFP_WAIT or __GFP_DIRECT_RECLAIM. */
bool aw_gfp_may_direct_reclaim(const struct aw_gfp *gfp);

/* "__GFP_COMP" for AW_GFP_COMP; never NULL for a valid flag. */
const char *aw_gfp_flag_name(enum aw_gfp_flag flag);

/*
 * "__GFP_COMP", "___GFP_COMP", "GFP_COMP" or "___GFP_COMP_BIT" -> flag; -1: no
 * such name, or a composite ("GFP_ATOMIC").
 */
int aw_gfp_flag_from_name(const char *name, size_t len);

struct aw_gfp_table;

void aw_gfp_table_free(struct aw_gfp_table *table);	/* NULL allowed */

/*
 * Parses the `print fmt:` of tracefs events/kmem/mm_page_alloc/format: the
 * {expression, "NAME"} pairs of its __print_flags().  Expressions are
 * constants, casts, parentheses, |, &, ~, << and names of BTF bits; a pair with
 * anything else is left out.  Flags that this kernel does not list (__GFP_FS on
 * 3.18) are added from the eras that agree with it.  Returns 0 or -EINVAL (no complete list, or none of
 * its single flags understood: 6.9 to 6.12 print names only), -ENOMEM.
 */
int aw_gfp_table_from_format(const char *text, size_t len, struct aw_gfp_table **out);

/* Number of "___GFP_DMA_BIT" (not NUL-terminated) in that kernel's BTF; -1: not known. */
typedef int aw_gfp_bit_fn(void *ctx, const char *name, size_t len);

/* The same for a format that names bits; `bit_of` may be NULL. */
int aw_gfp_table_from_format_with(const char *text, size_t len, aw_gfp_bit_fn *bit_of, void *ctx,
				  struct aw_gfp_table **out);

/*
 * The table of a kernel release ("3.18.20", "6.1.0-51-arm64", "4.4"), from
 * the era tables.  Configuration-dependent bits follow the usual
 * configuration (no LOCKDEP, no KASAN_HW_TAGS; CMA).  `android` picks
 * Android's 5.10 layout.  Returns 0, -ENOENT (not a release), -ENOMEM.
 */
int aw_gfp_table_for_release(const char *release, bool android, struct aw_gfp_table **out);

/*
 * For BTF's enum ___GFP_*_BIT (6.9 on): starts an empty table, to which
 * bits are added one by one ("___GFP_DMA_BIT", 0).  Composites are computed.
 * A table is complete before its first mask is decoded.
 * aw_gfp_table_new() returns NULL without memory.
 * aw_gfp_table_add_bit() returns 0, -ENOENT (unknown name: ignored).
 */
struct aw_gfp_table *aw_gfp_table_new(void);
int aw_gfp_table_add_bit(struct aw_gfp_table *table, const char *name, unsigned int bit);

/*
 * Adds one {mask, "name"} pair as a kernel lists it, composite or single flag.
 * A composite so given wins over the computed one.  Returns 0 or -ENOENT
 * (unknown name, or not one bit: ignored).
 */
int aw_gfp_table_add_name(struct aw_gfp_table *table, const char *name, size_t len, uint64_t mask);

/*
 * Decides the composites that changed while no bit did: GFP_NOWAIT,
 * GFP_TRANSHUGE.  AW_VERSION(); 0, the default, takes the oldest form.
 */
void aw_gfp_table_set_version(struct aw_gfp_table *table, uint32_t version);

/*
 * Decodes; the result and its string live as long as the table.  Decoding the
 * same mask again returns the same pointer in `names`.
 */
struct aw_gfp aw_gfp_decode(struct aw_gfp_table *table, uint64_t raw);

/*
 * Parses the names in a log line or an option ("GFP_KERNEL|__GFP_COMP",
 * also "GFP_COMP", composites of any era) to a set of flags; 0x... is a mask
 * of this table.  Without a table (NULL) composites mean what they mean today
 * and 0x... is an error.  Returns 0 or -EINVAL.
 */
int aw_gfp_parse_names(struct aw_gfp_table *table, const char *text, size_t len, uint64_t *flags);

/* Where a table came from, for messages: "tracefs", "BTF", "era 5.18-6.2". */
const char *aw_gfp_table_origin(const struct aw_gfp_table *table);
void aw_gfp_table_set_origin(struct aw_gfp_table *table, const char *origin);

/* Raw bit of a flag in this table; 0: this kernel does not have it. */
uint64_t aw_gfp_raw_bit(const struct aw_gfp_table *table, enum aw_gfp_flag flag);

#endif

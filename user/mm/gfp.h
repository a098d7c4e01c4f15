/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The meaning of the bits of a gfp mask on a given kernel.
 *
 * Bit positions differ between releases and configurations, so a mask is
 * meaningless without its table.  The table comes from the running kernel
 * (tracefs print format, BTF enum) or, for logs of other machines, from the era
 * tables, which are less reliable.  Users of this file see a mask as a set of
 * enum aw_gfp_flag and a string.
 */
#ifndef AW_MM_GFP_H
#define AW_MM_GFP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All flags since 2.6, by meaning; flag_names[] in gfp_names.c has the same order. */
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
	AW_GFP_FLAGS		/* their number, at most 64 */
};

/* A decoded mask.  `names` belongs to the table that decoded it. */
struct aw_gfp {
	uint64_t raw;		/* the bits on the kernel, only for display */
	uint64_t flags;		/* bit f: enum aw_gfp_flag f is set */
	uint64_t unknown;	/* raw bits without a name in the table */
	/*
	 * Composites as the kernel prints them, then single bits as __GFP_* in
	 * the order of enum aw_gfp_flag, then unknown bits:
	 * "GFP_KERNEL|__GFP_COMP|0x8000000".  Spelling and order do not depend
	 * on the kernel, so a request has the same string everywhere.
	 */
	const char *names;
	bool several;		/* of requests with different masks, so that none of the above is known */
};

/* Initialises such a mask; recordings and logs know it by its `names`. */
#define AW_GFP_SEVERAL_NAMES "(of several kinds)"
#define AW_GFP_SEVERAL { .names = AW_GFP_SEVERAL_NAMES, .several = true }

static inline bool aw_gfp_has(const struct aw_gfp *gfp, enum aw_gfp_flag flag)
{
	return gfp->flags >> flag & 1;
}

/* May the request do direct reclaim and compaction?  __GFP_WAIT or __GFP_DIRECT_RECLAIM. */
bool aw_gfp_may_direct_reclaim(const struct aw_gfp *gfp);

/* "__GFP_COMP" for AW_GFP_COMP; never NULL for a valid flag. */
const char *aw_gfp_flag_name(enum aw_gfp_flag flag);

/*
 * "__GFP_COMP", "___GFP_COMP", "GFP_COMP" or "___GFP_COMP_BIT" -> flag; -1: not a
 * flag, or a composite ("GFP_ATOMIC").
 */
int aw_gfp_flag_from_name(const char *name, size_t len);

struct aw_gfp_table;

void aw_gfp_table_free(struct aw_gfp_table *table);	/* NULL allowed */

/*
 * Parses the `print fmt:` of tracefs events/kmem/mm_page_alloc/format: the
 * {expression, "NAME"} pairs of its __print_flags().  Expressions may contain
 * constants, casts, parentheses, |, &, ~, << and names of BTF bits; a pair with
 * anything else is skipped.  Flags that the kernel does not list (__GFP_FS on
 * 3.18) are added from the eras that agree with it.  Returns 0, -EINVAL (no
 * complete list, or no single flag understood: 6.9 to 6.12 print only names) or
 * -ENOMEM.
 */
int aw_gfp_table_from_format(const char *text, size_t len, struct aw_gfp_table **out);

/* The bit number of "___GFP_DMA_BIT" (not NUL-terminated) in the kernel's BTF; -1: not known. */
typedef int aw_gfp_bit_fn(void *ctx, const char *name, size_t len);

/* The same for a format that has names of bits; `bit_of` may be NULL. */
int aw_gfp_table_from_format_with(const char *text, size_t len, aw_gfp_bit_fn *bit_of, void *ctx,
				  struct aw_gfp_table **out);

/*
 * The table of a kernel release ("3.18.20", "6.1.0-51-arm64", "4.4"), from
 * the era tables.  Bits that depend on the configuration are those of the usual
 * one (CMA, without LOCKDEP and KASAN_HW_TAGS).  `android` selects the layout of
 * Android's 5.10.  Returns 0, -ENOENT (not a release) or -ENOMEM.
 */
int aw_gfp_table_for_release(const char *release, bool android, struct aw_gfp_table **out);

/*
 * For the BTF enum ___GFP_*_BIT (6.9 on): creates an empty table, to which bits
 * are added one by one ("___GFP_DMA_BIT", 0).  Composites are computed.  All
 * bits have to be added before the first mask is decoded.
 * aw_gfp_table_new() returns NULL without memory.
 * aw_gfp_table_add_bit() returns 0 or -ENOENT (the name is unknown and ignored).
 */
struct aw_gfp_table *aw_gfp_table_new(void);
int aw_gfp_table_add_bit(struct aw_gfp_table *table, const char *name, unsigned int bit);

/*
 * Adds a {mask, "name"} pair that the kernel lists, a composite or a single flag.
 * Such a composite takes precedence over the computed one.  Returns 0 or -ENOENT
 * (ignored: the name is unknown, or the flag is not a single bit).
 */
int aw_gfp_table_add_name(struct aw_gfp_table *table, const char *name, size_t len, uint64_t mask);

/*
 * Sets the AW_VERSION() that selects the definition of composites which changed
 * without a change of any bit: GFP_NOWAIT, GFP_TRANSHUGE.  0, the default,
 * selects the oldest one.
 */
void aw_gfp_table_set_version(struct aw_gfp_table *table, uint32_t version);

/*
 * Decodes a mask.  The result is valid as long as the table.  Decoding the same
 * mask again returns the same pointer in `names`.
 */
struct aw_gfp aw_gfp_decode(struct aw_gfp_table *table, uint64_t raw);

/* Did memory run out for the names of a mask?  They are "(out of memory)" then. */
bool aw_gfp_table_failed(const struct aw_gfp_table *table);

/*
 * Parses the names in a log line or an option ("GFP_KERNEL|__GFP_COMP", also
 * "GFP_COMP", composites of any era) to a set of flags; 0x... is a mask of this
 * table.  Without a table (NULL), composites have their current definition, and
 * 0x... is an error.  Returns 0 or -EINVAL.
 */
int aw_gfp_parse_names(struct aw_gfp_table *table, const char *text, size_t len, uint64_t *flags);

/* The origin of a table, for messages: "tracefs", "BTF", "era 5.18-6.2". */
const char *aw_gfp_table_origin(const struct aw_gfp_table *table);
void aw_gfp_table_set_origin(struct aw_gfp_table *table, const char *origin);

/* The raw bit of a flag in this table; 0: the kernel does not have it. */
uint64_t aw_gfp_raw_bit(const struct aw_gfp_table *table, enum aw_gfp_flag flag);

#endif

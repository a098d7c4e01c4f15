/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The composites of gfp flags in all kernels, such as GFP_KERNEL.  Internal to
 * gfp*.c; others use gfp.h.
 */
#ifndef AW_MM_GFP_NAMES_H
#define AW_MM_GFP_NAMES_H

#include "mm/gfp.h"

#define AW_GFP_SET(flag) (UINT64_C(1) << AW_GFP_##flag)

/*
 * 4.4 (d0164adc89f6) replaced __GFP_WAIT by DIRECT_RECLAIM and KSWAPD_RECLAIM: a
 * kernel has either the former or the latter two.
 */
#define AW_GFP_SET_DIRECT (AW_GFP_SET(WAIT) | AW_GFP_SET(DIRECT_RECLAIM))
#define AW_GFP_SET_RECLAIM (AW_GFP_SET_DIRECT | AW_GFP_SET(KSWAPD_RECLAIM))
/* Flags that belong to a composite only on kernels that have them. */
#define AW_GFP_SET_OPTIONAL (AW_GFP_SET_RECLAIM | AW_GFP_SET(ATOMIC) | \
			     AW_GFP_SET(SKIP_KASAN) | AW_GFP_SET(NO_KSWAPD))
/* Those of them that current kernels have in the usual configuration. */
#define AW_GFP_SET_TODAY (AW_GFP_SET(DIRECT_RECLAIM) | AW_GFP_SET(KSWAPD_RECLAIM))

struct aw_gfp_composite {
	const char *name;
	uint64_t flags;
	uint64_t needs;		/* only on kernels that have these flags */
	uint32_t since, until;	/* AW_VERSION, until exclusive; 0: always */
};

#define AW_GFP_COMPOSITES 15

/* In the order in which kernels match them.  For two with the same name, the version decides. */
extern const struct aw_gfp_composite aw_gfp_composites[AW_GFP_COMPOSITES];

/* Is the text, which is not NUL-terminated, this word? */
bool aw_gfp_is_word(const char *text, size_t len, const char *word);

/*
 * Adds flags that a kernel has but does not list: 3.18 and 4.4 print neither FS
 * nor the zone bits nor WRITE.  Considers the eras in which every listed flag
 * has the same bit, and adds flags on whose bits these eras agree.
 */
void aw_gfp_table_fill_from_eras(struct aw_gfp_table *table);

#endif

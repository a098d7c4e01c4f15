/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The composites of gfp flags, GFP_KERNEL and the like, over all kernels.
 * Only for gfp*.c: who decodes masks uses gfp.h.
 */
#ifndef AW_KERNEL_GFP_NAMES_H
#define AW_KERNEL_GFP_NAMES_H

#include "kernel/gfp.h"

#define AW_GFP_SET(flag) (UINT64_C(1) << AW_GFP_##flag)

/*
 * __GFP_WAIT became DIRECT_RECLAIM and KSWAPD_RECLAIM in 4.4 (d0164adc89f6):
 * a kernel has the former or the latter two.
 */
#define AW_GFP_SET_DIRECT (AW_GFP_SET(WAIT) | AW_GFP_SET(DIRECT_RECLAIM))
#define AW_GFP_SET_RECLAIM (AW_GFP_SET_DIRECT | AW_GFP_SET(KSWAPD_RECLAIM))
/* Part of a composite on those kernels that have them, without them it is the same composite. */
#define AW_GFP_SET_OPTIONAL (AW_GFP_SET_RECLAIM | AW_GFP_SET(ATOMIC) | \
			     AW_GFP_SET(SKIP_KASAN) | AW_GFP_SET(NO_KSWAPD))
/* Those of them that today's usual kernel has. */
#define AW_GFP_SET_TODAY (AW_GFP_SET(DIRECT_RECLAIM) | AW_GFP_SET(KSWAPD_RECLAIM))

struct aw_gfp_composite {
	const char *name;
	uint64_t flags;
	uint64_t needs;		/* only on kernels that have these flags */
	uint32_t since, until;	/* AW_VERSION, until exclusive; 0: always */
};

#define AW_GFP_COMPOSITES 15

/* In the order in which kernels try them.  Where two have one name, the version decides. */
extern const struct aw_gfp_composite aw_gfp_composites[AW_GFP_COMPOSITES];

/* Is the text, which no NUL ends, this word? */
bool aw_gfp_is_word(const char *text, size_t len, const char *word);

/*
 * Adds the flags that a kernel has but does not list: 3.18 and 4.4 print
 * neither FS nor the zone bits nor WRITE.  Taken from the eras in which every
 * flag that it does list has the same bit, where they all say the same.
 */
void aw_gfp_table_fill_from_eras(struct aw_gfp_table *table);

#endif

// SPDX-License-Identifier: GPL-2.0
/* gfp masks by the names of the kernel that this module is built for. */
#include <linux/gfp.h>
#include <linux/string.h>

#include "lab.h"

#define FLAG(flag) { #flag, flag }

static const struct {
	const char *name;
	gfp_t bits;
} flags[] = {
	FLAG(GFP_KERNEL), FLAG(GFP_ATOMIC), FLAG(GFP_NOWAIT), FLAG(GFP_NOIO), FLAG(GFP_NOFS), FLAG(GFP_DMA),
	FLAG(GFP_USER), FLAG(GFP_HIGHUSER), FLAG(GFP_HIGHUSER_MOVABLE), FLAG(GFP_KERNEL_ACCOUNT),
	FLAG(GFP_TRANSHUGE), FLAG(GFP_TRANSHUGE_LIGHT),
	FLAG(__GFP_DMA), FLAG(__GFP_DMA32), FLAG(__GFP_MOVABLE), FLAG(__GFP_RECLAIMABLE), FLAG(__GFP_HIGH),
	FLAG(__GFP_IO), FLAG(__GFP_FS), FLAG(__GFP_ZERO), FLAG(__GFP_COMP), FLAG(__GFP_NOWARN),
	FLAG(__GFP_RETRY_MAYFAIL), FLAG(__GFP_NORETRY), FLAG(__GFP_NOFAIL), FLAG(__GFP_MEMALLOC),
	FLAG(__GFP_NOMEMALLOC), FLAG(__GFP_HARDWALL), FLAG(__GFP_THISNODE), FLAG(__GFP_ACCOUNT),
	FLAG(__GFP_DIRECT_RECLAIM), FLAG(__GFP_KSWAPD_RECLAIM), FLAG(__GFP_RECLAIM),
};

static int add_flag(const char *name, size_t length, gfp_t *mask)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		if (strlen(flags[i].name) != length || strncmp(flags[i].name, name, length))
			continue;
		*mask |= flags[i].bits;
		return 0;
	}
	return -EINVAL;
}

int lab_mask(const char *names, gfp_t *mask)
{
	gfp_t sum = 0;

	while (*names) {
		size_t length = strcspn(names, "|");
		int err = add_flag(names, length, &sum);

		if (err)
			return err;
		names += length + (names[length] == '|');
	}
	*mask = sum;
	return 0;
}

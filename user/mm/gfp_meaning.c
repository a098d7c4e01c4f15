// SPDX-License-Identifier: GPL-2.0
/*
 * A short description of each gfp flag, after include/linux/gfp_types.h.
 */
#include "mm/gfp_meaning.h"

#include "base/array.h"

static const char *const meanings[] = {
	[AW_GFP_DMA] = "only from zone DMA",
	[AW_GFP_HIGHMEM] = "may use zone HighMem",
	[AW_GFP_DMA32] = "only from zone DMA32 or DMA",
	[AW_GFP_MOVABLE] = "movable: may use Movable and CMA blocks",
	[AW_GFP_WAIT] = "may sleep, reclaim and compact",
	[AW_GFP_HIGH] = "may go below the min watermark",
	[AW_GFP_IO] = "reclaim may start I/O; compaction needs it",
	[AW_GFP_FS] = "reclaim may call into file systems",
	[AW_GFP_COLD] = "prefers a page outside the cpu's cache",
	[AW_GFP_NOWARN] = "no message in the kernel log if it fails",
	[AW_GFP_REPEAT] = "tries harder for orders > 3, may still fail",
	[AW_GFP_RETRY_MAYFAIL] = "tries harder, may still fail, no OOM kill",
	[AW_GFP_NOFAIL] = "must not fail: retries forever",
	[AW_GFP_NORETRY] = "gives up after one round of reclaim",
	[AW_GFP_MEMALLOC] = "may use all reserves",
	[AW_GFP_COMP] = "one compound page of 2^order pages",
	[AW_GFP_ZERO] = "filled with zeros",
	[AW_GFP_NOMEMALLOC] = "may not use the emergency reserves",
	[AW_GFP_HARDWALL] = "only nodes of the task's cpuset",
	[AW_GFP_THISNODE] = "only from this node",
	[AW_GFP_RECLAIMABLE] = "reclaimable slab: from Reclaimable blocks",
	[AW_GFP_KMEMCG] = "charged to the memory cgroup",
	[AW_GFP_NOTRACK] = "not tracked by kmemcheck",
	[AW_GFP_NO_KSWAPD] = "does not wake kswapd",
	[AW_GFP_OTHER_NODE] = "accounted to another node",
	[AW_GFP_WRITE] = "will be dirtied: spread over zones",
	[AW_GFP_ATOMIC] = "high priority: may use part of the reserve",
	[AW_GFP_ACCOUNT] = "charged to the task's memory cgroup",
	[AW_GFP_NOACCOUNT] = "not charged to the memory cgroup",
	[AW_GFP_DIRECT_RECLAIM] = "may sleep, reclaim and compact",
	[AW_GFP_KSWAPD_RECLAIM] = "wakes kswapd when memory is low",
	[AW_GFP_NOLOCKDEP] = "not checked by lockdep",
	[AW_GFP_ZEROTAGS] = "also zeroes the memory tags",
	[AW_GFP_SKIP_ZERO] = "not zeroed by init_on_alloc",
	[AW_GFP_SKIP_KASAN] = "skipped by KASAN",
	[AW_GFP_CMA] = "Android: may use CMA blocks",
	[AW_GFP_NO_OBJ_EXT] = "without slab object extensions",
};
_Static_assert(ARRAY_SIZE(meanings) == AW_GFP_FLAGS, "every flag needs a description");

const char *aw_explain_flag(enum aw_gfp_flag flag)
{
	return flag < AW_GFP_FLAGS && meanings[flag] ? meanings[flag] : "";
}

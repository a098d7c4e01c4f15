// SPDX-License-Identifier: GPL-2.0
/*
 * What each gfp flag asks for, in a few words (include/linux/gfp_types.h).
 */
#include "explain_flags.h"

static const char *const meanings[AW_GFP_FLAGS] = {
	[AW_GFP_DMA] = "only from zone DMA",
	[AW_GFP_HIGHMEM] = "zone HighMem will do",
	[AW_GFP_DMA32] = "only from zone DMA32 (or DMA)",
	[AW_GFP_MOVABLE] = "movable: Movable and CMA blocks will do",
	[AW_GFP_WAIT] = "may sleep, reclaim and compact",
	[AW_GFP_HIGH] = "may go below the min watermark",
	[AW_GFP_IO] = "reclaim may start I/O; compaction needs it",
	[AW_GFP_FS] = "reclaim may call into file systems",
	[AW_GFP_COLD] = "a page outside the cpu's cache will do",
	[AW_GFP_NOWARN] = "nothing in the kernel log if it fails",
	[AW_GFP_REPEAT] = "try harder for orders > 3, may still fail",
	[AW_GFP_RETRY_MAYFAIL] = "try harder, may still fail, no OOM kill",
	[AW_GFP_NOFAIL] = "must not fail: loops for ever",
	[AW_GFP_NORETRY] = "one round of reclaim, then give up",
	[AW_GFP_MEMALLOC] = "may take all reserves",
	[AW_GFP_COMP] = "one compound page of 2^order pages",
	[AW_GFP_ZERO] = "filled with zeros",
	[AW_GFP_NOMEMALLOC] = "may not take the emergency reserves",
	[AW_GFP_HARDWALL] = "only nodes of the task's cpuset",
	[AW_GFP_THISNODE] = "only this node, no other",
	[AW_GFP_RECLAIMABLE] = "reclaimable slab: Reclaimable blocks",
	[AW_GFP_KMEMCG] = "charged to the memory cgroup",
	[AW_GFP_NOTRACK] = "not tracked by kmemcheck",
	[AW_GFP_NO_KSWAPD] = "does not wake kswapd",
	[AW_GFP_OTHER_NODE] = "counted for another node",
	[AW_GFP_WRITE] = "will be dirtied: spread over the zones",
	[AW_GFP_ATOMIC] = "high priority: may take from the reserve",
	[AW_GFP_ACCOUNT] = "charged to the task's memory cgroup",
	[AW_GFP_NOACCOUNT] = "not charged to the memory cgroup",
	[AW_GFP_DIRECT_RECLAIM] = "may sleep, reclaim and compact",
	[AW_GFP_KSWAPD_RECLAIM] = "wakes kswapd when memory is low",
	[AW_GFP_NOLOCKDEP] = "lockdep does not check it",
	[AW_GFP_ZEROTAGS] = "memory tags are zeroed too",
	[AW_GFP_SKIP_ZERO] = "not zeroed by init_on_alloc",
	[AW_GFP_SKIP_KASAN] = "KASAN leaves it alone",
	[AW_GFP_CMA] = "Android: CMA blocks will do",
	[AW_GFP_NO_OBJ_EXT] = "no slab object extensions for it",
};

const char *aw_explain_flag(enum aw_gfp_flag flag)
{
	return flag < AW_GFP_FLAGS && meanings[flag] ? meanings[flag] : "";
}

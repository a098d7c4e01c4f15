// SPDX-License-Identifier: GPL-2.0
/*
 * The names of gfp flags and composites in all kernels.
 */
#include "mm/gfp_names.h"

#include <string.h>

#include "base/array.h"
#include "mm/kernel.h"

#define F(flag) AW_GFP_SET(flag)

static const char *const flag_names[] = {
	[AW_GFP_DMA] = "__GFP_DMA",
	[AW_GFP_HIGHMEM] = "__GFP_HIGHMEM",
	[AW_GFP_DMA32] = "__GFP_DMA32",
	[AW_GFP_MOVABLE] = "__GFP_MOVABLE",
	[AW_GFP_WAIT] = "__GFP_WAIT",
	[AW_GFP_HIGH] = "__GFP_HIGH",
	[AW_GFP_IO] = "__GFP_IO",
	[AW_GFP_FS] = "__GFP_FS",
	[AW_GFP_COLD] = "__GFP_COLD",
	[AW_GFP_NOWARN] = "__GFP_NOWARN",
	[AW_GFP_REPEAT] = "__GFP_REPEAT",
	[AW_GFP_RETRY_MAYFAIL] = "__GFP_RETRY_MAYFAIL",
	[AW_GFP_NOFAIL] = "__GFP_NOFAIL",
	[AW_GFP_NORETRY] = "__GFP_NORETRY",
	[AW_GFP_MEMALLOC] = "__GFP_MEMALLOC",
	[AW_GFP_COMP] = "__GFP_COMP",
	[AW_GFP_ZERO] = "__GFP_ZERO",
	[AW_GFP_NOMEMALLOC] = "__GFP_NOMEMALLOC",
	[AW_GFP_HARDWALL] = "__GFP_HARDWALL",
	[AW_GFP_THISNODE] = "__GFP_THISNODE",
	[AW_GFP_RECLAIMABLE] = "__GFP_RECLAIMABLE",
	[AW_GFP_KMEMCG] = "__GFP_KMEMCG",
	[AW_GFP_NOTRACK] = "__GFP_NOTRACK",
	[AW_GFP_NO_KSWAPD] = "__GFP_NO_KSWAPD",
	[AW_GFP_OTHER_NODE] = "__GFP_OTHER_NODE",
	[AW_GFP_WRITE] = "__GFP_WRITE",
	[AW_GFP_ATOMIC] = "__GFP_ATOMIC",
	[AW_GFP_ACCOUNT] = "__GFP_ACCOUNT",
	[AW_GFP_NOACCOUNT] = "__GFP_NOACCOUNT",
	[AW_GFP_DIRECT_RECLAIM] = "__GFP_DIRECT_RECLAIM",
	[AW_GFP_KSWAPD_RECLAIM] = "__GFP_KSWAPD_RECLAIM",
	[AW_GFP_NOLOCKDEP] = "__GFP_NOLOCKDEP",
	[AW_GFP_ZEROTAGS] = "__GFP_ZEROTAGS",
	[AW_GFP_SKIP_ZERO] = "__GFP_SKIP_ZERO",
	[AW_GFP_SKIP_KASAN] = "__GFP_SKIP_KASAN",
	[AW_GFP_CMA] = "__GFP_CMA",
	[AW_GFP_NO_OBJ_EXT] = "__GFP_NO_OBJ_EXT",
};
_Static_assert(ARRAY_SIZE(flag_names) == AW_GFP_FLAGS, "every flag needs a name");
_Static_assert(AW_GFP_FLAGS <= 64, "a set of flags is a uint64_t");

/* Other spellings, without the prefix. */
static const struct {
	const char *stem;
	enum aw_gfp_flag flag;
} aliases[] = {
	{ "SKIP_KASAN_POISON", AW_GFP_SKIP_KASAN },	/* 5.14 to 6.3 */
	{ "SKIP_KASAN_UNPOISON", AW_GFP_SKIP_KASAN },	/* 5.18 to 6.3 */
};

#define DIRECT AW_GFP_SET_DIRECT
#define RECLAIM AW_GFP_SET_RECLAIM
#define KERNEL (RECLAIM | F(IO) | F(FS))
#define HIGHUSER (KERNEL | F(HARDWALL) | F(HIGHMEM))
#define MOVABLE (HIGHUSER | F(MOVABLE) | F(SKIP_KASAN))
#define HUGE ((MOVABLE & ~RECLAIM) | F(COMP) | F(NOMEMALLOC) | F(NOWARN))

/*
 * From include/linux/gfp.h, in the order of show_gfp_flags()
 * (trace/events/gfpflags.h, mmflags.h), which prints the first match.
 */
const struct aw_gfp_composite aw_gfp_composites[] = {
	/* 25160354a2c9 (4.8) removed NORETRY and added LIGHT */
	{ "GFP_TRANSHUGE", HUGE | DIRECT, 0, AW_VERSION(4, 8, 0), 0 },
	{ "GFP_TRANSHUGE", HUGE | DIRECT | F(NORETRY) | F(NO_KSWAPD), 0, 0, AW_VERSION(4, 8, 0) },
	{ "GFP_TRANSHUGE_LIGHT", HUGE, 0, AW_VERSION(4, 8, 0), 0 },
	{ "GFP_HIGHUSER_MOVABLE", MOVABLE, 0, 0, 0 },
	{ "GFP_HIGHUSER", HIGHUSER, 0, 0, 0 },
	{ "GFP_USER", KERNEL | F(HARDWALL), 0, 0, 0 },
	/* Removed in 4.14 (0ee931c4e31a), together with NOTRACK, which is known even if the version is not. */
	{ "GFP_TEMPORARY", KERNEL | F(RECLAIMABLE), F(NOTRACK), 0, AW_VERSION(4, 14, 0) },
	{ "GFP_KERNEL_ACCOUNT", KERNEL | F(ACCOUNT), 0, 0, 0 },
	{ "GFP_KERNEL", KERNEL, 0, 0, 0 },
	{ "GFP_NOFS", RECLAIM | F(IO), 0, 0, 0 },
	{ "GFP_ATOMIC", F(HIGH) | F(ATOMIC) | F(KSWAPD_RECLAIM), 0, 0, 0 },
	{ "GFP_NOIO", RECLAIM, 0, 0, 0 },
	/* 6.8 added NOWARN */
	{ "GFP_NOWAIT", F(KSWAPD_RECLAIM) | F(NOWARN), 0, AW_VERSION(6, 8, 0), 0 },
	{ "GFP_NOWAIT", F(KSWAPD_RECLAIM), 0, 0, AW_VERSION(6, 8, 0) },
	/* never printed, because GFP_NOIO comes first */
	{ "__GFP_RECLAIM", F(DIRECT_RECLAIM) | F(KSWAPD_RECLAIM), 0, 0, 0 },
};

bool aw_gfp_is_word(const char *text, size_t len, const char *word)
{
	return len == strlen(word) && !memcmp(text, word, len);
}

static bool strip_prefix(const char **text, size_t *len, const char *prefix)
{
	size_t n = strlen(prefix);

	if (*len < n || memcmp(*text, prefix, n))
		return false;
	*text += n;
	*len -= n;
	return true;
}

static int flag_from_stem(const char *stem, size_t len)
{
	for (size_t f = 0; f < AW_GFP_FLAGS; f++)
		if (aw_gfp_is_word(stem, len, flag_names[f] + strlen("__GFP_")))
			return (int)f;
	for (size_t i = 0; i < ARRAY_SIZE(aliases); i++)
		if (aw_gfp_is_word(stem, len, aliases[i].stem))
			return (int)aliases[i].flag;
	return -1;
}

const char *aw_gfp_flag_name(enum aw_gfp_flag flag)
{
	return flag_names[flag];
}

int aw_gfp_flag_from_name(const char *name, size_t len)
{
	if (aw_gfp_is_word(name, len, "GFP_ATOMIC"))
		return -1;
	if (strip_prefix(&name, &len, "___GFP_")) {
		if (len > 4 && !memcmp(name + len - 4, "_BIT", 4))
			len -= 4;
	} else if (!strip_prefix(&name, &len, "__GFP_") && !strip_prefix(&name, &len, "GFP_")) {
		return -1;
	}
	return flag_from_stem(name, len);
}

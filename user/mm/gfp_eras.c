// SPDX-License-Identifier: GPL-2.0
/*
 * The gfp flag of each bit by release, for masks in logs of other machines.
 *
 * From include/linux/gfp.h and gfp_types.h of a tree of every era, in the usual
 * configuration: without LOCKDEP (NOLOCKDEP would take the last bit) and
 * KASAN_HW_TAGS (SKIP_ZERO, SKIP_KASAN from 5.18 on), with SLAB_OBJ_EXT and CMA.
 */
#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "mm/gfp_names.h"
#include "mm/kernel.h"

#define V(a, b) AW_VERSION(a, b, 0)

/*
 * d0164adc89f6 (4.4) split WAIT and moved RECLAIMABLE.  A patch of January 2019
 * ("mm: shuffle GFP_* flags") moved nearly all flags.  5.0 does not have it, 5.2
 * does; 5.1 was not checked.
 */
#define SPLIT V(4, 4)
#define SHUFFLE V(5, 1)

static const struct row {
	uint8_t bit;
	uint8_t flag;		/* enum aw_gfp_flag */
	uint32_t since, until;	/* until exclusive; 0: always */
} rows[] = {
	{ 0, AW_GFP_DMA, 0, 0 },
	{ 1, AW_GFP_HIGHMEM, 0, 0 },
	{ 2, AW_GFP_DMA32, 0, 0 },
	{ 3, AW_GFP_MOVABLE, 0, 0 },
	{ 4, AW_GFP_WAIT, 0, SPLIT },
	{ 4, AW_GFP_RECLAIMABLE, SPLIT, 0 },
	{ 5, AW_GFP_HIGH, 0, 0 },
	{ 6, AW_GFP_IO, 0, 0 },
	{ 7, AW_GFP_FS, 0, 0 },
	{ 8, AW_GFP_COLD, 0, V(4, 15) },
	{ 8, AW_GFP_WRITE, V(4, 18), SHUFFLE },
	{ 8, AW_GFP_ZERO, SHUFFLE, 0 },
	{ 9, AW_GFP_NOWARN, 0, SHUFFLE },
	{ 9, AW_GFP_ATOMIC, SHUFFLE, V(6, 3) },
	{ 10, AW_GFP_REPEAT, 0, V(4, 13) },
	{ 10, AW_GFP_RETRY_MAYFAIL, V(4, 13), SHUFFLE },
	{ 10, AW_GFP_DIRECT_RECLAIM, SHUFFLE, 0 },
	{ 11, AW_GFP_NOFAIL, 0, SHUFFLE },
	{ 11, AW_GFP_KSWAPD_RECLAIM, SHUFFLE, 0 },
	{ 12, AW_GFP_NORETRY, 0, SHUFFLE },
	{ 12, AW_GFP_WRITE, SHUFFLE, 0 },
	{ 13, AW_GFP_MEMALLOC, 0, SHUFFLE },
	{ 13, AW_GFP_NOWARN, SHUFFLE, 0 },
	{ 14, AW_GFP_COMP, 0, SHUFFLE },
	{ 14, AW_GFP_RETRY_MAYFAIL, SHUFFLE, 0 },
	{ 15, AW_GFP_ZERO, 0, SHUFFLE },
	{ 15, AW_GFP_NOFAIL, SHUFFLE, 0 },
	{ 16, AW_GFP_NOMEMALLOC, 0, SHUFFLE },
	{ 16, AW_GFP_NORETRY, SHUFFLE, 0 },
	{ 17, AW_GFP_HARDWALL, 0, SHUFFLE },
	{ 17, AW_GFP_MEMALLOC, SHUFFLE, 0 },
	{ 18, AW_GFP_THISNODE, 0, SHUFFLE },
	{ 18, AW_GFP_COMP, SHUFFLE, 0 },
	{ 19, AW_GFP_RECLAIMABLE, 0, SPLIT },
	{ 19, AW_GFP_ATOMIC, SPLIT, SHUFFLE },
	{ 19, AW_GFP_NOMEMALLOC, SHUFFLE, 0 },
	{ 20, AW_GFP_KMEMCG, 0, V(3, 16) },		/* 52383431b37c */
	{ 20, AW_GFP_NOACCOUNT, V(4, 1), V(4, 5) },
	{ 20, AW_GFP_ACCOUNT, V(4, 5), SHUFFLE },
	{ 20, AW_GFP_HARDWALL, SHUFFLE, 0 },
	{ 21, AW_GFP_NOTRACK, 0, V(4, 14) },		/* removed in 4.15 and in the stable tree of 4.14 */
	{ 21, AW_GFP_DIRECT_RECLAIM, V(4, 18), SHUFFLE },
	{ 21, AW_GFP_THISNODE, SHUFFLE, 0 },
	{ 22, AW_GFP_NO_KSWAPD, 0, SPLIT },
	{ 22, AW_GFP_DIRECT_RECLAIM, SPLIT, V(4, 18) },
	{ 22, AW_GFP_KSWAPD_RECLAIM, V(4, 18), SHUFFLE },
	{ 22, AW_GFP_ACCOUNT, SHUFFLE, 0 },
	{ 23, AW_GFP_OTHER_NODE, 0, V(4, 10) },
	{ 23, AW_GFP_WRITE, V(4, 10), V(4, 18) },
	{ 23, AW_GFP_ZEROTAGS, V(5, 14), 0 },
	{ 24, AW_GFP_WRITE, 0, V(4, 10) },
	{ 24, AW_GFP_KSWAPD_RECLAIM, V(4, 10), V(4, 18) },
	{ 24, AW_GFP_SKIP_KASAN, V(5, 14), V(5, 18) },	/* SKIP_KASAN_POISON, then unconditional */
	{ 24, AW_GFP_NO_OBJ_EXT, V(6, 10), 0 },
	{ 25, AW_GFP_KSWAPD_RECLAIM, SPLIT, V(4, 10) },
};

/* The flags that android12-5.10 adds to 5.10: backports from 5.14 and its own CMA. */
static const struct row android_rows[] = {
	{ 23, AW_GFP_ZEROTAGS, V(5, 10), V(5, 11) },
	{ 24, AW_GFP_SKIP_KASAN, V(5, 10), V(5, 11) },
	{ 25, AW_GFP_CMA, V(5, 10), V(5, 11) },
};

/* The eras of the trees that the rows were read from, oldest first; no row starts or ends within an era. */
static const struct {
	const char *origin;
	uint32_t since;
} eras[] = {
	{ "era 3.10", 0 },	/* also used for older kernels, unchecked; MOVABLE was another bit up to 2.6.30 */
	{ "era 3.18-4.0", V(3, 16) },
	{ "era 4.1-4.3", V(4, 1) },
	{ "era 4.4", V(4, 4) },
	{ "era 4.5-4.9", V(4, 5) },
	{ "era 4.10-4.11", V(4, 10) },
	{ "era 4.12", V(4, 12) },
	{ "era 4.13", V(4, 13) },
	{ "era 4.14-stable", V(4, 14) },
	{ "era 4.15-4.17", V(4, 15) },
	{ "era 4.18-5.0", V(4, 18) },
	{ "era 5.2-5.13", SHUFFLE },
	{ "era 5.14-5.17", V(5, 14) },
	{ "era 5.18-6.2", V(5, 18) },
	{ "era 6.3", V(6, 3) },
	{ "era 6.4-6.9", V(6, 4) },
	{ "era 6.10-6.18", V(6, 10) },
	{ "era 7.1", V(7, 1) },
};
_Static_assert(ARRAY_SIZE(eras) <= 32, "a set of eras is a uint32_t");

static const char *origin_of(uint32_t version, bool android)
{
	size_t i = ARRAY_SIZE(eras) - 1;

	if (android && version >= V(5, 10) && version < V(5, 11))
		return "era android12-5.10";
	while (i && version < eras[i].since)
		i--;
	return eras[i].origin;
}

static bool row_applies(const struct row *row, uint32_t version)
{
	return version >= row->since && (!row->until || version < row->until);
}

static void add_rows(struct aw_gfp_table *table, const struct row *row, size_t count, uint32_t version)
{
	for (; count; row++, count--) {
		const char *name = aw_gfp_flag_name((enum aw_gfp_flag)row->flag);

		if (row_applies(row, version))
			aw_gfp_table_add_name(table, name, strlen(name), UINT64_C(1) << row->bit);
	}
}

int aw_gfp_table_for_release(const char *release, bool android, struct aw_gfp_table **out)
{
	uint32_t version = aw_version_parse(release);
	struct aw_gfp_table *table;

	if (!version)
		return -ENOENT;
	table = aw_gfp_table_new();
	if (!table)
		return -ENOMEM;
	add_rows(table, rows, ARRAY_SIZE(rows), version);
	if (android)
		add_rows(table, android_rows, ARRAY_SIZE(android_rows), version);
	aw_gfp_table_set_version(table, version);
	aw_gfp_table_set_origin(table, origin_of(version, android));
	*out = table;
	return 0;
}

static uint64_t era_bit(size_t era, unsigned int flag)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].flag == flag && row_applies(&rows[i], eras[era].since))
			return UINT64_C(1) << rows[i].bit;
	return 0;
}

static bool era_agrees(size_t era, const struct aw_gfp_table *table)
{
	for (unsigned int flag = 0; flag < AW_GFP_FLAGS; flag++) {
		uint64_t raw = aw_gfp_raw_bit(table, flag);

		if (raw && raw != era_bit(era, flag))
			return false;
	}
	return true;
}

/* The bit of a flag in all of these eras; 0: they differ, or one lacks the flag. */
static uint64_t common_bit(uint32_t agreeing, unsigned int flag)
{
	uint64_t all = 0;
	bool missing = false;

	for (size_t era = 0; era < ARRAY_SIZE(eras); era++) {
		if (!(agreeing >> era & 1))
			continue;
		all |= era_bit(era, flag);
		missing |= !era_bit(era, flag);
	}
	return missing || all & (all - 1) ? 0 : all;
}

void aw_gfp_table_fill_from_eras(struct aw_gfp_table *table)
{
	uint32_t agreeing = 0;

	for (size_t era = 0; era < ARRAY_SIZE(eras); era++)
		agreeing |= (uint32_t)era_agrees(era, table) << era;
	for (unsigned int flag = 0; flag < AW_GFP_FLAGS; flag++) {
		const char *name = aw_gfp_flag_name(flag);

		if (!aw_gfp_raw_bit(table, flag))
			aw_gfp_table_add_name(table, name, strlen(name), common_bit(agreeing, flag));
	}
}

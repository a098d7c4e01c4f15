/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Migratetypes: the mobility classes that free lists are sorted into.  Their
 * numbers differ between kernels (4.4 swapped Movable and Reclaimable, Android
 * swaps CMA and HighAtomic), so all other rooms use these.
 */
#ifndef AW_MM_MIGRATETYPE_H
#define AW_MM_MIGRATETYPE_H

#include <stdbool.h>
#include <stddef.h>

enum aw_migratetype {
	AW_MT_UNMOVABLE,
	AW_MT_MOVABLE,
	AW_MT_RECLAIMABLE,
	AW_MT_HIGHATOMIC,
	AW_MT_RESERVE,		/* up to 4.3 */
	AW_MT_CMA,
	AW_MT_ISOLATE,
	AW_MT_UNKNOWN,
	AW_MT_COUNT
};

#define AW_MT_NUMBERS 16	/* maximum number of types of a kernel */

/* Maps the numbers of a kernel to their meaning. */
struct aw_migratetypes {
	enum aw_migratetype of[AW_MT_NUMBERS];
	unsigned int count;
};

const char *aw_migratetype_name(enum aw_migratetype type);	/* "Unmovable", ... or "unknown" */
char aw_migratetype_letter(enum aw_migratetype type);		/* as in Mem-Info: U M E H R C I ? */
enum aw_migratetype aw_migratetype_from_letter(char letter);

/* "Unmovable", "MIGRATE_UNMOVABLE", "HighAtomic", ... -> meaning, or AW_MT_UNKNOWN. */
enum aw_migratetype aw_migratetype_from_name(const char *name, size_t len);

enum aw_migratetype aw_migratetype_decode(const struct aw_migratetypes *table, int number);

/* The numbering of a release ("3.18.20") with CMA and isolation configured, as is usual. */
void aw_migratetypes_for_release(const char *release, bool android, struct aw_migratetypes *out);

/*
 * The numbering from /proc/pagetypeinfo: the order of its header ("Number of
 * blocks type  Unmovable  Movable ...") or of its rows.  Returns 0 or -EINVAL.
 */
int aw_migratetypes_from_pagetypeinfo(const char *text, size_t len, struct aw_migratetypes *out);

#endif

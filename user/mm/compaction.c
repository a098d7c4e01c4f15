// SPDX-License-Identifier: GPL-2.0
/*
 * The names and numbers of compaction results and priorities.
 */
#include "mm/compaction.h"

#include <string.h>

#include "base/array.h"
#include "mm/kernel.h"

/*
 * From include/linux/compaction.h.  Up to 4.5 these were constants, 4.6 made
 * them an enum and added CONTENDED and NOT_SUITABLE_ZONE, 4.7 and 4.8 reordered
 * them.  The releases 4.6 to 4.8 differ from each other and are not in this
 * table.
 */
static const enum aw_compact_result before_4_6[AW_COMPACT_NUMBERS] = {
	AW_COMPACT_DEFERRED, AW_COMPACT_SKIPPED, AW_COMPACT_CONTINUE, AW_COMPACT_SUCCESS,
	AW_COMPACT_COMPLETE, AW_COMPACT_NO_SUITABLE_PAGE, AW_COMPACT_NOT_SUITABLE,
	AW_COMPACT_CONTENDED,
};

static const enum aw_compact_result since_4_9[AW_COMPACT_NUMBERS] = {
	AW_COMPACT_NOT_SUITABLE, AW_COMPACT_SKIPPED, AW_COMPACT_DEFERRED,
	AW_COMPACT_NO_SUITABLE_PAGE, AW_COMPACT_CONTINUE, AW_COMPACT_COMPLETE,
	AW_COMPACT_PARTIAL_SKIPPED, AW_COMPACT_CONTENDED, AW_COMPACT_SUCCESS,
};

static const struct {
	const char *name;
	enum aw_compact_result result;
} names[] = {
	{ "COMPACT_NOT_SUITABLE_ZONE", AW_COMPACT_NOT_SUITABLE },
	{ "COMPACT_SKIPPED", AW_COMPACT_SKIPPED },
	{ "COMPACT_DEFERRED", AW_COMPACT_DEFERRED },
	{ "COMPACT_NO_SUITABLE_PAGE", AW_COMPACT_NO_SUITABLE_PAGE },
	{ "COMPACT_CONTINUE", AW_COMPACT_CONTINUE },
	{ "COMPACT_COMPLETE", AW_COMPACT_COMPLETE },
	{ "COMPACT_PARTIAL_SKIPPED", AW_COMPACT_PARTIAL_SKIPPED },
	{ "COMPACT_CONTENDED", AW_COMPACT_CONTENDED },
	{ "COMPACT_SUCCESS", AW_COMPACT_SUCCESS },
	{ "COMPACT_PARTIAL", AW_COMPACT_SUCCESS },
};

void aw_compact_numbers_for(uint32_t version, struct aw_compact_numbers *out)
{
	memset(out, 0, sizeof(*out));
	if (!version || version >= AW_VERSION(4, 9, 0))
		memcpy(out->of, since_4_9, sizeof(out->of));
	else if (version < AW_VERSION(4, 6, 0))
		memcpy(out->of, before_4_6, sizeof(out->of));
}

enum aw_compact_result aw_compact_result_from_name(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcmp(names[i].name, name))
			return names[i].result;
	return AW_COMPACT_UNKNOWN;
}

enum aw_compact_result aw_compact_result_decode(const struct aw_compact_numbers *table, int number)
{
	return number >= 0 && number < AW_COMPACT_NUMBERS ? table->of[number] : AW_COMPACT_UNKNOWN;
}

enum aw_compact_prio aw_compact_prio_decode(int number)
{
	static const enum aw_compact_prio prios[] = {
		AW_PRIO_SYNC_FULL, AW_PRIO_SYNC_LIGHT, AW_PRIO_ASYNC,
	};

	return number >= 0 && number < 3 ? prios[number] : AW_PRIO_UNKNOWN;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the names of the event model: complete, unique, and none past the end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "event/event.h"

/* One wrapper per enum, so that a single loop can test all. */
#define NAMER(function, type) \
	static const char *call_##function(int value) { return function((type)value); }
NAMER(aw_event_type_name, enum aw_event_type)
NAMER(aw_context_name, enum aw_context)
NAMER(aw_log_name, enum aw_log)
NAMER(aw_class_name, enum aw_class)
NAMER(aw_compact_result_name, enum aw_compact_result)
NAMER(aw_compact_prio_name, enum aw_compact_prio)
NAMER(aw_zone_type_name, enum aw_zone_type)
NAMER(aw_zones_when_name, enum aw_zones_when)

static void every_value_has_its_own_name(void **state)
{
	static const struct { const char *(*name)(int value); int count; } enums[] = {
		{ call_aw_event_type_name, AW_EVENT_TYPES }, { call_aw_context_name, AW_CONTEXTS },
		{ call_aw_log_name, AW_LOGS }, { call_aw_class_name, AW_CLASSES },
		{ call_aw_compact_result_name, AW_COMPACT_RESULTS },
		{ call_aw_compact_prio_name, AW_PRIOS }, { call_aw_zone_type_name, AW_ZONE_TYPE_COUNT },
		{ call_aw_zones_when_name, AW_ZONES_FROM_LOG + 1 },
	};

	(void)state;
	for (size_t e = 0; e < sizeof(enums) / sizeof(enums[0]); e++) {
		for (int value = 0; value < enums[e].count; value++) {
			assert_non_null(enums[e].name(value));
			assert_true(strlen(enums[e].name(value)) >= 3);
			for (int other = 0; other < value; other++)
				assert_string_not_equal(enums[e].name(value), enums[e].name(other));
		}
		assert_string_equal(enums[e].name(enums[e].count), "unknown");
		assert_string_equal(enums[e].name(-1), "unknown");
	}
}

/* Filters, JSON and documentation use these names. */
static void names_are_stable(void **state)
{
	(void)state;
	assert_string_equal(aw_event_type_name(AW_EVENT_FAILURE), "failure");
	assert_string_equal(aw_event_type_name(AW_EVENT_OOM_KILL), "oom-kill");
	assert_string_equal(aw_context_name(AW_IN_TASK), "task");
	assert_string_equal(aw_context_name(AW_IN_SOFTIRQ), "softirq");
	assert_string_equal(aw_context_name(AW_IN_HARDIRQ), "hardirq");
	assert_string_equal(aw_context_name(AW_IN_NMI), "nmi");
	assert_string_equal(aw_log_name(AW_LOG_PRINTED), "printed");
	assert_string_equal(aw_log_name(AW_LOG_SUPPRESSED), "suppressed");
	assert_string_equal(aw_log_name(AW_LOG_NOWARN), "nowarn");
	assert_string_equal(aw_log_name(AW_LOG_NONE), "none");
	assert_string_equal(aw_class_name(AW_CLASS_HARD), "hard");
	assert_string_equal(aw_class_name(AW_CLASS_OPPORTUNISTIC), "opportunistic");
	assert_string_equal(aw_compact_result_name(AW_COMPACT_DEFERRED), "deferred");
	assert_string_equal(aw_compact_prio_name(AW_PRIO_ASYNC), "async");
}

static void zone_names_both_ways(void **state)
{
	(void)state;
	for (int type = 0; type < AW_ZONE_TYPE_UNKNOWN; type++)
		assert_int_equal(aw_zone_type_from_name(aw_zone_type_name((enum aw_zone_type)type)), type);
	assert_int_equal(aw_zone_type_from_name("DMA"), AW_ZONE_TYPE_DMA);
	assert_int_equal(aw_zone_type_from_name("DMA32"), AW_ZONE_TYPE_DMA32);
	assert_int_equal(aw_zone_type_from_name("HighMem"), AW_ZONE_TYPE_HIGHMEM);
	assert_int_equal(aw_zone_type_from_name("unknown"), AW_ZONE_TYPE_UNKNOWN);
	assert_int_equal(aw_zone_type_from_name("dma"), AW_ZONE_TYPE_UNKNOWN);
	assert_int_equal(aw_zone_type_from_name("DMA3"), AW_ZONE_TYPE_UNKNOWN);
	assert_int_equal(aw_zone_type_from_name(""), AW_ZONE_TYPE_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_value_has_its_own_name),
		cmocka_unit_test(names_are_stable),
		cmocka_unit_test(zone_names_both_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

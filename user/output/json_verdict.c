// SPDX-License-Identifier: GPL-2.0
/*
 * A verdict with its evidence and advice, and the zones that it looked at, as
 * JSON.
 */
#include "output/json_parts.h"
#include "verdict/verdict.h"

static json_t *json_evidence(const struct aw_verdict *verdict)
{
	json_t *array = json_array();

	for (unsigned int i = 0; i < verdict->nr_evidence; i++) {
		const struct aw_evidence *evidence = &verdict->evidence[i];

		array = aw_json_append(array, json_pack("{s:s, s:I, s:s, s:o}", "fact", evidence->fact,
				"value", (json_int_t)evidence->value, "unit", evidence->unit,
				"text", aw_json_text(evidence->text)));
	}
	return array;
}

static json_t *json_missing(const struct aw_verdict *verdict)
{
	json_t *array = json_array();

	for (unsigned int i = 0; i < verdict->nr_missing; i++)
		array = aw_json_append(array, aw_json_text(verdict->missing[i]));
	return array;
}

json_t *aw_json_verdict(const struct aw_verdict *verdict)
{
	bool likely = verdict->cause == AW_CAUSE_UNKNOWN && verdict->likely_cause != AW_CAUSE_UNKNOWN;

	return json_pack("{s:s, s:s?, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}",
			 "cause", aw_cause_name(verdict->cause),
			 "likely_cause", likely ? aw_cause_name(verdict->likely_cause) : NULL,
			 "certainty", aw_certainty_name(verdict->cause_certainty),
			 "rule", aw_rule_name(verdict->rule),
			 "rule_certainty", aw_certainty_name(verdict->rule_certainty),
			 "headline", aw_json_text(verdict->headline),
			 "cause_text", aw_json_text(verdict->cause_text),
			 "rule_text", aw_json_text(verdict->rule_text),
			 "tried_text", aw_json_text(verdict->tried_text),
			 "missing", json_missing(verdict), "evidence", json_evidence(verdict));
}

json_t *aw_json_advice(const struct aw_verdict *verdict)
{
	json_t *array = json_array();

	for (unsigned int i = 0; i < verdict->nr_advice; i++) {
		const struct aw_advice *advice = &verdict->advice[i];

		array = aw_json_append(array, json_pack("{s:s, s:s, s:o, s:o, s:o}",
				"for", advice->who == AW_FOR_CALLER ? "caller" : "admin", "id", advice->id,
				"text", aw_json_text(advice->text), "command", aw_json_text(advice->command),
				"helps", aw_json_text(advice->helps)));
	}
	return array;
}

/* Free blocks by order, with the migratetypes that have one: "UME". */
static json_t *json_blocks(const struct aw_zone *zone)
{
	json_t *array = json_array();

	for (unsigned int order = 0; order < zone->nr_orders; order++) {
		char letters[AW_MT_COUNT + 1], *end = letters;

		for (int type = 0; type < AW_MT_COUNT; type++)
			if (zone->types[order] >> type & 1)
				*end++ = aw_migratetype_letter((enum aw_migratetype)type);
		*end = '\0';
		array = aw_json_append(array, json_pack("{s:i, s:o, s:o}", "order", (int)order,
				"blocks", aw_json_number(zone->nr_free[order]),
				"types", aw_json_text(zone->known & AW_ZONE_KNOWS_TYPES ? letters : NULL)));
	}
	return array;
}

static json_t *json_reserves(const struct aw_zone *zone)
{
	json_t *array = json_array();

	for (unsigned int i = 0; i < zone->nr_reserves; i++)
		array = aw_json_append(array, json_integer(zone->lowmem_reserve[i]));
	return array;
}

static json_t *json_zone(const struct aw_zone *zone)
{
	bool marks = zone->known & AW_ZONE_KNOWS_WATERMARKS;

	return json_pack("{s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
			 "node", zone->node, "name", aw_json_text(zone->name),
			 "free", aw_json_number(zone->free),
			 "free_cma", aw_json_known(zone->known & AW_ZONE_KNOWS_CMA, zone->free_cma),
			 "min", aw_json_known(marks, zone->min), "low", aw_json_known(marks, zone->low),
			 "high", aw_json_known(marks, zone->high),
			 "boost", aw_json_known(zone->known & AW_ZONE_KNOWS_BOOST, zone->boost),
			 "reserved_highatomic", aw_json_known(zone->known & AW_ZONE_KNOWS_HIGHATOMIC,
							      zone->reserved_highatomic),
			 "free_highatomic", aw_json_known(zone->known & AW_ZONE_KNOWS_FREE_HIGHATOMIC,
							  zone->free_highatomic),
			 "managed", aw_json_known(zone->known & AW_ZONE_KNOWS_MANAGED, zone->managed),
			 "lowmem_reserve", json_reserves(zone), "orders", json_blocks(zone));
}

json_t *aw_json_zones(const struct aw_failure *failure)
{
	json_t *array = json_array();

	for (unsigned int i = 0; i < failure->nr_zones; i++)
		array = aw_json_append(array, json_zone(&failure->zones[i]));
	return array;
}

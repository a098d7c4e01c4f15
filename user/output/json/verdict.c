// SPDX-License-Identifier: GPL-2.0
/*
 * A verdict as JSON, with its evidence, advice and zones.
 */
#include "output/json/internal.h"
#include "verdict/verdict.h"

static void put_evidence(struct aw_json *json, const char *key, const struct aw_verdict *verdict)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < verdict->nr_evidence; i++) {
		const struct aw_evidence *evidence = &verdict->evidence[i];

		aw_json_object(json, NULL);
		aw_json_name(json, "fact", evidence->fact);
		aw_json_integer(json, "value", evidence->value);
		aw_json_name(json, "unit", evidence->unit);
		aw_json_text(json, "text", evidence->text);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

static void put_missing(struct aw_json *json, const char *key, const struct aw_verdict *verdict)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < verdict->nr_missing; i++)
		aw_json_text(json, NULL, verdict->missing[i]);
	aw_json_array_end(json);
}

void aw_json_verdict(struct aw_json *json, const char *key, const struct aw_verdict *verdict)
{
	bool likely = verdict->cause == AW_CAUSE_UNKNOWN && verdict->likely_cause != AW_CAUSE_UNKNOWN;

	aw_json_object(json, key);
	aw_json_name(json, "cause", aw_cause_name(verdict->cause));
	aw_json_text(json, "likely_cause", likely ? aw_cause_name(verdict->likely_cause) : NULL);
	aw_json_name(json, "certainty", aw_certainty_name(verdict->cause_certainty));
	aw_json_name(json, "rule", aw_rule_name(verdict->rule));
	aw_json_name(json, "rule_certainty", aw_certainty_name(verdict->rule_certainty));
	aw_json_text(json, "headline", verdict->headline);
	aw_json_text(json, "cause_text", verdict->cause_text);
	aw_json_text(json, "rule_text", verdict->rule_text);
	aw_json_text(json, "tried_text", verdict->tried_text);
	aw_json_text(json, "pages_text", verdict->pages_text[0] ? verdict->pages_text : NULL);
	put_missing(json, "missing", verdict);
	put_evidence(json, "evidence", verdict);
	aw_json_object_end(json);
}

void aw_json_advice(struct aw_json *json, const char *key, const struct aw_verdict *verdict)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < verdict->nr_advice; i++) {
		const struct aw_advice *advice = &verdict->advice[i];

		aw_json_object(json, NULL);
		aw_json_name(json, "for", advice->who == AW_FOR_CALLER ? "caller" : "admin");
		aw_json_name(json, "id", advice->id);
		aw_json_text(json, "text", advice->text);
		aw_json_text(json, "command", advice->command);
		aw_json_text(json, "helps", advice->helps);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

/* Free blocks by order, with the migratetypes that have one, such as "UME". */
static void put_blocks(struct aw_json *json, const char *key, const struct aw_zone *zone)
{
	aw_json_array(json, key);
	for (unsigned int order = 0; order < zone->nr_orders; order++) {
		char letters[AW_MT_COUNT + 1], *end = letters;

		for (int type = 0; type < AW_MT_COUNT; type++)
			if (zone->types[order] >> type & 1)
				*end++ = aw_migratetype_letter((enum aw_migratetype)type);
		*end = '\0';
		aw_json_object(json, NULL);
		aw_json_number(json, "order", order);
		aw_json_number(json, "blocks", zone->nr_free[order]);
		aw_json_text(json, "types", zone->known & AW_ZONE_KNOWS_TYPES ? letters : NULL);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

static void put_reserves(struct aw_json *json, const char *key, const struct aw_zone *zone)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < zone->nr_reserves; i++)
		aw_json_integer(json, NULL, zone->lowmem_reserve[i]);
	aw_json_array_end(json);
}

static void put_zone(struct aw_json *json, const struct aw_failure *failure, const struct aw_zone *zone)
{
	bool marks = zone->known & AW_ZONE_KNOWS_WATERMARKS;

	aw_json_object(json, NULL);
	aw_json_integer(json, "node", zone->node);
	aw_json_text(json, "name", zone->name);
	aw_json_number(json, "free", zone->free);
	aw_json_known(json, "free_cma", zone->known & AW_ZONE_KNOWS_CMA, zone->free_cma);
	aw_json_known(json, "min", marks, zone->min);
	aw_json_known(json, "low", marks, zone->low);
	aw_json_known(json, "high", marks, zone->high);
	aw_json_known(json, "boost", zone->known & AW_ZONE_KNOWS_BOOST, zone->boost);
	aw_json_known(json, "reserved_highatomic", zone->known & AW_ZONE_KNOWS_HIGHATOMIC, zone->reserved_highatomic);
	aw_json_known(json, "free_highatomic", zone->known & AW_ZONE_KNOWS_FREE_HIGHATOMIC, zone->free_highatomic);
	aw_json_known(json, "managed", zone->known & AW_ZONE_KNOWS_MANAGED, zone->managed);
	put_reserves(json, "lowmem_reserve", zone);
	put_blocks(json, "orders", zone);
	if (failure->effort.knows_zones)
		aw_json_bool(json, "tried", zone->known & AW_ZONE_NAMED);
	else
		aw_json_null(json, "tried");
	aw_json_object_end(json);
}

void aw_json_zones(struct aw_json *json, const char *key, const struct aw_failure *failure)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < failure->nr_zones; i++)
		put_zone(json, failure, &failure->zones[i]);
	aw_json_array_end(json);
}

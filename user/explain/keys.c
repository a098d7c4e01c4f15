// SPDX-License-Identifier: GPL-2.0
/*
 * What tells the reports of a log apart.
 *
 * These keys differ from the shared ones of the same name: a report tells the
 * request that it is about even where the event is an OOM kill or vmalloc's.
 */
#include "explain/keys.h"

#include "base/array.h"
#include "explain/logged.h"
#include "verdict/verdict.h"

static const struct aw_logged *logged_of(const struct aw_event *event)
{
	return aw_logged_of(event->origin);
}

static bool get_type(const struct aw_event *event, struct aw_value *value)
{
	value->text = logged_of(event)->type;
	return true;
}

static bool get_order(const struct aw_event *event, struct aw_value *value)
{
	value->number = event->failure.order;
	/* of file systems that ask again and again the size is printed, and tells it */
	return logged_of(event)->order >= 0 || (event->failure.loops && event->failure.bytes);
}

static bool get_gfp(const struct aw_event *event, struct aw_value *value)
{
	value->text = event->failure.gfp.names;
	return aw_event_has_mask(event);
}

static bool get_site(const struct aw_event *event, struct aw_value *value)
{
	value->text = logged_of(event)->site;
	return value->text[0];
}

static bool get_cause(const struct aw_event *event, struct aw_value *value)
{
	value->text = aw_cause_name(event->failure.cause);
	return true;
}

static bool get_likely_cause(const struct aw_event *event, struct aw_value *value)
{
	value->text = aw_cause_name(logged_of(event)->likely_cause);
	return event->failure.cause == AW_CAUSE_UNKNOWN && logged_of(event)->likely_cause != AW_CAUSE_UNKNOWN;
}

static bool get_rule(const struct aw_event *event, struct aw_value *value)
{
	value->text = aw_rule_name(event->failure.rule);
	return true;
}

static bool get_release(const struct aw_event *event, struct aw_value *value)
{
	value->text = event->origin->kernel->release;
	return value->text[0];
}

static const struct aw_key keys[] = {
	{ .name = "type", .help = "of the report", .type = AW_KEY_TEXT, .get = get_type },
	{ .name = "order", .help = "order of the request", .type = AW_KEY_NUMBER, .get = get_order },
	{ .name = "gfp", .help = "gfp mask by name", .type = AW_KEY_TEXT, .get = get_gfp },
	{ .name = "site", .help = "function that asked", .type = AW_KEY_TEXT, .get = get_site },
	{ .name = "cause", .help = "what memory looked like", .type = AW_KEY_TEXT, .get = get_cause },
	{ .name = "likely_cause", .help = "where the cause is unknown", .type = AW_KEY_TEXT, .get = get_likely_cause },
	{ .name = "rule", .help = "what ended the attempt", .type = AW_KEY_TEXT, .get = get_rule },
	{ .name = "release", .help = "of the kernel", .type = AW_KEY_TEXT, .get = get_release },
};

const struct aw_key *const aw_explain_keys[] = {
	&keys[0], &keys[1], &keys[2], &keys[3], &keys[4], &keys[5], &keys[6], &keys[7],
};
const unsigned int aw_explain_keys_count = ARRAY_SIZE(aw_explain_keys);
_Static_assert(ARRAY_SIZE(keys) == ARRAY_SIZE(aw_explain_keys), "all of them");
_Static_assert(ARRAY_SIZE(keys) <= AW_MAX_KEYS, "a group has room for them");

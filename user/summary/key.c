// SPDX-License-Identifier: GPL-2.0
/*
 * The keys of a failure.
 */
#include "summary/key.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/units.h"
#include "verdict/verdict.h"

static bool is_request(const struct aw_event *event)
{
	return event->type == AW_EVENT_FAILURE || event->type == AW_EVENT_STALL;
}

static bool get_order(const struct aw_event *event, struct aw_value *value)
{
	value->number = event->failure.order;
	return is_request(event);
}

static bool get_bytes(const struct aw_event *event, struct aw_value *value)
{
	value->number = event->failure.bytes;
	return is_request(event);
}

static bool get_gfp(const struct aw_event *event, struct aw_value *value)
{
	value->text = event->failure.gfp.names;
	return is_request(event);
}

static bool get_migratetype(const struct aw_event *event, struct aw_value *value)
{
	if (!is_request(event))
		return false;
	value->text = aw_migratetype_name(event->failure.migratetype);
	return true;
}

static bool get_class(const struct aw_event *event, struct aw_value *value)
{
	if (!is_request(event))
		return false;
	value->text = aw_class_name(event->failure.class);
	return true;
}

static bool get_log(const struct aw_event *event, struct aw_value *value)
{
	if (event->type != AW_EVENT_FAILURE)
		return false;
	value->text = aw_log_name(event->failure.log);
	return true;
}

static bool get_cause(const struct aw_event *event, struct aw_value *value)
{
	if (event->type != AW_EVENT_FAILURE)
		return false;
	value->text = aw_cause_name(event->failure.cause);
	return true;
}

static bool get_rule(const struct aw_event *event, struct aw_value *value)
{
	if (event->type != AW_EVENT_FAILURE)
		return false;
	value->text = aw_rule_name(event->failure.rule);
	return true;
}

static bool get_stack(const struct aw_event *event, struct aw_value *value)
{
	value->number = event->stack->id;
	return event->stack->count > 0;
}

static bool get_site(const struct aw_event *event, struct aw_value *value)
{
	value->text = event->site ? event->site->name : NULL;
	return value->text && value->text[0];
}

static bool get_module(const struct aw_event *event, struct aw_value *value)
{
	if (!event->site)
		return false;
	value->text = event->site->module[0] ? event->site->module : "kernel";
	return true;
}

/* Failures that were only counted may be anybody's. */
static bool is_sampled(const struct aw_event *event)
{
	return event->type != AW_EVENT_FAILURE || !event->failure.unsampled;
}

/* pid and comm of an interrupt are those of whoever it interrupted: no value. */
static bool in_task(const struct aw_event *event)
{
	if (!is_sampled(event))
		return false;
	return event->task.context == AW_IN_TASK || event->task.context == AW_IN_UNKNOWN;
}

static bool get_comm(const struct aw_event *event, struct aw_value *value)
{
	value->text = event->task.comm;
	return in_task(event);
}

static bool get_pid(const struct aw_event *event, struct aw_value *value)
{
	value->number = event->task.pid;
	return in_task(event);
}

static bool get_tid(const struct aw_event *event, struct aw_value *value)
{
	value->number = event->task.tid;
	return in_task(event);
}

static bool get_cgroup(const struct aw_event *event, struct aw_value *value)
{
	value->number = event->task.cgroup_id;
	return in_task(event) && event->task.known & AW_TASK_KNOWS_CGROUP;
}

static bool get_context(const struct aw_event *event, struct aw_value *value)
{
	value->text = aw_context_name(event->task.context);
	return true;
}

static bool get_cpu(const struct aw_event *event, struct aw_value *value)
{
	value->number = event->cpu;
	return is_sampled(event);
}

static const char *format_bytes(uint64_t number, char *text, size_t size)
{
	char bytes[AW_UNITS_TEXT];

	snprintf(text, size, "%s", aw_format_bytes(number, bytes));
	return text;
}

static const char *format_hex(uint64_t number, char *text, size_t size)
{
	snprintf(text, size, "0x%016" PRIx64, number);
	return text;
}

const struct aw_key aw_keys[] = {
	{ "order", "order of the request", AW_KEY_NUMBER, false, get_order, NULL, NULL },
	{ "bytes", "its size (64K)", AW_KEY_NUMBER, false, get_bytes, format_bytes, aw_parse_size },
	{ "gfp", "effective gfp mask by name", AW_KEY_TEXT, false, get_gfp, NULL, NULL },
	{ "migratetype", "Unmovable, Movable, Reclaimable, ...", AW_KEY_TEXT, false, get_migratetype, NULL, NULL },
	{ "stack", "the whole stack", AW_KEY_NUMBER, false, get_stack, format_hex, NULL },
	{ "site", "function that asked", AW_KEY_TEXT, false, get_site, NULL, NULL },
	{ "module", "its module, or kernel", AW_KEY_TEXT, false, get_module, NULL, NULL },
	{ "comm", "task name", AW_KEY_TEXT, true, get_comm, NULL, NULL },
	{ "pid", "process", AW_KEY_NUMBER, true, get_pid, NULL, NULL },
	{ "tid", "thread", AW_KEY_NUMBER, true, get_tid, NULL, NULL },
	{ "cgroup", "cgroup v2 id", AW_KEY_NUMBER, true, get_cgroup, NULL, NULL },
	{ "context", "task, softirq, hardirq, nmi", AW_KEY_TEXT, false, get_context, NULL, NULL },
	{ "class", "hard or opportunistic", AW_KEY_TEXT, false, get_class, NULL, NULL },
	{ "log", "printed, suppressed, nowarn, none, unknown", AW_KEY_TEXT, false, get_log, NULL, NULL },
	{ "cause", "what memory looked like: fragmentation, shortage, ...", AW_KEY_TEXT, false, get_cause, NULL, NULL },
	{ "rule", "what ended the attempt: costly-order, noretry, ...", AW_KEY_TEXT, false, get_rule, NULL, NULL },
	{ "cpu", "processor", AW_KEY_NUMBER, false, get_cpu, NULL, NULL },
};
const unsigned int aw_keys_count = sizeof(aw_keys) / sizeof(aw_keys[0]);

const struct aw_key *aw_key_find(const char *name, size_t len)
{
	for (unsigned int i = 0; i < aw_keys_count; i++)
		if (strlen(aw_keys[i].name) == len && !memcmp(aw_keys[i].name, name, len))
			return &aw_keys[i];
	return NULL;
}

int aw_keys_parse(const char *list, const struct aw_key *keys[AW_MAX_KEYS], char *bad, size_t size)
{
	const struct aw_key *found[AW_MAX_KEYS];
	int count = 0;

	for (;;) {
		size_t len = strcspn(list, ",");
		const struct aw_key *key = aw_key_find(list, len);

		if (!key || count == AW_MAX_KEYS) {
			snprintf(bad, size, "%.*s", (int)len, list);
			return -EINVAL;
		}
		found[count++] = key;
		if (!list[len])
			break;
		list += len + 1;
	}
	memcpy(keys, found, count * sizeof(*keys));
	return count;
}

const char *aw_keys_names(char *text, size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (unsigned int i = 0; i < aw_keys_count && used < size; i++)
		used += snprintf(text + used, size - used, "%s%s", i ? ", " : "", aw_keys[i].name);
	return text;
}

const char *aw_key_format(const struct aw_key *key, const struct aw_value *value, char *text, size_t size)
{
	if (key->kind == AW_KEY_TEXT)
		snprintf(text, size, "%s", value->text);
	else if (key->format)
		key->format(value->number, text, size);
	else
		snprintf(text, size, "%" PRIu64, value->number);
	return text;
}

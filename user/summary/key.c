// SPDX-License-Identifier: GPL-2.0
/*
 * The keys of a failure.
 */
#include "summary/key.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/units.h"
#include "event/pods.h"
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

/* The task of failures that were counted only is not known. */
static bool is_sampled(const struct aw_event *event)
{
	return event->type != AW_EVENT_FAILURE || !event->failure.unsampled;
}

/* In an interrupt, pid and comm belong to the interrupted task, so there is no value. */
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
	value->text = event->task.cgroup;
	return in_task(event) && event->task.cgroup[0];
}

static bool get_container(const struct aw_event *event, struct aw_value *value)
{
	value->text = event->task.container;
	return in_task(event) && event->task.container[0];
}

static bool get_pod(const struct aw_event *event, struct aw_value *value)
{
	value->text = event->task.names ? event->task.names->name : event->task.pod;
	return in_task(event) && event->task.pod[0];
}

static bool get_namespace(const struct aw_event *event, struct aw_value *value)
{
	if (!in_task(event) || !event->task.names)
		return false;
	value->text = event->task.names->namespace;
	return true;
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
	[AW_BY_ORDER] = {
		.name = "order", .help = "order of the request",
		.type = AW_KEY_NUMBER, .of_mixed = true, .get = get_order,
	},
	[AW_BY_BYTES] = {
		.name = "bytes", .help = "its size (64K)",
		.type = AW_KEY_NUMBER, .of_mixed = true, .get = get_bytes, .format = format_bytes, .parse = aw_parse_size,
	},
	[AW_BY_GFP] = {
		.name = "gfp", .help = "effective gfp mask by name",
		.type = AW_KEY_TEXT, .lasting = true, .get = get_gfp,
	},
	[AW_BY_MIGRATETYPE] = {
		.name = "migratetype", .help = "Unmovable, Movable, Reclaimable, ...",
		.type = AW_KEY_TEXT, .lasting = true, .get = get_migratetype,
	},
	[AW_BY_STACK] = {
		.name = "stack", .help = "the whole stack",
		.type = AW_KEY_NUMBER, .get = get_stack, .format = format_hex,
	},
	[AW_BY_SITE] = {
		.name = "site", .help = "function that asked",
		.type = AW_KEY_TEXT, .lasting = true, .get = get_site,
	},
	[AW_BY_MODULE] = {
		.name = "module", .help = "its module, or kernel",
		.type = AW_KEY_TEXT, .lasting = true, .get = get_module,
	},
	[AW_BY_COMM] = {
		.name = "comm", .help = "task name",
		.type = AW_KEY_TEXT, .of_task = true, .of_sample = true, .get = get_comm,
	},
	[AW_BY_PID] = {
		.name = "pid", .help = "process",
		.type = AW_KEY_NUMBER, .of_task = true, .of_sample = true, .get = get_pid,
	},
	[AW_BY_TID] = {
		.name = "tid", .help = "thread",
		.type = AW_KEY_NUMBER, .of_task = true, .of_sample = true, .get = get_tid,
	},
	[AW_BY_CGROUP] = {
		.name = "cgroup", .help = "path of its cgroup",
		.type = AW_KEY_TEXT, .lasting = true, .of_task = true, .of_sample = true, .get = get_cgroup,
	},
	[AW_BY_CONTAINER] = {
		.name = "container", .help = "its container: the first 12 digits of the id, or a name",
		.type = AW_KEY_TEXT, .of_task = true, .of_sample = true, .get = get_container,
	},
	[AW_BY_POD] = {
		.name = "pod", .help = "its Kubernetes pod: the uid, or with --pods the name",
		.type = AW_KEY_TEXT, .of_task = true, .of_sample = true, .get = get_pod,
	},
	[AW_BY_NAMESPACE] = {
		.name = "namespace", .help = "namespace of the pod, with --pods",
		.type = AW_KEY_TEXT, .of_task = true, .of_sample = true, .get = get_namespace,
	},
	[AW_BY_CONTEXT] = {
		.name = "context", .help = "task, softirq, hardirq, nmi",
		.type = AW_KEY_TEXT, .lasting = true, .get = get_context,
	},
	[AW_BY_CLASS] = {
		.name = "class", .help = "hard or opportunistic",
		.type = AW_KEY_TEXT, .lasting = true, .get = get_class,
	},
	[AW_BY_LOG] = {
		.name = "log", .help = "printed, suppressed, nowarn, none, unknown",
		.type = AW_KEY_TEXT, .lasting = true, .get = get_log,
	},
	[AW_BY_CAUSE] = {
		.name = "cause", .help = "what memory looked like: fragmentation, shortage, ...",
		.type = AW_KEY_TEXT, .lasting = true, .get = get_cause,
	},
	[AW_BY_RULE] = {
		.name = "rule", .help = "what ended the attempt: costly-order, noretry, ...",
		.type = AW_KEY_TEXT, .lasting = true, .get = get_rule,
	},
	[AW_BY_CPU] = {
		.name = "cpu", .help = "processor",
		.type = AW_KEY_NUMBER, .of_sample = true, .get = get_cpu,
	},
};
_Static_assert(ARRAY_SIZE(aw_keys) == AW_KEYS, "a row for every key");

bool aw_key_in(const struct aw_key *key, uint32_t set)
{
	for (unsigned int id = 0; id < AW_KEYS; id++)
		if (key == &aw_keys[id])
			return set & AW_KEY_BIT(id);
	return false;
}

const struct aw_key *aw_key_find(const char *name, size_t len)
{
	for (unsigned int i = 0; i < AW_KEYS; i++)
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
	for (unsigned int i = 0; i < AW_KEYS && used < size; i++)
		used += snprintf(text + used, size - used, "%s%s", i ? ", " : "", aw_keys[i].name);
	return text;
}

const char *aw_key_format(const struct aw_key *key, const struct aw_value *value, char *text, size_t size)
{
	if (key->type == AW_KEY_TEXT)
		snprintf(text, size, "%s", value->text);
	else if (key->format)
		key->format(value->number, text, size);
	else
		snprintf(text, size, "%" PRIu64, value->number);
	return text;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * The names of the enums of the event model, and whose event it is.
 */
#include "event/event.h"

#include <string.h>

#include "base/array.h"

#define NAME_OF(table, value) \
	((size_t)(value) < ARRAY_SIZE(table) ? (table)[value] : "unknown")
#define COVERS(table, count) \
	_Static_assert(ARRAY_SIZE(table) == (count), #table " misses a name")

static const char *const event_types[] = {
	[AW_EVENT_FAILURE] = "failure", [AW_EVENT_STALL] = "stall",
	[AW_EVENT_EXTFRAG] = "extfrag", [AW_EVENT_WARNING] = "warning",
	[AW_EVENT_OOM_KILL] = "oom-kill", [AW_EVENT_CMA_FAILURE] = "cma-failure",
	[AW_EVENT_ALLOCATIONS] = "allocations", [AW_EVENT_SCAN] = "scan", [AW_EVENT_HELD] = "held",
};
COVERS(event_types, AW_EVENT_TYPES);

static const char *const contexts[] = {
	[AW_IN_UNKNOWN] = "unknown", [AW_IN_TASK] = "task", [AW_IN_SOFTIRQ] = "softirq",
	[AW_IN_INTERRUPT] = "interrupt", [AW_IN_HARDIRQ] = "hardirq", [AW_IN_NMI] = "nmi",
};
COVERS(contexts, AW_CONTEXTS);

static const char *const logs[] = {
	[AW_LOG_UNKNOWN] = "unknown", [AW_LOG_PRINTED] = "printed",
	[AW_LOG_SUPPRESSED] = "suppressed", [AW_LOG_NOWARN] = "nowarn", [AW_LOG_NONE] = "none",
};
COVERS(logs, AW_LOGS);

static const char *const classes[] = {
	[AW_CLASS_HARD] = "hard", [AW_CLASS_OPPORTUNISTIC] = "opportunistic",
};
COVERS(classes, AW_CLASSES);

static const char *const compact_results[] = {
	[AW_COMPACT_UNKNOWN] = "unknown", [AW_COMPACT_NOT_SUITABLE] = "no suitable zone",
	[AW_COMPACT_SKIPPED] = "skipped", [AW_COMPACT_DEFERRED] = "deferred",
	[AW_COMPACT_NO_SUITABLE_PAGE] = "no suitable page", [AW_COMPACT_CONTINUE] = "continue",
	[AW_COMPACT_COMPLETE] = "complete", [AW_COMPACT_PARTIAL_SKIPPED] = "partially skipped",
	[AW_COMPACT_CONTENDED] = "contended", [AW_COMPACT_SUCCESS] = "success",
};
COVERS(compact_results, AW_COMPACT_RESULTS);

static const char *const compact_prios[] = {
	[AW_PRIO_UNKNOWN] = "unknown", [AW_PRIO_SYNC_FULL] = "sync full",
	[AW_PRIO_SYNC_LIGHT] = "sync light", [AW_PRIO_ASYNC] = "async",
};
COVERS(compact_prios, AW_PRIOS);

static const char *const zones_whens[] = {
	[AW_ZONES_NONE] = "not taken", [AW_ZONES_AT_FAILURE] = "at the failure",
	[AW_ZONES_AFTER_PRINT] = "taken after printing", [AW_ZONES_READ_LATER] = "read later",
	[AW_ZONES_FROM_LOG] = "from the log",
};

const char *aw_event_type_name(enum aw_event_type type)
{
	return NAME_OF(event_types, type);
}

const char *aw_context_name(enum aw_context context)
{
	return NAME_OF(contexts, context);
}

const char *aw_log_name(enum aw_log log)
{
	return NAME_OF(logs, log);
}

const char *aw_class_name(enum aw_class class)
{
	return NAME_OF(classes, class);
}

const char *aw_compact_result_name(enum aw_compact_result result)
{
	return NAME_OF(compact_results, result);
}

const char *aw_compact_prio_name(enum aw_compact_prio prio)
{
	return NAME_OF(compact_prios, prio);
}

const char *aw_zones_when_name(enum aw_zones_when when)
{
	return NAME_OF(zones_whens, when);
}

bool aw_failure_is_mixed(const struct aw_failure *failure)
{
	return failure->unsampled && failure->gfp.several;
}

bool aw_task_is_own(const struct aw_task *task)
{
	if (task->context == AW_IN_SOFTIRQ)
		return !strncmp(task->comm, "ksoftirqd/", strlen("ksoftirqd/"));
	return task->context <= AW_IN_TASK;
}

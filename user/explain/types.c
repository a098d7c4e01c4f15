// SPDX-License-Identifier: GPL-2.0
/*
 * The types of reports that a kernel log has, as one const table.
 */
#include "explain/types.h"

#include <inttypes.h>

#include "base/escape.h"
#include "base/units.h"
#include "explain/pool.h"
#include "klog/event.h"
#include "mm/site.h"

static const char *plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

void aw_report_put_site(FILE *out, const struct aw_event *event)
{
	const struct aw_frame *site = event->site;
	char name[4 * AW_KLOG_NAME], module[200];
	bool likely;

	if (!site || !site->name[0])
		return;
	fprintf(out, " by %s", aw_escape_terminal(site->name, name, sizeof(name)));
	if (site->module[0])
		fprintf(out, " [%s]", aw_escape_terminal(site->module, module, sizeof(module)));
	aw_site_find(event->stack, &likely);
	fputs(likely ? " (likely)" : "", out);
}

/* ---- stall ---- */

static void stall_headline(FILE *out, const struct aw_answer *answer)
{
	const struct aw_failure *request = &answer->event->failure;
	uint64_t count = answer->group->count;
	char bytes[AW_UNITS_TEXT];

	fprintf(out, "%" PRIu64 " request%s for %s", count, plural(count), aw_format_bytes(request->bytes, bytes));
	aw_report_put_site(out, answer->event);
	fprintf(out, " waited %" PRIu64 " ms and longer", request->effort.total_ns / 1000000);
}

/* ---- OOM kill ---- */

static void oom_identify(const struct aw_event *event, char *text, size_t size)
{
	const char *nobody = event->oom.no_victim ? " without a victim" : "";

	if (event->oom.lmk)
		snprintf(text, size, " of %s, %s", event->oom.lmk == AW_LMK_DAEMON ? "lmkd" : "the low memory killer",
			 event->failure.class == AW_CLASS_HARD ? "in use" : "cached");
	else if (event->oom.memcg)
		snprintf(text, size, " in cgroup %s%s", event->oom.memcg_name, nobody);
	else
		snprintf(text, size, "%s", nobody);
}

static void oom_headline(FILE *out, const struct aw_answer *answer)
{
	const struct aw_event *event = answer->event;
	uint64_t count = answer->group->count;
	char bytes[AW_UNITS_TEXT];

	if (event->oom.lmk) {
		fprintf(out, "%" PRIu64 " kill%s by Android's %s", count, plural(count),
			event->oom.lmk == AW_LMK_DAEMON ? "lmkd" : "low memory killer");
		return;
	}
	if (event->oom.no_victim)
		fprintf(out, "%" PRIu64 " call%s of the OOM killer", count, plural(count));
	else
		fprintf(out, "%" PRIu64 " OOM kill%s", count, plural(count));
	if (event->oom.order >= 0)
		fprintf(out, " for order %d (%s)", event->oom.order, aw_format_bytes(event->failure.bytes, bytes));
	aw_report_put_site(out, event);
}

/* ---- CMA ---- */

static uint64_t cma_bytes(const struct aw_event *event, const struct aw_kernel *kernel)
{
	return event->cma.count * kernel->page_size;
}

static void cma_identify(const struct aw_event *event, char *text, size_t size)
{
	snprintf(text, size, " of %s, %" PRIu64 " pages, error %d",
		 event->cma.name[0] ? event->cma.name : "an area not named", event->cma.count, event->cma.error);
}

static const char *cma_area(const struct aw_event *event)
{
	return event->cma.name;
}

static void cma_headline(FILE *out, const struct aw_answer *answer)
{
	const struct aw_event *event = answer->event;
	uint64_t count = answer->group->count;
	char bytes[AW_UNITS_TEXT], name[300];

	fprintf(out, "%" PRIu64 " CMA request%s", count, plural(count));
	if (event->cma.count)
		fprintf(out, " for %s", aw_format_bytes(cma_bytes(event, answer->kernel), bytes));
	if (event->cma.name[0])
		fprintf(out, " from %s", aw_escape_terminal(event->cma.name, name, sizeof(name)));
	fputs(" failed", out);
}

/* ---- vmalloc ---- */

static uint64_t vmalloc_bytes(const struct aw_event *event, const struct aw_kernel *kernel)
{
	(void)kernel;
	return event->warning.bytes;
}

static void vmalloc_identify(const struct aw_event *event, char *text, size_t size)
{
	/* where only the addresses' line is there, sizes vary with whoever asks next */
	if (!aw_event_has_mask(event) && event->warning.failed == AW_VMALLOC_NO_SPACE)
		return;
	snprintf(text, size, ", %" PRIu64 " bytes", event->warning.bytes);
}

static void vmalloc_headline(FILE *out, const struct aw_answer *answer)
{
	const struct aw_event *event = answer->event;
	uint64_t count = answer->group->count;
	const struct aw_logged *logged = answer->logged;
	char bytes[AW_UNITS_TEXT], most[AW_UNITS_TEXT];

	fprintf(out, "%" PRIu64 " vmalloc request%s", count, plural(count));
	if (logged->least_bytes != logged->most_bytes)
		fprintf(out, " for %s to %s", aw_format_bytes(logged->least_bytes, bytes), aw_format_bytes(logged->most_bytes, most));
	else if (event->warning.bytes)
		fprintf(out, " for %s", aw_format_bytes(event->warning.bytes, bytes));
	aw_report_put_site(out, event);
	fputs(" failed", out);
}

/* ---- the table ---- */

static const struct aw_report_type types[AW_EVENT_TYPES] = {
	[AW_EVENT_FAILURE] = {
		.name = "failure", .total = "failures", .has_order = true, .has_trace = true,
	},
	[AW_EVENT_STALL] = {
		.name = "stall", .total = "stalls", .has_order = true, .has_trace = true,
		.headline = stall_headline,
	},
	[AW_EVENT_OOM_KILL] = {
		.name = "oom-kill", .total = "oom_kills", .has_order = true, .has_trace = true,
		.identify = oom_identify, .headline = oom_headline,
	},
	[AW_EVENT_CMA_FAILURE] = {
		.name = "cma-failure", .total = "cma_failures",
		.bytes = cma_bytes, .identify = cma_identify, .area = cma_area, .headline = cma_headline,
	},
	[AW_EVENT_WARNING] = {
		.name = "vmalloc", .total = "warnings", .has_trace = true,
		.bytes = vmalloc_bytes, .identify = vmalloc_identify, .headline = vmalloc_headline,
	},
};

const struct aw_report_type *aw_report_type_of(const struct aw_event *event)
{
	return aw_explain_is_pool(event) ? aw_explain_pool_type(event->warning.pool.pool) : &types[event->type];
}

const char *aw_report_total(enum aw_klog_type type)
{
	return type == AW_KLOG_POOL ? aw_explain_pool_type(AW_POOL_NONE)->total : types[aw_klog_event_type(type)].total;
}

uint64_t aw_report_bytes(const struct aw_event *event, const struct aw_kernel *kernel)
{
	const struct aw_report_type *type = aw_report_type_of(event);

	return type->bytes ? type->bytes(event, kernel) : event->failure.bytes;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * What explain keeps of a report besides its event.
 */
#include "explain/logged.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain/types.h"

static void free_logged(struct aw_origin *origin)
{
	free(aw_logged_of(origin));
}

static void copy_texts(const struct aw_klog_report *report, struct aw_logged *logged)
{
	memcpy(logged->comm, report->comm, sizeof(logged->comm));
	memcpy(logged->hardware, report->hardware, sizeof(logged->hardware));
	memcpy(logged->lmk_reason, report->lmk_reason, sizeof(logged->lmk_reason));
	memcpy(logged->slab_cache, report->slab_cache, sizeof(logged->slab_cache));
	memcpy(logged->work_func, report->workqueue_func, sizeof(logged->work_func));
	memcpy(logged->work_module, report->workqueue_module, sizeof(logged->work_module));
	logged->totals = report->totals;
	if (!report->release_guess)
		memcpy(logged->release, report->release, sizeof(logged->release));
}

static void copy_gaps(const struct aw_klog_report *report, struct aw_logged *logged)
{
	logged->trace_gap_us = report->trace_gap_us;
	logged->lines = report->lines;
	logged->unknown_lines = report->unknown_lines;
	logged->suppressed_lines = report->suppressed_lines;
	logged->has_trace = report->nr_frames;
	logged->lists_no_zone = !report->nr_zones && report->mem_info && report->mem_info_end;
	logged->trace_in_kill = report->ends_in_kill;
	logged->has_zones = report->nr_zones;
	logged->too_long = report->frames_cut || report->zones_cut;
	for (unsigned int i = 0; i < report->nr_zones && !logged->cut_zone[0]; i++)
		if (!(report->zones[i].has & AW_KLOG_ZONE_BLOCKS) || report->zones[i].has & AW_KLOG_ZONE_CUT)
			memcpy(logged->cut_zone, report->zones[i].name, sizeof(logged->cut_zone));
}

static void take_victim(struct aw_logged *logged, const struct aw_logged_victim *victim)
{
	if (victim->pid <= 0 && !victim->comm[0])
		return;
	for (unsigned int i = 0; i < logged->nr_victims && i < AW_LOGGED_VICTIMS; i++)
		if (logged->victims[i].pid == victim->pid && !strcmp(logged->victims[i].comm, victim->comm))
			return;
	if (logged->nr_victims < AW_LOGGED_VICTIMS)
		logged->victims[logged->nr_victims] = *victim;
	logged->nr_victims++;
}

static void take_reported_victim(struct aw_logged *logged, const struct aw_klog_report *report)
{
	struct aw_logged_victim victim = { .pid = report->victim_pid, .anon_kb = report->victim_anon_kb };

	memcpy(victim.comm, report->victim_comm, sizeof(victim.comm));
	take_victim(logged, &victim);
	for (unsigned int i = 0; i < report->nr_others && i < AW_KLOG_VICTIMS; i++) {
		victim = (struct aw_logged_victim){ .pid = report->others[i].pid, .anon_kb = report->others[i].anon_kb };
		memcpy(victim.comm, report->others[i].comm, sizeof(victim.comm));
		take_victim(logged, &victim);
	}
	if (report->nr_others > AW_KLOG_VICTIMS)
		logged->nr_victims += report->nr_others - AW_KLOG_VICTIMS;
}

struct aw_logged *aw_logged_new(const struct aw_klog_report *report, const char *file)
{
	struct aw_logged *logged = calloc(1, sizeof(*logged));

	if (!logged)
		return NULL;
	logged->origin = (struct aw_origin){ .file = file, .line = report->line, .free = free_logged };
	logged->first = logged->last = (struct aw_logged_time){ report->mono_us, report->wall_us };
	logged->has_year = report->wall_has_year;
	logged->last_file = file;
	logged->last_line = report->line;
	logged->pid = report->pid;
	logged->cpu = report->cpu;
	logged->order = report->order;
	logged->range_of_pages = report->type == AW_KLOG_POOL && !report->bytes;
	if (report->type == AW_KLOG_VMALLOC || report->type == AW_KLOG_POOL)
		logged->least_bytes = logged->most_bytes = logged->range_of_pages ? report->cma_pages : report->bytes;
	logged->slab_node = report->slab_line ? report->slab_node : -1;
	logged->slab_nodes = report->slab_nodes;
	logged->has_mode = report->has_mode;
	logged->mode = report->mode;
	logged->killed_globally = report->global_kill;
	logged->of_2_4 = report->of_2_4;
	logged->mask_2_4 = report->mask_2_4;
	if (report->type == AW_KLOG_OOM)
		take_reported_victim(logged, report);
	copy_texts(report, logged);
	copy_gaps(report, logged);
	aw_origin_hold(&logged->origin);
	return logged;
}

#define say(field, ...) snprintf((field), sizeof(field), __VA_ARGS__)

static void name_type(struct aw_logged *logged, const struct aw_event *event)
{
	const struct aw_report_type *type = aw_report_type_of(event);
	size_t used;

	say(logged->type, "%s%s", type->name, type->has_order && logged->order < 0 ? " without an order" : "");
	used = strlen(logged->type);
	if (type->identify)
		type->identify(event, logged->type + used, sizeof(logged->type) - used);
	else if (event->failure.slab_line)
		snprintf(logged->type + used, sizeof(logged->type) - used, " of slab cache %s",
			 logged->slab_cache[0] ? logged->slab_cache : "(not printed)");
}

void aw_logged_name(struct aw_logged *logged, const struct aw_event *event)
{
	const struct aw_frame *site = event->site;

	name_type(logged, event);
	if (site && site->name[0] && site->module[0])
		say(logged->site, "%s [%s]", site->name, site->module);
	else if (site && site->name[0])
		say(logged->site, "%s", site->name);
}

void aw_logged_repeat(struct aw_logged *first, const struct aw_logged *other)
{
	if (other->first.mono_us >= 0)
		first->last.mono_us = other->first.mono_us;
	if (other->first.wall_us >= 0)
		first->last.wall_us = other->first.wall_us;
	if (other->least_bytes < first->least_bytes)
		first->least_bytes = other->least_bytes;
	if (other->most_bytes > first->most_bytes)
		first->most_bytes = other->most_bytes;
	for (unsigned int i = 0; i < other->nr_victims && i < AW_LOGGED_VICTIMS; i++)
		take_victim(first, &other->victims[i]);
	first->last_file = other->origin.file;
	first->last_line = other->origin.line;
	if (strcmp(first->comm, other->comm) || first->pid != other->pid)
		first->several_tasks = true;
}

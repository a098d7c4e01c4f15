// SPDX-License-Identifier: GPL-2.0
/*
 * Compares reports value by value: each must be equal, or missing.
 */
#include <stdio.h>
#include <string.h>

#include "result.h"

void add_name(char *list, const char *name)
{
	char with_space[64];

	snprintf(with_space, sizeof(with_space), " %s", name);
	if (strstr(list, with_space) || strlen(list) + strlen(with_space) >= NAMES)
		return;
	strcat(list, with_space);
}

void add_names(char *list, const char *names)
{
	char copy[NAMES], *rest, *name;

	snprintf(copy, sizeof(copy), "%s", names);
	for (name = strtok_r(copy, " ", &rest); name; name = strtok_r(NULL, " ", &rest))
		add_name(list, name);
}

void missing(struct result *result, const char *name)
{
	add_name(result->missing, name);
}

void changed(struct result *result, const char *name)
{
	add_name(result->changed, name);
	result->different = true;
}

static void number(struct result *result, const char *name, int64_t plain, int64_t got, int64_t none)
{
	if (plain == got || plain == none)
		return;		/* a form may add what the plain log lacks */
	if (got == none)
		missing(result, name);
	else
		changed(result, name);
}

static void text(struct result *result, const char *name, const char *plain, const char *got)
{
	if (!strcmp(plain, got) || !plain[0])
		return;
	if (!got[0] || !strncmp(plain, got, strlen(got)))
		missing(result, name);
	else
		changed(result, name);
}

/* Ignores blanks and hyphens, because it is not always known whether a wrap removed or added them. */
static void hardware(struct result *result, const char *plain, const char *got)
{
	char a[128], b[128], *to = a;

	for (const char *p = plain; *p; p++)
		if (*p != ' ' && *p != '-')
			*to++ = *p;
	*to = '\0';
	to = b;
	for (const char *p = got; *p; p++)
		if (*p != ' ' && *p != '-')
			*to++ = *p;
	*to = '\0';
	text(result, "hardware", a, b);
}

static bool same_frame(const struct aw_klog_frame *plain, const struct aw_klog_frame *got)
{
	if (!got->name[0] && got->addr)
		return got->addr == plain->addr;
	if (strcmp(plain->name, got->name) || (got->module[0] && strcmp(plain->module, got->module)))
		return false;
	return !got->size || (plain->offset == got->offset && plain->size == got->size);
}

/* The frames found must be a subsequence of the true ones. */
static void frames(struct result *result, const struct aw_klog_report *plain, const struct aw_klog_report *got)
{
	unsigned int i = 0;

	for (unsigned int k = 0; k < got->nr_frames; k++) {
		while (i < plain->nr_frames && !same_frame(&plain->frames[i], &got->frames[k]))
			i++;
		if (i == plain->nr_frames) {
			changed(result, "frames");
			return;
		}
		if (plain->frames[i].size != got->frames[k].size || strcmp(plain->frames[i].module, got->frames[k].module))
			missing(result, "offsets");
		i++;
	}
	if (got->nr_frames != plain->nr_frames)
		missing(result, "frames");
}

static void blocks(struct result *result, const struct aw_klog_zone *plain, const struct aw_klog_zone *got)
{
	for (unsigned int i = 0; i < got->nr_orders; i++) {
		if (i >= plain->nr_orders || plain->blocks[i] != got->blocks[i])
			changed(result, "blocks");
		else if (strcmp(plain->types[i], got->types[i]))
			text(result, "types", plain->types[i], got->types[i]);
	}
	if (got->nr_orders < plain->nr_orders) {
		missing(result, "blocks");
		if (got->nr_orders && !(got->has & AW_KLOG_ZONE_CUT))
			changed(result, "blocks-not-marked-cut");
	}
	for (unsigned int i = 0; i < got->nr_reserves; i++)
		if (i >= plain->nr_reserves || plain->reserve[i] != got->reserve[i])
			changed(result, "reserves");
	if (got->nr_reserves < plain->nr_reserves)
		missing(result, "reserves");
}

static void zone(struct result *result, const struct aw_klog_zone *plain, const struct aw_klog_zone *got)
{
	if ((got->has & ~AW_KLOG_ZONE_CUT) & ~plain->has)
		changed(result, "zone-fields");
	if (plain->has & ~got->has)
		missing(result, "zone-fields");
	number(result, "free", (int64_t)plain->free_kb, (int64_t)got->free_kb, 0);
	number(result, "min", (int64_t)plain->min_kb, (int64_t)got->min_kb, 0);
	number(result, "low", (int64_t)plain->low_kb, (int64_t)got->low_kb, 0);
	number(result, "high", (int64_t)plain->high_kb, (int64_t)got->high_kb, 0);
	number(result, "boost", (int64_t)plain->boost_kb, (int64_t)got->boost_kb, 0);
	number(result, "present", (int64_t)plain->present_kb, (int64_t)got->present_kb, 0);
	number(result, "managed", (int64_t)plain->managed_kb, (int64_t)got->managed_kb, 0);
	number(result, "highatomic", (int64_t)plain->highatomic_kb, (int64_t)got->highatomic_kb, 0);
	number(result, "free-cma", (int64_t)plain->free_cma_kb, (int64_t)got->free_cma_kb, 0);
	number(result, "active-anon", (int64_t)plain->active_anon_kb, (int64_t)got->active_anon_kb, 0);
	number(result, "inactive-anon", (int64_t)plain->inactive_anon_kb, (int64_t)got->inactive_anon_kb, 0);
	number(result, "active-file", (int64_t)plain->active_file_kb, (int64_t)got->active_file_kb, 0);
	number(result, "inactive-file", (int64_t)plain->inactive_file_kb, (int64_t)got->inactive_file_kb, 0);
	number(result, "unevictable", (int64_t)plain->unevictable_kb, (int64_t)got->unevictable_kb, 0);
	number(result, "total", (int64_t)plain->blocks_total_kb, (int64_t)got->blocks_total_kb, 0);
	blocks(result, plain, got);
}

static void zones(struct result *result, const struct aw_klog_report *plain, const struct aw_klog_report *got)
{
	for (unsigned int k = 0; k < got->nr_zones; k++) {
		const struct aw_klog_zone *found = NULL;

		for (unsigned int i = 0; i < plain->nr_zones && !found; i++)
			if (plain->zones[i].node == got->zones[k].node && !strcmp(plain->zones[i].name, got->zones[k].name))
				found = &plain->zones[i];
		if (found)
			zone(result, found, &got->zones[k]);
		else
			changed(result, "zones");
	}
	if (got->nr_zones < plain->nr_zones)
		missing(result, "zones");
}

static void compare_report(struct result *result, const struct aw_klog_report *plain, const struct aw_klog_report *got)
{
	/* without its first lines nothing says what it reports, nor when that was */
	if (!got->no_header && !got->kill_alone) {
		number(result, "type", plain->type, got->type, -1);
		number(result, "time", plain->mono_us, got->mono_us, -1);
	}
	if (got->form > plain->form)
		changed(result, "form");
	else if (got->form < plain->form)
		missing(result, "form");
	text(result, "comm", plain->comm, got->comm);
	number(result, "pid", plain->pid, got->pid, -1);
	number(result, "cpu", plain->cpu, got->cpu, -1);
	number(result, "task", plain->has_task, got->has_task, 0);
	text(result, "release", plain->release, got->release);
	number(result, "release-near", plain->release_near, got->release_near, 0);
	hardware(result, plain->hardware, got->hardware);
	number(result, "order", plain->order, got->order, -1);
	number(result, "mask", (int64_t)(plain->has_mode ? plain->mode : 0), (int64_t)(got->has_mode ? got->mode : 0), 0);
	text(result, "names", plain->mode_names, got->mode_names);
	text(result, "mems", plain->mems_allowed, got->mems_allowed);
	text(result, "nodemask", plain->nodemask, got->nodemask);
	number(result, "suppressed", (int64_t)plain->suppressed, (int64_t)got->suppressed, 0);
	number(result, "suspended", plain->suspended, got->suspended, 0);
	number(result, "highmem", plain->has_highmem, got->has_highmem, 0);
	number(result, "stall", (int64_t)plain->stall_ms, (int64_t)got->stall_ms, 0);
	number(result, "bytes", (int64_t)plain->bytes, (int64_t)got->bytes, 0);
	number(result, "cma-pages", (int64_t)plain->cma_pages, (int64_t)got->cma_pages, 0);
	number(result, "cma-free", (int64_t)plain->cma_free, (int64_t)got->cma_free, 0);
	number(result, "cma-total", (int64_t)plain->cma_total, (int64_t)got->cma_total, 0);
	number(result, "error", plain->error, got->error, 0);
	text(result, "cma-name", plain->cma_name, got->cma_name);
	number(result, "victim", plain->victim_pid, got->victim_pid, -1);
	text(result, "victim-comm", plain->victim_comm, got->victim_comm);
	number(result, "memcg", plain->memcg, got->memcg, 0);
	number(result, "memcg-usage", (int64_t)plain->memcg_usage_kb, (int64_t)got->memcg_usage_kb, 0);
	number(result, "memcg-limit", (int64_t)plain->memcg_limit_kb, (int64_t)got->memcg_limit_kb, 0);
	text(result, "memcg-name", plain->memcg_name, got->memcg_name);
	text(result, "slab", plain->slab_cache, got->slab_cache);
	number(result, "mem-info", plain->mem_info, got->mem_info, 0);
	number(result, "mem-info-end", plain->mem_info_end, got->mem_info_end, 0);
	frames(result, plain, got);
	zones(result, plain, got);
}

/* Adds what differs least among all reports of the log. */
static void compare_closest(struct result *result, const struct reports *plain, const struct aw_klog_report *got)
{
	struct result best = { .different = true };

	for (unsigned int i = 0; i < plain->count && best.different; i++) {
		struct result one = { 0 };

		compare_report(&one, &plain->report[i], got);
		if (!i || !one.different)
			best = one;
	}
	result->different |= best.different;
	add_names(result->missing, best.missing);
	add_names(result->changed, best.changed);
}

/* The line of SLUB behind a report of which the form lost the rest: then it is one of its own. */
static bool is_left_of_report(const struct reports *plain, const struct aw_klog_report *got)
{
	for (unsigned int i = 0; i < plain->count; i++)
		if (got->slab_line && !plain->report[i].slab_line && !strcmp(plain->report[i].slab_cache, got->slab_cache))
			return true;
	return false;
}

void compare_reports(struct result *result, const struct reports *plain, const struct reports *got, bool lossless)
{
	unsigned int left = 0;

	for (unsigned int i = 0; !lossless && i < got->count; i++)
		left += is_left_of_report(plain, &got->report[i]);
	if (got->count - left > plain->count)
		changed(result, "reports");
	if (got->count < plain->count)
		missing(result, "reports");
	for (unsigned int i = 0; i < got->count && plain->count; i++) {
		if (!lossless && is_left_of_report(plain, &got->report[i]))
			continue;
		if (!lossless)
			compare_closest(result, plain, &got->report[i]);
		else if (i < plain->count)
			compare_report(result, &plain->report[i], &got->report[i]);
	}
}

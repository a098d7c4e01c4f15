// SPDX-License-Identifier: GPL-2.0
/*
 * Reports of a log with their verdicts, equal ones together.
 */
#include "explain_groups.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain_kernels.h"
#include "explain_verdict.h"

#define MAX_GROUPS 256
#define USUAL_PAGE_SIZE 4096

struct aw_explain_groups {
	const struct aw_explain_config *config;
	struct aw_klog_eras *eras;
	struct aw_explain_kernels *kernels;
	unsigned int count;
	uint64_t left_out;
	struct aw_explain_group *groups[MAX_GROUPS];
	struct aw_explain_group *next;	/* being filled */
};

struct aw_explain_groups *aw_explain_groups_new(const struct aw_explain_config *config)
{
	struct aw_explain_groups *g = calloc(1, sizeof(*g));

	if (!g)
		return NULL;
	g->config = config;
	g->eras = aw_klog_eras_new();
	g->kernels = aw_explain_kernels_new();
	if (!g->eras || !g->kernels) {
		aw_explain_groups_free(g);
		return NULL;
	}
	return g;
}

void aw_explain_groups_free(struct aw_explain_groups *g)
{
	if (!g)
		return;
	while (g->count)
		free(g->groups[--g->count]);
	free(g->next);
	aw_klog_eras_free(g->eras);
	aw_explain_kernels_free(g->kernels);
	free(g);
}

static const char *release_option(const struct aw_explain_config *config,
				  const struct aw_klog_report *r)
{
	if (config->kernel)
		return config->kernel;
	/* the running kernel's own log needs no line to say so */
	return r->release_near ? NULL : config->own_release;
}

static uint32_t page_size_of(const struct aw_explain_config *config, const struct aw_klog_report *r,
			     bool *taken)
{
	uint64_t kb = aw_klog_page_kb(r);

	*taken = false;
	if (config->page_size)
		return config->page_size;
	if (kb == 4 || kb == 8 || kb == 16 || kb == 64)
		return (uint32_t)kb * 1024;
	if (config->own_page_size)
		return config->own_page_size;
	*taken = true;
	return USUAL_PAGE_SIZE;
}

/* The largest order that the free lists show. */
static unsigned int max_order_of(const struct aw_klog_report *r)
{
	unsigned int orders = 0;

	for (unsigned int i = 0; i < r->nr_zones; i++)
		if (!(r->zones[i].has & AW_KLOG_ZONE_CUT) && r->zones[i].nr_orders > orders)
			orders = r->zones[i].nr_orders;
	return orders ? orders - 1 : 0;
}

static bool find_kernel(struct aw_explain_groups *g, struct aw_explain_group *group)
{
	const struct aw_klog_report *r = &group->report;
	uint32_t page_size = page_size_of(g->config, r, &group->page_size_taken);

	aw_klog_era_find(g->eras, r, release_option(g->config, r), &group->era);
	group->kernel = aw_explain_kernel(g->kernels, group->era.release,
					  group->era.told_by != AW_KLOG_TOLD_BY_NOTHING, page_size,
					  max_order_of(r), aw_klog_arch(r));
	return group->kernel;
}

static bool same_site(const struct aw_frame *a, const struct aw_frame *b)
{
	if (!a || !b)
		return a == b;
	return !strcmp(a->name, b->name) && !strcmp(a->module, b->module) &&
	       (a->name[0] || a->addr == b->addr);
}

static bool is_equal(const struct aw_explain_group *a, const struct aw_explain_group *b)
{
	const struct aw_klog_report *x = &a->report, *y = &b->report;

	return x->kind == y->kind && x->order == y->order && x->has_mode == y->has_mode &&
	       x->memcg == y->memcg && x->cma_pages == y->cma_pages && x->error == y->error &&
	       x->bytes == y->bytes && !strcmp(x->cma_name, y->cma_name) &&
	       !strcmp(x->memcg_name, y->memcg_name) &&
	       a->event.event.failure.gfp.flags == b->event.event.failure.gfp.flags &&
	       a->event.event.failure.gfp.unknown == b->event.event.failure.gfp.unknown &&
	       a->verdict.cause == b->verdict.cause && a->verdict.rule == b->verdict.rule &&
	       a->verdict.likely_cause == b->verdict.likely_cause &&
	       !strcmp(a->kernel->release, b->kernel->release) &&
	       same_site(a->event.event.site, b->event.event.site);
}

static struct aw_explain_group *find_equal(struct aw_explain_groups *g,
					   const struct aw_explain_group *group)
{
	for (unsigned int i = 0; i < g->count; i++)
		if (is_equal(g->groups[i], group))
			return g->groups[i];
	return NULL;
}

static void count_in(struct aw_explain_group *group, const struct aw_klog_report *r)
{
	group->count++;
	if (r->mono_us >= 0)
		group->last_mono = r->mono_us;
	if (r->wall_us >= 0)
		group->last_wall = r->wall_us;
	if (strcmp(group->report.comm, r->comm) || group->report.pid != r->pid)
		group->several_tasks = true;
}

static void start(struct aw_explain_group *group)
{
	const struct aw_klog_report *r = &group->report;

	group->count = 0;
	group->first_line = r->line;
	group->first_mono = group->last_mono = r->mono_us;
	group->first_wall = group->last_wall = r->wall_us;
	group->several_tasks = false;
	count_in(group, r);
}

void aw_explain_groups_add(void *groups, const struct aw_klog_report *report)
{
	struct aw_explain_groups *g = groups;
	struct aw_explain_group *group, *equal;

	if (!g->next)
		g->next = malloc(sizeof(*g->next));
	group = g->next;
	if (!group) {
		g->left_out++;
		return;
	}
	group->report = *report;
	if (!find_kernel(g, group)) {
		g->left_out++;
		return;
	}
	aw_klog_event_request(&group->report, group->kernel, &group->event);
	aw_explain_verdict(&group->report, &group->event.event, group->kernel, &group->verdict);
	equal = find_equal(g, group);
	if (equal) {
		count_in(equal, report);
	} else if (g->count < MAX_GROUPS) {
		start(group);
		g->groups[g->count++] = group;
		g->next = NULL;
	} else {
		g->left_out++;
	}
}

static bool is_hard(const struct aw_explain_group *g)
{
	return g->event.event.failure.class == AW_CLASS_HARD;
}

static int compare(const void *a, const void *b)
{
	const struct aw_explain_group *x = *(struct aw_explain_group *const *)a;
	const struct aw_explain_group *y = *(struct aw_explain_group *const *)b;

	if (is_hard(x) != is_hard(y))
		return is_hard(x) ? -1 : 1;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return x->first_line < y->first_line ? -1 : x->first_line > y->first_line;
}

void aw_explain_groups_sort(struct aw_explain_groups *g)
{
	qsort(g->groups, g->count, sizeof(g->groups[0]), compare);
}

unsigned int aw_explain_groups_count(const struct aw_explain_groups *g)
{
	return g->count;
}

const struct aw_explain_group *aw_explain_groups_at(const struct aw_explain_groups *g, unsigned int i)
{
	return g->groups[i];
}

uint64_t aw_explain_groups_left_out(const struct aw_explain_groups *g)
{
	return g->left_out;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * The kernels that the reports of a log come from, each made once.
 */
#include "explain/kernels.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "klog/event.h"

#define MAX_KERNELS 256

struct entry {
	char release[65];
	bool sure, old;			/* old: not sure, but older than 3.0 */
	uint32_t upstream;		/* the stable release, where the log names it */
	uint32_t page_size;
	unsigned int max_order;		/* as asked; 0: the usual one */
	char arch[17];
	struct aw_kernel kernel;
};

struct aw_explain_kernels {
	const struct aw_explain_config *config;
	struct utsname running;		/* release "": not known */
	struct aw_klog_eras *eras;
	unsigned int count;
	struct entry *entries[MAX_KERNELS];
};

struct aw_explain_kernels *aw_explain_kernels_new(const struct aw_explain_config *config)
{
	struct aw_explain_kernels *kernels = calloc(1, sizeof(*kernels));

	if (!kernels)
		return NULL;
	kernels->config = config;
	kernels->eras = aw_klog_eras_new();
	if (!kernels->eras) {
		free(kernels);
		return NULL;
	}
	if (uname(&kernels->running))
		kernels->running.release[0] = '\0';
	return kernels;
}

void aw_explain_kernels_free(struct aw_explain_kernels *kernels)
{
	if (!kernels)
		return;
	while (kernels->count) {
		struct entry *entry = kernels->entries[--kernels->count];

		aw_kernel_clear(&entry->kernel);
		free(entry);
	}
	aw_klog_eras_free(kernels->eras);
	free(kernels);
}

bool aw_explain_kernels_incomplete(const struct aw_explain_kernels *kernels)
{
	bool failed = aw_klog_eras_failed(kernels->eras);

	for (unsigned int i = 0; i < kernels->count; i++)
		failed |= aw_gfp_table_failed(kernels->entries[i]->kernel.gfp);
	return failed;
}

static bool same(const struct entry *a, const struct entry *b)
{
	return !strcmp(a->release, b->release) && a->sure == b->sure && a->old == b->old && a->upstream == b->upstream &&
	       a->page_size == b->page_size && a->max_order == b->max_order && !strcmp(a->arch, b->arch);
}

static int fill(struct entry *entry)
{
	int err = aw_kernel_for_release(entry->release, entry->page_size, &entry->kernel);

	if (err)
		return err;
	memcpy(entry->kernel.arch, entry->arch, sizeof(entry->kernel.arch));
	if (entry->max_order)
		entry->kernel.max_order = entry->max_order;
	if (entry->upstream) {
		entry->kernel.version = entry->upstream;
		entry->kernel.version_exact = true;
	}
	if (!entry->sure) {
		entry->kernel.release[0] = '\0';
		entry->kernel.release_guessed = true;
		if (!entry->old)
			entry->kernel.version = 0;
	}
	return 0;
}

static int add(struct aw_explain_kernels *kernels, const struct entry *want)
{
	struct entry *entry;
	int err;

	if (kernels->count == MAX_KERNELS)
		return -ENOSPC;
	entry = malloc(sizeof(*entry));
	if (!entry)
		return -ENOMEM;
	*entry = *want;
	err = fill(entry);
	if (err) {
		free(entry);
		return err;
	}
	kernels->entries[kernels->count++] = entry;
	return 0;
}

static int find_or_add(struct aw_explain_kernels *kernels, const struct entry *want, const struct aw_kernel **out)
{
	unsigned int i = 0;
	int err = 0;

	while (i < kernels->count && !same(kernels->entries[i], want))
		i++;
	if (i == kernels->count)
		err = add(kernels, want);
	if (!err)
		*out = &kernels->entries[i]->kernel;
	return err;
}

static const char *release_said(const struct aw_explain_kernels *kernels, bool own,
				const struct aw_klog_report *report)
{
	if (kernels->config->kernel)
		return kernels->config->kernel;
	/* the running kernel's own log needs no line to say so */
	return own && !report->release_near ? kernels->running.release : NULL;
}

static uint32_t page_size_of(const struct aw_explain_config *config, bool own,
			     const struct aw_klog_report *report, bool *taken)
{
	uint64_t kb = aw_klog_page_kb(report);

	*taken = false;
	if (config->page_size)
		return config->page_size;
	if (kb == 4 || kb == 8 || kb == 16 || kb == 64)
		return (uint32_t)kb * 1024;
	if (own)
		return (uint32_t)sysconf(_SC_PAGESIZE);
	*taken = true;
	return (uint32_t)aw_klog_usual_page_kb(report) * 1024;
}

/* The largest order that the free lists show; 0: none does. */
static unsigned int max_order_of(const struct aw_klog_report *report)
{
	unsigned int orders = 0;

	for (unsigned int i = 0; i < report->nr_zones; i++)
		if (!(report->zones[i].has & AW_KLOG_ZONE_CUT) && report->zones[i].nr_orders > orders)
			orders = report->zones[i].nr_orders;
	return orders ? orders - 1 : 0;
}

int aw_explain_kernel_of(struct aw_explain_kernels *kernels, bool own, const struct aw_klog_report *report,
			 struct aw_klog_era *era, bool *page_size_taken, const struct aw_kernel **out)
{
	struct entry want = {
		.page_size = page_size_of(kernels->config, own, report, page_size_taken),
		.max_order = max_order_of(report),
	};

	aw_klog_era_find(kernels->eras, report, release_said(kernels, own, report), era);
	want.sure = era->told_by != AW_KLOG_TOLD_BY_NOTHING;
	if (want.sure && !strcmp(era->release, report->release))
		want.upstream = report->upstream;
	want.old = !want.sure && era->last && era->last <= AW_VERSION(3, 0, 0);
	snprintf(want.release, sizeof(want.release), "%s", era->release);
	snprintf(want.arch, sizeof(want.arch), "%s", aw_klog_arch(report));
	return find_or_add(kernels, &want, out);
}

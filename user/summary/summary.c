// SPDX-License-Identifier: GPL-2.0
/*
 * Counts events for a report.
 */
#include "summary/summary.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/hash.h"
#include "base/intern.h"
#define AW_TABLE_BITS 11
#include "base/table.h"
#include "summary/timeline.h"

#define MAX_STEALS 16384	/* different steals; further ones count in the totals only */

struct text_key {
	const char *text, *module;	/* interned: the pointers are the key */
};

struct text_entry {
	UT_hash_handle hh;
	struct text_key key;
	const char *label;		/* in a series */
	uint64_t count;
};

struct steal_key {
	int32_t from, to, order, pad;
	const char *site, *module;
};

struct steal_entry {
	UT_hash_handle hh;
	struct steal_key key;
	struct aw_steal steal;
	char comm[AW_COMM_LEN + 1];	/* of the last one */
};

#define FOUND_TEXTS 4096

/* The entries of these names, as they were found before; the names are compared as pointers. */
struct found_texts {
	uint32_t texts;			/* struct aw_event; 0: none were found */
	const char *names, *name, *module;
	struct text_entry *gfp, *site;
};

struct aw_summary {
	struct aw_totals totals;
	struct aw_timeline timeline;
	struct aw_series series;
	struct aw_groups *groups;
	struct aw_intern *texts;
	struct aw_kept_stacks *stacks;	/* of the steals and of what is held */
	struct aw_groups *stalls;
	struct text_entry *gfps, *sites;
	struct found_texts found[FOUND_TEXTS];
	struct steal_entry *steals;
	struct aw_held_table held;
};

struct aw_summary *aw_summary_new(const struct aw_key *const *keys, unsigned int nr_keys)
{
	const struct aw_key *const of_stalls[] = {
		&aw_keys[AW_BY_ORDER], &aw_keys[AW_BY_GFP], &aw_keys[AW_BY_SITE],
	};
	struct aw_summary *summary = calloc(1, sizeof(*summary));

	if (!summary)
		return NULL;
	summary->groups = aw_groups_new(keys, nr_keys);
	summary->stalls = aw_groups_new(of_stalls, 3);
	summary->texts = aw_intern_new();
	summary->stacks = aw_kept_stacks_new(summary->texts);
	if (!summary->groups || !summary->stalls || !summary->texts || !summary->stacks) {
		aw_summary_free(summary);
		return NULL;
	}
	/* Rare ones make room, so that a frequent one is shown however late it begins. */
	aw_groups_keep_frequent(summary->groups, AW_MAX_GROUPS);
	aw_groups_keep_frequent(summary->stalls, AW_MAX_GROUPS);
	return summary;
}

static void free_texts(struct text_entry *entries)
{
	struct text_entry *entry, *next;

	HASH_ITER(hh, entries, entry, next) {
		HASH_DEL(entries, entry);
		free(entry);
	}
}

void aw_summary_free(struct aw_summary *summary)
{
	struct steal_entry *steal, *next_steal;

	if (!summary)
		return;
	free_texts(summary->gfps);
	free_texts(summary->sites);
	HASH_ITER(hh, summary->steals, steal, next_steal) {
		HASH_DEL(summary->steals, steal);
		free(steal);
	}
	aw_groups_free(summary->groups);
	aw_groups_free(summary->stalls);
	aw_kept_stacks_free(summary->stacks);
	aw_intern_free(summary->texts);
	free(summary);
}

/* NULL: no memory. */
static struct text_entry *find_text(struct aw_summary *summary, struct text_entry **entries, const char *text,
				    const char *module, uint32_t texts)
{
	struct text_key key = { aw_intern_lasting(summary->texts, text, texts), aw_intern_lasting(summary->texts, module, texts) };
	struct text_entry *found;
	AW_FREE struct text_entry *entry = NULL;

	HASH_FIND(hh, *entries, &key, sizeof(key), found);
	if (found)
		return found;
	entry = calloc(1, sizeof(*entry));
	if (!entry)
		return NULL;
	entry->key = key;
	HASH_ADD(hh, *entries, key, sizeof(key), entry);
	return aw_table_took(entry) ? TAKE_PTR(entry) : NULL;
}

static struct found_texts *found_place(struct aw_summary *summary, const struct found_texts *wanted)
{
	const uint64_t key[] = { (uintptr_t)wanted->names, (uintptr_t)wanted->name };

	return &summary->found[aw_hash_words(key, sizeof(key)) % FOUND_TEXTS];
}

/* False: no memory. */
static bool find_texts(struct aw_summary *summary, const struct aw_frame *at, struct found_texts *wanted)
{
	wanted->gfp = find_text(summary, &summary->gfps, wanted->names, "", wanted->texts);
	wanted->site = find_text(summary, &summary->sites, wanted->name, wanted->module, wanted->texts);
	if (!wanted->gfp || !wanted->site)
		return false;
	if (!wanted->gfp->label)
		wanted->gfp->label = aw_series_gfp(summary->texts, wanted->names);
	if (!wanted->site->label)
		wanted->site->label = aw_series_site(summary->texts, at);
	return true;
}

/* By mask, by site, and by both in a series. */
static void count_texts(struct aw_summary *summary, const struct aw_event *event)
{
	const struct aw_frame *at = event->site;
	struct found_texts wanted = {
		event->texts, event->failure.gfp.names, at ? at->name : "", at ? at->module : "", NULL, NULL,
	};
	struct found_texts *found = found_place(summary, &wanted);

	if (!wanted.texts || found->texts != wanted.texts || found->names != wanted.names || found->name != wanted.name ||
	    found->module != wanted.module) {
		if (!find_texts(summary, at, &wanted)) {
			aw_intern_note_failure(summary->texts);
			return;
		}
		*found = wanted;
	}
	found->gfp->count += aw_failure_count(&event->failure);
	found->site->count += aw_failure_count(&event->failure);
	aw_series_add(&summary->series, &event->failure, found->gfp->label, found->site->label);
}

static void add_failure(struct aw_summary *summary, const struct aw_event *event)
{
	struct aw_totals *totals = &summary->totals;
	const struct aw_failure *failure = &event->failure;
	uint64_t count = aw_failure_count(failure);

	totals->failures += count;
	totals->unsampled += failure->unsampled;
	aw_timeline_add(&summary->timeline, event->time_ns, failure->class == AW_CLASS_HARD, count);
	totals->by_class[failure->class] += count;
	totals->by_log[failure->log] += count;
	totals->by_context[event->task.context] += count;
	totals->by_order[failure->order < AW_MAX_ORDERS ? failure->order : AW_MAX_ORDERS - 1] += count;
	totals->by_migratetype[failure->migratetype] += count;
	totals->by_cause[failure->cause] += count;
	totals->by_rule[failure->rule] += count;
	count_texts(summary, event);
	aw_groups_add(summary->groups, event);
}

/* NULL: no memory. */
static struct steal_entry *add_steal(struct aw_summary *summary, const struct steal_key *key,
				     const struct aw_event *event)
{
	AW_FREE struct steal_entry *entry = calloc(1, sizeof(*entry));

	if (!entry)
		return NULL;
	entry->key = *key;
	entry->steal = (struct aw_steal){ .from = event->extfrag.from, .to = event->extfrag.to,
					  .order = event->extfrag.alloc_order, .fallback_order = -1,
					  .site = key->site, .module = key->module,
					  .stack = aw_kept_stacks_hold(summary->stacks, event->stack) };
	HASH_ADD(hh, summary->steals, key, sizeof(*key), entry);
	if (aw_table_took(entry))
		return TAKE_PTR(entry);
	aw_kept_stacks_drop(summary->stacks, entry->steal.stack);
	return NULL;
}

static struct steal_entry *find_steal(struct aw_summary *summary, const struct aw_event *event)
{
	const struct aw_extfrag *extfrag = &event->extfrag;
	struct steal_key key = {
		.from = extfrag->from, .to = extfrag->to, .order = extfrag->alloc_order,
		.site = aw_intern_lasting(summary->texts, event->site ? event->site->name : "", event->texts),
		.module = aw_intern_lasting(summary->texts, event->site ? event->site->module : "", event->texts),
	};
	struct steal_entry *entry;

	HASH_FIND(hh, summary->steals, &key, sizeof(key), entry);
	if (entry || HASH_COUNT(summary->steals) >= MAX_STEALS)
		return entry;
	entry = add_steal(summary, &key, event);
	if (!entry)
		aw_intern_note_failure(summary->texts);
	return entry;
}

static void add_extfrag(struct aw_summary *summary, const struct aw_event *event)
{
	struct steal_entry *entry = find_steal(summary, event);

	summary->totals.extfrag++;
	if (!entry)
		return;
	entry->steal.count++;
	entry->steal.owned += event->extfrag.change_ownership == 1;
	entry->steal.owner_unknown += event->extfrag.change_ownership < 0;
	if (event->extfrag.fallback_order > entry->steal.fallback_order)
		entry->steal.fallback_order = event->extfrag.fallback_order;
	memcpy(entry->comm, event->task.comm, sizeof(entry->comm));
	entry->steal.comm = event->task.context > AW_IN_TASK ? aw_context_name(event->task.context) : entry->comm;
}

static void add_stall(struct aw_summary *summary, const struct aw_event *event)
{
	struct aw_totals *totals = &summary->totals;
	uint64_t us = event->failure.effort.total_ns / 1000;
	unsigned int bucket = 0;

	while (bucket < AW_LATENCY_BUCKETS - 1 && us >= UINT64_C(1) << bucket)
		bucket++;
	totals->stall_us[bucket]++;
	totals->stalls++;
	aw_groups_add(summary->stalls, event);
	totals->stall_ns += event->failure.effort.total_ns;
}

static void add_allocations(struct aw_totals *totals, const struct aw_allocations *allocations)
{
	totals->counts_allocations = true;
	totals->allocations += allocations->count;
	totals->served_by_order[allocations->order] += allocations->count;
}

static void add_scan(struct aw_summary *summary, const struct aw_event *event)
{
	summary->totals.scans++;
	aw_groups_join(summary->groups, event->scan);
}

void aw_summary_add(struct aw_summary *summary, const struct aw_event *event)
{
	struct aw_totals *totals = &summary->totals;

	switch (event->type) {
	case AW_EVENT_FAILURE: add_failure(summary, event); break;
	case AW_EVENT_EXTFRAG: add_extfrag(summary, event); break;
	case AW_EVENT_STALL: add_stall(summary, event); break;
	case AW_EVENT_WARNING: totals->warnings++; break;
	case AW_EVENT_OOM_KILL: totals->oom_kills++; break;
	case AW_EVENT_CMA_FAILURE: totals->cma_failures++; break;
	case AW_EVENT_ALLOCATIONS: add_allocations(totals, &event->allocations); break;
	case AW_EVENT_SCAN: add_scan(summary, event); break;
	case AW_EVENT_HELD: aw_held_table_add(&summary->held, summary->stacks, event); break;
	case AW_EVENT_TYPES: break;
	}
}

bool aw_summary_incomplete(const struct aw_summary *summary)
{
	return aw_intern_failed(summary->texts) || aw_groups_incomplete(summary->groups) ||
	       aw_groups_incomplete(summary->stalls);
}

const struct aw_totals *aw_summary_totals(const struct aw_summary *summary)
{
	return &summary->totals;
}

const struct aw_timeline *aw_summary_timeline(const struct aw_summary *summary)
{
	return &summary->timeline;
}

const struct aw_series *aw_summary_series(const struct aw_summary *summary)
{
	return &summary->series;
}

const struct aw_groups *aw_summary_groups(const struct aw_summary *summary)
{
	return summary->groups;
}

const struct aw_groups *aw_summary_stalls(const struct aw_summary *summary)
{
	return summary->stalls;
}

const struct aw_held_table *aw_summary_held(const struct aw_summary *summary)
{
	return &summary->held;
}

static int by_count(const void *left, const void *right)
{
	const struct aw_count *a = left, *b = right;

	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return strcmp(a->text, b->text) ?: strcmp(a->module, b->module);
}

static struct aw_count *sorted_texts(const struct aw_summary *summary, const struct text_entry *entries,
				     unsigned int *count)
{
	unsigned int n = HASH_COUNT(entries);
	struct aw_count *rows = n ? malloc(n * sizeof(*rows)) : NULL;

	*count = 0;
	if (n && !rows)
		aw_intern_note_failure(summary->texts);
	if (!rows)
		return NULL;
	for (const struct text_entry *entry = entries; entry; entry = entry->hh.next)
		rows[(*count)++] = (struct aw_count){ entry->key.text, entry->count, entry->key.module };
	qsort(rows, n, sizeof(*rows), by_count);
	return rows;
}

struct aw_count *aw_summary_gfps(const struct aw_summary *summary, unsigned int *count)
{
	return sorted_texts(summary, summary->gfps, count);
}

struct aw_count *aw_summary_sites(const struct aw_summary *summary, unsigned int *count)
{
	return sorted_texts(summary, summary->sites, count);
}

static int by_steals(const void *left, const void *right)
{
	const struct aw_steal *a = left, *b = right;

	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return strcmp(a->site, b->site);
}

struct aw_steal *aw_summary_steals(const struct aw_summary *summary, unsigned int *count)
{
	unsigned int n = HASH_COUNT(summary->steals);
	struct aw_steal *rows = n ? malloc(n * sizeof(*rows)) : NULL;

	*count = 0;
	if (n && !rows)
		aw_intern_note_failure(summary->texts);
	if (!rows)
		return NULL;
	for (const struct steal_entry *entry = summary->steals; entry; entry = entry->hh.next)
		rows[(*count)++] = entry->steal;
	qsort(rows, n, sizeof(*rows), by_steals);
	return rows;
}

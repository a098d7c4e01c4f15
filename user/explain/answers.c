// SPDX-License-Identifier: GPL-2.0
/*
 * The answers of explain: reports of logs as events, judged and counted
 * together.
 */
#include "explain/answers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "explain/keys.h"
#include "explain/verdict.h"
#include "klog/event.h"

/* What bounds the memory of a log of nothing but different failures: some KiB each. */
#define MOST_GROUPS 4096

struct aw_answers {
	struct aw_explain_kernels *kernels;
	struct aw_groups *groups;
	const struct aw_group **sorted;		/* NULL: not sorted yet, or none */
	const char *file;
	bool own;
	uint64_t left_out;			/* besides those that the groups left out */
	bool incomplete;			/* memory ran out */
	uint64_t by_class[AW_CLASSES];
	char cma[sizeof(((struct aw_logged *)NULL)->type)];	/* the last one whose figures were printed */
	enum aw_cause cma_cause, cma_likely_cause;
	struct aw_klog_report *vmalloc;		/* the last one that found no addresses, with its mask or trace; NULL: none yet */
	struct aw_klog_event event;		/* of the report that is looked at */
	struct aw_verdict verdict;
};

struct aw_answers *aw_answers_new(const struct aw_explain_config *config)
{
	struct aw_answers *answers = calloc(1, sizeof(*answers));

	if (!answers)
		return NULL;
	answers->kernels = aw_explain_kernels_new(config);
	answers->groups = aw_groups_new(aw_explain_keys, aw_explain_keys_count);
	if (!answers->kernels || !answers->groups) {
		aw_answers_free(answers);
		return NULL;
	}
	aw_groups_keep_frequent(answers->groups, MOST_GROUPS);
	aw_groups_keep_first(answers->groups);
	return answers;
}

void aw_answers_free(struct aw_answers *answers)
{
	if (!answers)
		return;
	free(answers->sorted);
	free(answers->vmalloc);
	aw_groups_free(answers->groups);
	aw_explain_kernels_free(answers->kernels);
	free(answers);
}

void aw_answers_from(struct aw_answers *answers, const char *file, bool own)
{
	answers->file = file;
	answers->own = own;
	free(answers->vmalloc);
	answers->vmalloc = NULL;
}

/* The area's figures may be left out behind a repeated CMA failure: it counts with the one before. */
static void as_before(struct aw_answers *answers, const struct aw_klog_report *report, struct aw_event *event, struct aw_logged *logged)
{
	if (event->type != AW_EVENT_CMA_FAILURE)
		return;
	if (report->cma_total) {
		memcpy(answers->cma, logged->type, sizeof(answers->cma));
		answers->cma_cause = event->failure.cause;
		answers->cma_likely_cause = logged->likely_cause;
	} else if (!strcmp(answers->cma, logged->type)) {
		event->failure.cause = answers->cma_cause;
		logged->likely_cause = answers->cma_likely_cause;
	}
}

/* The report as a judged event, with `logged` as its origin. */
static const struct aw_event *make_event(struct aw_answers *answers, const struct aw_klog_report *report,
					 struct aw_logged *logged)
{
	struct aw_event *event = &answers->event.event;

	aw_klog_event_of(report, logged->origin.kernel, &answers->event);
	event->origin = &logged->origin;
	aw_explain_verdict(event, logged->origin.kernel, &answers->verdict);
	event->failure.cause = answers->verdict.cause;
	event->failure.rule = answers->verdict.rule;
	logged->likely_cause = answers->verdict.likely_cause;
	aw_logged_name(logged, event);
	as_before(answers, report, event, logged);
	return event;
}

static void add(struct aw_answers *answers, const struct aw_klog_report *report, struct aw_logged *logged)
{
	const struct aw_group *group;
	const struct aw_event *event;
	int err = aw_explain_kernel_of(answers->kernels, answers->own, report, &logged->era,
				       &logged->page_size_taken, &logged->origin.kernel);

	if (err) {
		answers->left_out++;
		answers->incomplete |= err == -ENOMEM;
		return;
	}
	/* named elsewhere in the log, and not the kernel that printed this */
	if (logged->era.told_by == AW_KLOG_TOLD_BY_NOTHING && !report->release_near)
		logged->release[0] = '\0';
	event = make_event(answers, report, logged);
	answers->by_class[event->failure.class]++;
	group = aw_groups_add(answers->groups, event);
	if (group && group->sample.origin != event->origin)
		aw_logged_repeat(aw_logged_of(group->sample.origin), logged);
}

static bool is_vmap(const struct aw_klog_report *report, bool whole)
{
	return report->type == AW_KLOG_VMALLOC && report->vmalloc_failed == AW_VMALLOC_NO_SPACE && report->has_mode == whole &&
	       (whole || !report->nr_frames);
}

/* vmalloc() asks for whole pages and one more, which stays unmapped: the line of the addresses says that sum. */
static bool is_same_size(uint64_t asked, uint64_t with_guard)
{
	static const uint64_t pages[] = { 4096, 16384, 65536 };

	for (size_t i = 0; i < ARRAY_SIZE(pages); i++)
		if (asked <= UINT64_MAX / 2 && with_guard == (asked + 2 * pages[i] - 1) / pages[i] * pages[i])
			return true;
	return with_guard == asked;
}

/*
 * From the second time on often only the line of the addresses is printed: "vmap allocation for size ... failed",
 * as warn_alloc() has a limit of its own.  It counts with the whole report of that size before it.
 */
static const struct aw_klog_report *as_whole(struct aw_answers *answers, const struct aw_klog_report *report)
{
	struct aw_klog_report *whole = answers->vmalloc;

	if (is_vmap(report, true)) {
		if (!whole)
			whole = answers->vmalloc = malloc(sizeof(*whole));
		if (whole)
			*whole = *report;
		return report;
	}
	if (!whole || !is_vmap(report, false) || !is_same_size(whole->bytes, report->bytes))
		return report;
	whole->line = report->line;
	whole->mono_us = report->mono_us;
	whole->wall_us = report->wall_us;
	whole->wall_has_year = report->wall_has_year;
	return whole;
}

void aw_answers_add(void *ctx, const struct aw_klog_report *report)
{
	struct aw_answers *answers = ctx;
	struct aw_logged *logged;

	report = as_whole(answers, report);
	logged = aw_logged_new(report, answers->file);
	if (!logged) {
		answers->incomplete = true;
		return;
	}
	add(answers, report, logged);
	aw_origin_drop(&logged->origin);
}

int aw_answers_sort(struct aw_answers *answers)
{
	free(answers->sorted);
	answers->sorted = aw_groups_sorted(answers->groups, "worst");
	return aw_groups_count(answers->groups) && !answers->sorted ? -ENOMEM : 0;
}

unsigned int aw_answers_count(const struct aw_answers *answers)
{
	return answers->sorted ? aw_groups_count(answers->groups) : 0;
}

void aw_answers_get(const struct aw_answers *answers, unsigned int i, struct aw_answer *out)
{
	out->group = answers->sorted[i];
	out->event = aw_group_sample(out->group, &out->room);
	out->logged = aw_logged_of(out->group->sample.origin);
	out->kernel = out->logged->origin.kernel;
	aw_explain_verdict(out->event, out->kernel, &out->verdict);
}

const struct aw_groups *aw_answers_groups(const struct aw_answers *answers)
{
	return answers->groups;
}

uint64_t aw_answers_left_out(const struct aw_answers *answers)
{
	return answers->left_out + aw_groups_other(answers->groups);
}

bool aw_answers_incomplete(const struct aw_answers *answers)
{
	return answers->incomplete || aw_groups_incomplete(answers->groups) ||
	       aw_explain_kernels_incomplete(answers->kernels);
}

uint64_t aw_answers_of_class(const struct aw_answers *answers, enum aw_class class)
{
	return answers->by_class[class];
}

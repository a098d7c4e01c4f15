// SPDX-License-Identifier: GPL-2.0
/*
 * Failures by label set.
 */
#include "summary/series.h"

#include <string.h>

struct text {
	size_t used;
	char bytes[AW_SERIES_TEXT];
};

/* Called for every failure: snprintf() would take most of the time. */
static void append(struct text *text, const char *more)
{
	size_t length = strnlen(more, sizeof(text->bytes) - 1 - text->used);

	memcpy(text->bytes + text->used, more, length);
	text->used += length;
	text->bytes[text->used] = '\0';
}

/* An address is nothing to keep a series by, and nothing to publish. */
static void site_text(const struct aw_frame *site, struct text *text)
{
	text->used = 0;
	append(text, site && site->name[0] ? site->name : "unknown");
	if (!site || !site->module[0])
		return;
	append(text, " [");
	append(text, site->module);
	append(text, "]");
}

/* The numbers first: they tell most sets apart. */
static bool is_row(const struct aw_series_row *row, const struct aw_failure *failure, const char *gfp,
		   const char *site)
{
	return row->order == failure->order && row->class == failure->class &&
	       row->cause == failure->cause && row->rule == failure->rule &&
	       !strcmp(row->site, site) && !strcmp(row->gfp, gfp);
}

void aw_series_add(struct aw_series *series, struct aw_intern *texts, const struct aw_event *event)
{
	const struct aw_failure *failure = &event->failure;
	uint64_t count = aw_failure_count(failure);
	struct text gfp = { .used = 0 }, site;

	append(&gfp, failure->gfp.names);
	site_text(event->site, &site);
	for (unsigned int i = 0; i < series->count; i++)
		if (is_row(&series->rows[i], failure, gfp.bytes, site.bytes)) {
			series->rows[i].count += count;
			return;
		}
	if (series->count == AW_MAX_SERIES) {
		series->other[failure->class] += count;
		return;
	}
	series->rows[series->count++] = (struct aw_series_row){
		.order = failure->order, .class = failure->class, .cause = failure->cause,
		.rule = failure->rule, .gfp = aw_intern(texts, gfp.bytes),
		.site = aw_intern(texts, site.bytes), .count = count,
	};
}

// SPDX-License-Identifier: GPL-2.0
/*
 * The verdict page: one failure with its verdict, evidence, advice, zones and stack.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/escape.h"
#include "base/memory.h"
#include "base/wrap.h"
#include "output/text/text.h"
#include "output/text/verdict.h"
#include "screen/cell.h"
#include "screen/group_id.h"
#include "screen/panel.h"
#include "verdict/verdict.h"

/*
 * Copies a line of a text report, wrapped.  The label at its start is
 * highlighted; continuation lines are indented to the text.
 */
static void copy_line(FILE *out, const char *line, size_t length, unsigned int width)
{
	bool labelled = length > AW_LABEL_INDENT && !strncmp(line, "  ", 2) && line[2] != ' ';
	size_t label = !labelled ? 0 : length < AW_LABEL_COLUMN ? length : AW_LABEL_COLUMN;
	unsigned int blanks = (unsigned int)strspn(line, " ");
	unsigned int indent = labelled || blanks >= AW_LABEL_COLUMN ? AW_LABEL_COLUMN : blanks + 2;
	struct aw_wrap wrap = {
		.out = out, .width = width, .indent = width < indent + 10 ? 0 : indent, .cut = true,
		.column = (unsigned int)label,
	};

	fprintf(out, AW_MARK_LABEL "%.*s" AW_MARK_PLAIN, (int)label, line);
	aw_wrap_bytes(&wrap, line + label, length - label);
	aw_wrap_end(&wrap);
}

void aw_panel_copy(FILE *out, const char *text, unsigned int width)
{
	while (*text) {
		size_t length = strcspn(text, "\n");

		copy_line(out, text, length, width);
		text += length + (text[length] == '\n');
	}
}

/* Copies a line without a label; continuation lines are not indented. */
static void write_wrapped(FILE *out, const char *text, unsigned int width)
{
	struct aw_wrap wrap = { .out = out, .width = width, .mark = AW_MARK_STRONG, .cut = true };

	fputs(AW_MARK_STRONG, out);
	aw_wrap_text(&wrap, text);
	aw_wrap_end(&wrap);
}

static void write_evidence(FILE *out, const struct aw_verdict *verdict)
{
	char text[4 * AW_VERDICT_TEXT];

	for (unsigned int i = 0; i < verdict->nr_evidence; i++)
		fprintf(out, "  %-12s%s\n", i ? "" : "evidence",
			aw_escape_terminal(verdict->evidence[i].text, text, sizeof(text)));
	for (unsigned int i = 0; i < verdict->nr_missing; i++)
		fprintf(out, "  %-12s%s\n", i ? "" : "not known", verdict->missing[i]);
}

static void write_body(FILE *out, const struct aw_scene *scene, const struct aw_event *event,
		       const struct aw_verdict *verdict)
{
	AW_FREE char *text = NULL;
	size_t size = 0;
	FILE *body = aw_memory_open(&text, &size);

	if (!body)
		return;
	aw_verdict_print(body, event, verdict, scene->width);
	write_evidence(body, verdict);
	aw_zones_text(body, scene->report.kernel, &event->failure);
	fprintf(body, "  stack\n");
	aw_stack_text(body, event->stack);
	if (!aw_memory_close(body))
		aw_panel_copy(out, text, scene->width);
}

/* In a storm, not all failures of a group are sampled. */
static void write_sampled(FILE *out, const struct aw_group *group)
{
	char sampled[AW_CELL_GROUPED], count[AW_CELL_GROUPED];

	if (!group->sampled)
		fprintf(out, "\n" AW_MARK_DIM "none of %s sampled" AW_MARK_PLAIN,
			aw_cell_grouped(group->count, count));
	else if (group->sampled < group->count)
		fprintf(out, "\n" AW_MARK_DIM "%s of %s sampled" AW_MARK_PLAIN,
			aw_cell_grouped(group->sampled, sampled), aw_cell_grouped(group->count, count));
}

static void write_head(FILE *out, const struct aw_scene *scene, const struct aw_event *event,
		       const struct aw_verdict *verdict, unsigned int samples)
{
	const struct aw_group *group = scene->view->open;
	char who[AW_WHO_TEXT], time[AW_ZONED_TEXT], sentence[400];

	write_wrapped(out, aw_verdict_sentence(event, scene->report.kernel, verdict, group->count, sentence,
					       sizeof(sentence)), scene->width);
	fprintf(out, "%s%s" AW_MARK_PLAIN "  %s  %s%s", event->failure.class == AW_CLASS_HARD ? AW_MARK_HOT : AW_MARK_DIM,
		aw_class_name(event->failure.class), aw_format_time_zoned(scene->report.kernel, event->time_ns, time),
		aw_format_who(event, who), event->failure.before_start ? "  before start, from the kernel log" : "");
	if (samples > 1)
		fprintf(out, "%s" AW_MARK_DIM "failure %u of the last %u" AW_MARK_PLAIN, scene->width < 60 ? "\n" : "   ",
			scene->view->sample + 1, samples);
	write_sampled(out, group);
	fprintf(out, "\n\n");
}

const struct aw_event *aw_panel_sample(const struct aw_scene *scene, struct aw_sample_room *room, unsigned int *count)
{
	const struct aw_group *group = scene->view->open;
	const struct aw_event *samples[AW_SAMPLES_PER_GROUP], *sample;
	unsigned int nr_keys;
	const struct aw_key *const *keys = aw_groups_keys(aw_summary_groups(scene->report.summary), &nr_keys);

	*count = 0;
	if (!group)
		return NULL;
	sample = aw_group_sample(group, room);
	if (!sample->failure.before_start)
		*count = aw_samples_of(scene->samples, aw_group_id(keys, nr_keys, group), samples);
	if (scene->view->sample < *count)
		return samples[scene->view->sample];
	return sample;
}

void aw_panel_verdict(FILE *out, const struct aw_scene *scene)
{
	unsigned int samples;
	struct aw_sample_room room;
	const struct aw_event *event = aw_panel_sample(scene, &room, &samples);
	struct aw_verdict verdict;

	if (!event)
		return;
	aw_verdict_make(event, scene->report.kernel, &verdict);
	write_head(out, scene, event, &verdict, samples);
	write_body(out, scene, event, &verdict);
}

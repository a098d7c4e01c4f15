// SPDX-License-Identifier: GPL-2.0
/*
 * The page of one failure: its verdict with evidence, advice, zones and stack.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/escape.h"
#include "output/live/cell.h"
#include "output/live/kind.h"
#include "output/live/panel.h"
#include "output/text.h"
#include "output/verdict_text.h"
#include "verdict/verdict.h"

#define LABEL_WIDTH 14

/* How much of a line fits: up to the last blank or flag behind a word, or all that there is room for. */
static size_t fitting(const char *text, size_t length, size_t room)
{
	size_t at = room, indent = strspn(text, " ");

	if (length <= room)
		return length;
	while (at > indent && text[at] != ' ' && text[at - 1] != '|')
		at--;
	return at > indent ? at : room;
}

/*
 * A line of the text form, wrapped: the label at its start stands out, and
 * further lines stand under the text.  Bytes are at least as many as columns.
 */
static void copy_line(FILE *out, const char *line, size_t length, unsigned int width)
{
	bool labelled = length > 2 && !strncmp(line, "  ", 2) && line[2] != ' ';
	size_t label = !labelled ? 0 : length < LABEL_WIDTH ? length : LABEL_WIDTH;
	size_t indent = strspn(line, " "), room, taken;

	indent = labelled || indent >= LABEL_WIDTH ? LABEL_WIDTH : indent + 2;
	if (width < indent + 10)
		indent = 0;
	fprintf(out, AW_MARK_LABEL "%.*s" AW_MARK_PLAIN, (int)label, line);
	for (room = width - label, line += label, length -= label; ; room = width - indent) {
		taken = fitting(line, length, room);
		fprintf(out, "%.*s\n", (int)taken, line);
		line += taken;
		length -= taken;
		for (; length && *line == ' '; length--)
			line++;
		if (!length)
			return;
		fprintf(out, "%*s", (int)indent, "");
	}
}

void aw_panel_copy(FILE *out, const char *text, unsigned int width)
{
	while (*text) {
		size_t length = strcspn(text, "\n");

		copy_line(out, text, length, width);
		text += length + (text[length] == '\n');
	}
}

/* A line that is no part of the text form: further ones begin at the left. */
static void write_wrapped(FILE *out, const char *text, unsigned int width)
{
	size_t length = strlen(text);

	while (length) {
		size_t taken = fitting(text, length, width);

		fprintf(out, AW_MARK_STRONG "%.*s\n", (int)taken, text);
		taken += text[taken] == ' ';
		text += taken;
		length -= taken;
	}
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
	FILE *body = open_memstream(&text, &size);

	if (!body)
		return;
	aw_verdict_print(body, event, scene->report.kernel, verdict, scene->width);
	write_evidence(body, verdict);
	aw_zones_text(body, scene->report.kernel, &event->failure);
	fprintf(body, "  stack\n");
	aw_stack_text(body, event->stack);
	if (!fclose(body))
		aw_panel_copy(out, text, scene->width);
}

/* In a storm: of how many one can look at some. */
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
	char who[AW_WHO_TEXT], time[16], sentence[400];

	write_wrapped(out, aw_verdict_sentence(event, scene->report.kernel, verdict, group->count, sentence,
					       sizeof(sentence)), scene->width);
	fprintf(out, "%s%s" AW_MARK_PLAIN "  %s  %s%s", event->failure.class == AW_CLASS_HARD ? AW_MARK_HOT : AW_MARK_DIM,
		aw_class_name(event->failure.class), aw_format_time(scene->report.kernel, event->time_ns, time),
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
		*count = aw_samples_of(scene->samples, aw_kind_of_group(keys, nr_keys, group), samples);
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

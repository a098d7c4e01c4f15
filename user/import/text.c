// SPDX-License-Identifier: GPL-2.0
/*
 * A trace in text: of tracefs (trace, trace_pipe), trace-cmd report or perf script.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "import/line.h"
#include "import/names.h"
#include "import/reader.h"

#define BUFFER (256u << 10)	/* longer lines are cut there */
#define LOOK_LINES 20000u	/* for what tells the era of the flags */

struct text {
	struct aw_import_reader reader;
	struct aw_import_input *input;
	struct aw_import_facts *facts;
	struct aw_import_names *names;
	char *buffer;
	size_t from, to;
	uint64_t at;
	struct aw_import_item held;	/* its stack may follow */
	bool holds;
};

/* ---- lines ---- */

/* The next line, without its end.  False: there is none. */
static bool next_line(struct text *text, struct aw_text *line)
{
	char *start = text->buffer + text->from, *newline = memchr(start, '\n', text->to - text->from);

	if (!newline) {
		ssize_t got;

		memmove(text->buffer, start, text->to - text->from);
		text->to -= text->from;
		text->from = 0;
		got = aw_import_input_read(text->input, text->at, text->buffer + text->to, BUFFER - text->to);
		text->at += got > 0 ? (uint64_t)got : 0;
		text->to += got > 0 ? (size_t)got : 0;
		start = text->buffer;
		newline = memchr(start, '\n', text->to);
	}
	if (!newline && !text->to)
		return false;
	if (!newline)
		newline = start + text->to;
	*line = (struct aw_text){ start, newline };
	text->from = (size_t)(newline - text->buffer);
	text->from += text->from < text->to;
	return true;
}

static void rewind_text(struct text *text)
{
	text->at = text->from = text->to = 0;
}

/* ---- which kernel ---- */

/* Names of flags that later kernels do not have, and a release that has them. */
static const struct {
	const char *name, *release;
} old[] = {
	{ "GFP_COMP", "4.4" },		/* without __: up to 4.5 */
	{ "GFP_ZERO", "4.4" }, { "GFP_NOWARN", "4.4" }, { "GFP_NORETRY", "4.4" }, { "GFP_REPEAT", "4.4" },
	{ "GFP_WAIT", "3.18" },		/* up to 4.3 */
	{ "__GFP_COLD", "4.9" }, { "__GFP_REPEAT", "4.9" }, { "__GFP_OTHER_NODE", "4.9" }, { "__GFP_NOTRACK", "4.9" },
	{ "GFP_TEMPORARY", "4.9" },
	{ "__GFP_ATOMIC", "5.10" },	/* up to 6.2 */
};

#define NEWEST_ERA "6.12"

static bool has_word(struct aw_text list, const char *name)
{
	size_t len = strlen(name);

	while (list.p < list.end) {
		const char *bar = memchr(list.p, '|', aw_text_left(&list));
		const char *end = bar ? bar : list.end;

		if ((size_t)(end - list.p) == len && !memcmp(list.p, name, len))
			return true;
		list.p = bar ? bar + 1 : list.end;
	}
	return false;
}

static const char *era_of(const struct aw_import_line *line)
{
	struct aw_text flags = aw_import_line_word(line, "gfp_flags");

	for (size_t i = 0; i < ARRAY_SIZE(old); i++)
		if (has_word(flags, old[i].name))
			return old[i].release;
	return NULL;
}

/* perf script --header: "# os release : 6.1.0-51-arm64" */
static void read_header(struct aw_text line, const char *key, char *out, size_t size)
{
	if (!aw_text_skip(&line, "# ") || !aw_text_skip(&line, key))
		return;
	aw_text_spaces(&line);
	if (!aw_text_skip(&line, ": "))
		return;
	aw_text_trim(&line);
	aw_text_copy(out, size, line.p, aw_text_left(&line));
}

static void look(struct text *text)
{
	struct aw_import_facts *facts = text->facts;
	struct aw_import_line parsed;
	struct aw_text line;

	facts->era = NEWEST_ERA;
	for (unsigned int i = 0; i < LOOK_LINES && next_line(text, &line); i++) {
		read_header(line, "os release", facts->release, sizeof(facts->release));
		read_header(line, "arch", facts->arch, sizeof(facts->arch));
		read_header(line, "hostname", facts->host, sizeof(facts->host));
		if (aw_import_line_parse(line.p, aw_text_left(&line), &parsed) && parsed.type == AW_TRACE_ALLOC && era_of(&parsed)) {
			facts->era = era_of(&parsed);
			break;
		}
	}
	rewind_text(text);
}

/* ---- values ---- */

/* "GFP_KERNEL|__GFP_COMP", "0xcc0" as raw records have it: a mask of the kernel. */
static bool parse_gfp(const struct text *text, struct aw_text word, uint64_t *out)
{
	uint64_t flags;

	*out = 0;
	if (aw_text_hex(&word, out) && word.p == word.end)
		return true;
	*out = 0;
	if (aw_gfp_parse_names(text->facts->kernel->gfp, word.p, aw_text_left(&word), &flags))
		return false;
	for (unsigned int flag = 0; flag < AW_GFP_FLAGS; flag++)
		if (flags >> flag & 1)
			*out |= aw_gfp_raw_bit(text->facts->kernel->gfp, (enum aw_gfp_flag)flag);
	return true;
}

/* The words of COMPACTION_STATUS in include/trace/events/mmflags.h. */
static bool parse_result(const struct text *text, struct aw_text word, uint64_t *out)
{
	static const struct { const char *word; enum aw_compact_result result; } words[] = {
		{ "deferred", AW_COMPACT_DEFERRED }, { "skipped", AW_COMPACT_SKIPPED }, { "continue", AW_COMPACT_CONTINUE },
		{ "success", AW_COMPACT_SUCCESS }, { "partial", AW_COMPACT_SUCCESS }, { "complete", AW_COMPACT_COMPLETE },
		{ "partial_skipped", AW_COMPACT_PARTIAL_SKIPPED }, { "no_suitable_page", AW_COMPACT_NO_SUITABLE_PAGE },
		{ "not_suitable_zone", AW_COMPACT_NOT_SUITABLE }, { "contended", AW_COMPACT_CONTENDED },
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		for (unsigned int number = 0; number < AW_COMPACT_NUMBERS; number++)
			if (strlen(words[i].word) == aw_text_left(&word) && !memcmp(words[i].word, word.p, aw_text_left(&word)) &&
			    text->facts->kernel->compact_numbers.of[number] == words[i].result) {
				*out = number;
				return true;
			}
	return false;
}

/* Names of values in text, where they are not those of the fields. */
static const char *key_of(enum aw_trace_type type, const char *field)
{
	static const struct { enum aw_trace_type type; const char *field, *key; } others[] = {
		{ AW_TRACE_COMPACT_TRY, "prio", "priority" },
		{ AW_TRACE_COMPACT_RETRY, "ret", "should_retry" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		if (others[i].type == type && !strcmp(others[i].field, field))
			return others[i].key;
	return field;
}

static uint64_t value_of(const struct text *text, const struct aw_import_line *line, enum aw_trace_type type,
			 const char *field)
{
	const char *key = key_of(type, field);
	struct aw_text word = aw_import_line_word(line, key);
	uint64_t value = 0;

	if (word.p == word.end)		/* trace-cmd report -R has the names of the fields */
		word = aw_import_line_word(line, key = field);
	if (!strncmp(field, "gfp", 3))
		parse_gfp(text, word, &value);
	else if (!aw_import_line_number(line, key, &value))
		parse_result(text, word, &value);
	return value;
}

/* The page of a failure: pfn=0 or -1 (4.1 on: printed 0, in raw records -1), before page=(null). */
static bool has_no_page(const struct aw_import_line *line)
{
	struct aw_text page = aw_import_line_word(line, "page");
	uint64_t pfn, addr;

	if (aw_import_line_number(line, "pfn", &pfn))
		return !pfn || pfn == UINT64_MAX;
	return aw_text_starts(&page, "(n") || (aw_text_hex(&page, &addr) && !addr);
}

/* False: the line is cut, or has another form. */
static bool read_values(struct text *text, const struct aw_import_line *line, struct aw_trace_record *record)
{
	const struct aw_trace_event *event = &aw_trace_events[record->type];
	struct aw_text gfp = aw_import_line_word(line, "gfp_flags");
	uint64_t mask;

	for (unsigned int i = 0; i < AW_TRACE_FIELDS && event->fields[i].name; i++) {
		const char *name = event->fields[i].name, *other = event->fields[i].other;
		struct aw_text word = aw_import_line_word(line, key_of(record->type, name)), raw = aw_import_line_word(line, name);
		bool lacks = word.p == word.end && raw.p == raw.end;

		record->value[i] = value_of(text, line, record->type, other && lacks ? other : name);
	}
	return record->type != AW_TRACE_ALLOC ||
	       (aw_import_line_number(line, "order", &record->value[AW_ALLOC_ORDER]) && parse_gfp(text, gfp, &mask));
}

/* ---- records ---- */

/* 1: the line became an item. */
static int use_line(struct text *text, const struct aw_import_line *line, struct aw_import_item *out)
{
	if (line->type < 0)
		return 0;
	memset(&out->record, 0, offsetof(struct aw_trace_record, stack));
	out->record.type = (enum aw_trace_type)line->type;
	out->record.time_ns = line->time_ns;
	out->record.cpu = line->cpu;
	out->record.tid = line->tid;
	out->record.flags = line->flags;
	out->pid = line->pid;
	memcpy(out->comm, line->comm, sizeof(out->comm));
	out->success = line->type == AW_TRACE_ALLOC && !has_no_page(line);
	if (out->success) {
		aw_import_pass_over(&text->reader, line->time_ns);
		return 0;
	}
	if (read_values(text, line, &out->record))
		return 1;
	text->reader.damaged++;
	return 0;
}

static void add_frame(struct text *text, const struct aw_import_frame *frame)
{
	struct aw_trace_record *record = &text->held.record;

	if (text->holds && record->nr_frames < AW_TRACE_STACK_FRAMES)
		record->stack[record->nr_frames++] = aw_import_names_add(text->names, frame);
}

/* trace-cmd report: "kernel_stack:         	=> trace_event_raw_event_mm_page_alloc" */
static void add_stack_line(struct text *text, const struct aw_import_line *line)
{
	struct aw_import_frame frame;

	if (aw_import_frame_parse(line->fields.p, aw_text_left(&line->fields), &frame))
		add_frame(text, &frame);
}

/* "CPU:3 [LOST 12 EVENTS]", "CPU 3: EVENTS DROPPED": how many is not always said */
static uint64_t lost_by(struct aw_text line)
{
	uint64_t count = 1;

	if (aw_text_skip_past(&line, "[LOST ") && aw_text_u64(&line, &count))
		return count;
	return 1;
}

static bool tells_loss(const struct aw_text *line)
{
	return aw_text_starts(line, "CPU") && (aw_text_find(line, "[LOST ") || aw_text_find(line, "EVENTS DROPPED"));
}

/* Hands out what is held; false: nothing was. */
static bool give(struct text *text, struct aw_import_item *out)
{
	if (!text->holds)
		return false;
	*out = text->held;
	text->holds = false;
	return true;
}

static int text_next(struct aw_import_reader *reader, struct aw_import_item *out)
{
	struct text *text = (struct text *)reader;
	struct aw_import_frame frame;
	struct aw_import_line parsed;
	struct aw_text line;
	uint64_t began = text->input->read;
	bool given = false;

	while (!given) {
		if (text->input->read - began > AW_IMPORT_AT_ONCE)
			return 2;
		if (!next_line(text, &line))
			break;
		if (aw_import_frame_parse(line.p, aw_text_left(&line), &frame)) {
			add_frame(text, &frame);
			continue;
		}
		if (tells_loss(&line))
			reader->lost += lost_by(line);
		/* the head of a stack: its frames follow */
		if (!aw_import_line_parse(line.p, aw_text_left(&line), &parsed) || parsed.event[0] == '<')
			continue;
		if (!strcmp(parsed.event, "kernel_stack")) {
			add_stack_line(text, &parsed);
			continue;
		}
		given = give(text, out);
		text->holds = use_line(text, &parsed, &text->held);
	}
	return given || give(text, out);
}

static void text_close(struct aw_import_reader *reader)
{
	struct text *text = (struct text *)reader;

	aw_import_names_free(text->names);
	free(text->buffer);
	free(text);
}

static int text_open(struct aw_import_input *input, struct aw_import_facts *facts, struct aw_import_reader **out,
		     struct aw_error *error)
{
	struct text *text = calloc(1, sizeof(*text));

	if (!text)
		return aw_error_set(error, -ENOMEM, "out of memory");
	text->reader.ops = &aw_import_text;
	text->input = input;
	text->facts = facts;
	text->names = aw_import_names_new();
	text->buffer = malloc(BUFFER);
	if (!text->names || !text->buffer) {
		text_close(&text->reader);
		return aw_error_set(error, -ENOMEM, "out of memory");
	}
	look(text);
	facts->namer = aw_import_names_name;
	facts->namer_arg = text->names;
	*out = &text->reader;
	return 0;
}

const struct aw_import_reader_ops aw_import_text = {
	.format = "text",
	.open = text_open,
	.next = text_next,
	.close = text_close,
};

// SPDX-License-Identifier: GPL-2.0
/*
 * The head of perf.data: tools/perf/Documentation/perf.data-file-format.txt of the
 * kernel.
 */
#include "import/perf_head.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

#define HEAD_SIZE 104u			/* struct perf_header of a file */
#define PIPE_HEAD_SIZE 16u
#define MOST_SECTION (64u << 20)
#define MOST_ATTR 4096u
#define LEAST_ATTR 64u			/* PERF_ATTR_SIZE_VER0 */
#define PERF_TYPE_TRACEPOINT 2u
#define FLAG_SAMPLE_ID_ALL (UINT64_C(1) << 18)
#define FEATURES 256u

enum { FEATURE_TRACING_DATA = 1, FEATURE_BUILD_ID = 2, FEATURE_HOSTNAME = 3, FEATURE_OSRELEASE = 4, FEATURE_ARCH = 6 };

struct section {
	uint64_t offset, size;
};

static struct section get_section(struct aw_cursor *data)
{
	struct section section = { .offset = aw_get_u64(data) };

	section.size = aw_get_u64(data);
	return section;
}

static struct aw_cursor cursor_of(const void *data, size_t size)
{
	return (struct aw_cursor){ data, data ? (const uint8_t *)data + size : NULL, !data };
}

/* ---- events ---- */

static void add_id(struct aw_perf_head *head, uint64_t id)
{
	struct aw_perf_id *ids;

	if (head->nr_ids == AW_PERF_MOST_IDS)
		return;
	if (!(head->nr_ids & (head->nr_ids - 1))) {
		ids = realloc(head->ids, (head->nr_ids ? 2ul * head->nr_ids : 1) * sizeof(*ids));
		if (!ids)
			return;
		head->ids = ids;
	}
	head->ids[head->nr_ids++] = (struct aw_perf_id){ .id = id, .event = head->nr_events - 1 };
}

void aw_perf_add_event(struct aw_perf_head *head, struct aw_cursor attr, struct aw_cursor ids)
{
	struct aw_perf_event event = { 0 }, *events;

	if (head->nr_events == AW_PERF_MOST_EVENTS)
		return;
	event.tracepoint = aw_get_u32(&attr) == PERF_TYPE_TRACEPOINT;
	aw_get_bytes(&attr, 4 + 8 + 8);		/* size, config, sample_period */
	event.sample_type = aw_get_u64(&attr);
	event.read_format = aw_get_u64(&attr);
	event.id_all = aw_get_u64(&attr) & FLAG_SAMPLE_ID_ALL;
	events = attr.failed ? NULL : realloc(head->events, (head->nr_events + 1) * sizeof(*events));
	if (!events)
		return;
	head->events = events;
	events[head->nr_events++] = event;
	while (aw_cursor_left(&ids) >= 8)
		add_id(head, aw_get_u64(&ids));
}

static int read_events(struct aw_import_input *input, struct aw_perf_head *head, struct section attrs, uint64_t size)
{
	int err;
	AW_FREE uint8_t *copy = aw_import_input_copy(input, attrs.offset, attrs.size, MOST_SECTION, &err);

	if (!copy || size < LEAST_ATTR + 16 || size > MOST_ATTR)
		return copy ? -EBADMSG : err;
	for (uint64_t at = 0; attrs.size - at >= size; at += size) {
		struct aw_cursor where = cursor_of(copy + at + size - 16, 16);
		struct section ids = get_section(&where);
		AW_FREE uint8_t *list = aw_import_input_copy(input, ids.offset, ids.size, 8 * AW_PERF_MOST_IDS, &err);

		if (!list)
			return err;
		aw_perf_add_event(head, cursor_of(copy + at, size - 16), cursor_of(list, ids.size));
	}
	return 0;
}

/* ---- features ---- */

void aw_perf_tracing_data(struct aw_import_facts *facts, struct aw_cursor data)
{
	unsigned int version = aw_import_magic(facts, &data, true);

	if (!version || facts->foreign)
		return;
	aw_import_header_info(facts, &data);
	aw_import_ftrace_formats(facts, &data);
	aw_import_event_formats(facts, &data);
	aw_import_kallsyms(facts, &data);
}

/* Its length, and as many bytes with a NUL among them. */
static void get_string(struct aw_cursor *data, char *out, size_t size)
{
	uint32_t len = aw_get_u32(data);
	const char *text = (const char *)aw_get_bytes(data, len);

	if (text)
		snprintf(out, size, "%.*s", (int)strnlen(text, len), text);
}

/* struct perf_record_header_build_id: header, pid, id, name of the file */
static void get_build_id(struct aw_import_facts *facts, struct aw_cursor *data)
{
	while (aw_cursor_left(data) >= 36 && !facts->has_build_id) {
		uint32_t size;
		const uint8_t *id, *name;

		aw_get_bytes(data, 6);
		size = aw_get_u16(data);
		aw_get_bytes(data, 4);
		id = aw_get_bytes(data, 24);
		name = size < 36 ? NULL : aw_get_bytes(data, size - 36);
		if (!name)
			return;
		if (size - 36 < 17 || memcmp(name, "[kernel.kallsyms]", 17))
			continue;
		memcpy(facts->build_id, id, sizeof(facts->build_id));
		facts->has_build_id = true;
	}
}

void aw_perf_feature(struct aw_import_facts *facts, unsigned int feature, struct aw_cursor data)
{
	if (feature == FEATURE_TRACING_DATA)
		aw_perf_tracing_data(facts, data);
	else if (feature == FEATURE_BUILD_ID)
		get_build_id(facts, &data);
	else if (feature == FEATURE_HOSTNAME)
		get_string(&data, facts->host, sizeof(facts->host));
	else if (feature == FEATURE_OSRELEASE)
		get_string(&data, facts->release, sizeof(facts->release));
	else if (feature == FEATURE_ARCH)
		get_string(&data, facts->arch, sizeof(facts->arch));
}

/* Behind the records: where the section of each feature is. */
static void read_features(struct aw_import_input *input, struct aw_perf_head *head, struct aw_import_facts *facts,
			  const uint8_t bits[FEATURES / 8])
{
	uint64_t at = head->data_end;

	for (unsigned int feature = 0; feature < FEATURES; feature++) {
		AW_FREE uint8_t *where = NULL, *copy = NULL;
		struct aw_cursor data;
		struct section section;
		int err;

		if (!(bits[feature / 8] >> feature % 8 & 1))
			continue;
		where = aw_import_input_copy(input, at, 16, 16, &err);
		if (!where)
			return;
		data = cursor_of(where, 16);
		section = get_section(&data);
		copy = aw_import_input_copy(input, section.offset, section.size, MOST_SECTION, &err);
		if (copy)
			aw_perf_feature(facts, feature, cursor_of(copy, section.size));
		at += 16;
	}
}

/* ---- all of it ---- */

static int damaged(struct aw_import_input *input, const char *what, struct aw_error *error)
{
	return aw_error_set(error, -EINVAL, "can't read the trace %s: it is cut or damaged in %s", input->name, what);
}

static int read_file_head(struct aw_import_input *input, struct aw_perf_head *head, struct aw_import_facts *facts,
			  struct aw_cursor *data, struct aw_error *error)
{
	uint64_t attr_size = aw_get_u64(data);
	struct section attrs = get_section(data), records = get_section(data);
	const uint8_t *bits;

	get_section(data);	/* names of event types, of old */
	bits = aw_get_bytes(data, FEATURES / 8);
	if (!bits)
		return damaged(input, "its head", error);
	if (read_events(input, head, attrs, attr_size))
		return damaged(input, "its events", error);
	if (records.offset > input->size)
		return damaged(input, "its head", error);
	/* perf that was killed leaves 0, or a size that is too large. */
	if (!records.size || records.size > input->size - records.offset)
		records.size = input->size - records.offset;
	head->data = records.offset;
	head->data_end = records.offset + records.size;
	read_features(input, head, facts, bits);
	return 0;
}

int aw_perf_head_read(struct aw_import_input *input, struct aw_perf_head *head, struct aw_import_facts *facts,
		      struct aw_error *error)
{
	uint8_t bytes[HEAD_SIZE] = { 0 };
	ssize_t got = aw_import_input_read(input, 0, bytes, sizeof(bytes));
	struct aw_cursor data = cursor_of(bytes, got > 0 ? (size_t)got : 0);
	uint64_t size;

	*head = (struct aw_perf_head){ .nr_events = 0 };
	aw_get_u64(&data);
	size = aw_get_u64(&data);
	if (size == PIPE_HEAD_SIZE) {
		head->pipe = true;
		head->data = size;
		head->data_end = input->size;
		return 0;
	}
	if (size != HEAD_SIZE)
		return aw_error_set(error, -ENOTSUP, "can't read the trace %s: it is from a big-endian machine, or of another version of perf",
				    input->name);
	return read_file_head(input, head, facts, &data, error);
}

void aw_perf_head_clear(struct aw_perf_head *head)
{
	free(head->events);
	free(head->ids);
	*head = (struct aw_perf_head){ .nr_events = 0 };
}

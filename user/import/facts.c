// SPDX-License-Identifier: GPL-2.0
/*
 * What a recorded trace says of the machine it is from.
 */
#include "import/facts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/incomplete.h"
#include "system/trace_format.h"

#define MOST_FORMAT (64u << 10)
#define MOST_TASKS (4u << 20)

void aw_import_facts_init(struct aw_import_facts *facts)
{
	*facts = (struct aw_import_facts){ .symbols = -1 };
}

void aw_import_facts_clear(struct aw_import_facts *facts)
{
	if (facts->symbols >= 0)
		close(facts->symbols);
	free(facts->alloc_format);
	free(facts->tasks);
	aw_import_facts_init(facts);
}

const char *aw_import_string(struct aw_cursor *data)
{
	const uint8_t *end = memchr(data->at, 0, aw_cursor_left(data));

	if (!end) {
		data->failed = true;
		return NULL;
	}
	return (const char *)aw_get_bytes(data, (size_t)(end - data->at) + 1);
}

/* Steps over a text that must stand here. */
static bool expect(struct aw_cursor *data, const char *text, size_t len)
{
	const uint8_t *at = aw_get_bytes(data, len);

	if (at && !memcmp(at, text, len))
		return true;
	data->failed = true;
	return false;
}

unsigned int aw_import_magic(struct aw_import_facts *facts, struct aw_cursor *data, bool with_dot)
{
	const char *text;
	unsigned int version;
	uint8_t order;

	if (!expect(data, "\x17\x08\x44tracing", 10) || !(text = aw_import_string(data)))
		return 0;
	version = (unsigned int)strtoul(with_dot && !strncmp(text, "0.", 2) ? text + 2 : text, NULL, 10);
	order = aw_get_u8(data);
	aw_get_u8(data);	/* bytes of a long of the program that recorded */
	facts->page_size = aw_get_u32(data);
	facts->foreign = order != 0;
	return data->failed ? 0 : version;
}

/* A text with its 64-bit length before it. */
static const char *sized(struct aw_cursor *data, uint64_t *len)
{
	*len = aw_get_u64(data);
	return (const char *)aw_get_bytes(data, *len);
}

void aw_import_header_info(struct aw_import_facts *facts, struct aw_cursor *data)
{
	struct aw_trace_field commit, records;
	const char *text;
	uint64_t len;

	if (!expect(data, "header_page", 12) || !(text = sized(data, &len)))
		return;
	if (!aw_trace_format_field(text, len, "commit", &commit))
		facts->foreign |= commit.size != 8;
	if (!aw_trace_format_field(text, len, "data", &records))
		facts->buffer_page = records.offset + records.size;
	if (expect(data, "header_event", 13))
		sized(data, &len);
}

static void add_format(struct aw_import_facts *facts, const char *group, const char *text, uint64_t len)
{
	for (unsigned int type = 0; type < AW_TRACE_TYPES; type++) {
		const char *name = aw_trace_events[type].name;
		size_t n = strlen(name);

		/* name: mm_page_alloc */
		if (strcmp(aw_trace_events[type].group, group) || len < 7 + n || len > MOST_FORMAT ||
		    memcmp(text, "name: ", 6) || memcmp(text + 6, name, n) || text[6 + n] != '\n')
			continue;
		if (!aw_trace_formats_add(&facts->formats, type, text, len) && type == AW_TRACE_ALLOC && !facts->alloc_format)
			facts->alloc_format = strndup(text, len);
	}
}

static void formats_of_group(struct aw_import_facts *facts, struct aw_cursor *data, const char *group)
{
	uint32_t count = aw_get_u32(data);

	while (count-- && !data->failed) {
		uint64_t len;
		const char *text = sized(data, &len);

		if (text)
			add_format(facts, group, text, len);
	}
}

void aw_import_ftrace_formats(struct aw_import_facts *facts, struct aw_cursor *data)
{
	formats_of_group(facts, data, "ftrace");
}

void aw_import_event_formats(struct aw_import_facts *facts, struct aw_cursor *data)
{
	uint32_t groups = aw_get_u32(data);

	while (groups-- && !data->failed) {
		const char *group = aw_import_string(data);

		if (group)
			formats_of_group(facts, data, group);
	}
}

/* perf writes an empty one. */
void aw_import_kallsyms(struct aw_import_facts *facts, struct aw_cursor *data)
{
	uint32_t len = aw_get_u32(data);
	const uint8_t *text = aw_get_bytes(data, len);

	if (!text || !len || len > AW_IMPORT_MOST_SYMBOLS || facts->symbols >= 0)
		return;
	facts->symbols = memfd_create("kallsyms", MFD_CLOEXEC);
	if (facts->symbols >= 0 && write(facts->symbols, text, len) == (ssize_t)len)
		return;
	aw_incomplete_note("can't keep the symbols of the trace: %s", strerror(errno));
	if (facts->symbols >= 0)
		close(facts->symbols);
	facts->symbols = -1;
}

void aw_import_printk(struct aw_cursor *data)
{
	uint32_t len = aw_get_u32(data);

	aw_get_bytes(data, len);
}

void aw_import_cmdlines(struct aw_import_facts *facts, struct aw_cursor *data)
{
	uint64_t len;
	const char *text = sized(data, &len);

	if (text && !facts->tasks && len <= MOST_TASKS)
		facts->tasks = strndup(text, len);
}

void aw_import_uname(struct aw_import_facts *facts, const char *text)
{
	const char *last = strrchr(text, ' ');

	sscanf(text, "%*s %64s %64s %127[^\n]", facts->host, facts->release, facts->build);
	if (last)
		snprintf(facts->arch, sizeof(facts->arch), "%.16s", last + 1);
}

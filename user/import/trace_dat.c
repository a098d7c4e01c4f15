// SPDX-License-Identifier: GPL-2.0
/*
 * trace.dat, the file of trace-cmd: trace-cmd.dat.v6(5), trace-cmd.dat.v7(5).
 *
 * Every number in it is checked before it is used: offsets against the file,
 * sizes against a bound.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "import/reader.h"
#include "import/saved_pages.h"
#include "import/unpack.h"
#include "source/tracefs/buffer.h"

#define MOST_HEAD (64u << 20)		/* all before the pages, most of it kallsyms */
#define MOST_SECTIONS 256u		/* of options, in a chain */
#define MOST_CPUS 4096u
#define SMALLEST_PAGE 4096u
#define LARGEST_PAGE (1u << 20)
#define SECTION_HEADER 16u
#define SECTION_IS_PACKED 1u

enum {	/* options that are read; 18 and so on are those of version 7 */
	OPTION_BUFFER = 3, OPTION_UNAME = 5, OPTION_HEADER_INFO = 16, OPTION_FTRACE_EVENTS, OPTION_EVENT_FORMATS,
	OPTION_KALLSYMS, OPTION_PRINTK, OPTION_CMDLINES
};

/* The pages of one cpu in one instance. */
struct part {
	uint64_t offset, size;
	uint32_t cpu;
};

struct trace_dat {
	struct aw_import_reader reader;
	struct aw_import_input *input;
	struct aw_import_facts *facts;
	enum aw_import_packing packing;
	struct part *parts;
	unsigned int nr_parts, cpus;
	struct aw_trace_buffer *buffer;
};

static int damaged(const struct trace_dat *dat, const char *what, struct aw_error *error)
{
	return aw_error_set(error, -EINVAL, "can't read the trace %s: it is cut or damaged in %s", dat->input->name, what);
}

static bool add_part(struct trace_dat *dat, uint32_t cpu, uint64_t offset, uint64_t size)
{
	struct part *parts;

	if (!size)
		return true;
	if (dat->nr_parts == MOST_CPUS || offset > dat->input->size || size > dat->input->size - offset)
		return false;
	parts = realloc(dat->parts, (dat->nr_parts + 1) * sizeof(*parts));
	if (!parts)
		return false;
	dat->parts = parts;
	parts[dat->nr_parts++] = (struct part){ .offset = offset, .size = size, .cpu = cpu };
	return true;
}

/* ---- version 6: one part after the other ---- */

/* "flyrecord\0", then offset and size of each cpu's pages. */
static void read_flyrecord(struct trace_dat *dat, struct aw_cursor *data)
{
	const char *what = (const char *)aw_get_bytes(data, 10);

	if (!what || memcmp(what, "flyrecord", 10)) {
		data->failed = true;
		return;
	}
	for (uint32_t cpu = 0; cpu < dat->cpus && !data->failed; cpu++) {
		uint64_t offset = aw_get_u64(data), size = aw_get_u64(data);

		if (!data->failed && !add_part(dat, cpu, offset, size))
			data->failed = true;
	}
}

/* An instance: its own "flyrecord" lies elsewhere in the file. */
static void read_instance(struct trace_dat *dat, struct aw_cursor option)
{
	uint64_t offset = aw_get_u64(&option), size = 10 + 16ull * dat->cpus;
	AW_FREE void *copy = NULL;
	struct aw_cursor data;
	int err;

	if (option.failed)
		return;
	copy = aw_import_input_copy(dat->input, offset, size, size, &err);
	data = (struct aw_cursor){ copy, copy ? (uint8_t *)copy + size : NULL, false };
	if (copy)
		read_flyrecord(dat, &data);
	dat->reader.damaged += !copy || data.failed;
}

static void use_text_option(struct trace_dat *dat, unsigned int id, const struct aw_cursor *option)
{
	struct aw_cursor text = *option;
	const char *string = id == OPTION_UNAME ? aw_import_string(&text) : NULL;

	if (string)
		aw_import_uname(dat->facts, string);
}

static void read_options_6(struct trace_dat *dat, struct aw_cursor *data)
{
	unsigned int id;

	while ((id = aw_get_u16(data)) && !data->failed) {
		uint32_t size = aw_get_u32(data);
		const uint8_t *at = aw_get_bytes(data, size);
		struct aw_cursor option = { at, at ? at + size : at, false };

		if (at && id == OPTION_BUFFER)
			read_instance(dat, option);
		else if (at)
			use_text_option(dat, id, &option);
	}
}

static int read_6(struct trace_dat *dat, struct aw_cursor *data, struct aw_error *error)
{
	aw_import_header_info(dat->facts, data);
	aw_import_ftrace_formats(dat->facts, data);
	aw_import_event_formats(dat->facts, data);
	if (data->failed)
		return damaged(dat, "its formats of events", error);
	aw_import_kallsyms(dat->facts, data);
	aw_import_printk(data);
	aw_import_cmdlines(dat->facts, data);
	dat->cpus = aw_get_u32(data);
	if (data->failed || dat->cpus > MOST_CPUS)
		return damaged(dat, "its symbols and names", error);
	if (aw_cursor_left(data) >= 10 && !memcmp(data->at, "options  ", 10)) {
		aw_get_bytes(data, 10);
		read_options_6(dat, data);
	}
	if (aw_cursor_left(data) >= 10 && !memcmp(data->at, "latency  ", 10))
		return aw_error_set(error, -EINVAL, "can't read the trace %s: it holds text of a latency tracer, and no records of events",
				    dat->input->name);
	read_flyrecord(dat, data);
	return data->failed ? damaged(dat, "its list of cpus", error) : 0;
}

/* ---- version 7: sections, found through options ---- */

static uint8_t *unpack_section(const struct trace_dat *dat, uint64_t offset, uint64_t *size, int *err)
{
	AW_FREE uint8_t *packed = aw_import_input_copy(dat->input, offset, *size, MOST_HEAD, err);
	struct aw_cursor data = { packed, packed ? packed + *size : packed, false };
	AW_FREE uint8_t *out = NULL;
	uint32_t from, to;
	const uint8_t *at;

	if (!packed)
		return NULL;
	from = aw_get_u32(&data);
	to = aw_get_u32(&data);
	at = aw_get_bytes(&data, from);
	*err = -EBADMSG;
	if (!at || to > MOST_HEAD)
		return NULL;
	out = malloc((size_t)to + 1);
	*err = out ? aw_import_unpack(dat->packing, at, from, out, to) : -ENOMEM;
	if (*err)
		return NULL;
	*size = to;
	return TAKE_PTR(out);
}

/* A copy of what is in a section, which the caller frees; NULL: it can't be read. */
static uint8_t *read_section(const struct trace_dat *dat, uint64_t offset, unsigned int wanted, struct aw_cursor *data)
{
	uint8_t header[SECTION_HEADER], *copy;
	struct aw_cursor head = { header, header + sizeof(header), false };
	unsigned int id, flags;
	uint64_t size;
	int err;

	if (aw_import_input_read(dat->input, offset, header, sizeof(header)) != (ssize_t)sizeof(header))
		return NULL;
	id = aw_get_u16(&head);
	flags = aw_get_u16(&head);
	aw_get_u32(&head);
	size = aw_get_u64(&head);
	if (id != wanted)
		return NULL;
	offset += sizeof(header);
	copy = flags & SECTION_IS_PACKED && dat->packing ? unpack_section(dat, offset, &size, &err) :
	       aw_import_input_copy(dat->input, offset, size, MOST_HEAD, &err);
	*data = (struct aw_cursor){ copy, copy ? copy + size : copy, false };
	return copy;
}

static void use_section(struct trace_dat *dat, unsigned int id, struct aw_cursor option)
{
	struct aw_cursor data;
	AW_FREE uint8_t *copy = read_section(dat, aw_get_u64(&option), id, &data);

	if (!copy) {
		dat->reader.damaged++;
		return;
	}
	if (id == OPTION_HEADER_INFO)
		aw_import_header_info(dat->facts, &data);
	else if (id == OPTION_FTRACE_EVENTS)
		aw_import_ftrace_formats(dat->facts, &data);
	else if (id == OPTION_EVENT_FORMATS)
		aw_import_event_formats(dat->facts, &data);
	else if (id == OPTION_KALLSYMS)
		aw_import_kallsyms(dat->facts, &data);
	else if (id == OPTION_CMDLINES)
		aw_import_cmdlines(dat->facts, &data);
	dat->reader.damaged += data.failed;
}

/* Offset, name, clock, page size, and the pages of each cpu. */
static void use_buffer(struct trace_dat *dat, struct aw_cursor option)
{
	uint32_t page, cpus;

	aw_get_u64(&option);
	aw_import_string(&option);
	aw_import_string(&option);
	page = aw_get_u32(&option);
	cpus = aw_get_u32(&option);
	if (!option.failed)
		dat->facts->buffer_page = page;
	while (cpus-- && !option.failed) {
		uint32_t cpu = aw_get_u32(&option);
		uint64_t offset = aw_get_u64(&option), size = aw_get_u64(&option);

		if (!option.failed && !add_part(dat, cpu, offset, size))
			option.failed = true;
	}
	dat->reader.damaged += option.failed;
}

static void use_option(struct trace_dat *dat, unsigned int id, struct aw_cursor option)
{
	if (id == OPTION_BUFFER)
		use_buffer(dat, option);
	else if (id >= OPTION_HEADER_INFO && id <= OPTION_CMDLINES && id != OPTION_PRINTK)
		use_section(dat, id, option);
	else
		use_text_option(dat, id, &option);
}

/* Where the next section of options is; 0: this is the last one. */
static uint64_t read_options_7(struct trace_dat *dat, struct aw_cursor *data)
{
	while (!data->failed) {
		unsigned int id = aw_get_u16(data);
		uint32_t size = aw_get_u32(data);
		const uint8_t *at = aw_get_bytes(data, size);
		struct aw_cursor option = { at, at ? at + size : at, false };

		if (!at)
			break;
		if (!id)
			return aw_get_u64(&option);
		use_option(dat, id, option);
	}
	dat->reader.damaged++;
	return 0;
}

static int read_packing(struct trace_dat *dat, struct aw_cursor *data, struct aw_error *error)
{
	const char *name = aw_import_string(data), *version = name ? aw_import_string(data) : NULL;
	struct aw_error why;

	if (!version)
		return damaged(dat, "its head", error);
	if (!strcmp(name, "zlib"))
		dat->packing = AW_IMPORT_ZLIB;
	else if (!strcmp(name, "zstd"))
		dat->packing = AW_IMPORT_ZSTD;
	else if (strcmp(name, "none"))
		return aw_error_set(error, -ENOTSUP, "can't read the trace %s: it is packed in a way that this program does not know",
				    dat->input->name);
	if (aw_import_can_unpack(dat->packing, &why))
		return aw_error_set(error, -ENOTSUP, "can't read the trace %s: %s", dat->input->name, why.text);
	return 0;
}

static int read_7(struct trace_dat *dat, struct aw_cursor *data, struct aw_error *error)
{
	int err = read_packing(dat, data, error);
	uint64_t offset;

	if (err)
		return err;
	offset = aw_get_u64(data);
	for (unsigned int i = 0; offset && i < MOST_SECTIONS; i++) {
		struct aw_cursor options;
		AW_FREE uint8_t *copy = read_section(dat, offset, 0, &options);

		if (!copy)
			return damaged(dat, "its options", error);
		offset = read_options_7(dat, &options);
	}
	return 0;
}

/* ---- the stream ---- */

static int add_pages(struct trace_dat *dat, struct aw_error *error)
{
	uint32_t page = dat->facts->buffer_page ? dat->facts->buffer_page : dat->facts->page_size;

	if (page < SMALLEST_PAGE || page > LARGEST_PAGE || page & (page - 1))
		return damaged(dat, "the size of its pages", error);
	dat->buffer = aw_trace_buffer_new_saved(&dat->facts->formats, page);
	if (!dat->buffer)
		return aw_error_set(error, -ENOMEM, "out of memory");
	for (unsigned int i = 0; i < dat->nr_parts; i++) {
		const struct part *part = &dat->parts[i];
		struct aw_saved_pages *pages = aw_saved_pages_new(dat->input, part->offset, part->size, dat->packing);

		if (!pages || aw_trace_buffer_add_saved(dat->buffer, part->cpu, aw_saved_pages_read, pages, aw_saved_pages_free))
			return aw_error_set(error, -ENOMEM, "out of memory");
	}
	aw_trace_buffer_round(dat->buffer, UINT64_MAX);
	return 0;
}

static int read_head(struct trace_dat *dat, struct aw_error *error)
{
	uint64_t size = dat->input->size < MOST_HEAD ? dat->input->size : MOST_HEAD;
	int err;
	AW_FREE uint8_t *head = aw_import_input_copy(dat->input, 0, size, MOST_HEAD, &err);
	struct aw_cursor data = { head, head ? head + size : head, false };
	unsigned int version;

	if (!head)
		return aw_error_set(error, err, "can't read the trace %s: %s", dat->input->name, strerror(-err));
	version = aw_import_magic(dat->facts, &data, false);
	if (dat->facts->foreign)
		return aw_error_set(error, -ENOTSUP, "can't read the trace %s: it is from a big-endian machine", dat->input->name);
	if (version != 6 && version != 7)
		return aw_error_set(error, -ENOTSUP, "can't read the trace %s: it has version %u of trace.dat, and 6 and 7 are known",
				    dat->input->name, version);
	err = version == 6 ? read_6(dat, &data, error) : read_7(dat, &data, error);
	if (!err && dat->facts->foreign)
		return aw_error_set(error, -ENOTSUP, "can't read the trace %s: it is from a 32-bit kernel", dat->input->name);
	return err;
}

static void trace_dat_close(struct aw_import_reader *reader)
{
	struct trace_dat *dat = (struct trace_dat *)reader;

	aw_trace_buffer_free(dat->buffer);
	free(dat->parts);
	free(dat);
}

static int trace_dat_open(struct aw_import_input *input, struct aw_import_facts *facts,
			  struct aw_import_reader **out, struct aw_error *error)
{
	struct trace_dat *dat = calloc(1, sizeof(*dat));
	int err;

	if (!dat)
		return aw_error_set(error, -ENOMEM, "out of memory");
	dat->reader.ops = &aw_import_trace_dat;
	dat->input = input;
	dat->facts = facts;
	err = read_head(dat, error);
	if (!err && !facts->formats.events[AW_TRACE_ALLOC].id)
		err = aw_error_set(error, -EINVAL, "the trace %s does not have the event kmem:mm_page_alloc: record with trace-cmd record "
				   "-e kmem:mm_page_alloc -f 'pfn==0xffffffffffffffff' -T", input->name);
	if (!err)
		err = add_pages(dat, error);
	if (err)
		trace_dat_close(&dat->reader);
	else
		*out = &dat->reader;
	return err;
}

static int trace_dat_next(struct aw_import_reader *reader, struct aw_import_item *out)
{
	struct trace_dat *dat = (struct trace_dat *)reader;

	out->comm[0] = '\0';
	out->pid = 0;
	if (aw_trace_buffer_next(dat->buffer, &out->record)) {
		out->success = out->record.type == AW_TRACE_ALLOC && !aw_trace_no_page(&dat->facts->formats, &out->record);
		return 1;
	}
	reader->lost = aw_trace_buffer_missed(dat->buffer);
	reader->damaged += aw_trace_buffer_damaged(dat->buffer);
	return 0;
}

const struct aw_import_reader_ops aw_import_trace_dat = {
	.format = "trace.dat",
	.stacks_follow = true,
	.open = trace_dat_open,
	.next = trace_dat_next,
	.close = trace_dat_close,
};

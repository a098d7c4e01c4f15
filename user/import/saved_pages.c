// SPDX-License-Identifier: GPL-2.0
/*
 * The pages of one cpu's trace buffer in a file.
 */
#include "import/saved_pages.h"

#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

#define MOST_CHUNK (16u << 20)

struct aw_saved_pages {
	struct aw_import_input *input;
	uint64_t offset, end;
	enum aw_import_packing packing;
	bool counted;		/* `chunks` was read */
	uint32_t chunks;	/* that are left */
	uint8_t *chunk;		/* unpacked */
	size_t at, len;
};

struct aw_saved_pages *aw_saved_pages_new(struct aw_import_input *input, uint64_t offset, uint64_t size,
					  enum aw_import_packing packing)
{
	struct aw_saved_pages *pages = calloc(1, sizeof(*pages));

	if (pages)
		*pages = (struct aw_saved_pages){ .input = input, .offset = offset, .end = offset + size, .packing = packing };
	/* Of chunks, trace-cmd 3.1 leaves their number out of the size: what ends is told by the number. */
	if (pages && packing)
		pages->end = input->size;
	return pages;
}

void aw_saved_pages_free(void *arg)
{
	struct aw_saved_pages *pages = arg;

	if (pages)
		free(pages->chunk);
	free(pages);
}

static ssize_t read_plain(struct aw_saved_pages *pages, void *page, size_t size)
{
	uint64_t left = pages->end - pages->offset;
	ssize_t got = aw_import_input_read(pages->input, pages->offset, page, left < size ? (size_t)left : size);

	if (got > 0)
		pages->offset += (uint64_t)got;
	return got;
}

static bool read_numbers(struct aw_saved_pages *pages, uint32_t *numbers, size_t count)
{
	size_t size = count * sizeof(*numbers);

	if (pages->end - pages->offset < size ||
	    aw_import_input_read(pages->input, pages->offset, numbers, size) != (ssize_t)size)
		return false;
	pages->offset += size;
	for (size_t i = 0; i < count; i++)
		numbers[i] = le32toh(numbers[i]);
	return true;
}

/* Packed size, unpacked size, data. */
static int next_chunk(struct aw_saved_pages *pages)
{
	AW_FREE void *packed = NULL;
	uint32_t sizes[2];
	int err;

	free(pages->chunk);
	pages->chunk = NULL;
	pages->at = pages->len = 0;
	if (!read_numbers(pages, sizes, 2) || sizes[0] > pages->end - pages->offset || sizes[1] > MOST_CHUNK)
		return -EBADMSG;
	packed = aw_import_input_copy(pages->input, pages->offset, sizes[0], MOST_CHUNK, &err);
	if (!packed)
		return err;
	pages->offset += sizes[0];
	pages->chunk = malloc((size_t)sizes[1] + 1);
	if (!pages->chunk)
		return -ENOMEM;
	pages->len = sizes[1];
	err = aw_import_unpack(pages->packing, packed, sizes[0], pages->chunk, sizes[1]);
	if (err)
		pages->len = 0;
	return err;
}

static ssize_t read_packed(struct aw_saved_pages *pages, void *page, size_t size)
{
	if (!pages->counted) {
		pages->counted = true;
		if (!read_numbers(pages, &pages->chunks, 1))
			return -EBADMSG;
	}
	while (pages->at == pages->len && pages->chunks) {
		int err = next_chunk(pages);

		pages->chunks = err ? 0 : pages->chunks - 1;
		if (err)
			return err;
	}
	if (size > pages->len - pages->at)
		size = pages->len - pages->at;
	if (size)
		memcpy(page, pages->chunk + pages->at, size);
	pages->at += size;
	return (ssize_t)size;
}

ssize_t aw_saved_pages_read(void *arg, void *page, size_t size)
{
	struct aw_saved_pages *pages = arg;

	return pages->packing ? read_packed(pages, page, size) : read_plain(pages, page, size);
}

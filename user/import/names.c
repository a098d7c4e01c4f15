// SPDX-License-Identifier: GPL-2.0
/*
 * Frames that a text names, as addresses.
 */
#include "import/names.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/table.h"

/* Not canonical on any 64-bit machine, so that no address of a text is one of these. */
#define MADE_UP UINT64_C(0x0100000000000000)
#define STEP 16
#define MOST_NAMES (1u << 20)

struct name {
	uint64_t addr;
	UT_hash_handle by_text, by_addr;
	char text[];	/* "name+0x1c/0x130 [mod]", with the offset of the byte before */
};

struct aw_import_names {
	struct name *by_text, *by_addr;
	uint64_t next;
};

struct aw_import_names *aw_import_names_new(void)
{
	struct aw_import_names *names = calloc(1, sizeof(*names));

	if (names)
		names->next = MADE_UP;
	return names;
}

void aw_import_names_free(struct aw_import_names *names)
{
	struct name *name, *next;

	if (!names)
		return;
	HASH_ITER(by_addr, names->by_addr, name, next) {
		HASH_DELETE(by_text, names->by_text, name);
		HASH_DELETE(by_addr, names->by_addr, name);
		free(name);
	}
	free(names);
}

static struct name *find(const struct aw_import_names *names, const char *text, size_t len)
{
	struct name *name;

	HASH_FIND(by_text, names->by_text, text, len, name);
	return name;
}

uint64_t aw_import_names_add(struct aw_import_names *names, const struct aw_import_frame *frame)
{
	char text[512];
	struct name *name;
	int len;

	if (!aw_text_left(&frame->name))
		return frame->addr;
	/* Every frame is a return address, and symbols look up the byte before it. */
	len = snprintf(text, sizeof(text), "%.*s+0x%" PRIx64 "/0x%" PRIx64, (int)(aw_text_left(&frame->name) & 0xff), frame->name.p,
		       frame->offset - 1, frame->size);
	if (aw_text_left(&frame->module))
		len += snprintf(text + len, sizeof(text) - (size_t)len, " [%.*s]", (int)(aw_text_left(&frame->module) & 0x3f),
				frame->module.p);
	name = find(names, text, (size_t)len);
	if (name)
		return name->addr;
	if (HASH_CNT(by_addr, names->by_addr) == MOST_NAMES || !(name = calloc(1, sizeof(*name) + (size_t)len + 1)))
		return 0;
	memcpy(name->text, text, (size_t)len);
	name->addr = names->next += STEP;
	HASH_ADD_KEYPTR(by_text, names->by_text, name->text, (size_t)len, name);
	if (name->by_text.tbl)
		HASH_ADD(by_addr, names->by_addr, addr, sizeof(name->addr), name);
	if (name->by_addr.tbl)
		return name->addr;
	if (name->by_text.tbl)
		HASH_DELETE(by_text, names->by_text, name);
	free(name);
	return 0;
}

int aw_import_names_name(void *arg, uint64_t addr, char *text, size_t size)
{
	struct aw_import_names *names = arg;
	uint64_t key = addr + 1;
	struct name *name;

	HASH_FIND(by_addr, names->by_addr, &key, sizeof(key), name);
	if (!name)
		return -ENOENT;
	snprintf(text, size, "%s", name->text);
	return 0;
}

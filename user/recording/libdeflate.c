// SPDX-License-Identifier: GPL-2.0
/*
 * libdeflate, loaded when a recording is read.
 */
#include "recording/libdeflate.h"

#include <dlfcn.h>
#include <string.h>

#include "base/array.h"

/* The number is that of the ABI, which all releases from 1.0 on have. */
#define LIBRARY "libdeflate.so.0"

static const struct {
	const char *name;
	size_t offset;
} symbols[] = {
	{ "libdeflate_alloc_decompressor", offsetof(struct aw_libdeflate, new) },
	{ "libdeflate_free_decompressor", offsetof(struct aw_libdeflate, free) },
	{ "libdeflate_deflate_decompress", offsetof(struct aw_libdeflate, unpack) },
	{ "libdeflate_crc32", offsetof(struct aw_libdeflate, crc) },
};

_Static_assert(ARRAY_SIZE(symbols) == offsetof(struct aw_libdeflate, state) / sizeof(void *), "a row for every function");

void aw_libdeflate_open(struct aw_libdeflate *library)
{
	void *handle = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	struct aw_libdeflate loaded;

	library->state = NULL;
	for (size_t i = 0; handle && i < ARRAY_SIZE(symbols); i++) {
		void *function = dlsym(handle, symbols[i].name);

		if (!function)
			return;
		memcpy((char *)&loaded + symbols[i].offset, &function, sizeof(function));
	}
	if (!handle)
		return;
	loaded.state = loaded.new();
	*library = loaded;
}

void aw_libdeflate_close(struct aw_libdeflate *library)
{
	if (library->state)
		library->free(library->state);
	library->state = NULL;
}

#define HEAD 2
#define TAIL 4		/* zlib's checksum of what is unpacked; that of the block was checked already */

/* Deflate, without a dictionary. */
static bool is_zlib(const uint8_t *stored, size_t length)
{
	return length > HEAD + TAIL && (stored[0] & 0x8f) == 8 && !(stored[1] & 0x20) &&
	       ((unsigned int)stored[0] << 8 | stored[1]) % 31 == 0;
}

/* Without `got`, fewer than `size` bytes are an error, too; success is 0 (enum libdeflate_result). */
bool aw_libdeflate_unpack(const struct aw_libdeflate *library, const uint8_t *stored, size_t length, uint8_t *out,
			  size_t size)
{
	return library->state && is_zlib(stored, length) &&
	       !library->unpack(library->state, stored + HEAD, length - HEAD - TAIL, out, size, NULL);
}

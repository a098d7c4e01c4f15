// SPDX-License-Identifier: GPL-2.0
/*
 * libzstd, loaded when it is needed: most traces are not packed, and allocwatch
 * runs where it is missing.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "base/array.h"
#include "import/unpack.h"

/* The number is that of the ABI, which all releases from 1.0 on have. */
#define LIBRARY "libzstd.so.1"

static const struct {
	const char *name;
	size_t offset;
} symbols[] = {
	{ "ZSTD_createDStream", offsetof(struct aw_zstd, new) },
	{ "ZSTD_freeDStream", offsetof(struct aw_zstd, free) },
	{ "ZSTD_decompressStream", offsetof(struct aw_zstd, next) },
	{ "ZSTD_isError", offsetof(struct aw_zstd, is_error) },
};

_Static_assert(ARRAY_SIZE(symbols) == sizeof(struct aw_zstd) / sizeof(void *), "a row for every function");

int aw_zstd_load(struct aw_zstd *out, struct aw_error *error)
{
	void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);

	if (!library)
		return aw_error_set(error, -ENOTSUP, "it is packed with zstd, which needs %s (Debian: libzstd1)", LIBRARY);
	for (size_t i = 0; i < ARRAY_SIZE(symbols); i++) {
		void *function = dlsym(library, symbols[i].name);

		if (!function)
			return aw_error_set(error, -ENOTSUP, "%s lacks %s: it is too old", LIBRARY, symbols[i].name);
		memcpy((char *)out + symbols[i].offset, &function, sizeof(function));
	}
	return 0;
}

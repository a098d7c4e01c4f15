// SPDX-License-Identifier: GPL-2.0
/*
 * libarchive, loaded when it is needed.
 */
#include "lines/libarchive.h"

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "base/array.h"

/* The number is that of the ABI; Debian 8 to 13 have this one. */
#define LIBRARY "libarchive.so.13"

#define SYMBOL(name) { "archive_" #name, offsetof(struct aw_log_libarchive, name) }

static const struct {
	const char *name;
	size_t offset;
} symbols[] = {
	SYMBOL(read_new), SYMBOL(read_free), SYMBOL(read_open), SYMBOL(read_next_header), SYMBOL(read_data_block),
	SYMBOL(read_support_filter_gzip), SYMBOL(read_support_filter_bzip2), SYMBOL(read_support_filter_xz),
	SYMBOL(read_support_filter_lzma), SYMBOL(read_support_filter_zstd), SYMBOL(read_support_filter_lz4),
	SYMBOL(read_support_format_tar), SYMBOL(read_support_format_zip), SYMBOL(read_support_format_cpio),
	SYMBOL(read_support_format_raw), SYMBOL(read_support_format_empty), SYMBOL(format), SYMBOL(error_string),
	SYMBOL(entry_pathname), SYMBOL(entry_filetype),
};

_Static_assert(ARRAY_SIZE(symbols) == sizeof(struct aw_log_libarchive) / sizeof(void *), "a row for every function");

int aw_log_libarchive_load(struct aw_log_libarchive *out, struct aw_error *error)
{
	void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	struct aw_log_libarchive loaded;

	if (!library)
		return aw_error_set(error, -ENOENT, "needs %s (Debian: libarchive13): %s", LIBRARY, dlerror());
	for (size_t i = 0; i < ARRAY_SIZE(symbols); i++) {
		void *function = dlsym(library, symbols[i].name);

		if (!function)
			return aw_error_set(error, -ENOENT, "%s lacks %s: it is too old", LIBRARY, symbols[i].name);
		memcpy((char *)&loaded + symbols[i].offset, &function, sizeof(function));
	}
	*out = loaded;
	return 0;
}

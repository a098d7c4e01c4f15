// SPDX-License-Identifier: GPL-2.0
/*
 * Loads libmicrohttpd at run time.
 */
#include "serve/mhd.h"

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "base/array.h"

/* The number is the ABI version, which is this one in Debian 9 to 13. */
#define LIBRARY "libmicrohttpd.so.12"

#define SYMBOL(name) { "MHD_" #name, offsetof(struct aw_mhd, name) }

static const struct {
	const char *name;
	size_t offset;
} symbols[] = {
	SYMBOL(start_daemon), SYMBOL(stop_daemon), SYMBOL(run), SYMBOL(get_timeout), SYMBOL(get_daemon_info),
	SYMBOL(get_connection_info), SYMBOL(lookup_connection_value), SYMBOL(create_response_from_buffer),
	SYMBOL(add_response_header), SYMBOL(queue_response), SYMBOL(destroy_response),
};

_Static_assert(ARRAY_SIZE(symbols) == sizeof(struct aw_mhd) / sizeof(void *),
	       "symbols[] needs every function");

int aw_mhd_load(struct aw_mhd *out, struct aw_error *error)
{
	void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	struct aw_mhd loaded;

	if (!library)
		return aw_error_set(error, -ENOENT, "HTTP needs %s (Debian: libmicrohttpd12): %s; "
				    "or use --textfile FILE for node_exporter", LIBRARY, dlerror());
	for (size_t i = 0; i < ARRAY_SIZE(symbols); i++) {
		void *function = dlsym(library, symbols[i].name);

		if (!function)
			return aw_error_set(error, -ENOENT, "%s lacks %s: it is too old", LIBRARY, symbols[i].name);
		memcpy((char *)&loaded + symbols[i].offset, &function, sizeof(function));
	}
	*out = loaded;
	return 0;
}

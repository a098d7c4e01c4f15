// SPDX-License-Identifier: GPL-2.0
/*
 * The replacement of http.c in a build without an HTTP server.
 */
#include "serve/http.h"

#include <errno.h>

int aw_http_start(const char *listen, bool anywhere, uint64_t stale_ns, struct aw_http **out, struct aw_error *error)
{
	(void)listen;
	(void)anywhere;
	(void)stale_ns;
	(void)out;
	return aw_error_set(error, -ENOTSUP, "this build is static and has no HTTP server: "
			    "use --textfile FILE for node_exporter, or a build with libmicrohttpd");
}

const char *aw_http_where(const struct aw_http *http)
{
	(void)http;
	return "";
}

bool aw_http_is_loopback(const struct aw_http *http)
{
	(void)http;
	return true;
}

int aw_http_publish(struct aw_http *http, enum aw_exposition exposition, const char *text, size_t len)
{
	(void)http;
	(void)exposition;
	(void)text;
	(void)len;
	return 0;
}

void aw_http_stop(struct aw_http *http)
{
	(void)http;
}

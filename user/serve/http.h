/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Serves the metrics over HTTP: /metrics and /healthz.
 *
 * A separate thread serves the page that was published last, so a slow client
 * does not delay the publisher.  A static build has http_none.c instead, where
 * aw_http_start() fails.
 */
#ifndef AW_SERVE_HTTP_H
#define AW_SERVE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "output/prometheus.h"

/* Limits: the number of open connections, and the seconds that one may take. */
#define AW_HTTP_CONNECTIONS 256
#define AW_HTTP_SECONDS 10

struct aw_http;

/*
 * Listens on ADDR:PORT, beyond loopback only with `anywhere`.  Until the first page is published, both paths return
 * 503.  /healthz also returns 503 if no page was published for `stale_ns`.
 * 0 or -errno with the reason.
 */
int aw_http_start(const char *listen, bool anywhere, uint64_t stale_ns, struct aw_http **out, struct aw_error *error);

/* "127.0.0.1:10477" */
const char *aw_http_where(const struct aw_http *http);
/* True: only this machine can connect to it. */
bool aw_http_is_loopback(const struct aw_http *http);

/* Sets the content of /metrics to a copy of `text`.  0, or -ENOMEM and the previous page stays. */
int aw_http_publish(struct aw_http *http, enum aw_exposition exposition, const char *text, size_t len);

/* Closes all connections. NULL allowed. */
void aw_http_stop(struct aw_http *http);

#endif

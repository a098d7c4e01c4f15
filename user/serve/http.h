/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The metrics over HTTP: /metrics and /healthz.
 *
 * A thread of its own answers from the page that was published last: no
 * client, however slow, is waited for by who publishes.  A static build has
 * http_none.c instead, whose aw_http_start() says so.
 */
#ifndef AW_SERVE_HTTP_H
#define AW_SERVE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "output/prometheus.h"

/* What a client can take of the server: connections at once, and seconds for one. */
#define AW_HTTP_CONNECTIONS 256
#define AW_HTTP_SECONDS 10

struct aw_http;

/*
 * Listens on ADDR:PORT.  Until the first page is published both paths answer
 * 503; when none was for `stale_ns`, /healthz does.  0 or -errno with the reason.
 */
int aw_http_start(const char *listen, uint64_t stale_ns, struct aw_http **out, struct aw_error *error);

/* "127.0.0.1:10477" */
const char *aw_http_where(const struct aw_http *http);
/* Only this machine can reach it. */
bool aw_http_is_loopback(const struct aw_http *http);

/* From now on /metrics is `text`, which is copied. 0 or -ENOMEM: then the page before it stays. */
int aw_http_publish(struct aw_http *http, enum aw_exposition exposition, const char *text, size_t len);

/* Closes all connections. NULL allowed. */
void aw_http_stop(struct aw_http *http);

#endif

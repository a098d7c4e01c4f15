// SPDX-License-Identifier: GPL-2.0
/*
 * Serves the metrics over HTTP, with libmicrohttpd.
 */
#include "serve/http.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/privileges.h"
#include "serve/accept.h"
#include "serve/clients.h"
#include "serve/listen.h"
#include "serve/mhd.h"

#define SECOND UINT64_C(1000000000)
#define MEMORY_PER_CONNECTION 16384
#define TICK_MS 1000

struct aw_http {
	struct aw_mhd mhd;
	struct MHD_Daemon *daemon;
	pthread_t thread;
	int stop;		/* eventfd, readable when the thread has to end */
	char where[AW_LISTEN_TEXT];
	bool loopback;
	uint64_t stale_ns;
	struct aw_client clients[AW_HTTP_CONNECTIONS];	/* used only by the thread */
	pthread_mutex_t mutex;				/* protects the members below */
	struct MHD_Response *pages[AW_EXPOSITIONS];	/* reference-counted: exists until every client has received it */
	uint64_t published_ns;				/* 0: never */
};

/* Closes the connection after a request, so that idle clients do not occupy slots. */
static void add_headers(const struct aw_http *http, struct MHD_Response *response, const char *type)
{
	http->mhd.add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
	http->mhd.add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
	http->mhd.add_response_header(response, "X-Content-Type-Options", "nosniff");
}

/* Answers with a constant text. */
static enum MHD_Result answer(const struct aw_http *http, struct MHD_Connection *connection, unsigned int status,
			      const char *text)
{
	struct MHD_Response *response =
		http->mhd.create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_PERSISTENT);
	enum MHD_Result result;

	if (!response)
		return MHD_NO;
	add_headers(http, response, "text/plain; charset=utf-8");
	if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
		http->mhd.add_response_header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
	result = http->mhd.queue_response(connection, status, response);
	http->mhd.destroy_response(response);
	return result;
}

static enum MHD_Result answer_metrics(struct aw_http *http, struct MHD_Connection *connection)
{
	enum aw_exposition exposition = aw_accept_choose(
		http->mhd.lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT));
	enum MHD_Result result = MHD_NO;
	bool have;

	pthread_mutex_lock(&http->mutex);
	have = http->pages[exposition];
	if (have)
		result = http->mhd.queue_response(connection, MHD_HTTP_OK, http->pages[exposition]);
	pthread_mutex_unlock(&http->mutex);
	return have ? result : answer(http, connection, MHD_HTTP_SERVICE_UNAVAILABLE, "starting\n");
}

static enum MHD_Result answer_health(struct aw_http *http, struct MHD_Connection *connection)
{
	uint64_t published;

	pthread_mutex_lock(&http->mutex);
	published = http->published_ns;
	pthread_mutex_unlock(&http->mutex);
	if (!published)
		return answer(http, connection, MHD_HTTP_SERVICE_UNAVAILABLE, "starting\n");
	if (aw_now_ns() - published > http->stale_ns)
		return answer(http, connection, MHD_HTTP_SERVICE_UNAVAILABLE,
			      "stuck: the metrics were not updated for several intervals\n");
	return answer(http, connection, MHD_HTTP_OK, "ok\n");
}

static const struct {
	const char *path;
	enum MHD_Result (*answer)(struct aw_http *http, struct MHD_Connection *connection);
} pages[] = {
	{ "/metrics", answer_metrics },
	{ "/healthz", answer_health },
};

/* Called when the header of a request is complete.  Requests with these methods have no body. */
static enum MHD_Result on_request(void *arg, struct MHD_Connection *connection, const char *url,
				  const char *method, const char *version, const char *upload,
				  size_t *upload_size, void **context)
{
	struct aw_http *http = arg;

	(void)version;
	(void)upload;
	(void)upload_size;
	(void)context;
	for (size_t i = 0; i < ARRAY_SIZE(pages); i++) {
		if (strcmp(url, pages[i].path))
			continue;
		if (strcmp(method, MHD_HTTP_METHOD_GET) && strcmp(method, MHD_HTTP_METHOD_HEAD))
			return answer(http, connection, MHD_HTTP_METHOD_NOT_ALLOWED, "GET and HEAD only\n");
		return pages[i].answer(http, connection);
	}
	return answer(http, connection, MHD_HTTP_NOT_FOUND, "not found: use /metrics or /healthz\n");
}

static void on_connection(void *arg, struct MHD_Connection *connection, void **context,
			  enum MHD_ConnectionNotificationCode code)
{
	struct aw_http *http = arg;
	struct aw_client *client = *context;
	const union MHD_ConnectionInfo *fd, *address;

	if (code == MHD_CONNECTION_NOTIFY_CLOSED && client)
		client->fd = -1;
	if (code != MHD_CONNECTION_NOTIFY_STARTED)
		return;
	fd = http->mhd.get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	address = http->mhd.get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	if (fd)
		*context = aw_clients_add(http->clients, AW_HTTP_CONNECTIONS, fd->connect_fd,
					  address ? address->client_addr : NULL, aw_now_ns());
}

static int timeout_ms(const struct aw_http *http)
{
	MHD_UNSIGNED_LONG_LONG ms;

	return http->mhd.get_timeout(http->daemon, &ms) == MHD_YES && ms < TICK_MS ? (int)ms : TICK_MS;
}

static void *serve(void *arg)
{
	struct aw_http *http = arg;
	struct pollfd fds[] = {
		{ http->mhd.get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, POLLIN, 0 },
		{ http->stop, POLLIN, 0 },
	};

	/* It answers clients, and needs no privilege.  The capturing thread gives up its own later. */
	aw_capabilities_keep(0);
	while (!fds[1].revents) {
		poll(fds, 2, timeout_ms(http));
		http->mhd.run(http->daemon);
		/* The library restarts its timeout with every byte, so a client that sends slowly would stay forever. */
		aw_clients_drop_old(http->clients, AW_HTTP_CONNECTIONS, aw_now_ns(), AW_HTTP_SECONDS * SECOND);
	}
	return NULL;
}

/* The capturing thread handles signals.  With SIGPIPE blocked, write() fails instead. */
static int start_thread(struct aw_http *http)
{
	sigset_t all, before;
	int err;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	err = pthread_create(&http->thread, NULL, serve, http);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return -err;
}

static int start_daemon(struct aw_http *http, int fd, struct aw_error *error)
{
	http->daemon = http->mhd.start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, on_request, http,
					MHD_OPTION_LISTEN_SOCKET, fd,
					MHD_OPTION_NOTIFY_CONNECTION, on_connection, http,
					MHD_OPTION_CONNECTION_LIMIT, (unsigned int)AW_HTTP_CONNECTIONS,
					MHD_OPTION_CONNECTION_TIMEOUT, (unsigned int)AW_HTTP_SECONDS,
					MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_PER_CONNECTION,
					MHD_OPTION_END);
	if (!http->daemon) {
		close(fd);
		return aw_error_set(error, -EIO, "can't start the HTTP server (libmicrohttpd)");
	}
	return 0;
}

static int start(struct aw_http *http, const char *listen, bool anywhere, struct aw_error *error)
{
	int fd, err;

	err = aw_mhd_load(&http->mhd, error);
	if (err)
		return err;
	http->stop = eventfd(0, EFD_CLOEXEC);
	if (http->stop < 0)
		return aw_error_set(error, -errno, "can't create an eventfd: %s", strerror(errno));
	fd = aw_listen_open(listen, http->where, &http->loopback, error);
	if (fd < 0)
		return fd;
	if (!http->loopback && !anywhere) {
		close(fd);
		return aw_error_set(error, -EINVAL, "others could read the metrics at %s, without password or encryption: "
				    "put a proxy in front (docs/serve.md), or give --listen-anywhere", listen);
	}
	err = start_daemon(http, fd, error);
	if (err)
		return err;
	err = start_thread(http);
	if (!err)
		return 0;
	http->mhd.stop_daemon(http->daemon);
	return aw_error_set(error, err, "can't start a thread for HTTP: %s", strerror(-err));
}

int aw_http_start(const char *listen, bool anywhere, uint64_t stale_ns, struct aw_http **out, struct aw_error *error)
{
	AW_FREE struct aw_http *http = calloc(1, sizeof(*http));
	int err;

	if (!http)
		return aw_error_set(error, -ENOMEM, "out of memory");
	http->stop = -1;
	http->stale_ns = stale_ns;
	pthread_mutex_init(&http->mutex, NULL);
	aw_clients_clear(http->clients, AW_HTTP_CONNECTIONS);
	err = start(http, listen, anywhere, error);
	if (err) {
		if (http->stop >= 0)
			close(http->stop);
		return err;
	}
	*out = TAKE_PTR(http);
	return 0;
}

const char *aw_http_where(const struct aw_http *http)
{
	return http->where;
}

bool aw_http_is_loopback(const struct aw_http *http)
{
	return http->loopback;
}

int aw_http_publish(struct aw_http *http, enum aw_exposition exposition, const char *text, size_t len)
{
	struct MHD_Response *page = http->mhd.create_response_from_buffer(len, (void *)text, MHD_RESPMEM_MUST_COPY);
	struct MHD_Response *before;

	if (!page)
		return -ENOMEM;
	add_headers(http, page, aw_prometheus_content_type(exposition));
	http->mhd.add_response_header(page, "Vary", "Accept");
	pthread_mutex_lock(&http->mutex);
	before = http->pages[exposition];
	http->pages[exposition] = page;
	http->published_ns = aw_now_ns();
	pthread_mutex_unlock(&http->mutex);
	if (before)
		http->mhd.destroy_response(before);
	return 0;
}

void aw_http_stop(struct aw_http *http)
{
	if (!http)
		return;
	eventfd_write(http->stop, 1);
	pthread_join(http->thread, NULL);
	http->mhd.stop_daemon(http->daemon);
	for (int i = 0; i < AW_EXPOSITIONS; i++)
		if (http->pages[i])
			http->mhd.destroy_response(http->pages[i]);
	pthread_mutex_destroy(&http->mutex);
	close(http->stop);
	free(http);
}

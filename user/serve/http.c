// SPDX-License-Identifier: GPL-2.0
/*
 * The metrics over HTTP, by libmicrohttpd.
 */
#include "serve/http.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "serve/accept.h"
#include "serve/listen.h"
#include "serve/mhd.h"

#define SECOND UINT64_C(1000000000)
#define MEMORY_PER_CONNECTION 16384
#define TICK_MS 1000

/* An open connection. */
struct client {
	int fd;			/* -1: this place is free */
	uint64_t since_ns;
};

struct aw_http {
	struct aw_mhd mhd;
	struct MHD_Daemon *daemon;
	pthread_t thread;
	int stop;		/* eventfd: readable when the thread shall end */
	char where[AW_LISTEN_TEXT];
	bool loopback;
	uint64_t stale_ns;
	struct client clients[AW_HTTP_CONNECTIONS];	/* the thread's own */
	pthread_mutex_t mutex;				/* of what follows */
	struct MHD_Response *pages[AW_EXPOSITIONS];	/* counted: a client keeps its page until it has it */
	uint64_t published_ns;				/* 0: never */
};

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * SECOND + now.tv_nsec;
}

/* One request a connection: a place is never held by somebody who only might ask again. */
static void add_headers(const struct aw_http *http, struct MHD_Response *response, const char *type)
{
	http->mhd.add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
	http->mhd.add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
	http->mhd.add_response_header(response, "X-Content-Type-Options", "nosniff");
}

/* A short constant text. */
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
	if (now_ns() - published > http->stale_ns)
		return answer(http, connection, MHD_HTTP_SERVICE_UNAVAILABLE,
			      "stuck: the metrics were not brought up to date for several intervals\n");
	return answer(http, connection, MHD_HTTP_OK, "ok\n");
}

static const struct {
	const char *path;
	enum MHD_Result (*answer)(struct aw_http *http, struct MHD_Connection *connection);
} pages[] = {
	{ "/metrics", answer_metrics },
	{ "/healthz", answer_health },
};

/* Called when the head of a request is complete; no request that is answered has a body. */
static enum MHD_Result on_request(void *arg, struct MHD_Connection *connection, const char *url,
				  const char *method, const char *version, const char *upload,
				  size_t *upload_size, void **context)
{
	struct aw_http *http = arg;

	(void)version;
	(void)upload;
	(void)upload_size;
	(void)context;
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		if (strcmp(url, pages[i].path))
			continue;
		if (strcmp(method, MHD_HTTP_METHOD_GET) && strcmp(method, MHD_HTTP_METHOD_HEAD))
			return answer(http, connection, MHD_HTTP_METHOD_NOT_ALLOWED, "GET and HEAD only\n");
		return pages[i].answer(http, connection);
	}
	return answer(http, connection, MHD_HTTP_NOT_FOUND, "there are /metrics and /healthz\n");
}

static void on_connection(void *arg, struct MHD_Connection *connection, void **context,
			  enum MHD_ConnectionNotificationCode code)
{
	struct aw_http *http = arg;
	const union MHD_ConnectionInfo *info =
		http->mhd.get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct client *client = *context;

	if (code == MHD_CONNECTION_NOTIFY_CLOSED && client)
		client->fd = -1;
	if (code != MHD_CONNECTION_NOTIFY_STARTED || !info)
		return;
	for (client = http->clients; client < http->clients + AW_HTTP_CONNECTIONS; client++) {
		if (client->fd >= 0)
			continue;
		*client = (struct client){ info->connect_fd, now_ns() };
		*context = client;
		return;
	}
}

/* The library's timeout starts anew with every byte; a client that sends one now and then would stay for ever. */
static void drop_old(struct aw_http *http)
{
	uint64_t now = now_ns();

	for (unsigned int i = 0; i < AW_HTTP_CONNECTIONS; i++)
		if (http->clients[i].fd >= 0 && now - http->clients[i].since_ns > AW_HTTP_SECONDS * SECOND)
			shutdown(http->clients[i].fd, SHUT_RDWR);
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

	while (!fds[1].revents) {
		poll(fds, 2, timeout_ms(http));
		http->mhd.run(http->daemon);
		drop_old(http);
	}
	return NULL;
}

/* Signals belong to who captures; SIGPIPE, blocked, is an error of write(). */
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

static int start(struct aw_http *http, const char *listen, struct aw_error *error)
{
	int fd, err;

	err = aw_mhd_load(&http->mhd, error);
	if (err)
		return err;
	http->stop = eventfd(0, EFD_CLOEXEC);
	if (http->stop < 0)
		return aw_error_set(error, -errno, "can't make an eventfd: %s", strerror(errno));
	fd = aw_listen_open(listen, http->where, &http->loopback, error);
	if (fd < 0)
		return fd;
	err = start_daemon(http, fd, error);
	if (err)
		return err;
	err = start_thread(http);
	if (!err)
		return 0;
	http->mhd.stop_daemon(http->daemon);
	return aw_error_set(error, err, "can't start a thread for HTTP: %s", strerror(-err));
}

int aw_http_start(const char *listen, uint64_t stale_ns, struct aw_http **out, struct aw_error *error)
{
	AW_FREE struct aw_http *http = calloc(1, sizeof(*http));
	int err;

	if (!http)
		return aw_error_set(error, -ENOMEM, "out of memory");
	http->stop = -1;
	http->stale_ns = stale_ns;
	pthread_mutex_init(&http->mutex, NULL);
	for (unsigned int i = 0; i < AW_HTTP_CONNECTIONS; i++)
		http->clients[i].fd = -1;
	err = start(http, listen, error);
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
	http->published_ns = now_ns();
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

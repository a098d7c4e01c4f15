// SPDX-License-Identifier: GPL-2.0
/*
 * Parses an address to listen on, and opens the socket.
 */
#include "serve/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/units.h"

#define BACKLOG 128

static int bad(struct aw_error *error, const char *text)
{
	return aw_error_set(error, -EINVAL, "bad --listen '%s': ADDR:PORT, for example %s, [::1]:9100, or "
			    "0.0.0.0:9100 for every network", text, AW_LISTEN_DEFAULT);
}

int aw_listen_parse(const char *text, struct aw_listen_name *out, struct aw_error *error)
{
	const char *colon = strrchr(text, ':'), *host = text;
	size_t len = colon ? (size_t)(colon - text) : 0;
	bool brackets = len >= 2 && text[0] == '[' && text[len - 1] == ']';
	uint64_t port;

	if (brackets) {
		host++;
		len -= 2;
	}
	if (!len || len >= sizeof(out->host) || (!brackets && memchr(host, ':', len)))
		return bad(error, text);
	if (colon[1] < '0' || colon[1] > '9' || aw_parse_number(colon + 1, &port) || port > 65535)
		return bad(error, text);
	snprintf(out->host, sizeof(out->host), "%.*s", (int)len, host);
	snprintf(out->port, sizeof(out->port), "%u", (unsigned int)port);
	return 0;
}

/* The address that the socket is bound to. */
static void describe(int fd, char where[AW_LISTEN_TEXT], bool *loopback)
{
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} address = { .any.sa_family = AF_UNSPEC };
	socklen_t size = sizeof(address);
	char host[INET6_ADDRSTRLEN] = "?";

	getsockname(fd, &address.any, &size);
	if (address.any.sa_family == AF_INET6) {
		inet_ntop(AF_INET6, &address.v6.sin6_addr, host, sizeof(host));
		snprintf(where, AW_LISTEN_TEXT, "[%s]:%u", host, ntohs(address.v6.sin6_port));
		*loopback = IN6_IS_ADDR_LOOPBACK(&address.v6.sin6_addr);
	} else {
		inet_ntop(AF_INET, &address.v4.sin_addr, host, sizeof(host));
		snprintf(where, AW_LISTEN_TEXT, "%s:%u", host, ntohs(address.v4.sin_port));
		*loopback = ntohl(address.v4.sin_addr.s_addr) >> 24 == 127;
	}
}

/* With SO_REUSEADDR, a restart does not have to wait for old connections to time out. */
static int listen_on(const struct addrinfo *info)
{
	int fd = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), one = 1, err;

	if (fd < 0)
		return -errno;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (!bind(fd, info->ai_addr, info->ai_addrlen) && !listen(fd, BACKLOG))
		return fd;
	err = -errno;
	close(fd);
	return err;
}

static const char *advice(int err)
{
	switch (err) {
	case -EADDRINUSE: return "; another program listens there, choose another port with --listen";
	case -EADDRNOTAVAIL: return "; this machine has no such address";
	case -EACCES: return "; ports below 1024 need root or CAP_NET_BIND_SERVICE";
	}
	return "";
}

int aw_listen_open(const char *text, char where[AW_LISTEN_TEXT], bool *loopback, struct aw_error *error)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
	struct aw_listen_name name;
	struct addrinfo *info;
	int err = aw_listen_parse(text, &name, error), fd;

	if (err)
		return err;
	err = getaddrinfo(name.host, name.port, &hints, &info);
	if (err)
		return aw_error_set(error, err == EAI_MEMORY ? -ENOMEM : err == EAI_SYSTEM && errno ? -errno : -EINVAL,
				    "can't listen on '%s': %s", text, gai_strerror(err));
	fd = listen_on(info);
	freeaddrinfo(info);
	if (fd < 0)
		return aw_error_set(error, fd, "can't listen on '%s': %s%s", text, strerror(-fd), advice(fd));
	describe(fd, where, loopback);
	return fd;
}

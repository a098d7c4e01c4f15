// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: what a client sends to the HTTP server, which answers all the time.
 */
#include "fuzz.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include "serve/http.h"

static struct aw_http *server(void)
{
	static struct aw_http *http;
	struct aw_error error;

	if (http)
		return http;
	if (aw_http_start("127.0.0.1:0", false, UINT64_MAX, &http, &error) ||
	    aw_http_publish(http, AW_EXPOSE_TEXT, "a 1\n", 4))
		abort();
	return http;
}

/* Closed with a reset, so that no port stays in use. */
static int dial(void)
{
	const struct linger reset = { .l_onoff = 1 };
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons((uint16_t)atoi(strrchr(aw_http_where(server()), ':') + 1)),
	};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)))
		abort();
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	return fd;
}

/* Sends a request, and reads what comes back within `wait_ms`, up to the end. */
static size_t ask(const void *request, size_t size, int wait_ms, char *answer, size_t room)
{
	int fd = dial();
	struct pollfd ready = { fd, POLLIN, 0 };
	size_t used = 0;
	ssize_t got = 1;

	if (send(fd, request, size, MSG_NOSIGNAL) < 0)
		abort();
	while (got > 0 && used < room && poll(&ready, 1, wait_ms) > 0) {
		got = read(fd, answer + used, room - used);
		used += got > 0 ? (size_t)got : 0;
	}
	close(fd);
	return used;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char request[] = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", good[] = "HTTP/1.1 200 ";
	char answer[4096];
	size_t got = 0;

	/* Half a request gets no answer, so this one is not waited for. */
	ask(data, size, 1, answer, sizeof(answer));
	/* On a busy machine the server may not have seen yet that earlier connections are gone, and refuses one more. */
	for (unsigned int tries = 0; tries < 6000 && got <= sizeof(good); tries++) {
		if (tries)
			poll(NULL, 0, 10);
		got = ask(request, sizeof(request) - 1, 60000, answer, sizeof(answer));
	}
	FUZZ_HOLDS(got > sizeof(good));
	FUZZ_HOLDS(!memcmp(answer, good, sizeof(good) - 1));
	return 0;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the HTTP server: before the first page, with a page, and with a stale one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "serve/http.h"

#define STALE_NS UINT64_C(300000000)

static int set_up(void **state)
{
	struct aw_http *http;
	struct aw_error error;

	if (aw_http_start("127.0.0.1:0", false, STALE_NS, &http, &error))
		return -1;
	*state = http;
	return 0;
}

static int tear_down(void **state)
{
	aw_http_stop(*state);
	return 0;
}

static int dial(const struct aw_http *http)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons(atoi(strrchr(aw_http_where(http), ':') + 1)),
	};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

/* The complete response to GET. */
static const char *get(const struct aw_http *http, const char *path, const char *header, char answer[4096])
{
	char request[512];
	int fd = dial(http), length;
	ssize_t got;
	size_t used = 0;

	length = snprintf(request, sizeof(request), "GET %s HTTP/1.1\r\nHost: x\r\n%s\r\n", path, header);
	assert_int_equal(send(fd, request, length, 0), length);
	while ((got = read(fd, answer + used, 4095 - used)) > 0)
		used += got;
	close(fd);
	answer[used] = '\0';
	return answer;
}

#define STARTS(text, start) assert_int_equal(strncmp(text, start, strlen(start)), 0)
#define ENDS(text, end) assert_string_equal((text) + strlen(text) - strlen(end), end)

static void where_it_listens(void **state)
{
	STARTS(aw_http_where(*state), "127.0.0.1:");
	assert_true(aw_http_is_loopback(*state));
}

static void before_the_first_page(void **state)
{
	char answer[4096];

	STARTS(get(*state, "/metrics", "", answer), "HTTP/1.1 503 ");
	STARTS(get(*state, "/healthz", "", answer), "HTTP/1.1 503 ");
	ENDS(answer, "\r\n\r\nstarting\n");
}

static void pages(void **state)
{
	char answer[4096], text[] = "a 1\n";

	assert_int_equal(aw_http_publish(*state, AW_EXPOSE_TEXT, text, 4), 0);
	assert_int_equal(aw_http_publish(*state, AW_EXPOSE_OPENMETRICS, "# EOF\n", 6), 0);
	text[0] = 'x';
	STARTS(get(*state, "/metrics", "", answer), "HTTP/1.1 200 ");
	assert_non_null(strstr(answer, "\r\nConnection: close\r\n"));
	ENDS(answer, "\r\n\r\na 1\n");
	ENDS(get(*state, "/metrics", "Accept: application/openmetrics-text\r\n", answer), "\r\n\r\n# EOF\n");
	assert_int_equal(aw_http_publish(*state, AW_EXPOSE_TEXT, "a 2\n", 4), 0);
	ENDS(get(*state, "/metrics", "", answer), "\r\n\r\na 2\n");
}

static void stuck(void **state)
{
	char answer[4096];

	assert_int_equal(aw_http_publish(*state, AW_EXPOSE_TEXT, "a 1\n", 4), 0);
	STARTS(get(*state, "/healthz", "", answer), "HTTP/1.1 200 ");
	usleep(2 * STALE_NS / 1000);
	STARTS(get(*state, "/healthz", "", answer), "HTTP/1.1 503 ");
	assert_non_null(strstr(answer, "\r\n\r\nstuck: "));
	STARTS(get(*state, "/metrics", "", answer), "HTTP/1.1 200 ");
	assert_int_equal(aw_http_publish(*state, AW_EXPOSE_TEXT, "a 1\n", 4), 0);
	STARTS(get(*state, "/healthz", "", answer), "HTTP/1.1 200 ");
}

/* A client that has received half of a page gets the rest of it, even if the page was replaced. */
static void a_slow_reader_keeps_his_page(void **state)
{
	size_t size = 8 << 20, used = 0;
	char *page = malloc(size), buffer[65536], last = 0;
	int fd = dial(*state);
	ssize_t got;

	memset(page, 'o', size);
	assert_int_equal(aw_http_publish(*state, AW_EXPOSE_TEXT, page, size), 0);
	assert_true(send(fd, "GET /metrics HTTP/1.0\r\n\r\n", 25, 0) == 25);
	assert_int_equal(recv(fd, buffer, 1, 0), 1);
	memset(page, 'n', size);
	for (int i = 0; i < 100; i++)
		assert_int_equal(aw_http_publish(*state, AW_EXPOSE_TEXT, page, size), 0);
	while ((got = read(fd, buffer, sizeof(buffer))) > 0) {
		last = buffer[got - 1];
		used += got;
	}
	assert_true(used > size);
	assert_int_equal(last, 'o');
	close(fd);
	free(page);
}

/* Stops at once, even with open connections. */
static void stop_with_clients(void **state)
{
	struct aw_http *http;
	struct aw_error error;
	int fds[20];

	(void)state;
	aw_http_stop(NULL);
	assert_int_equal(aw_http_start("127.0.0.1:0", false, STALE_NS, &http, &error), 0);
	for (int i = 0; i < 20; i++)
		fds[i] = dial(http);
	aw_http_stop(http);
	for (int i = 0; i < 20; i++)
		close(fds[i]);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(where_it_listens), TEST(before_the_first_page), TEST(pages), TEST(stuck),
		TEST(a_slow_reader_keeps_his_page), cmocka_unit_test(stop_with_clients),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

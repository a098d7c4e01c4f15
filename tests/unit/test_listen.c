// SPDX-License-Identifier: GPL-2.0
/*
 * Tests addresses to listen on, and real sockets on loopback.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "serve/listen.h"

static void good_ones(void **state)
{
	static const struct { const char *text, *host, *port; } rows[] = {
		{ "127.0.0.1:9187", "127.0.0.1", "9187" }, { "[::1]:9100", "::1", "9100" },
		{ "localhost:0", "localhost", "0" }, { "0.0.0.0:65535", "0.0.0.0", "65535" },
		{ "[fe80::1%eth0]:1", "fe80::1%eth0", "1" }, { AW_LISTEN_DEFAULT, "127.0.0.1", "10477" },
	};
	struct aw_listen_name name;
	struct aw_error error;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(aw_listen_parse(rows[i].text, &name, &error), 0);
		assert_string_equal(name.host, rows[i].host);
		assert_string_equal(name.port, rows[i].port);
	}
}

static void bad_ones(void **state)
{
	static const char *const texts[] = {
		"", ":", ":9100", "9100", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
		"127.0.0.1:+1", "127.0.0.1: 80", "127.0.0.1:http", "::1:9100", "[]:9100", "[::1]", "[::1:9100",
		"127.0.0.1:80/metrics",
	};
	struct aw_listen_name name;
	struct aw_error error;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (aw_listen_parse(texts[i], &name, &error) != -EINVAL)
			fail_msg("'%s' was taken", texts[i]);
		assert_non_null(strstr(error.text, texts[i]));
		assert_non_null(strstr(error.text, "ADDR:PORT, for example 127.0.0.1:10477"));
	}
}

static void sockets(void **state)
{
	char where[AW_LISTEN_TEXT], again[AW_LISTEN_TEXT];
	struct aw_error error;
	bool loopback = false;
	int fd;

	(void)state;
	fd = aw_listen_open("127.0.0.1:0", where, &loopback, &error);
	assert_true(fd >= 0);
	assert_true(loopback);
	assert_int_equal(strncmp(where, "127.0.0.1:", 10), 0);
	assert_string_not_equal(where, "127.0.0.1:0");
	assert_int_equal(aw_listen_open(where, again, &loopback, &error), -EADDRINUSE);
	assert_non_null(strstr(error.text, "another program listens there"));
	assert_non_null(strstr(error.text, where));
	close(fd);
	fd = aw_listen_open("0.0.0.0:0", where, &loopback, &error);
	assert_true(fd >= 0);
	assert_false(loopback);
	close(fd);
	assert_int_equal(aw_listen_open("192.0.2.1:0", where, &loopback, &error), -EADDRNOTAVAIL);
	assert_non_null(strstr(error.text, "no such address"));
}

static void ipv6(void **state)
{
	char where[AW_LISTEN_TEXT];
	struct aw_error error;
	bool loopback = false;
	int fd = aw_listen_open("[::1]:0", where, &loopback, &error);

	(void)state;
	if (fd == -EADDRNOTAVAIL || fd == -EAFNOSUPPORT)
		skip();
	assert_true(fd >= 0);
	assert_true(loopback);
	assert_int_equal(strncmp(where, "[::1]:", 6), 0);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_ones), cmocka_unit_test(bad_ones), cmocka_unit_test(sockets),
		cmocka_unit_test(ipv6),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

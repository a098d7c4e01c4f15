// SPDX-License-Identifier: GPL-2.0
/*
 * Tests which format is chosen by the HTTP header Accept.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "serve/accept.h"

static const struct { const char *accept; enum aw_exposition expected; } rows[] = {
	{ NULL, AW_EXPOSE_TEXT },
	{ "", AW_EXPOSE_TEXT },
	{ "*/*", AW_EXPOSE_TEXT },
	{ "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", AW_EXPOSE_TEXT },
	/* Prometheus 2.42, 2.5, 3.0 */
	{ "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
	  "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", AW_EXPOSE_OPENMETRICS },
	{ "application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", AW_EXPOSE_TEXT },
	{ "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
	  "application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,"
	  "text/plain;version=0.0.4;q=0.2,/;q=0.1", AW_EXPOSE_OPENMETRICS },
	{ "application/openmetrics-text", AW_EXPOSE_OPENMETRICS },
	{ "Application/OpenMetrics-Text ; Version=1.0.0 ; Q=0.5", AW_EXPOSE_OPENMETRICS },
	{ "application/openmetrics-text;version=\"1.0.0\"", AW_EXPOSE_OPENMETRICS },
	{ "application/openmetrics-text;version=2.0.0", AW_EXPOSE_TEXT },
	{ "application/openmetrics-text;q=0", AW_EXPOSE_TEXT },
	{ "application/openmetrics-text;q=0.000,text/plain;q=0", AW_EXPOSE_TEXT },
	{ "application/openmetrics-text;q=0.4,text/plain;q=0.5", AW_EXPOSE_TEXT },
	{ "application/openmetrics-text;q=0.5,text/plain;q=0.5", AW_EXPOSE_OPENMETRICS },
	{ "application/openmetrics-text;q=0.501,text/plain;q=0.5", AW_EXPOSE_OPENMETRICS },
	{ "text/plain,application/openmetrics-text;q=0.9", AW_EXPOSE_TEXT },
	{ "text/plain;q=0.1,application/openmetrics-text", AW_EXPOSE_OPENMETRICS },
	{ "application/openmetrics-text;q=nan,text/plain;q=0.1", AW_EXPOSE_TEXT },
	{ "application/openmetrics-text;q=", AW_EXPOSE_TEXT },
	{ "application/openmetrics-text;q=1.9", AW_EXPOSE_OPENMETRICS },
	{ "xapplication/openmetrics-text", AW_EXPOSE_TEXT },
	{ "application/openmetrics-textual", AW_EXPOSE_TEXT },
	{ ",,;;=,;q=1,", AW_EXPOSE_TEXT },
	{ " , application/openmetrics-text , ", AW_EXPOSE_OPENMETRICS },
};

/* In memory of its exact size, so that a sanitizer detects reads beyond it. */
static void choices(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *accept = rows[i].accept ? strdup(rows[i].accept) : NULL;

		if (aw_accept_choose(accept) != rows[i].expected)
			fail_msg("%s: not %d", accept, rows[i].expected);
		free(accept);
	}
}

static void every_beginning_of_a_header(void **state)
{
	static const char whole[] = "application/openmetrics-text;version=1.0.0;q=0.75 , text/plain;q=0.5,*/*;q=0.1";

	(void)state;
	for (size_t length = 0; length < sizeof(whole); length++) {
		char *accept = strndup(whole, length);

		aw_accept_choose(accept);
		free(accept);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(choices), cmocka_unit_test(every_beginning_of_a_header),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

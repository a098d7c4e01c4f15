/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sources for unit tests.  A test that includes this defines its own list of
 * sources instead of session/sources.c.
 */
#ifndef AW_TESTS_SOURCES_H
#define AW_TESTS_SOURCES_H

#include <string.h>

#include "source/source.h"

/* Delivers the events that a test sets. */
struct test_source {
	struct aw_source source;
	struct aw_kernel kernel;
	struct aw_capture capture;
	const struct aw_event *events;	/* next to be delivered */
	unsigned int nr_events;
	unsigned int batch;		/* maximum number delivered by one poll; 0: all */
	unsigned int on_the_way;	/* number of these that arrive only after stop() */
	int poll_error;			/* -errno instead of events */
	void (*on_poll)(void);
	unsigned int polls, stops, closes;
	int longest_timeout;
};

extern struct test_source test_source;

static inline int test_source_open(const struct aw_capture *capture, struct aw_source **out,
				   struct aw_error *error)
{
	(void)error;
	test_source.capture = *capture;
	*out = &test_source.source;
	return 0;
}

static inline int test_source_poll(struct aw_source *source, int timeout_ms, aw_event_fn deliver, void *arg)
{
	unsigned int count = test_source.nr_events;

	(void)source;
	test_source.polls++;
	if (timeout_ms > test_source.longest_timeout)
		test_source.longest_timeout = timeout_ms;
	if (test_source.on_poll)
		test_source.on_poll();
	if (test_source.poll_error)
		return test_source.poll_error;
	if (!test_source.stops)
		count -= test_source.on_the_way < count ? test_source.on_the_way : count;
	if (test_source.batch && count > test_source.batch)
		count = test_source.batch;
	for (unsigned int i = 0; i < count; i++) {
		struct aw_event event = *test_source.events++;

		deliver(arg, &event);
	}
	test_source.nr_events -= count;
	return count;
}

static inline const struct aw_kernel *test_source_kernel(const struct aw_source *source)
{
	(void)source;
	return &test_source.kernel;
}

static inline unsigned int test_source_losses(struct aw_source *source, struct aw_loss out[AW_MAX_LOSSES])
{
	(void)source;
	(void)out;
	return 0;
}

static inline void test_source_stop(struct aw_source *source)
{
	(void)source;
	test_source.stops++;
}

static inline void test_source_close(struct aw_source *source)
{
	(void)source;
	test_source.closes++;
}

#define TEST_SOURCE_OPS(source_name, open_function) { \
	.name = source_name, .summary = "for tests", .open = open_function, .poll = test_source_poll, \
	.kernel = test_source_kernel, .losses = test_source_losses, .stop = test_source_stop, .close = test_source_close, \
}

#endif

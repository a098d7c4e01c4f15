// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch serve: metrics for Prometheus, over HTTP or in a file.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/exit_status.h"
#include "base/hint.h"
#include "base/memory.h"
#include "base/output_file.h"
#include "base/replace.h"
#include "cli/command.h"
#include "cli/confine.h"
#include "cli/endure.h"
#include "cli/open.h"
#include "cli/options.h"
#include "cli/say.h"
#include "output/prometheus.h"
#include "serve/http.h"
#include "serve/listen.h"
#include "session/session.h"

#define SECOND UINT64_C(1000000000)
#define HTTP_INTERVAL SECOND
#define TEXTFILE_INTERVAL (15 * SECOND)	/* a usual scrape interval */
#define HEADROOM_INTERVAL (60 * SECOND)
#define STALE_INTERVALS 3
#define STALE_GRACE (10 * SECOND)

struct serve {
	struct aw_options options;
	struct aw_session session;
	struct aw_http *http;			/* NULL: not wanted */
	int textfile_error;			/* of the last write, -errno */
	int publish_error;	/* of the last pages for HTTP */
	unsigned int nr_losses;
	struct aw_loss losses[AW_MAX_LOSSES];	/* the highest counts seen */
};

/* A counter that cannot be read once is 0, which Prometheus would take for a restart. */
static void update_losses(struct serve *serve)
{
	struct aw_loss now[AW_MAX_LOSSES];
	unsigned int count = aw_session_losses(&serve->session, now);

	for (unsigned int i = 0; i < count; i++)
		if (i >= serve->nr_losses || now[i].count > serve->losses[i].count)
			serve->losses[i] = now[i];
	if (count > serve->nr_losses)
		serve->nr_losses = count;
}

static void write_page(struct serve *serve, FILE *out, enum aw_exposition exposition)
{
	struct aw_source *source = serve->session.source;
	struct aw_missing missing[AW_MAX_MISSING_FEATURES];
	struct aw_report report = {
		.kernel = source->ops->kernel(source),
		.summary = serve->session.summary,
		.source = source->ops->name,
		.start_ns = serve->session.start_ns,
		.end_ns = serve->session.end_ns ? serve->session.end_ns : aw_now_ns(),
		.nr_missing = source->ops->missing(source, missing),
		.missing = missing,
		.nr_losses = serve->nr_losses,
		.losses = serve->losses,
		.headroom = serve->session.scanner ? aw_scanner_headroom(serve->session.scanner) : NULL,
	};

	aw_prometheus_write(out, &report, exposition);
}

/* The page as text that the caller frees; NULL: no memory. */
static char *make_page(struct serve *serve, enum aw_exposition exposition, size_t *len)
{
	AW_FREE char *text = NULL;
	FILE *out = aw_memory_open(&text, len);

	if (!out)
		return NULL;
	write_page(serve, out, exposition);
	if (aw_memory_close(out))
		return NULL;
	return TAKE_PTR(text);
}

static int publish(struct serve *serve, enum aw_exposition exposition)
{
	size_t len;
	AW_FREE char *text = make_page(serve, exposition, &len);

	return text ? aw_http_publish(serve->http, exposition, text, len) : -ENOMEM;
}

static int write_textfile(struct serve *serve)
{
	size_t len;
	AW_FREE char *text = make_page(serve, AW_EXPOSE_TEXT, &len);

	return text ? aw_file_replace(serve->options.textfile, 0644, text, len) : -ENOMEM;
}

/* A full disk does not end the run; a message says when it begins and when it ends. */
static void update_textfile(struct serve *serve)
{
	int err = write_textfile(serve);

	if (err && err != serve->textfile_error)
		aw_say("can't write %s: %s%s; its old content stays", serve->options.textfile, aw_output_strerror(err),
		       aw_hint_writing(err));
	if (!err && serve->textfile_error)
		aw_say("%s is written again", serve->options.textfile);
	serve->textfile_error = err;
}

static void on_interval(void *arg)
{
	struct serve *serve = arg;

	update_losses(serve);
	if (serve->options.textfile)
		update_textfile(serve);
	if (!serve->http)
		return;
	serve->publish_error = 0;
	for (int exposition = 0; exposition < AW_EXPOSITIONS; exposition++) {
		int err = publish(serve, exposition);

		if (err)
			serve->publish_error = err;
	}
}

static void announce(struct serve *serve)
{
	const struct aw_source *source = serve->session.source;

	if (serve->http)
		aw_say("metrics at http://%s/metrics", aw_http_where(serve->http));
	if (serve->http && !aw_http_is_loopback(serve->http))
		aw_say("others can reach it, too: without password or encryption");
	if (serve->options.textfile)
		aw_say("metrics in %s", serve->options.textfile);
	aw_say("watching %s with %s; Ctrl-C ends", source->ops->kernel(source)->release, source->ops->name);
	aw_say_missing(source);
}

static int run(struct serve *serve)
{
	const struct aw_session_watcher watcher = { .interval = on_interval, .arg = serve };
	struct aw_error error;
	int err;

	on_interval(serve);
	if (serve->textfile_error)
		return AW_EXIT_ERROR;
	/* Later, the page before stays, and /healthz tells that it is old. */
	if (serve->publish_error)
		return aw_say_failed("can't make the page of metrics: %s", strerror(-serve->publish_error));
	announce(serve);
	aw_endure(serve->session.source);
	aw_confine(&(struct aw_confinement){
		.source = serve->session.source, .scanner = serve->session.scanner, .replaces = serve->options.textfile, .calls = true,
	});
	err = aw_session_run(&serve->session, &watcher, &error);
	on_interval(serve);
	if (err)
		return aw_say_error(&error);
	if (serve->textfile_error)
		return AW_EXIT_ERROR;
	if (serve->options.exit_code && aw_summary_totals(serve->session.summary)->by_class[AW_CLASS_HARD])
		return AW_EXIT_HARD;
	return AW_EXIT_OK;
}

static int watch(struct serve *serve)
{
	int status;

	aw_endure_begin();
	status = aw_open_watching(&serve->options, "watched", &serve->session);
	if (status)
		return status;
	status = run(serve);
	aw_session_close(&serve->session);
	return status;
}

/* HTTP unless only a file is wanted. 0 or the exit status. */
static int start_http(struct serve *serve)
{
	const struct aw_options *options = &serve->options;
	uint64_t stale_ns = STALE_INTERVALS * options->interval_ns + STALE_GRACE;
	struct aw_error error;
	int err;

	if (options->textfile && !options->listen)
		return 0;
	err = aw_http_start(options->listen ? options->listen : AW_LISTEN_DEFAULT, options->listen_anywhere, stale_ns, &serve->http, &error);
	if (!err)
		return 0;
	aw_say_error(&error);
	return err == -EINVAL || err == -ENOTSUP ? AW_EXIT_USAGE : AW_EXIT_ERROR;
}

/* No metric shows groups, so one key keeps memory small for weeks. */
static struct aw_options default_options(void)
{
	struct aw_options options = aw_options_default();

	options.nr_keys = 1;
	options.headroom_ns = HEADROOM_INTERVAL;
	options.keys[0] = &aw_keys[AW_BY_ORDER];
	return options;
}

static int serve_main(int argc, char **argv)
{
	struct serve serve = { .options = default_options() };
	int rest, status;

	status = aw_options_parse(argc, argv, AW_FOR_SERVE, "allocwatch serve [--listen ADDR:PORT] [--textfile FILE] [OPTIONS]",
				  &serve.options, &rest);
	if (status >= 0)
		return status;
	if (rest < argc)
		return aw_say_usage("serve takes no operands, and '%s' is one: leave it out", argv[rest]);
	if (!serve.options.interval_ns)
		serve.options.interval_ns = serve.options.textfile && !serve.options.listen ?
					    TEXTFILE_INTERVAL : HTTP_INTERVAL;
	status = start_http(&serve);
	if (!status)
		status = watch(&serve);
	aw_http_stop(serve.http);
	return status;
}

const struct aw_command aw_command_serve = {
	.name = "serve",
	.summary = "metrics for Prometheus, over HTTP or in a file for node_exporter",
	.run = serve_main,
};
